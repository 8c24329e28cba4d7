"""What a source says, as plain values: no database, no resolution of names.

These shapes cross a process border as JSON (`to_plain`, `from_plain`): dates travel as ISO strings.
`kind` of an action and of a statement are the values of `vocabulary.ActionKind` and `StatementKind`, spelled
out here as strings so that a parser needs no Django.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Refusal:
    """Something that was not taken: where it stands, why, and the words themselves for the quarantine."""

    row: str
    reason: str
    content: str = ""


@dataclass(frozen=True)
class ActionRecord:
    """One act of one participant. `name` is without footnote marks; `iso3` only where the source has it.

    `note` holds the texts of the footnotes that speak of it, `reference` a depositary notification.
    `source` is the source a row of a table names for itself.
    """

    name: str
    kind: str
    deposited: date
    row: str
    effective: date | None = None
    note: str = ""
    reference: str = ""
    iso3: str = ""
    source: str = ""


@dataclass(frozen=True)
class StatementRecord:
    """A reservation, declaration, understanding, objection or notification.

    `towards` holds the names an objection is directed at, as printed, best guess first.
    """

    name: str
    kind: str
    text: str
    row: str
    made_on: date | None = None
    withdrawn_on: date | None = None
    towards: tuple[str, ...] = ()
    article: str = ""
    reference: str = ""


@dataclass(frozen=True)
class ApplicationRecord:
    """A territorial application: by whom, where (in the wording of the source), notified when."""

    name: str
    territory: str
    row: str
    deposited: date | None = None
    text: str = ""


@dataclass(frozen=True)
class StatusTable:
    """What one source says of one instrument up to `as_of`.

    `instrument` is a depositary number ("XXVI-5") or a code of ours ("UNTOC-TIP"). `complete` sources list
    every participant, so that silence about one means something. `parties` and `signatories` are counted
    from the rows themselves on `as_of`.
    """

    instrument: str
    source: str
    as_of: date | None
    title: str = ""
    lang: str = "en"
    complete: bool = True
    concluded_place: str = ""
    concluded_on: date | None = None
    in_force_on: date | None = None
    in_force_text: str = ""
    registration: str = ""
    citation: str = ""
    notes: str = ""
    parties_stated: int | None = None
    signatories_stated: int | None = None
    parties: int = 0
    signatories: int = 0
    actions: tuple[ActionRecord, ...] = ()
    statements: tuple[StatementRecord, ...] = ()
    applications: tuple[ApplicationRecord, ...] = ()
    refused: tuple[Refusal, ...] = field(default=())


_DATES = {"deposited", "effective", "made_on", "withdrawn_on", "as_of", "concluded_on", "in_force_on"}
_PARTS: dict[str, type] = {
    "actions": ActionRecord,
    "statements": StatementRecord,
    "applications": ApplicationRecord,
    "refused": Refusal,
}


def to_plain(table: StatusTable) -> dict[str, Any]:
    """Returns the table as JSON-able values; what equals its default is left out."""
    values = _told(table)
    for name in _PARTS:
        values[name] = [_told(part) for part in getattr(table, name)]
    return values


def _told(record: Any) -> dict[str, Any]:
    values = {}
    for part in dataclasses.fields(record):
        value = getattr(record, part.name)
        if value != part.default:
            values[part.name] = value.isoformat() if isinstance(value, date) else value
    return values


def from_plain(data: dict[str, Any]) -> StatusTable:
    """The inverse of `to_plain`."""
    values = _dated(data)
    for name, shape in _PARTS.items():
        values[name] = tuple(shape(**_dated(part)) for part in data.get(name, ()))
    return StatusTable(**values)


def _dated(data: dict[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {k: date.fromisoformat(v) if k in _DATES and v else v for k, v in data.items()}
    if "towards" in values:
        values["towards"] = tuple(values["towards"])
    return values
