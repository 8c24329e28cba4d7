"""Comity's addresses and an empty view, which passes the same middleware."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from comity.site.urls import handler400, handler403, handler404, handler500
from comity.site.urls import urlpatterns as own

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def empty(request: HttpRequest) -> HttpResponse:
    """Nothing."""
    return HttpResponse(b"")


urlpatterns = [path("empty/", empty), *own]
