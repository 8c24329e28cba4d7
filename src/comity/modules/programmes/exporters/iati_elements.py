"""The elements of IATI files as they are written, and the records that go into one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from lxml import etree

from comity.core.actions.actor import Actor
from comity.core.people.models import Participant
from comity.core.people.vocabulary import ParticipantKind
from comity.modules.programmes.exporters import iati_codes as c
from comity.modules.programmes.exporters.iati_identity import own
from comity.modules.programmes.kinds import KINDS
from comity.modules.programmes.selectors.records import current

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_KINDS = ("programme", "project", "donor", "pledge", "instalment", "money", "result", "indicator", "target", "actual")


@dataclass(frozen=True)
class Reporter:
    """Who publishes the file: organisation identifier, name, organisation type."""

    identifier: str
    name: str
    type: str = c.MULTILATERAL


@dataclass
class Book:
    """The records that go into a file, as the actor may see them, and what is left out of it."""

    reporter: Reporter
    today: date
    rows: Mapping[str, Mapping[str, Any]]
    states: Mapping[str, Participant]
    left_out: list[str] = field(default_factory=list)
    _sorted: dict[tuple[str, str], dict[str, list[Any]]] = field(default_factory=dict)

    def of(self, kind: str, field_name: str, value: str) -> list[Any]:
        """The records of a kind with this value in a field, by code."""
        key = (kind, field_name)
        if key not in self._sorted:
            found = self._sorted[key] = {}
            for row in self.rows[kind].values():
                found.setdefault(getattr(row, field_name), []).append(row)
        return self._sorted[key].get(value, [])

    def identifier(self, row: Any) -> str:
        """The IATI identifier of an activity: the publisher's, a hyphen, the record's code."""
        return f"{self.reporter.identifier}-{row.code}"


def book(actor: Actor, reporter: Reporter, today: date) -> Book:
    """Reads what the actor may see of the records that IATI has a place for."""
    rows: dict[str, dict[str, Any]] = {}
    for name in _KINDS:
        kind = KINDS[name]
        found = current(actor, kind).order_by("code")
        rows[name] = {row.code: row for row in (found.prefetch_related(kind.children) if kind.child else found)}
    return Book(reporter, today, rows, {one.pk: one for one in Participant.objects.all()})


def is_country(state: Participant | None) -> bool:
    """True for what has a code in ISO 3166-1, as the standard's list of countries has."""
    return state is not None and bool(state.iso2) and state.kind != ParticipantKind.ORGANIZATION


def shares(number: int) -> list[str]:
    """Percentages, equal to a hundredth, that make 100."""
    if not number:
        return []
    each = 10_000 // number
    every = [each + (10_000 - each * number), *[each] * (number - 1)]
    return [f"{share / 100:.2f}".rstrip("0").rstrip(".") for share in every]


def child(
    parent: etree._Element, tag: str, more: Mapping[str, str] | None = None, /, text: str = "", **said: str
) -> etree._Element:
    """Adds an element with attributes and text."""
    made = etree.SubElement(parent, tag, {**(more or {}), **said})
    if text:
        made.text = clean(text)
    return made


def clean(text: str) -> str:
    """The text without signs that XML cannot hold."""
    return "".join(sign for sign in text if sign in "\t\n" or (sign >= " " and sign not in "\ufffe\uffff"))


def narrative(parent: etree._Element, text: str, lang: str = "") -> None:
    """Adds the words of an element, in a language where one is known."""
    made = child(parent, "narrative", text=text)
    if lang:
        made.set(XML_LANG, lang)


def titles(parent: etree._Element, row: Any) -> None:
    """Adds the title in the record's language, then in others."""
    narrative(parent, row.title, row.lang)
    for lang, title in sorted(row.other_titles.items()):
        narrative(parent, title, lang)


def mark(made: etree._Element, row: Any, **more: Any) -> None:
    """Says in our own attributes which record an element is, its step and who may see it."""
    for name, value in {"code": row.code, "step": row.step, "label": row.label, **more}.items():
        made.set(own(name), clean(str(value)))
    if row.fictitious:
        made.set(own("fictitious"), "yes")
