"""The contract between a module that has records and whoever counts them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple, Protocol, runtime_checkable

from comity.core.actions.actor import Actor
from comity.core.counting.vocabulary import Measure, PeriodRule


@dataclass(frozen=True)
class CountField:
    """A field that may be filtered by, added up or told apart. `path` is its lookup from the counted rows."""

    name: str
    title: Any
    kind: str
    path: str = ""
    choices: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True)
class Period:
    """Both days are included."""

    start: date
    end: date

    def __str__(self) -> str:
        return f"{self.start.isoformat()}/{self.end.isoformat()}"


@dataclass(frozen=True)
class Question:
    """What is asked of one kind of records: facts true on the day `as_of`, as recorded by `known_at` (None: now)."""

    where: Mapping[str, Any] = field(default_factory=dict)
    measure: str = Measure.COUNT
    #: The field that is added up or told apart; "" for counting records.
    of: str = ""
    period: Period | None = None
    period_rule: str = PeriodRule.WITHIN
    as_of: date = date.max
    known_at: datetime | None = None


#: Names of versions that were looked up in one run, by the kind of record and its key: asked once for many questions.
Names = dict[tuple[str, Any], tuple[str, str]]


class Part(NamedTuple):
    """What one record gives to a number. `key` is the value that is told apart ("" where none is)."""

    record: str
    version: str
    key: str
    number: Decimal


@dataclass(frozen=True)
class RecordLine:
    """A record behind a number, as a reader may see it: reference, title, address below the language, dates."""

    record: str
    title: str
    lang: str
    url: str
    label: str
    starts: date | None = None
    ends: date | None = None


class Countable(Protocol):
    """A kind of records that questions may be asked of."""

    #: `module.kind`, such as `programmes.event`.
    name: str
    title: Any
    #: What one counted record is, in a sentence.
    meaning: Any
    fields: Mapping[str, CountField]

    def parts(self, question: Question, names: Names | None = None) -> list[Part]:
        """Returns what each record gives, sorted. The question was checked. Sees all records: what comes of it is
        shown to nobody without a rule of disclosure. `names` is kept by who asks many questions in one run."""
        ...

    def records(self, actor: Actor, references: Collection[str], lang: str) -> Sequence[RecordLine]:
        """Returns those of the records that `actor` may see now, in the order of their dates."""
        ...


@dataclass(frozen=True)
class Recognised:
    """Which question a number in somebody else's text asks of a countable, and up to which day its sources reach."""

    where: Mapping[str, Any]
    measure: str
    of: str
    period_rule: str
    source_ends: date | None = None


@runtime_checkable
class Recognises(Protocol):
    """A countable that can tell which question a number in somebody else's text asks of it."""

    def recognise(self, unit: str, before: str, after: str, lang: str, on: date) -> Recognised | None:
        """Returns the question of a number of `unit` (the noun as printed) that stands between two stretches of text;
        None: not ours."""
        ...


def value_of(measure: str, parts: Iterable[Part]) -> Decimal:
    """Returns the number that the parts make: 0 where there are none.

    `count`: parts; `sum`, `distinct`: as named; `max` and `latest`: the module already kept the parts that decide.
    """
    found = list(parts)
    match measure:
        case Measure.COUNT:
            return Decimal(len({part.record for part in found}))
        case Measure.DISTINCT:
            return Decimal(len({part.key for part in found}))
        case Measure.MAX | Measure.LATEST:
            return max((part.number for part in found), default=Decimal(0))
    return sum((part.number for part in found), Decimal(0))
