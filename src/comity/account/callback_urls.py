"""The one address without a language: where the identity provider sends people back. It is registered there."""

from django.urls import path

from comity.account.views import oidc

urlpatterns = [path("oidc/<slug:provider_id>/login/callback/", oidc.callback, name="openid_connect_callback")]
