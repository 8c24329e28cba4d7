"""The shape of a page of rows in the API, the same in every module."""

from __future__ import annotations

from typing import Any

from ninja import Schema


class Listed(Schema):
    """A page of records: what stands above it, its rows, and the markers of the pages beside it."""

    head: dict[str, Any]
    rows: list[dict[str, Any]]
    next: str | None = None
    previous: str | None = None
