"""One address per thing: who comes by another spelling of a code is sent there, with all that was asked."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse


def moved(request: HttpRequest, name: str, *arguments: Any) -> HttpResponseRedirect:
    """Returns a redirect to the page of that name which keeps the day, the format and the rest of the query."""
    query = request.GET.urlencode()
    return HttpResponseRedirect(reverse(name, args=arguments) + (f"?{query}" if query else ""))
