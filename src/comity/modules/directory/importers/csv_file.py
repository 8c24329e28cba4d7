"""Reads the directory's CSV: lists separated by semicolons, texts and contacts as JSON in one cell.

A sheet made by hand may give `name`, `lang`, `email`, `phone`, `address`, `website` instead of the two JSON
cells. Runs in the child process: no database, no network.
"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

from comity.core.vault.errors import Unreadable
from comity.ui.exports import restored

#: Columns of the file, in their order.
COLUMNS = (
    "code",
    "participant",
    "state",
    "audience",
    "name",
    "lang",
    "functions",
    "provisions",
    "languages",
    "channels",
    "means",
    "round_the_clock",
    "zone",
    "hours",
    "double_criminality",
    "legal_basis",
    "notification_reference",
    "notification_date",
    "last_confirmed_on",
    "superseded_by",
    "fictitious",
    "email",
    "phone",
    "address",
    "website",
    "texts",
    "contacts",
)
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_BOOLEAN = {"": False, "no": False, "false": False, "0": False, "yes": True, "true": True, "1": True}
_PLAIN = (
    "code",
    "participant",
    "state",
    "audience",
    "zone",
    "double_criminality",
    "legal_basis",
    "notification_reference",
    "notification_date",
    "last_confirmed_on",
    "superseded_by",
)


def parse(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Returns {"authorities": [{"row", "record"} or {"row", "reason"}], "networks": []}.

    `row` is the line of the file. Raises Unreadable for a file that is no such table.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"Byte {error.start}: the file is not UTF-8. Save it again as “CSV UTF-8 (comma delimited)”."
        ) from None
    csv.field_size_limit(1_000_000)
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip() for name in reader.fieldnames or ()]
    except csv.Error as error:
        raise Unreadable(f"Line 1: the table is broken ({error}).") from None
    _check_header(header)
    reader.fieldnames = header
    found: list[dict[str, Any]] = []
    try:
        for row in reader:
            found.append(_row(reader.line_num, row))
    except csv.Error as error:
        found.append({"row": reader.line_num, "reason": f"the table is cut off or broken here ({error})"})
    return {"authorities": found, "networks": []}


def _check_header(header: list[str]) -> None:
    missing = [name for name in ("code", "participant") if name not in header]
    if missing:
        raise Unreadable(f"Line 1: the column “{missing[0]}” is missing. Columns are: {', '.join(COLUMNS)}.")
    unknown = [name for name in header if name not in COLUMNS]
    if unknown:
        raise Unreadable(f"Line 1: unknown column “{unknown[0][:40]}”. Columns are: {', '.join(COLUMNS)}.")


def _row(line: int, row: dict[str | None, Any]) -> dict[str, Any]:
    if row.get(None) or any(value is None for value in row.values()):
        return {"row": line, "reason": "this line has more or fewer cells than the header; is it cut off?"}
    cells = {str(key): restored(str(value)) for key, value in row.items()}
    try:
        return {"row": line, "record": _record(cells)}
    except ValueError as error:
        return {"row": line, "reason": str(error)}


def _record(cells: dict[str, str]) -> dict[str, Any]:
    record: dict[str, Any] = {name: cells[name].strip() for name in _PLAIN if cells.get(name, "").strip()}
    for name in ("functions", "languages", "channels"):
        record[name] = _list(cells.get(name, ""))
    for name in ("round_the_clock", "fictitious"):
        given = cells.get(name, "").strip().lower()
        if given not in _BOOLEAN:
            raise ValueError(f"{name}: “{given[:20]}” is neither yes nor no")
        record[name] = _BOOLEAN[given]
    record["provisions"] = [
        dict(zip(("instrument", "article"), (*entry.split(None, 1), ""), strict=False))
        for entry in _list(cells.get("provisions", ""))
    ]
    record["means"] = [_means(entry) for entry in _list(cells.get("means", ""))]
    record["hours"] = [interval for entry in _list(cells.get("hours", "")) for interval in _hours(entry)]
    record["texts"] = _json(cells, "texts") or _name(cells)
    record["contacts"] = _json(cells, "contacts") or _contacts(cells)
    return record


def _list(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _means(entry: str) -> dict[str, Any]:
    kind, *demands = entry.split("+")
    unknown = set(demands) - {"encryption", "signature"}
    if unknown:
        raise ValueError(f"means: “{entry[:40]}”; after a + only encryption or signature may stand")
    return {"means": kind, "encryption": "encryption" in demands, "signature": "signature" in demands}


def _hours(entry: str) -> list[dict[str, Any]]:
    day, _, times = entry.partition(" ")
    if day.lower() not in DAYS:
        raise ValueError(f"hours: “{entry[:40]}” must begin with one of {', '.join(DAYS)}")
    found = []
    for part in times.split(","):
        opens, _, closes = part.strip().partition("-")
        closes = "00:00" if closes.strip() == "24:00" else closes.strip()
        found.append({"weekday": DAYS.index(day.lower()), "opens": opens.strip(), "closes": closes})
    return found


def _json(cells: dict[str, str], name: str) -> list[Any]:
    text = cells.get(name, "").strip()
    if not text:
        return []
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise ValueError(f"{name}: the cell is no JSON list; leave it empty or export it again") from None
    if not isinstance(value, list):
        raise ValueError(f"{name}: the cell is no JSON list")
    return value


def _name(cells: dict[str, str]) -> list[dict[str, Any]]:
    name = cells.get("name", "").strip()
    lang = cells.get("lang", "").strip() or "en"
    return [{"kind": "name", "lang": lang, "value": name, "status": "original"}] if name else []


def _contacts(cells: dict[str, str]) -> list[dict[str, Any]]:
    lang = cells.get("lang", "").strip() or "en"
    return [
        {"kind": kind, "value": cells[kind].strip(), "lang": lang}
        for kind in ("address", "phone", "email", "website")
        if cells.get(kind, "").strip()
    ]
