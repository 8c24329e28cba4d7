"""Figures and the records behind them as plain rows: what commands, files and the API tell alike."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.core.actions.decorator import Denied
from comity.core.counting.asking import countable, countables
from comity.core.counting.vocabulary import FieldKind
from comity.core.people.names import fold
from comity.core.people.selectors import participants
from comity.modules.reports import vocabulary as v
from comity.modules.reports.building import claim_of
from comity.modules.reports.evaluating import Frame
from comity.modules.reports.models import Edition, SnapshotRecords
from comity.modules.reports.numbers import Number, Numbers, evaluated, numbers
from comity.modules.reports.policies import can
from comity.modules.reports.printing import Dishonest, printed
from comity.modules.reports.releasing import is_small, strictest
from comity.modules.reports.selectors import editions
from comity.modules.reports.vocabulary import Disclosure, FigureMeasure


def shown(actor: Actor, edition: Edition) -> Numbers:
    """Returns the numbers of an edition that `actor` may see: the secretariat all, everybody else approved ones of
    figures that are not the secretariat's own."""
    staff = bool(can(actor, v.VIEW_WORK, edition))
    found = numbers(edition, approved_only=not staff)
    return found if staff else open_to_all(found)


def open_to_all(found: Numbers) -> Numbers:
    """Returns those of the numbers that everybody may be told."""
    told = {slug: number for slug, number in found.by_slug.items() if _is_open(number)}
    return Numbers(told, {}, found.definitions)


def _is_open(number: Number) -> bool:
    """True where everybody may be told the number. A share of figures for the secretariat may be printed; its parts
    may not."""
    released = number.snapshot.released if number.snapshot else {}
    secret = number.definition.disclosure == Disclosure.SECRETARIAT
    return not secret and not is_small(number.definition, number.value, released)


def asked_again(actor: Actor, edition: Edition, *, as_of: date | None, known_at: datetime | None) -> Numbers:
    """Returns the figures of an edition as of another day, or as known at another moment, from the stored history.

    Raises Denied for all but the secretariat: a number asked day by day tells what single records hold.
    """
    if not can(actor, v.VIEW_WORK, edition):
        raise Denied(_("Only the secretariat asks for other days: the public sees approved numbers."))
    frame = editions.frame_of(edition)
    frame = Frame(frame.period, as_of or frame.as_of, known_at or frame.known_at, frame.periods, frame.days)
    return evaluated(edition, frame)


def figure_rows(actor: Actor, edition: Edition, known: Numbers, lang: str = "en") -> list[dict[str, Any]]:
    """Returns the numbers as rows for a reader: how many records stand behind one is the secretariat's to know, and
    what a share is made of is told where all its parts are public."""
    staff = bool(can(actor, v.VIEW_WORK, edition))
    made = []
    for slug, number in known.by_slug.items():
        row = row_of(number, lang)
        if not staff:
            row["records"] = None
            if strictest(slug, known.definitions) != Disclosure.PUBLIC:
                row["numerator"] = row["denominator"] = None
        made.append(row)
    return made


def row_of(number: Number, lang: str = "en") -> dict[str, Any]:
    """Returns a number as a row of JSON types; decimals as strings, so that none is rounded on the way."""
    definition = number.definition
    try:
        said = claim_of(number)
        text, qualifier = printed(said, lang, definition.kind, definition.currency), str(said.qualifier)
    except Dishonest:
        text, qualifier = "", str(definition.qualifier)
    snapshot = number.snapshot
    return {
        "figure": definition.slug,
        "meaning": definition.meaning.get(lang) or definition.meaning["en"],
        "value": f"{number.value.normalize():f}",
        "printed": text,
        "qualifier": qualifier,
        "kind": str(definition.kind),
        "unit": definition.currency or definition.unit.get(lang) or definition.unit.get("en", ""),
        "numerator": _plain(snapshot.numerator if snapshot else number.numerator),
        "denominator": _plain(snapshot.denominator if snapshot else number.denominator),
        "period": str(number.period or ""),
        "as_of": number.as_of.isoformat(),
        "known_at": snapshot.known_at.isoformat() if snapshot else None,
        "basis": number.basis,
        "computed": _plain(number.computed),
        "records": number.records,
        "digest": number.digest,
        "definition": f"{definition.slug}@{number.version}",
        "approved": number.approved,
    }


def _plain(value: Any) -> str | None:
    return None if value is None else f"{value.normalize():f}"


def behind(actor: Actor, edition: Edition, slug: str, lang: str = "en") -> dict[str, Any] | None:
    """Returns the records behind a figure that `actor` may see, with each one's part in it; None for an unknown figure.
    Where States are told apart, `names` lists them in the language's own order.

    Everybody but the secretariat sees no record's part in a protected figure.
    """
    known = shown(actor, edition)
    number = known.by_slug.get(slug)
    if number is None:
        return None
    staff = bool(can(actor, v.VIEW_WORK, edition))
    rows = _evidence(number)
    if not staff:
        visible = visible_references(actor, {row[1] for row in rows})
        told = strictest(slug, known.definitions) == Disclosure.PUBLIC
        rows = [row for row in rows if row[1] in visible] if told else []
    return {
        "edition": edition.code,
        "figure": slug,
        "value": f"{number.value.normalize():f}",
        "digest": number.digest,
        "names": _names(number, {row[3] for row in rows}, lang),
        "records": [
            {"record": record, "version": version, "part": part, "key": key, "number": amount}
            for part, record, version, key, amount in rows
        ],
    }


def _names(number: Number, keys: set[str], lang: str) -> list[str]:
    """Names of the States that a figure tells apart, sorted as they are read in the language (signs in Chinese)."""
    definition = number.definition
    if definition.measure != FigureMeasure.DISTINCT:
        return []
    if countable(definition.counts).fields[definition.of].kind != FieldKind.STATE:
        return []
    return sorted((row.name(lang) for row in participants() if row.iso3 in keys), key=fold)


def _evidence(number: Number) -> list[list[str]]:
    if number.snapshot is None:
        return [line.row() for line in number.evidence]
    kept = SnapshotRecords.objects.filter(snapshot=number.snapshot).first()
    return list(kept.rows) if kept else []


def visible_references(actor: Actor, references: set[str]) -> set[str]:
    """Returns those references to records that `actor` may see, asked of the modules that keep them."""
    return {line.record for thing in countables().values() for line in thing.records(actor, references, "en")}
