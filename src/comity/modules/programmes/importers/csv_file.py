"""Reads a CSV of one table, named after it (`event.csv`), or of several tables told apart by a column `kind`."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

from comity.core.vault.errors import Unreadable

#: The column that names the table of each row.
KIND = "kind_of_record"
#: No cell is longer.
_LONGEST = 200_000


def column_name(text: Any) -> str:
    """The name of a column as it is compared: small letters, no spaces around, underscores within."""
    return re.sub(r"\s+", "_", str(text or "").strip().lower())


def read(path: Path) -> dict[str, Any]:
    """Returns the tables of the file, as `reading` tells them. Raises Unreadable for a file that is no such table."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"Byte {error.start}: the file is not UTF-8. Save it again as “CSV UTF-8 (comma delimited)”."
        ) from None
    csv.field_size_limit(_LONGEST)
    first = next((line for line in text.splitlines() if line.strip() and not line.startswith("#")), "")
    sign = ";" if first.count(";") > first.count(",") else "\t" if first.count("\t") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    header: list[str] = []
    rows: list[list[Any]] = []
    refused: list[dict[str, Any]] = []
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells) or cells[0].lstrip().startswith("#"):
                continue
            if not header:
                header = [column_name(cell) for cell in cells]
            else:
                rows.append([reader.line_num, *_fitting(cells, len(header))])
    except csv.Error as error:
        refused.append(
            {"sheet": "", "row": reader.line_num, "reason": f"The table is cut off or broken here ({error})."}
        )
    if not header:
        raise Unreadable("The file has no line with the names of the columns. Begin with the template.")
    if KIND not in header:
        return {"tables": [{"sheet": "", "columns": header, "rows": rows}], "refused": refused, "notes": []}
    return {"tables": _by_kind(header, rows), "refused": refused, "notes": []}


def _fitting(cells: list[str], width: int) -> list[Any]:
    """The cells of a row; where there are more or fewer than columns, the first says so: the rest may be displaced."""
    if len(cells) == width:
        return list(cells)
    told = f"This line has {len(cells)} cells, the header {width}. Is a separator missing or too many?"
    return [*cells[:width], *[None] * (width - len(cells)), {"wrong": told}]


def _by_kind(header: list[str], rows: list[list[Any]]) -> list[dict[str, Any]]:
    """Tables of a file with a column for the kind: empty cells of columns that a table lacks are left out."""
    place = header.index(KIND)
    found: dict[str, list[list[Any]]] = {}
    for row in rows:
        found.setdefault(column_name(row[place + 1]), []).append(row)
    tables = []
    for kind, own in found.items():
        filled = [
            number
            for number, name in enumerate(header)
            if number != place and any(row[number + 1] not in ("", None) for row in own)
        ]
        kept = [[row[0], *[row[number + 1] for number in filled], *row[len(header) + 1 :]] for row in own]
        tables.append({"sheet": kind, "columns": [header[number] for number in filled], "rows": kept})
    return tables
