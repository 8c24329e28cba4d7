"""A table as a file: the same rows as the page, as CSV or JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def neutral(value: Any) -> str:
    """Returns a cell's text that no spreadsheet takes for a formula: a quote is set before = + - @."""
    text = "" if value is None else ("; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value))
    return f"'{text}" if text.lstrip("'").startswith(_DANGEROUS) else text


def restored(text: str) -> str:
    """Takes back what `neutral` added, so that export and import are equal."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(_DANGEROUS) else text


def plain(value: Any) -> Any:
    """Returns the value as JSON can hold it: days and moments in ISO 8601."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    return value


def csv_text(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> str:
    """Returns the rows as CSV (UTF-8 with a byte order mark, so that spreadsheets read every script)."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([neutral(plain(row.get(column))) for column in columns])
    return "\ufeff" + out.getvalue()


def table_file(
    request: HttpRequest, name: str, rows: Sequence[Mapping[str, Any]], columns: Sequence[str],
    head: Mapping[str, Any] | None = None,
) -> HttpResponse | None:
    """Returns the table as a file where the address asks `?format=csv` or `json`, else None.

    JSON is one object: `head`'s fields, then `rows`.
    """
    wanted = request.GET.get("format")
    if wanted == "csv":
        response = HttpResponse(csv_text(rows, columns), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return response
    if wanted == "json":
        body = {**plain(head or {}), "rows": [{c: plain(row.get(c)) for c in columns} for row in rows]}
        return HttpResponse(
            json.dumps(body, ensure_ascii=False, indent=1) + "\n", content_type="application/json; charset=utf-8"
        )
    return None
