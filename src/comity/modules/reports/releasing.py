"""Tables of a figure for the public: its total broken down by fields, small cells suppressed for all figures together.

What is published of one figure can betray a cell of another (a total and its parts, the same people in two figures), so
the tables of all figures that count the same rows are protected as one: see `disclosure`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Sum

from comity.core.counting.asking import countable
from comity.core.counting.stored import StoredCountable
from comity.modules.reports import disclosure
from comity.modules.reports.definition import Definition
from comity.modules.reports.evaluating import Answer, with_members
from comity.modules.reports.vocabulary import Disclosure, FigureMeasure

#: Counts of people above zero and below this are not told.
THRESHOLD = 5
_SPLIT = "\x1f"


def released_tables(
    definitions: Mapping[str, Definition], answers: Mapping[str, Answer], known_at: datetime | None
) -> dict[str, dict[str, Any]]:
    """Returns for each figure with a breakdown what may be told of it.

    {"fields": [names], "rows": [{"keys": [values], "value": number}], "total": number}; a suppressed one is None.
    A key "" stands for all values of its field.
    """
    made: dict[str, dict[str, Any]] = {}
    by_count: dict[str, list[str]] = defaultdict(list)
    for slug, definition in definitions.items():
        if definition.breakdown and definition.measure in {FigureMeasure.SUM, FigureMeasure.COUNT}:
            by_count[definition.counts].append(slug)
    for slugs in by_count.values():
        made |= _of_one_count({slug: definitions[slug] for slug in slugs}, answers, known_at)
    return made


def strictest(slug: str, definitions: Mapping[str, Definition]) -> Disclosure:
    """Returns the strictest class of a figure and of those it is made of: a share tells of its parts."""
    found = [Disclosure(definitions[one].disclosure) for one in with_members([slug], definitions)]
    return max(found, key=list(Disclosure).index, default=Disclosure.SECRETARIAT)


def is_small(definition: Definition, value: Decimal, released: Mapping[str, Any]) -> bool:
    """True where a protected figure's value may not be told: below the threshold, or suppressed for another's sake."""
    if definition.disclosure != Disclosure.PROTECTED:
        return False
    if released and released.get("total") is None:
        return True
    return 0 < value < THRESHOLD


def _of_one_count(
    definitions: Mapping[str, Definition], answers: Mapping[str, Answer], known_at: datetime | None
) -> dict[str, dict[str, Any]]:
    """Tables over the same kind of rows. A cell is what the same values of the fields and the same figures share:
    nobody outside can tell anything finer apart."""
    fields = sorted({name for definition in definitions.values() for name in definition.breakdown})
    by_record = len(definitions) > 1
    members: dict[tuple[str, ...], list[str]] = defaultdict(list)
    sizes: dict[tuple[str, ...], int] = {}
    for slug, definition in definitions.items():
        for key, number in _groups(definition, answers[slug], fields, known_at, by_record=by_record).items():
            members[key].append(slug)
            sizes[key] = number
    cells: dict[str, int] = defaultdict(int)
    values: dict[str, tuple[tuple[str, ...], list[str]]] = {}
    for key, slugs in members.items():
        cell = _SPLIT.join((*key[1:], *slugs))
        cells[cell] += sizes[key]
        values[cell] = key[1:], slugs
    sums: list[disclosure.Sum] = []
    for slug, definition in definitions.items():
        sums += _sums(slug, definition, fields, {c: key for c, (key, slugs) in values.items() if slug in slugs})
    if any(d.disclosure == Disclosure.PROTECTED for d in definitions.values()):
        totals = [one.key for one in sums if not any(one.key[1:])]
        told = dict(disclosure.protect(sums, cells, THRESHOLD, totals).values)
    else:
        told = {one.key: disclosure.total(cells, one.cells) for one in sums}
    return {slug: _table(slug, d, told) for slug, d in definitions.items()}


def _groups(
    definition: Definition, answer: Answer, fields: list[str], known_at: datetime | None, *, by_record: bool
) -> dict[tuple[str, ...], int]:
    """Returns the sizes of the groups of rows with the same values; record by record where figures may share some."""
    thing = countable(definition.counts)
    if not isinstance(thing, StoredCountable):
        return {}
    question = definition.question(answer.period, answer.as_of, known_at)
    rows = thing.chosen(question).order_by()
    code = f"{thing.record}__code" if thing.record else "code"
    paths = [*([code] if by_record else []), *(thing.fields[name].path for name in fields)]
    measured = (
        Sum(thing.fields[definition.of].path)
        if definition.measure == FigureMeasure.SUM
        else Count(f"{thing.record}__pk" if thing.record else "pk", distinct=True)
    )
    found: dict[tuple[str, ...], int] = {}
    for *said, number in rows.values_list(*paths).annotate(measured=measured):
        record, values = (said[0], said[1:]) if by_record else ("", said)
        found[(record, *(str(value or "—") for value in values))] = int(number or 0)
    return found


def _sums(
    slug: str, definition: Definition, fields: list[str], cells: Mapping[str, tuple[str, ...]]
) -> list[disclosure.Sum]:
    """Returns every sum that the figure's table prints: each combination of values or totals of its own fields."""
    places = [fields.index(name) for name in definition.breakdown]
    found: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for cell, key in cells.items():
        for chosen in range(2 ** len(places)):
            label = tuple(key[p] if chosen >> i & 1 else disclosure.TOTAL for i, p in enumerate(places))
            found[(slug, *label)].add(cell)
    return [disclosure.Sum(key, frozenset(inner)) for key, inner in sorted(found.items())]


def _table(slug: str, definition: Definition, told: Mapping[tuple[str, ...], int | None]) -> dict[str, Any]:
    mine = sorted((key[1:], value) for key, value in told.items() if key[0] == slug)
    total = next((value for key, value in mine if not any(key)), None)
    rows = [{"keys": list(key), "value": value} for key, value in mine if any(key)]
    return {"fields": list(definition.breakdown), "rows": rows, "total": total}
