"""A countable over records that a module computes: the few thousand that no single table holds."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from comity.core.actions.actor import Actor
from comity.core.counting.conditions import holds
from comity.core.counting.countable import CountField, Names, Part, Question, RecordLine
from comity.core.counting.vocabulary import FieldKind, Measure, PeriodRule


@dataclass(frozen=True)
class Listed:
    """One record: its reference and version, its values by field name, when it began and ended to be true."""

    record: str
    version: str
    values: Mapping[str, Any]
    starts: date | None
    ends: date | None = None


@dataclass(frozen=True)
class ListedCountable:
    """Counts records that `rows(as_of, known_at, where)` gives: those known at a moment, on a day.

    `where` is the question's filter: a hint which records need not be computed.
    """

    name: str
    title: Any
    meaning: Any
    fields: Mapping[str, CountField]
    rows: Callable[[date, datetime | None, Mapping[str, Any]], Iterable[Listed]]
    lines: Callable[[Actor, Collection[str], str], Sequence[RecordLine]]

    def parts(self, question: Question, names: Names | None = None) -> list[Part]:
        """Returns what each record gives, sorted."""
        found = [
            row
            for row in self.rows(question.as_of, question.known_at, question.where)
            if stands(row, question) and holds(question.where, self.fields, row.values)
        ]
        if question.measure == Measure.COUNT:
            return sorted(Part(row.record, row.version, "", Decimal(1)) for row in found)
        field = self.fields[question.of]
        if question.measure == Measure.DISTINCT:
            told = [(row, key) for row in found for key in _keys(row, field)]
            return sorted({Part(row.record, row.version, key, Decimal(1)) for row, key in told})
        known = [row for row in found if row.values.get(field.name) is not None]
        numbers = [(row, Decimal(str(row.values[field.name]))) for row in known]
        if question.measure == Measure.LATEST:
            numbers = sorted(numbers, key=lambda pair: (pair[0].ends or date.max, pair[0].starts or date.min))[-1:]
        if question.measure == Measure.MAX and numbers:
            greatest = max(number for _row, number in numbers)
            numbers = [pair for pair in numbers if pair[1] == greatest]
        return sorted(Part(row.record, row.version, "", number) for row, number in numbers)

    def records(self, actor: Actor, references: Collection[str], lang: str) -> Sequence[RecordLine]:
        """Returns those of the records that `actor` may see now."""
        return self.lines(actor, references, lang)


def stands(row: Listed, question: Question) -> bool:
    """Says whether a record's dates meet the question's period rule: the rule of `stored.StoredCountable` in memory."""
    starts, ends, period = row.starts, row.ends, question.period
    if starts is None:
        return False
    if question.period_rule == PeriodRule.COVERED:
        # What is foreseen for a period that has not begun covers it all the same.
        return period is not None and (starts, ends) == (period.start, period.end)
    if starts > question.as_of:
        return False
    match question.period_rule:
        case PeriodRule.UNTIL:
            return True
        case PeriodRule.AT:
            return ends is None or ends >= question.as_of
    if period is None:
        return False
    if question.period_rule == PeriodRule.ACTIVE:
        return starts <= period.end and (ends is None or ends >= period.start)
    return period.start <= starts <= period.end


def _keys(row: Listed, field: CountField) -> list[str]:
    value = row.values.get(field.name)
    values = value if field.kind == FieldKind.CODES else [value]
    return [str(single) for single in values or () if single not in (None, "")]
