"""From the tables of several files to what they state of each record. Nothing is looked up but States."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any

from django.utils.translation import gettext as _

from comity.core.people.names import fold
from comity.modules.programmes.checking import child_key
from comity.modules.programmes.importers.cells import Wrong, value_of
from comity.modules.programmes.importers.states import States, UnknownState
from comity.modules.programmes.kinds import Kind
from comity.modules.programmes.tables import (
    FICTITIOUS,
    LABEL,
    OTHER_SHEETS,
    OWNER,
    STEP,
    TITLE_PREFIX,
    Table,
    child_table_of,
    tables,
)


@dataclass(frozen=True)
class Source:
    """A file: its name for reports, where it lies, and its digest ("" where it cannot be read)."""

    name: str
    path: Path
    digest: str


@dataclass(frozen=True)
class Place:
    """Where something stands: file, sheet ("" for a file of one table), row (None: the whole)."""

    source: Source
    sheet: str = ""
    row: int | None = None


@dataclass(frozen=True)
class Refusal:
    """What is not taken, why, and its words as the file has them."""

    place: Place
    reason: str
    words: str = ""


@dataclass
class Stated:
    """What files state of one record: typed values of the columns that are there; `children` None: not spoken of."""

    kind: Kind
    code: str
    place: Place
    given: dict[str, Any] = field(default_factory=dict)
    titles: dict[str, str] | None = None
    step: str = ""
    more: dict[str, Any] = field(default_factory=dict)
    children: list[dict[str, Any]] | None = None
    child_places: list[Place] = field(default_factory=list)
    #: False for a record of which only child rows are stated.
    headed: bool = True
    words: str = ""

    def same_as(self, other: Stated) -> bool:
        """True where both rows state the same."""
        mine = (self.given, self.titles, self.step, self.more)
        return mine == (other.given, other.titles, other.step, other.more)


@dataclass
class Assembled:
    """All that some files state, by kind and code in their order, and what of it is refused already."""

    stated: dict[str, dict[str, Stated]] = field(default_factory=lambda: defaultdict(dict))
    refused: list[Refusal] = field(default_factory=list)
    notes: list[tuple[Source, str]] = field(default_factory=list)
    #: Records (kind, code) with a refused row: nothing of them is taken.
    spoiled: set[tuple[str, str]] = field(default_factory=set)

    def refuse(self, place: Place, reason: str, words: str = "") -> None:
        """Notes what is not taken."""
        self.refused.append(Refusal(place, reason, words))


def assemble(files: Iterable[tuple[Source, dict[str, Any]]]) -> Assembled:
    """Returns what the parsed files state together: an event in one, its attendance in another."""
    made, states = Assembled(), States()
    spoken: set[str] = set()
    children: list[tuple[Place, Table, Sequence[str], list[list[Any]]]] = []
    for source, parsed in files:
        made.notes += [(source, str(note)) for note in parsed.get("notes", ())]
        for one in parsed.get("refused", ()):
            made.refuse(Place(source, one.get("sheet", ""), one.get("row")), one["reason"])
        for told in parsed.get("tables", ()):
            place = Place(source, told["sheet"])
            table = _table(made, place, told)
            if table is None:
                continue
            if table.parent:
                spoken.add(table.kind.name)
                children.append((place, table, told["columns"], told["rows"]))
            else:
                _records(made, place, table, told["columns"], told["rows"], states)
    for place, table, columns, rows in children:
        _children(made, place, table, columns, rows, states)
    for kind in spoken:
        for one in made.stated[kind].values():
            one.children = one.children or []
    _without_spoiled(made)
    return made


def table_named(name: str) -> Table | None:
    """The table that a sheet or a file's name means: its name, its title, or a name that begins with it."""
    wanted = fold(name)
    every = tables()
    for table in every.values():
        if wanted in (
            fold(table.name),
            fold(str(table.title)),
            fold(str(table.kind.title)) if not table.parent else "",
        ):
            return table
    found = [table for table in every.values() if f"{wanted} ".startswith(f"{fold(table.name)} ")]
    return max(found, key=lambda table: len(table.name), default=None)


def _table(made: Assembled, place: Place, told: dict[str, Any]) -> Table | None:
    """The table that rows belong to, None where there is none or its columns are not understood."""
    name = told["sheet"] or PurePath(place.source.name).stem
    if fold(told["sheet"]) in OTHER_SHEETS or not told["rows"]:
        return None
    table = table_named(name)
    if table is None:
        known = ", ".join(tables())
        text = _("“%(name)s” is no table that is known here. Name it after what it holds: %(known)s.")
        made.refuse(place, text % {"name": name[:60], "known": known})
        return None
    for number, column in enumerate(told["columns"]):
        if not column and all(row[number + 1] in (None, "") for row in told["rows"]):
            continue
        if table.column(column) is None:
            text = _("There is no column “%(column)s” in %(table)s. Columns are: %(known)s.")
            known = ", ".join(one.name for one in table.columns)
            made.refuse(place, text % {"column": column[:40], "table": table.name, "known": known})
            return None
        if told["columns"].count(column) > 1:
            made.refuse(place, _("The column “%(column)s” stands there twice.") % {"column": column})
            return None
    if table.key not in told["columns"]:
        text = _("The column “%(column)s” is missing: it says which record a row is about.")
        made.refuse(place, text % {"column": table.key})
        return None
    missing = [one.name for one in table.columns if one.needed and one.name not in told["columns"]]
    if missing:
        text = _("%(table)s: without the columns %(missing)s only records that are here already can be changed.")
        made.notes.append((place.source, text % {"table": table.name, "missing": ", ".join(missing)}))
    return table


