"""Workbooks and CSV files as people make them, for tests of the import."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

EVENT = ("code", "title", "programme", "starts", "place", "step")
ATTENDANCE = ("event", "participant", "audience", "sex", "count", "basis")


def book(path: Path, sheets: dict[str, Sequence[Sequence[Any]]], merge: dict[str, str] | None = None) -> Path:
    """Writes a workbook of sheets of rows, with cells of a sheet merged where `merge` says so."""
    made = Workbook()
    del made["Sheet"]
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        if merge and name in merge:
            sheet.merge_cells(merge[name])
    made.save(path)
    return path


def event(
    code: str, starts: Any = "2019-05-06", *, title: str = "", place: str = "Nairobi", step: str = ""
) -> list[Any]:
    """A row of the sheet of events, in the columns of `EVENT`."""
    return [code, title or f"Training {code}", "P1", starts, place, step]


def people(code: str, state: str = "KEN", count: Any = 10, **more: Any) -> list[Any]:
    """A row of the sheet of attendance, in the columns of `ATTENDANCE`."""
    return [code, state, more.get("audience", "judges"), more.get("sex", "female"), count, "head_count"]
