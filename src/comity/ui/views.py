"""The home page, and the pages for what went wrong."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader

from comity.core.actions.actor import PUBLIC
from comity.core.module import manifests


def home(request: HttpRequest) -> HttpResponse:
    """The first page: what this is for, and a door to each module that declares one."""
    actor = getattr(request, "actor", PUBLIC)
    doors = sorted(
        (card for config in manifests() for card in config.home_cards(actor)), key=lambda card: card.order
    )
    return render(request, "ui/home.html", {"doors": doors})


def _reason(exception: object) -> str:
    """The exception's own words where they were written for the reader, else nothing."""
    return str(exception) if isinstance(exception, BadRequest) else ""


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: says which part of the request cannot be read, where that is known."""
    return render(request, "400.html", {"reason": _reason(exception)}, status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the policy's reason is shown, so that the reader knows whom to ask."""
    return render(request, "403.html", {"reason": str(exception or "")}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: also the answer for what this reader may not see, so it never says which."""
    return render(request, "404.html", status=404)


def gone(request: HttpRequest, reason: str = "") -> HttpResponse:
    """410: was here and is withdrawn or superseded; `reason` is shown."""
    return render(request, "410.html", {"reason": reason}, status=410)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose proof of origin is missing or old: the remedy is to send it again."""
    return render(request, "403_csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: drawn without the database or the session, either of which may be what failed."""
    try:
        body = str(loader.render_to_string("500.html"))
    except Exception:
        body = "<!doctype html><title>500</title><h1>Something went wrong on our side</h1>"
    return HttpResponse(body, status=500)
