"""Sorting rows in memory by the address's `?sort=column` or `?sort=-column`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django.http import HttpRequest

R = TypeVar("R", bound=Mapping[str, Any])


def sort_rows(request: HttpRequest, rows: Sequence[R], columns: Sequence[str]) -> list[R]:
    """Returns the rows in the order the address asks for; rows without a value come last. An unknown
    column leaves the order as it is. The order among equals is kept."""
    wanted = request.GET.get("sort", "")
    key, backwards = wanted.removeprefix("-"), wanted.startswith("-")
    if key not in columns:
        return list(rows)
    filled = [row for row in rows if row.get(key) is not None]
    empty = [row for row in rows if row.get(key) is None]
    return sorted(filled, key=lambda row: row[key], reverse=backwards) + empty
