"""The home page."""

from django.urls import path

from comity.ui import views

app_name = "ui"
urlpatterns = [path("", views.home, name="home")]
