"""What is published about counts: sums over cells that nobody sees one by one, and tables of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from django.utils.translation import gettext as _

#: Stands for all labels of a dimension in the key of a sum.
TOTAL = ""

Key = tuple[str, ...]


@dataclass(frozen=True)
class Sum:
    """A published figure: the sum over some cells. `key` names it for the caller and is unique in one release."""

    key: Key
    cells: frozenset[str]


@dataclass(frozen=True)
class Table:
    """Counts by one or more dimensions; every cell, every marginal total and the grand total are published.

    `dimensions` lists the labels of each dimension; `counts` has one count for each combination of labels, 0 where it
    is missing. `name` keeps the cells of two tables apart.
    """

    dimensions: tuple[tuple[str, ...], ...]
    counts: Mapping[Key, int]
    name: str = ""

    def __post_init__(self) -> None:
        known = set(product(*self.dimensions))
        if strange := set(self.counts) - known:
            raise ValueError(_("The table has no such cell: %(cell)s.") % {"cell": ", ".join(sorted(strange)[0])})
        if any(count < 0 for count in self.counts.values()):
            raise ValueError(_("A count is never below 0."))
        if any(TOTAL in labels or len(set(labels)) < len(labels) for labels in self.dimensions):
            raise ValueError(_("Labels of a dimension differ from each other and are not empty."))

    def cells(self) -> dict[str, int]:
        """Returns every cell with its count."""
        return {self._cell(key): self.counts.get(key, 0) for key in product(*self.dimensions)}

    def sums(self) -> Iterator[Sum]:
        """Yields every sum of the table: for each dimension one label or the total over all."""
        for key in product(*[(*labels, TOTAL) for labels in self.dimensions]):
            chosen = [(label,) if label else labels for label, labels in zip(key, self.dimensions, strict=True)]
            yield Sum(key, frozenset(self._cell(inner) for inner in product(*chosen)))

    def _cell(self, key: Key) -> str:
        return "\x1f".join((self.name, *key))


@dataclass(frozen=True)
class Released:
    """What may be published: the value of each sum, None where it is withheld.

    A small value and a value withheld to protect it look the same. `witnesses` proves the protection and stays inside:
    for each protected set of cells another table that would print the very same values, with a different sum there.
    """

    values: Mapping[Key, int | None]
    witnesses: Mapping[frozenset[str], Mapping[str, int]]

    @property
    def withheld(self) -> frozenset[Key]:
        """The keys of the sums that are not published."""
        return frozenset(key for key, value in self.values.items() if value is None)


def total(cells: Mapping[str, int], names: Iterable[str]) -> int:
    """Returns the sum of some cells."""
    return sum(cells[name] for name in names)


def sensitive(sums: Sequence[Sum], cells: Mapping[str, int], threshold: int) -> list[frozenset[str]]:
    """Returns what is too small to be known, smallest set first: cells and sums above 0 and below the threshold.

    Cells count even where no figure prints them: 48 of 50 gives the other two away.
    """
    sets = {frozenset((name,)) for name in cells} | {one.cells for one in sums}
    small = (names for names in sets if 0 < total(cells, names) < threshold)
    return sorted(small, key=lambda names: (len(names), sorted(names)))
