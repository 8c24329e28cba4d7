"""Pages of the node itself."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from comity.site.api import api


def health(request: HttpRequest) -> HttpResponse:
    """200 "ok" where the node answers and its records can be read."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


def api_guide(request: HttpRequest) -> HttpResponse:
    """The API described in words, made from the same OpenAPI document that machines read."""
    schema: dict[str, Any] = api.get_openapi_schema()
    operations = [
        {"method": method.upper(), "path": path, **operation}
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    ]
    return render(request, "site/api_guide.html", {"operations": operations, "schema": schema})
