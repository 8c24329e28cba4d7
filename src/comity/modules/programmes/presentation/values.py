"""A record's values in the reader's words: names of States, titles of other records, numbers, choices."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from babel.numbers import format_decimal
from django.db import models as fields_of
from django.urls import reverse
from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.core.counting.codes import CodesField
from comity.core.people.selectors import participant_choices
from comity.modules.programmes.kinds import KINDS, Kind, column
from comity.modules.programmes.selectors.records import titles
from comity.ui.dates import locale_of, spoken

#: Whole numbers that are names of years or of editions, written without separators.
_PLAIN_NUMBERS = frozenset({"baseline_year", "cycle", "edition", "sequence", "earmarking"})


@dataclass(frozen=True)
class Cell:
    """One shown value. `lang` "" where it is in the language of the page; `day` for a date; `block` for long texts."""

    text: str
    lang: str = ""
    url: str = ""
    day: date | None = None
    block: bool = False
    numeric: bool = False


class Names:
    """Names that a page needs, read once: States, and titles of records that the reader may see."""

    def __init__(self, actor: Actor, lang: str) -> None:
        self.actor, self.lang = actor, lang
        self._states: dict[str, str] | None = None
        self._titles: dict[tuple[str, str], tuple[str, str]] = {}

    def state(self, iso3: str) -> str:
        """The State's name; its code where it is unknown."""
        if self._states is None:
            self._states = dict(participant_choices(self.lang))
        return self._states.get(iso3, iso3)

    def learn(self, kind: Kind, rows: Iterable[Any], names: Collection[str] | None = None) -> None:
        """Reads the titles of all records to which the rows refer (by the fields `names`, else all)."""
        rows = list(rows)
        for field, other in kind.refers.items():
            if names is None or field in names:
                self.read(other, {getattr(row, field) for row in rows})

    def read(self, kind: str, codes: Collection[str]) -> None:
        """Reads titles of records of a kind."""
        wanted = {code for code in codes if code and (kind, code) not in self._titles}
        for code, said in titles(self.actor, KINDS[kind], wanted, self.lang).items():
            self._titles[kind, code] = said

    def title(self, kind: str, code: str) -> tuple[str, str]:
        """The record's title and its language; ("", "") where the reader may not see it."""
        if (kind, code) not in self._titles:
            self.read(kind, {code})
        return self._titles.get((kind, code), ("", ""))


def record_url(kind: str, code: str) -> str:
    """Returns the address of a record's page in the language of the page."""
    return reverse("programmes:record", args=[kind, code])


def number(value: Decimal | int | float, lang: str) -> str:
    """Returns a number with the separators of the language, without trailing zeros."""
    value = Decimal(str(value))
    value = value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
    return str(format_decimal(value, locale=locale_of(lang), decimal_quantization=False))


def money(value: Decimal, lang: str) -> str:
    """Returns an amount with two decimals, none where it is whole."""
    whole = value == value.to_integral_value()
    return str(format_decimal(value, format="#,##0" if whole else "#,##0.00", locale=locale_of(lang)))


def label_of(field: fields_of.Field[Any, Any]) -> str:
    """Returns what a field is called."""
    said = str(field.verbose_name)
    return said[:1].upper() + said[1:]


def cell(kind: Kind, name: str, value: Any, names: Names, lang: str = "") -> Cell:
    """Returns the shown value of a field of a record; Cell("") where it is empty. `lang` is the record's."""
    return _cell(column(kind.model, name), value, names, kind.refers.get(name, ""), lang)


def child_cell(kind: Kind, name: str, value: Any, names: Names) -> Cell:
    """Returns the shown value of a field of a child row."""
    assert kind.child is not None  # noqa: S101 (asked only of kinds with child rows)
    return _cell(column(kind.child, name), value, names, "", "")


