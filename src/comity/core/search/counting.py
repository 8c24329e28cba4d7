"""How many passages were found, and how many of each kind, State, language …

Counted is every passage that holds a telling word of the question, and every one that is near to it in meaning; both
are properties of the passage alone, whatever else is filtered. A facet is counted under all filters but its own, so
its number is the total that the same question has with this value as that facet's only one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from numpy.typing import NDArray

from comity.core.actions.actor import Actor
from comity.core.search.matching import Matcher
from comity.core.search.snapshot import COLUMN_OF, Constraint, Snapshot

#: More values than any facet has; tantivy then counts exactly.
_MOST_VALUES = 20_000
Counts = dict[str, dict[str, int]]
Facets = dict[str, tuple[tuple[str, int], ...]]


def by_words(
    matcher: Matcher, hidden: list[str], constraints: Sequence[Constraint], *, facets: bool
) -> tuple[int, Counts]:
    """How many passages hold the question's words; and of each facet's values, where wanted."""
    snapshot = matcher.snapshot
    counts: Counts = {}
    total = 0
    for left_out, names in _groups(constraints).items():
        wanted: dict[str, Any] = {}
        if facets:
            columns = sorted({COLUMN_OF[name] for name in names})
            wanted = {column: {"terms": {"field": column, "size": _MOST_VALUES}} for column in columns}
        if not left_out:
            wanted["total"] = {"value_count": {"field": "row"}}
        if not wanted:
            continue
        query = matcher.within(snapshot.query_for(hidden, _without(constraints, left_out)))
        told = snapshot.searcher.aggregate(query, wanted)
        if not left_out:
            total = int(told["total"]["value"])
        for name in names if facets else ():
            counts[name] = {str(b["key"]): int(b["doc_count"]) for b in told[COLUMN_OF[name]]["buckets"]}
    return total, counts


def by_rows(
    snapshot: Snapshot, actor: Actor, rows: NDArray[Any], constraints: Sequence[Constraint], *, facets: bool
) -> tuple[int, Counts]:
    """The same for given rows, each once."""
    counts: Counts = {}
    total = 0
    for left_out, names in _groups(constraints).items():
        kept = rows[snapshot.row_mask(rows, actor, _without(constraints, left_out))]
        if not left_out:
            total = len(kept)
        for name in names if facets else ():
            counts[name] = snapshot.counts(kept, COLUMN_OF[name])
    return total, counts


def joined(parts: Sequence[Counts], regions: Mapping[str, str]) -> Facets:
    """Counts of different passages added up, most first; States summed to their regions."""
    result: Facets = {}
    for name in COLUMN_OF:
        counts: dict[str, int] = {}
        for part in parts:
            for value, count in part.get(name, {}).items():
                key = regions.get(value, "") if name == "region" else value
                if key:
                    counts[key] = counts.get(key, 0) + count
        result[name] = tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
    return result


def _groups(constraints: Sequence[Constraint]) -> dict[str, list[str]]:
    """Facets by the one whose own filter is left out in counting them ("": none is)."""
    asked = {constraint.facet for constraint in constraints if constraint.facet}
    return {"": [name for name in COLUMN_OF if name not in asked]} | {name: [name] for name in sorted(asked)}


def _without(constraints: Sequence[Constraint], facet: str) -> list[Constraint]:
    return [constraint for constraint in constraints if not facet or constraint.facet != facet]


