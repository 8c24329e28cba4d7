"""The table of participants: each dated cell is an act, each withdrawal gets its days from its note."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from comity.core.vault.errors import Unreadable
from comity.modules.treaties.importers.records import ActionRecord, Refusal
from comity.modules.treaties.importers.untc.cells import (
    CONSENT,
    SIGNATURE,
    Column,
    Entry,
    read_cell,
    read_heading,
)
from comity.modules.treaties.importers.untc.notes import Leaving, leaving, taken_back
from comity.modules.treaties.importers.untc.page import by_id, marks_of, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element


@dataclass(frozen=True)
class Row:
    """A participant's row: its name as printed, its place in the file, its acts and its notes."""

    name: str
    place: str
    bracketed: bool
    entries: tuple[Entry, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Grid:
    """What the table gives. `names` are the participants in the order printed."""

    actions: tuple[ActionRecord, ...]
    refused: tuple[Refusal, ...]
    names: tuple[str, ...]


def read_grid(root: _Element, notes: dict[str, str]) -> Grid:
    """Reads the table. Raises Unreadable where no column holds consents to be bound."""
    table = by_id(root, "tblgrid")
    rows = table.xpath("./tr | ./tbody/tr | ./thead/tr") if table is not None else []
    if len(rows) < 2:
        raise Unreadable("The table of participants is empty. Save the page again after it has loaded to its end.")
    columns = [read_heading(text_of(cell)) for cell in rows[0].xpath("./td | ./th")]
    if not any(column.consents for column in columns[1:]):
        raise Unreadable("No column of the table is headed ratification, accession or another consent to be bound.")
    refused = [
        Refusal(f"line {rows[0].sourceline}", f'the column "{c.heading}" is not known and was left out')
        for c in columns[1:]
        if not c.known
    ]
    actions: list[ActionRecord] = []
    names: list[str] = []
    for element in rows[1:]:
        try:
            row = _row(element, columns, notes)
            if row is None:
                continue
            actions.extend(_actions(row, refused))
            names.append(row.name)
        except ValueError as error:
            cells = [text_of(cell) for cell in element.xpath("./td | ./th")]
            name = cells[0] if cells else ""
            refused.append(Refusal(f"line {element.sourceline}: {name}", str(error), " | ".join(cells)))
    return Grid(tuple(actions), tuple(refused), tuple(names))


def _row(element: _Element, columns: list[Column], notes: dict[str, str]) -> Row | None:
    cells = element.xpath("./td | ./th")
    printed = text_of(cells[0]) if cells else ""
    if not printed:
        return None
    if len(cells) != len(columns):
        raise ValueError(f"the row has {len(cells)} cells where the table has {len(columns)} columns")
    entries: list[Entry] = []
    marks = list(marks_of(cells[0]))
    for column, cell in zip(columns[1:], cells[1:], strict=True):
        if column.known:
            entries.extend(read_cell(column, text_of(cell)))
        marks.extend(marks_of(cell))
    name = printed.strip("[] ")
    said = tuple(notes[mark] for mark in dict.fromkeys(marks) if mark in notes)
    return Row(name, f"line {element.sourceline}: {name}", printed.startswith("["), tuple(entries), said)


def _actions(row: Row, refused: list[Refusal]) -> list[ActionRecord]:
    """Raises ValueError for a row whose brackets no note explains."""
    told = [found for found in map(leaving, row.notes) if found]
    out = row.bracketed or any(e.bracketed and e.kind in CONSENT for e in row.entries)
    consented = any(e.kind in CONSENT for e in row.entries)
    in_column = [e for e in row.entries if e.kind == "withdrawal"]
    if out and consented and not in_column and not any(t.notified or t.effective for t in told):
        raise ValueError(
            "the participant stands in brackets (withdrawn) but no note gives the day; enter the withdrawal at the desk"
        )
    for note in row.notes:
        if taken_back(note):
            refused.append(Refusal(row.place, "a note tells of a withdrawal that was taken back: check by hand", note))
    plain_notes = "\n".join(n for n in row.notes if leaving(n) is None)
    actions = []
    for entry in row.entries:
        if entry.bracketed and entry.kind in SIGNATURE and not out:
            refused.append(Refusal(row.place, "the signature stands in brackets (withdrawn) and was not taken"))
            continue
        actions.append(ActionRecord(row.name, entry.kind, entry.on, row.place))
    if plain_notes and actions:
        at = max(range(len(actions)), key=lambda i: (actions[i].kind in CONSENT, actions[i].deposited))
        actions[at] = replace(actions[at], note=plain_notes)
    if consented and not in_column:
        actions.extend(_withdrawal(row, found) for found in told if found.notified or found.effective)
    return actions


def _withdrawal(row: Row, told: Leaving) -> ActionRecord:
    day = told.notified or told.effective
    assert day is not None  # noqa: S101 - the caller keeps only notes with a day
    return ActionRecord(row.name, "withdrawal", day, row.place, told.effective, told.text, told.reference)


def count(actions: Iterable[ActionRecord], kinds: frozenset[str], on: date) -> int:
    """How many participants the depositary counts on a day for these kinds of act.

    A participant counts from its deposit (not from entry into force) until its withdrawal takes effect.
    """
    left: dict[str, date] = {}
    said: list[ActionRecord] = []
    for act in actions:
        if act.kind in kinds and act.deposited <= on:
            said.append(act)
        elif act.kind == "withdrawal" and (act.effective or act.deposited) <= on:
            left[act.name] = max(act.deposited, left.get(act.name, act.deposited))
    return len({act.name for act in said if act.name not in left or act.deposited > left[act.name]})
