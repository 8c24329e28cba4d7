"""Reads an Excel workbook (.xlsx), sheet by sheet, without keeping it whole in memory."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries

from comity.core.vault.errors import Unreadable
from comity.modules.programmes.importers.csv_file import column_name

#: Bytes that the parts of a workbook may have when unpacked, all together.
MOST_BYTES = 400 * 2**20
#: Columns that are read of a sheet, and rows without anything after which a sheet ends.
_WIDEST, _GAP = 120, 1_000
#: Rows of a sheet: those of 40,000 events of ten rows of attendance each.
MOST_ROWS = 400_000
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\b[^>]*\bref=["']([A-Z]+\d+:[A-Z]+\d+)["']""")
_CHUNK = 2**20


def read(path: Path) -> dict[str, Any]:
    """Returns the tables of the file, as `reading` tells them. Raises Unreadable with the remedy."""
    parts = _parts(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(path, read_only=True, keep_links=False)
            tables = [
                told for sheet in book.worksheets if (told := _sheet(sheet, _merged(path, _part_of(sheet), parts)))
            ]
    except Unreadable:
        raise
    except MemoryError:
        raise
    except Exception as error:  # of many classes: openpyxl lets those of its readers of XML and zip through
        raise Unreadable(f"The workbook is damaged ({type(error).__name__}). Open it and save it again.") from None
    if not tables:
        raise Unreadable("The workbook is empty.")
    return {"tables": tables, "refused": [], "notes": []}


def _parts(path: Path) -> dict[str, int]:
    """The parts of the archive and their sizes. Raises Unreadable for what is no workbook, or one too large."""
    try:
        with zipfile.ZipFile(path) as archive:
            sizes = {one.filename: one.file_size for one in archive.infolist()}
            locked = any(one.flag_bits & 1 for one in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError):
        raise Unreadable("The workbook is cut off or damaged. Open it and save it again.") from None
    if locked:
        raise Unreadable("The workbook is locked with a password. Take the password off and save it again.")
    if "content.xml" in sizes:
        raise Unreadable("This is an OpenDocument file. Save it as a workbook of Excel (.xlsx) or as CSV.")
    if not any(name.startswith("xl/workbook") for name in sizes):
        raise Unreadable("This is an archive, but no workbook of Excel (.xlsx).")
    if sum(sizes.values()) > MOST_BYTES:
        raise Unreadable(
            f"The workbook has {sum(sizes.values()) / 2**20:,.0f} MB when unpacked; at most "
            f"{MOST_BYTES / 2**20:,.0f} MB are read. Split it."
        )
    return sizes


def _part_of(sheet: Any) -> str:
    return str(getattr(sheet, "_worksheet_path", "")).lstrip("/")


def _merged(path: Path, part: str, parts: dict[str, int]) -> list[tuple[str, tuple[int, ...]]]:
    """The merged ranges of a sheet, which stand behind its rows: searched for in the bytes, not read as XML twice."""
    if part not in parts:
        return []
    found: dict[str, tuple[int, ...]] = {}
    rest, unpacked = b"", 0
    with zipfile.ZipFile(path) as archive, archive.open(part) as packed:
        while piece := packed.read(_CHUNK):
            unpacked += len(piece)
            if unpacked > MOST_BYTES:
                raise Unreadable("The workbook is larger than it says. Save it again.")
            rest += piece
            for match in _MERGED.finditer(rest):
                found[match[1].decode()] = tuple(range_boundaries(match[1].decode()))
            rest = rest[-200:]
    return list(found.items())


def _sheet(sheet: Any, merged: list[tuple[str, tuple[int, ...]]]) -> dict[str, Any] | None:
    """The table of a sheet; None for a sheet without anything in it."""
    header: list[str] = []
    rows: list[list[Any]] = []
    for number, cells in _rows(sheet):
        first = cells[0].value if cells else None
        if isinstance(first, str) and first.lstrip().startswith("#"):
            continue
        if not header:
            header = _header(sheet.title, number, cells, merged)
            continue
        values = [_value(cell) for cell in cells[: len(header)]]
        values += [None] * (len(header) - len(values))
        if any(cell.value not in (None, "") for cell in cells[len(header) :]):
            values.append({"wrong": "There is something to the right of the last column that has a name."})
        rows.append([number, *_with_merged(number, values, merged)])
    return {"sheet": sheet.title, "columns": header, "rows": rows} if header else None


def _rows(sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    """Rows with something in them, by number. A sheet ends after many rows without anything."""
    sheet.reset_dimensions()
    empty = 0
    for number, cells in enumerate(sheet.iter_rows(max_col=_WIDEST), start=1):
        if any(cell.value not in (None, "") for cell in cells):
            if number > MOST_ROWS:
                raise Unreadable(f"The sheet “{sheet.title}” has more than {MOST_ROWS:,} rows. Split the file.")
            empty = 0
            yield number, list(cells)
        else:
            empty += 1
            if empty > _GAP:
                return


def _header(title: str, number: int, cells: list[Any], merged: list[tuple[str, tuple[int, ...]]]) -> list[str]:
    names = [column_name(_value(cell)) for cell in cells]
    while names and not names[-1]:
        names.pop()
    for place, (_left, top, _right, bottom) in merged:
        if top <= number <= bottom:
            raise Unreadable(f"Sheet “{title}”, row {number}: {place} are merged in the header. Unmerge them.")
    return names


def _with_merged(number: int, values: list[Any], merged: list[tuple[str, tuple[int, ...]]]) -> list[Any]:
    """The values of a row; cells of a merged range say so, as only the first of them holds a value."""
    for place, (left, top, right, bottom) in merged:
        if top <= number <= bottom:
            for column in range(left, min(right, len(values)) + 1):
                values[column - 1] = {
                    "wrong": f"{place} are merged cells. Unmerge them and write the value into every row."
                }
    return values


def _value(cell: Any) -> Any:
    """What a cell holds, in the shapes that `reading` tells."""
    value = cell.value
    if value is None or (isinstance(value, bool | int | str) and cell.data_type not in ("f", "e")):
        return value
    if cell.data_type == "f":
        said = str(getattr(value, "text", value))[:60]
        return {"wrong": f"{cell.coordinate} holds a formula ({said}). Copy it and paste its value."}
    if cell.data_type == "e":
        return {"wrong": f"{cell.coordinate} holds the error {value}. Write the value itself."}
    if isinstance(value, datetime):
        return {"day": value.date().isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, float):
        return value
    return {"wrong": f"{cell.coordinate} holds a time of day. Write a date or a text."}
