"""Addresses: pages below `/LANG/`, the API below `/api/v1/`, put together from what the apps declare."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path

from comity.core.module import manifests
from comity.site.api import api
from comity.site.views import api_guide, health


def _module_urls() -> list[URLPattern | URLResolver]:
    found: list[URLPattern | URLResolver] = []
    for manifest in manifests():
        module = manifest.urls()
        if module:
            found.append(path(f"{manifest.url_prefix}/" if manifest.url_prefix else "", include(module)))
    return found


def robots(request: HttpRequest) -> HttpResponse:
    """Keeps crawlers away from pages for people with an account, and from a search's endless addresses."""
    kept = "".join(f"Disallow: /*/{part}/\n" for part in ("account", "desk", "search"))
    return HttpResponse(f"User-agent: *\n{kept}", content_type="text/plain")


urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health, name="health"),
    path("robots.txt", robots),
    path("api/v1/", api.urls),
    path("account/", include("comity.account.callback_urls")),
    *i18n_patterns(
        path("", include("comity.ui.urls")),
        path("account/", include("comity.account.urls")),
        path("api/", api_guide, name="api_guide"),
        *_module_urls(),
        prefix_default_language=True,
    ),
]

handler400 = "comity.ui.views.bad_request"
handler403 = "comity.ui.views.permission_denied"
handler404 = "comity.ui.views.not_found"
handler500 = "comity.ui.views.server_error"