def _typed(
    made: Assembled, place: Place, table: Table, columns: Sequence[str], cells: Sequence[Any], states: States
) -> tuple[dict[str, Any], bool]:
    """The values of a row, and whether all could be read; each that could not is refused at its place."""
    values: dict[str, Any] = {}
    right = True
    for number, name in enumerate(columns):
        column = table.column(name)
        if column is None or (isinstance(cells[number], dict) and cells[number].get("keep")):
            continue
        try:
            values[name] = value_of(cells[number], column, states)
        except (Wrong, UnknownState) as error:
            made.refuse(place, f"{name}: {error}", _words(columns, cells))
            right = False
    if len(cells) > len(columns) and isinstance(cells[-1], dict):
        made.refuse(place, str(cells[-1]["wrong"]), _words(columns, cells))
        right = False
    if not values.get(table.key) and right:
        text = _("“%(column)s” is empty. Give each record a code of your own, such as EV-2019-001.")
        made.refuse(place, text % {"column": table.key}, _words(columns, cells))
        right = False
    return values, right


def _words(columns: Sequence[str], cells: Sequence[Any]) -> str:
    return json.dumps(dict(zip(columns, cells, strict=False)), ensure_ascii=False)[:20_000]


def _records(
    made: Assembled, place: Place, table: Table, columns: Sequence[str], rows: list[list[Any]], states: States
) -> None:
    kept = made.stated[table.kind.name]
    differing: dict[str, list[int | None]] = {}
    for row, *cells in rows:
        here = Place(place.source, place.sheet, row)
        values, right = _typed(made, here, table, columns, cells, states)
        code = str(values.get(table.key) or "")
        if not right:
            made.spoiled.add((table.kind.name, code))
            continue
        one = _stated(table.kind, code, here, values, _words(columns, cells))
        first = kept.get(code)
        if first is None:
            kept[code] = one
        elif first.same_as(one):
            text = _("It says the same as row %(row)s. Delete one of them.")
            made.refuse(here, text % {"row": first.place.row}, one.words)
        else:
            text = _("“%(code)s” stands there twice with different facts, also in row %(row)s. Keep the right one.")
            if code not in differing:
                made.refuse(first.place, text % {"code": code, "row": row}, first.words)
            made.refuse(here, text % {"code": code, "row": first.place.row}, one.words)
            differing.setdefault(code, []).append(row)
            made.spoiled.add((table.kind.name, code))


def _stated(kind: Kind, code: str, place: Place, values: dict[str, Any], words: str) -> Stated:
    fields = set(kind.form_fields)
    titles = {name.removeprefix(TITLE_PREFIX): text for name, text in values.items() if name.startswith(TITLE_PREFIX)}
    own = values.get("lang") or "en"
    return Stated(
        kind, code, place,
        given={name: value for name, value in values.items() if name in fields},
        titles={lang: text for lang, text in titles.items() if text and lang != own} if titles else None,
        step=values.get(STEP) or "",
        more={name: values[name] for name in (LABEL, OWNER, FICTITIOUS) if name in values},
        words=words,
    )  # fmt: skip


def _children(
    made: Assembled, place: Place, table: Table, columns: Sequence[str], rows: list[list[Any]], states: States
) -> None:
    kind, kept = table.kind, made.stated[table.kind.name]
    seen: dict[tuple[str, Any], int] = {}
    empty = {column.name: column.default for column in table.columns}
    for row, *cells in rows:
        here = Place(place.source, place.sheet, row)
        values, right = _typed(made, here, table, columns, cells, states)
        code = str(values.get(table.key) or "")
        if right:
            said = {name: values.get(name, empty[name]) for name in kind.child_fields}
            key = (code, child_key(kind, said))
            if key in seen:
                text = _("It counts the same as row %(row)d. Keep one of them, with the right number.")
                made.refuse(here, text % {"row": seen[key]}, _words(columns, cells))
                right = False
            seen.setdefault(key, row)
        if not right:
            made.spoiled.add((kind.name, code))
            continue
        one = kept.get(code)
        if one is None:
            one = kept[code] = Stated(kind, code, here, headed=False)
        if one.children is None:
            one.children = []
        one.children.append(said)
        one.child_places.append(here)


def _without_spoiled(made: Assembled) -> None:
    """Takes out records of which a row was refused: a record is taken whole or not at all."""
    told = {(one.place.source.name, one.place.sheet, one.place.row) for one in made.refused}
    for kind, code in made.spoiled:
        one = made.stated[kind].pop(code, None)
        table = child_table_of(one.kind) if one else None
        if one is None or not one.headed:
            continue
        if (one.place.source.name, one.place.sheet, one.place.row) not in told and table is not None:
            text = _("Not taken, as a row of it in %(table)s is refused.")
            made.refuse(one.place, text % {"table": table.name}, one.words)
