"""A countable over a table of versions: the usual case."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Max, Q, QuerySet, Sum

from comity.core.actions.actor import Actor
from comity.core.counting.conditions import as_query
from comity.core.counting.countable import CountField, Names, Part, Question, RecordLine
from comity.core.counting.vocabulary import FieldKind, Measure, PeriodRule


def version_name(recorded_at: datetime) -> str:
    """Returns what a version of a record is called: the moment it was recorded, UTC, to the microsecond."""
    return recorded_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


#: Keys asked about in one query: databases limit the number of parameters.
_AT_ONCE = 900


@dataclass(frozen=True)
class StoredCountable:
    """Counts rows of a table of versions, or rows below one (`record` is the path to the version, "" for itself).

    `starts` and `ends` are fields of the version; `rows` gives all rows; `lines` shows records to a reader.
    """

    name: str
    title: Any
    meaning: Any
    fields: Mapping[str, CountField]
    rows: Callable[[], QuerySet[Any]]
    lines: Callable[[Actor, Collection[str], str], Sequence[RecordLine]]
    #: What references begin with: `programmes:event:`.
    prefix: str
    record: str = ""
    starts: str = "starts"
    ends: str = "ends"

    def _path(self, field: str) -> str:
        return f"{self.record}__{field}" if self.record else field

    def chosen(self, question: Question) -> QuerySet[Any]:
        """Returns the rows that the question finds."""
        known, dates = self._known(question.known_at), self._dated(question)
        return self.rows().filter(known & dates & as_query(question.where, self.fields))

    def _known(self, moment: datetime | None) -> Q:
        superseded, recorded = self._path("superseded_at"), self._path("recorded_at")
        if moment is None:
            return Q(**{f"{superseded}__isnull": True})
        return Q(**{f"{recorded}__lte": moment}) & (
            Q(**{f"{superseded}__isnull": True}) | Q(**{f"{superseded}__gt": moment})
        )

    def _dated(self, question: Question) -> Q:
        starts, ends = self._path(self.starts), self._path(self.ends)
        begun = Q(**{f"{starts}__lte": question.as_of})

        def still(day: date) -> Q:
            return Q(**{f"{ends}__isnull": True}) | Q(**{f"{ends}__gte": day})

        period = question.period
        match question.period_rule:
            case PeriodRule.UNTIL:
                return begun
            case PeriodRule.AT:
                return begun & still(question.as_of)
            case PeriodRule.COVERED if period:
                return Q(**{starts: period.start, ends: period.end})
            case PeriodRule.ACTIVE if period:
                return begun & Q(**{f"{starts}__lte": period.end}) & still(period.start)
        return begun & Q(**{f"{starts}__range": (period.start, period.end)}) if period else Q(pk__in=[])

    def parts(self, question: Question, names: Names | None = None) -> list[Part]:
        """Returns what each record gives, sorted."""
        names = {} if names is None else names
        rows = self.chosen(question).order_by()
        version = f"{self.record}_id" if self.record else "pk"
        if question.measure == Measure.COUNT:
            found = [(pk, "", Decimal(1)) for (pk,) in rows.values_list(version).distinct()]
            return self._parts(found, names)
        field = self.fields[question.of]
        if question.measure == Measure.DISTINCT:
            told = rows.values_list(version, field.path).distinct()
            return self._parts([(pk, key, Decimal(1)) for pk, value in told for key in _keys(value, field)], names)
        if question.measure == Measure.LATEST:
            rows = self._latest(rows)
        combine = Max if question.measure == Measure.MAX else Sum
        totals = rows.values_list(version).annotate(total=combine(field.path))
        parts = self._parts([(pk, "", _decimal(total)) for pk, total in totals if total is not None], names)
        if question.measure == Measure.MAX and parts:
            greatest = max(part.number for part in parts)
            return [part for part in parts if part.number == greatest]
        return parts

    def _parts(self, found: Sequence[tuple[Any, str, Decimal]], names: Names) -> list[Part]:
        """Names the versions whose keys were found: apart from the sums, which go over long tables by key alone."""
        model = self.rows().model
        if self.record:
            model = model._meta.get_field(self.record).related_model
        kind = self.prefix
        unknown = [pk for pk in dict.fromkeys(pk for pk, _key, _number in found) if (kind, pk) not in names]
        for start in range(0, len(unknown), _AT_ONCE):
            some = model._default_manager.filter(pk__in=unknown[start : start + _AT_ONCE]).order_by()
            for pk, code, recorded in some.values_list("pk", "code", "recorded_at"):
                names[kind, pk] = kind + code, version_name(recorded)
        return sorted({Part(*names[kind, pk], key, number) for pk, key, number in found})

    def _latest(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Keeps the rows of the record whose dates are the latest; of the last recorded where several are."""
        ends, starts, recorded = self._path(self.ends), self._path(self.starts), self._path("recorded_at")
        last = rows.order_by(f"-{ends}", f"-{starts}", f"-{recorded}").values_list(recorded, flat=True).first()
        return rows.filter(**{recorded: last})

    def records(self, actor: Actor, references: Collection[str], lang: str) -> Sequence[RecordLine]:
        """Returns those of the records that `actor` may see now."""
        codes = [r.removeprefix(self.prefix) for r in references if r.startswith(self.prefix)]
        return self.lines(actor, codes, lang)


def _keys(value: Any, field: CountField) -> Iterable[str]:
    """The values of a field that are told apart; a gap is none."""
    values = value if field.kind == FieldKind.CODES else [value]
    return [str(single) for single in values or () if single not in (None, "")]


def _decimal(number: Any) -> Decimal:
    """A sum as a plain number without trailing zeros, so that both databases give the same parts."""
    value = Decimal(str(number)).normalize()
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value
