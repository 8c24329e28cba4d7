"""What every page is given: menu, languages, whether this is the demonstration, the version."""

from __future__ import annotations

from functools import cache
from importlib import metadata
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from comity.core.module import manifests
from comity.core.texts.languages import LANGUAGE_CHOICES, direction

#: Parameters that mean a place in one list and are dropped when the language changes.
_PLACE_IN_LIST = ("after", "before")


@cache
def version() -> str:
    """The version of the installed package; "" where it was not installed."""
    try:
        return metadata.version("comity")
    except metadata.PackageNotFoundError:
        return ""


def same_page(request: HttpRequest, code: str) -> str:
    """Returns the address of this page, with its query, in the language `code`.

    Pages without a language in their address lead to the home page of that language.
    """
    first, _slash, rest = request.path.lstrip("/").partition("/")
    if first not in dict(settings.LANGUAGES):
        return f"/{code}/"
    query = request.GET.copy()
    for name in _PLACE_IN_LIST:
        query.pop(name, None)
    return f"/{code}/{rest}" + (f"?{query.urlencode()}" if query else "")


def languages(request: HttpRequest) -> list[dict[str, Any]]:
    """Returns the interface languages with the address of this page in each."""
    names, current = dict(LANGUAGE_CHOICES), get_language() or settings.LANGUAGE_CODE
    return [
        {
            "code": code,
            "name": names.get(code, label),
            "url": same_page(request, code),
            "current": code == current,
            "dir": direction(code),
        }
        for code, label in settings.LANGUAGES
    ]


def menu(request: HttpRequest) -> list[dict[str, Any]]:
    """Returns the main menu out of the manifests; the entry whose address leads here is current."""
    declared = sorted((entry for config in manifests() for entry in config.menu()), key=lambda e: e.order)
    entries = [{"label": e.label, "url": reverse(e.url_name), "current": False} for e in declared]
    leading = [entry for entry in entries if request.path.startswith(entry["url"])]
    if leading:
        max(leading, key=lambda entry: len(entry["url"]))["current"] = True
    return entries


def search_url() -> str:
    """Returns the address of the page that searches everything; "" where no app of this node has one."""
    names = [config.search_page for config in manifests() if config.search_page]
    return reverse(names[0]) if names else ""


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor: see the module's first line."""
    code = get_language() or settings.LANGUAGE_CODE
    return {
        "menu": menu(request),
        "search_url": search_url(),
        "interface_languages": languages(request),
        "language": code,
        "direction": direction(code),
        "demonstration": getattr(settings, "COMITY_DEMONSTRATION", False),
        "node_name": getattr(settings, "COMITY_NODE_NAME", "Comity"),
        "comity_version": version(),
    }
