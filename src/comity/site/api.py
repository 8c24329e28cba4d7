"""The JSON API: one NinjaAPI that collects the routers the modules declare."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI

from comity import __version__
from comity.core.actions.decorator import Denied
from comity.core.module import manifests

api = NinjaAPI(
    title="Comity",
    version=__version__,
    description="The same rows as the pages show, for the same person. Public where no session is given.",
    docs_url=None,
    urls_namespace="api",
)

for _manifest in manifests():
    _router = _manifest.api()
    if _router is not None:
        api.add_router(_manifest.url_prefix or _manifest.label, _router, tags=[_manifest.label])


@api.exception_handler(Denied)
def denied(request: HttpRequest, error: Denied) -> HttpResponse:
    """403 with the policy's reason."""
    return api.create_response(request, {"detail": error.reason}, status=403)


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    """404; what may not be seen answers the same."""
    return api.create_response(request, {"detail": str(error) or "Not found"}, status=404)


@api.exception_handler(BadRequest)
def bad_request(request: HttpRequest, error: BadRequest) -> HttpResponse:
    """400 naming the field and its form."""
    return api.create_response(request, {"detail": str(error)}, status=400)