def _cell(field: Any, value: Any, names: Names, refers: str, lang: str) -> Cell:
    if value is None or value == "" or value == () or value == []:
        return Cell("")
    if refers:
        title, title_lang = names.title(refers, value)
        return Cell(title, title_lang, record_url(refers, value)) if title else Cell(str(value))
    if isinstance(field, fields_of.ForeignKey):
        return Cell(names.state(str(value)))
    if field.choices:
        return Cell(str(dict(field.flatchoices).get(value, value)))
    if isinstance(field, fields_of.DateField):
        day = value if isinstance(value, date) else date.fromisoformat(str(value))
        return Cell(spoken(day, names.lang), day=day)
    if isinstance(value, bool):
        return Cell(_("yes") if value else _("no"))
    if isinstance(field, CodesField):
        known = [names.state(code) for code in value] if field.name == "locations" else [str(code) for code in value]
        return Cell("; ".join(known))
    if isinstance(field, fields_of.DecimalField | fields_of.IntegerField):
        return _number_cell(field, value, names.lang)
    return Cell(str(value), lang, block=isinstance(field, fields_of.TextField))


def _number_cell(field: Any, value: Any, lang: str) -> Cell:
    if field.name in _PLAIN_NUMBERS:
        return Cell(str(value), numeric=True)
    if field.name in {"usd", "amount", "budget"}:
        return Cell(money(Decimal(str(value)), lang), numeric=True)
    return Cell(number(value, lang), numeric=True)


def facts(row: Any, kind: Kind, names: Names) -> list[tuple[str, Cell]]:
    """Returns label and value of every filled field of a record, but its title, its note and its answer."""
    names.learn(kind, [row])
    found = []
    shown = [name for name in kind.form_fields if name not in {"title", "lang", "note", "answer"}]
    for name in [*shown, *(("rate", "rate_on", "usd") if kind.is_money else ())]:
        field = column(kind.model, name)
        value = getattr(row, field.attname)
        made = cell(kind, name, value, names, row.lang)
        if made.text:
            found.append((label_of(field), made))
    return found


def child_table(row: Any, kind: Kind, names: Names) -> tuple[list[tuple[str, bool]], list[list[Cell]]]:
    """Returns the heads (label, numeric) and the lines of a record's child rows; fields empty everywhere left out."""
    if kind.child is None:
        return [], []
    children = list(getattr(row, kind.children).all())
    lines = [[child_cell(kind, name, _value(child, name), names) for name in kind.child_fields] for child in children]
    kept = [place for place in range(len(kind.child_fields)) if any(line[place].text for line in lines)]
    heads = []
    for place in kept:
        field = column(kind.child, kind.child_fields[place])
        heads.append((label_of(field), isinstance(field, fields_of.DecimalField | fields_of.IntegerField)))
    return heads, [[line[place] for place in kept] for line in lines]


def _value(row: Any, name: str) -> Any:
    return getattr(row, column(row, name).attname)


def plain_text(kind: Kind, name: str, value: Any, names: Names) -> str:
    """Returns one value of a difference (JSON types) in words; "" where it is empty."""
    if name == kind.children:
        return "\n".join(_child_text(kind, one, names) for one in value or ())
    if name == "other_titles":
        return "\n".join(f"{lang}: {title}" for lang, title in (value or {}).items())
    if name in {"label", "owner_state"}:
        field = column(kind.model, name)
        return names.state(value) if name == "owner_state" and value else str(dict(field.flatchoices).get(value, value))
    return cell(kind, name, value, names).text


def _child_text(kind: Kind, values: Mapping[str, Any], names: Names) -> str:
    said = [child_cell(kind, name, value, names).text for name, value in values.items()]
    return ", ".join(text for text in said if text)


def field_label(kind: Kind, name: str) -> str:
    """Returns what a changed thing is called: a field, the child rows, or what the house adds."""
    if name == kind.children:
        return str(kind.children_title)
    own = {"label": _("Who may see it"), "owner_state": _("Belongs to"), "other_titles": _("Title in other languages")}
    return own[name] if name in own else label_of(column(kind.model, name))
