"""A list as a file."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse

from comity.modules.programmes.exports_list import FORMATS, list_file
from comity.modules.programmes.selectors.listing import read_filters
from comity.modules.programmes.selectors.records import kind_named
from comity.ui.requests import actor_of


def of_list(request: HttpRequest, kind: str, fmt: str) -> HttpResponse:
    """The records of a list, with its filters, as CSV or as a workbook."""
    found = kind_named(kind)
    if fmt not in FORMATS:
        raise Http404
    try:
        content = list_file(actor_of(request), found, read_filters(found, request.GET), fmt)
    except ValueError as error:
        raise BadRequest(str(error)) from None
    response = HttpResponse(content, content_type=FORMATS[fmt])
    response["Content-Disposition"] = f'attachment; filename="{found.name}.{fmt}"'
    return response
