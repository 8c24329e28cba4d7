"""Tables of participation as CSV: one act a row, with the columns of `participation.csv`.

Rows are read one by one, so that a file of 200 MB fits; rows that repeat word for word count once. A wrong
row is refused by its number and the rest is taken. A table never claims to list everybody: what it does not
mention stays as it is.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from comity.core.vault.errors import Unreadable
from comity.modules.treaties.importers.records import ActionRecord, Refusal, StatusTable, to_plain

MAX_BYTES = 256 * 2**20
#: Distinct rows in one file: ten times what is bundled.
MAX_ROWS = 30_000
#: Refused rows listed one by one.
MAX_REFUSED = 2_000
COLUMNS = ("iso3", "state", "instrument", "action", "date", "source")
KINDS = frozenset(
    {
        "signature",
        "definitive_signature",
        "succession_to_signature",
        "provisional_application",
        "ratification",
        "acceptance",
        "approval",
        "accession",
        "succession",
        "consent_to_be_bound",
        "formal_confirmation",
        "withdrawal",
    }
)
_KNOWN = ", ".join(sorted(KINDS))
_ALSO = {"denunciation": "withdrawal", "consent to be bound": "consent_to_be_bound"}


@dataclass
class _Reading:
    """What was read so far."""

    acts: dict[tuple[str, str], list[ActionRecord]] = field(default_factory=lambda: defaultdict(list))
    refused: list[Refusal] = field(default_factory=list)
    further: int = 0
    seen: set[int] = field(default_factory=set)

    def refuse(self, row: int, reason: str, cells: list[str]) -> None:
        if len(self.refused) < MAX_REFUSED:
            words = ",".join(cells)[:500].encode("utf-8", "replace").decode()
            self.refused.append(Refusal(str(row), reason, words))
        else:
            self.further += 1


def parse(path: Path) -> list[StatusTable]:
    """Returns one table per instrument and source, in the order of the file.

    A table without rows (`instrument` "") carries what was refused. Raises Unreadable where the file as a
    whole cannot be taken: no heading, columns missing, more than MAX_ROWS acts.
    """
    reading = _Reading()
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as lines:
        rows = _rows(csv.reader(lines), reading)
        places = _columns(next(rows, (0, []))[1])
        for number, cells in rows:
            _take(number, cells, places, reading)
    if reading.further:
        reading.refused.append(Refusal("end", f"{reading.further} further rows were refused for such reasons"))
    tables = [
        StatusTable(
            instrument=instrument,
            source=source,
            as_of=max(act.deposited for act in acts),
            complete=False,
            actions=tuple(acts),
        )
        for (instrument, source), acts in reading.acts.items()
    ]
    if reading.refused or not tables:
        tables.append(StatusTable(instrument="", source="", as_of=None, refused=tuple(reading.refused)))
    return tables


def parse_plain(path: Path) -> list[dict[str, Any]]:
    """`parse` for the other side of a process border."""
    return [to_plain(table) for table in parse(path)]


def _rows(reader: Any, reading: _Reading) -> Iterator[tuple[int, list[str]]]:
    """Rows with the number of the line they end on, as an editor shows it."""
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            reading.refuse(reader.line_num, f"the row cannot be read ({error}); check its quotation marks", [])
            continue
        if any(cell.strip() for cell in cells):
            yield reader.line_num, cells


def _columns(heading: list[str]) -> dict[str, int]:
    names = [name.strip().lower() for name in heading]
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        found = ", ".join(names)[:120].encode("utf-8", "replace").decode() or "nothing"
        hint = " Separate columns by commas, not semicolons." if ";" in found else ""
        raise Unreadable(
            f"Line 1: the heading lacks the column{'s' if len(missing) > 1 else ''} {', '.join(missing)} "
            f"(found: {found}). "
            f"It must name {','.join(COLUMNS)}.{hint}"
        )
    return {name: names.index(name) for name in COLUMNS}


def _take(number: int, cells: list[str], places: dict[str, int], reading: _Reading) -> None:
    mark = hash(tuple(cells))
    if mark in reading.seen:
        return
    if len(reading.seen) >= MAX_ROWS + MAX_REFUSED:
        raise Unreadable(f"The table holds more than {MAX_ROWS:,} different rows. Split it by instrument.")
    try:
        act, instrument, source = _read(number, cells, places)
    except ValueError as error:
        if len(reading.refused) < MAX_REFUSED:
            reading.seen.add(mark)
        reading.refuse(number, str(error), cells)
        return
    reading.seen.add(mark)
    reading.acts[instrument, source].append(act)


def _read(number: int, cells: list[str], places: dict[str, int]) -> tuple[ActionRecord, str, str]:
    if max(places.values()) >= len(cells):
        raise ValueError(f"the row has {len(cells)} columns, the heading more; check commas and quotation marks")
    value = {name: cells[place].strip() for name, place in places.items()}
    if any("\udc80" <= letter <= "\udcff" for words in value.values() for letter in words):
        raise ValueError("the row is not UTF-8; save the table as UTF-8")
    if any(letter < " " for words in value.values() for letter in words):
        raise ValueError("the row holds control characters; save the table as plain text")
    kind = _ALSO.get(value["action"].lower(), value["action"].lower().replace(" ", "_"))
    if kind not in KINDS:
        raise ValueError(f'"{value["action"][:40]}" is no action; use one of {_KNOWN}')
    try:
        day = date.fromisoformat(value["date"]) if len(value["date"]) == 10 else None
    except ValueError:
        day = None
    if day is None:
        raise ValueError(f'"{value["date"][:40]}" is not a day; write it as 2003-09-29')
    if day > date.today():
        raise ValueError(f"{day} lies in the future")
    if day.year < 1800:
        raise ValueError(f"{day} lies before any treaty kept here")
    if not value["iso3"] and not value["state"]:
        raise ValueError("the row names no participant; fill iso3 or state")
    if not value["instrument"]:
        raise ValueError("the row names no instrument; write its code, such as UNTOC, or its depositary number")
    if not value["source"]:
        raise ValueError("the row names no source; every fact needs one")
    act = ActionRecord(value["state"], kind, day, str(number), iso3=value["iso3"].upper(), source=value["source"])
    return act, value["instrument"], value["source"]
