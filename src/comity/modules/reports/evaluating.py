"""From a definition to its number and the records behind it, now or as it was known at a moment."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from django.utils.translation import gettext as _

from comity.core.counting.asking import countable
from comity.core.counting.countable import Names, Part, Period, Question, value_of
from comity.modules.reports.definition import Definition
from comity.modules.reports.vocabulary import FigureMeasure, PeriodOf

#: Ten places: what a snapshot keeps.
_PLACES = Decimal("0.0000000001")


class CannotEvaluate(ValueError):
    """A figure that gives no number: the message names it and says why."""


@dataclass(frozen=True)
class Frame:
    """For what an edition asks its figures: its period, its day, and the moment up to which records count.

    `periods` and `days` are those of single figures, by slug.
    """

    period: Period
    as_of: date
    known_at: datetime | None = None
    periods: Mapping[str, Period] = field(default_factory=dict)
    days: Mapping[str, date] = field(default_factory=dict)

    def period_of(self, definition: Definition) -> Period | None:
        """Returns the figure's period; None where it has none."""
        if definition.slug in self.periods:
            return self.periods[definition.slug]
        match definition.period:
            case PeriodOf.PREVIOUS:
                return before(self.period)
            case PeriodOf.NONE:
                return None
        return self.period

    def as_of_for(self, definition: Definition) -> date:
        """Returns the day as of which the figure's records count."""
        return self.days.get(definition.slug, self.as_of)


def before(period: Period) -> Period:
    """Returns the period of the same length before: whole years stay whole years."""
    start, end = period.start, period.end
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        years = end.year - start.year + 1
        return Period(date(start.year - years, 1, 1), date(start.year - 1, 12, 31))
    length = end - start + timedelta(days=1)
    return Period(start - length, start - timedelta(days=1))


def after(period: Period) -> Period:
    """Returns the period of the same length that follows: whole years stay whole years."""
    start, end = period.start, period.end
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        years = end.year - start.year + 1
        return Period(date(end.year + 1, 1, 1), date(end.year + years, 12, 31))
    return Period(end + timedelta(days=1), end + (end - start) + timedelta(days=1))


def moved(day: date, old: Period, new: Period) -> date:
    """Returns a day that lies to the period `new` as `day` lies to `old`. Where both begin on the same day of a year,
    years are counted (29 February becomes the 28th), else days."""
    years = new.start.year - old.start.year
    if (new.start.month, new.start.day) != (old.start.month, old.start.day):
        return day + (new.start - old.start)
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


@dataclass(frozen=True)
class Evidence:
    """A record's part in a figure; `part` is the slug it comes from where a figure is made of figures, else ""."""

    part: str
    record: str
    version: str
    key: str
    number: Decimal

    def row(self) -> list[str]:
        """The part as it is kept and digested."""
        return [self.part, self.record, self.version, self.key, format(self.number, "f")]


@dataclass(frozen=True)
class Answer:
    """What a figure comes to. `numerator` and `denominator` of a ratio or a change are kept."""

    value: Decimal
    evidence: tuple[Evidence, ...]
    period: Period | None
    as_of: date
    numerator: Decimal | None = None
    denominator: Decimal | None = None

    @property
    def records(self) -> int:
        """Number of different records behind the figure."""
        return len({line.record for line in self.evidence})


