"""The tables of spreadsheets: one for each kind of record, one for each kind of child rows, and their columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db import models as fields_of
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from comity.core.actions.labels import Label
from comity.core.counting.codes import CodesField
from comity.core.people.models import Participant
from comity.core.texts.languages import UN_LANGUAGES
from comity.modules.programmes.kinds import KINDS, Kind, step_choices

#: Names of the tables of child rows, by kind of their record.
CHILD_TABLES = {"event": "attendance", "product": "adoption", "operation": "operation_state", "actual": "disaggregate"}
#: Sheets of a workbook that hold no records.
OTHER_SHEETS = frozenset({"instructions", "choices", "states", "notes"})
#: Columns that are no fields of the model, or are filled by the house elsewhere.
CODE, STEP, LABEL, OWNER, FICTITIOUS = "code", "step", "label", "owner_state", "fictitious"
TITLE_PREFIX = "title_"


@dataclass(frozen=True)
class Column:
    """A column: its name in files, what it is called, and what its cells hold.

    `holds` is text, long_text, whole, decimal, day, yes_no, codes, choice, state or ref (the code of another record,
    of the kind `of`). `places` are the decimal places of a number.
    """

    name: str
    title: Any
    holds: str
    needed: bool = False
    choices: tuple[tuple[Any, Any], ...] = ()
    of: str = ""
    places: int = 0
    help: Any = ""
    default: Any = field(default=None, compare=False)


@dataclass(frozen=True)
class Table:
    """A table of records of one kind; with `parent`, the table of their child rows, where `parent` names the record."""

    name: str
    title: Any
    kind: Kind
    columns: tuple[Column, ...]
    parent: str = ""

    def column(self, name: str) -> Column | None:
        """The column of that name, or None."""
        return next((column for column in self.columns if column.name == name), None)

    @property
    def key(self) -> str:
        """The column that holds the record's code."""
        return self.parent or CODE


@cache
def tables() -> dict[str, Table]:
    """All tables by name, each followed by the one of its child rows."""
    made = {}
    for kind in KINDS.values():
        made[kind.name] = Table(kind.name, kind.plural, kind, tuple(_columns(kind)))
        if kind.child is not None:
            name, parent = CHILD_TABLES[kind.name], kind.parent_field
            first = Column(parent, kind.title, "ref", needed=True, of=kind.name)
            own = [_of_field(kind.child._meta.get_field(one), {}) for one in kind.child_fields]
            made[name] = Table(name, kind.children_title, kind, (first, *own), parent)
    return made


def table_of(kind: Kind) -> Table:
    """The table of a kind's records."""
    return tables()[kind.name]


def child_table_of(kind: Kind) -> Table | None:
    """The table of a kind's child rows, or None."""
    return tables().get(CHILD_TABLES.get(kind.name, ""))


def _columns(kind: Kind) -> list[Column]:
    titled = [
        Column(f"{TITLE_PREFIX}{lang}", format_lazy("{} ({})", _("Title"), lang), "text")
        for lang in sorted(UN_LANGUAGES)
    ]
    said = [_of_field(kind.model._meta.get_field(name), kind.refers) for name in kind.form_fields]
    first = [column for column in said if column.name in ("title", "lang")]
    return [
        Column(CODE, _("Record code"), "text", needed=True,
               help=_("Your own, such as EV-2019-001; the same code again is a change of the record")),
        Column(STEP, _("Step"), "choice", choices=tuple(step_choices(kind)[:-1])),
        *first,
        *titled,
        *[column for column in said if column not in first],
        Column(LABEL, _("Who may see it"), "choice", choices=tuple(Label.choices), default=str(Label.SECRETARIAT)),
        Column(OWNER, _("State that it belongs to"), "state", default=""),
        Column(FICTITIOUS, _("Fictitious"), "yes_no", default=False),
    ]  # fmt: skip


def _of_field(said: Any, refers: dict[str, str]) -> Column:
    default = said.get_default() if said.has_default() else None
    empty: Any = None if said.null else ""
    needed = not said.blank and not said.has_default()
    common: dict[str, Any] = {
        "needed": needed,
        "help": said.help_text,
        "default": empty if default is None else default,
    }
    title = said.verbose_name
    if said.name in refers:
        return Column(said.name, title, "ref", of=refers[said.name], **common)
    if said.related_model is Participant:
        return Column(said.name, title, "state", **common)
    if said.choices:
        return Column(said.name, title, "choice", choices=tuple(said.choices), **common)
    match said:
        case CodesField():
            return Column(said.name, title, "codes", **{**common, "needed": False, "default": ()})
        case fields_of.DateField():
            return Column(said.name, title, "day", **common)
        case fields_of.BooleanField():
            return Column(said.name, title, "yes_no", **{**common, "needed": False})
        case fields_of.DecimalField():
            places = said.decimal_places or 0
            return Column(said.name, title, "decimal", places=places, **{**common, "default": default or None})
        case fields_of.IntegerField():
            return Column(said.name, title, "whole", **{**common, "default": None if default == "" else default})
        case fields_of.CharField() if said.max_length and said.max_length > 1:
            return Column(said.name, title, "text", **common)
        case _:
            return Column(said.name, title, "long_text", **common)
