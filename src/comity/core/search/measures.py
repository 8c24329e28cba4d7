"""How good a ranking is: the measures of information retrieval, as trec_eval works them out."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

#: Ranks that nDCG and recall look at.
DEPTH = 10


def reciprocal_rank(ranking: Sequence[str], grades: Mapping[str, int]) -> float:
    """One over the rank of the first relevant document; 0 where none was found."""
    return next((1 / rank for rank, found in enumerate(ranking, start=1) if grades.get(found, 0) > 0), 0.0)


def recall(ranking: Sequence[str], grades: Mapping[str, int], depth: int = DEPTH) -> float:
    """The share of all relevant documents that stand among the first `depth`."""
    relevant = sum(1 for grade in grades.values() if grade > 0)
    return sum(1 for found in ranking[:depth] if grades.get(found, 0) > 0) / relevant if relevant else 0.0


def ndcg(ranking: Sequence[str], grades: Mapping[str, int], depth: int = DEPTH) -> float:
    """Discounted gain of the first `depth`, of the best that was possible; a document's grade is its gain."""
    best = _gain(sorted(grades.values(), reverse=True)[:depth])
    return _gain([grades.get(found, 0) for found in ranking[:depth]]) / best if best else 0.0


def _gain(grades: Iterable[int]) -> float:
    return sum(max(0, grade) / math.log2(rank + 1) for rank, grade in enumerate(grades, start=1))


class Tally:
    """Means over questions."""

    def __init__(self) -> None:
        self._rows: list[tuple[float, float, float]] = []

    def add(self, ranking: Sequence[str], grades: Mapping[str, int]) -> None:
        """Counts a question in; one for which nothing is relevant is left out."""
        if any(grade > 0 for grade in grades.values()):
            self._rows.append((reciprocal_rank(ranking, grades), ndcg(ranking, grades), recall(ranking, grades)))

    def told(self) -> dict[str, float | int | None]:
        """The means, rounded to four places, and of how many questions; None where there were none."""
        count = len(self._rows)
        means = [round(sum(column) / count, 4) for column in zip(*self._rows, strict=True)] if count else [None] * 3
        return {**dict(zip(("mrr", f"ndcg_at_{DEPTH}", f"recall_at_{DEPTH}"), means, strict=True)), "queries": count}