class Evaluator:
    """Evaluates figures of one frame; a question that several figures ask is asked once."""

    def __init__(self, definitions: Mapping[str, Definition], frame: Frame) -> None:
        self.definitions = definitions
        self.frame = frame
        self._answers: dict[str, Answer] = {}
        self._asked: dict[tuple[str, str], list[Part]] = {}
        self._open: list[str] = []
        self._names: Names = {}

    def answer(self, slug: str) -> Answer:
        """Returns what the figure comes to. Raises CannotEvaluate where it gives no number."""
        if slug not in self._answers:
            if slug in self._open:
                raise CannotEvaluate(_("The figure “%(slug)s” is made of itself.") % {"slug": slug})
            if slug not in self.definitions:
                raise CannotEvaluate(_("There is no figure “%(slug)s” in the registry.") % {"slug": slug})
            self._open.append(slug)
            try:
                self._answers[slug] = self._evaluate(self.definitions[slug])
            finally:
                self._open.pop()
        return self._answers[slug]

    def _evaluate(self, definition: Definition) -> Answer:
        period, as_of = self.frame.period_of(definition), self.frame.as_of_for(definition)
        if definition.is_composed:
            return self._composed(definition, period, as_of)
        question = definition.question(period, as_of, self.frame.known_at)
        parts = self._ask(definition.counts, question)
        evidence = tuple(Evidence("", p.record, p.version, p.key, p.number) for p in parts)
        return Answer(value_of(question.measure, parts), evidence, period, as_of)

    def _ask(self, name: str, question: Question) -> list[Part]:
        key = (name, repr(question))
        if key not in self._asked:
            self._asked[key] = countable(name).parts(question, self._names)
        return self._asked[key]

    def _composed(self, definition: Definition, period: Period | None, as_of: date) -> Answer:
        members = {slug: self.answer(slug) for slug in definition.parts}
        evidence = tuple(
            Evidence(slug, line.record, line.version, line.key, line.number)
            for slug, answer in members.items()
            for line in answer.evidence
        )
        values = [members[slug].value for slug in definition.parts]
        if definition.measure == FigureMeasure.TOTAL:
            overlap = overlapping(definition.parts, self.definitions)
            if overlap:
                raise CannotEvaluate(overlap)
            return Answer(sum(values, Decimal(0)), evidence, period, as_of)
        numerator, denominator = values
        value = composed(definition, values)
        return Answer(value, evidence, period, as_of, numerator, denominator)


def composed(definition: Definition, values: list[Decimal]) -> Decimal:
    """Returns what a ratio, change (both per cent) or total is, of the values of its parts."""
    if definition.measure == FigureMeasure.TOTAL:
        return sum(values, Decimal(0))
    first, second = values
    if second == 0:
        raise CannotEvaluate(_("%(slug)s: nothing can be divided by zero.") % {"slug": definition.slug})
    share = first / second * 100
    change = share - 100 if definition.measure == FigureMeasure.CHANGE else share
    return change.quantize(_PLACES, ROUND_HALF_EVEN)


def with_members(slugs: Iterable[str], definitions: Mapping[str, Definition]) -> list[str]:
    """Returns the figures and then those they are made of, through any number of figures, each known one once."""
    found = dict.fromkeys(slug for slug in slugs if slug in definitions)
    waiting = list(found)
    while waiting:
        for part in definitions[waiting.pop(0)].parts:
            if part in definitions and part not in found:
                found[part] = None
                waiting.append(part)
    return list(found)


def overlapping(slugs: tuple[str, ...], definitions: Mapping[str, Definition]) -> str:
    """Says which two of the figures count the same people or things, "" where none do: those may not be added up."""
    for index, first in enumerate(slugs):
        for second in slugs[index + 1 :]:
            one, other = definitions.get(first), definitions.get(second)
            if one is None or other is None:
                continue
            group = one.overlap_group if one.overlap_group == other.overlap_group else ""
            if first == second or group or _inside(one, second, definitions) or _inside(other, first, definitions):
                text = _("“%(first)s” and “%(second)s” count the same people or things: they are not added up.")
                return text % {"first": first, "second": second}
    return ""


def _inside(definition: Definition, slug: str, definitions: Mapping[str, Definition]) -> bool:
    """True where the figure lies inside the other, through any number of figures."""
    seen: set[str] = set()
    found: Definition | None = definition
    while found is not None and found.inside and found.inside not in seen:
        if found.inside == slug:
            return True
        seen.add(found.inside)
        found = definitions.get(found.inside)
    return False


def digest(definition: Definition, answer: Answer) -> str:
    """Returns the SHA-256 over what was asked, what came out, and every record with its version."""
    head: list[Any] = [
        definition.slug,
        definition.content_digest(),
        str(answer.period or ""),
        answer.as_of.isoformat(),
        *(
            ("" if n is None else format(n.normalize(), "f"))
            for n in (answer.value, answer.numerator, answer.denominator)
        ),
    ]
    whole = hashlib.sha256(json.dumps(head, ensure_ascii=False).encode())
    for line in answer.evidence:
        whole.update(b"\n" + "\t".join(line.row()).encode())
    return whole.hexdigest()
