"""Which figures are withheld so that no small count can be worked out from all that is published together.

A small count is protected when there is another table of counts (none below 0) that would print the same values and
has a different count there, larger by the spread. Such tables are searched as *moves* from the true one: some cells
grow by the spread, others shrink by it, and each figure that would change is withheld. The cheapest move found wins;
the cost of a figure is its value, so cells go before totals. As a move of one small count withholds nothing that
another needs, the counts are done one after another and earlier proofs stay true.

The spread makes as many values possible as the mark "below the threshold" admits, 1 to threshold - 1. Cells that are 0
are never moved: readers often know that nothing can stand there.

Not covered: shares printed beside counts, and a reader who knows the records of everybody but one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from heapq import heappop, heappush
from itertools import count

from django.utils.translation import gettext as _

from comity.modules.reports.disclosure.model import Key, Released, Sum, Table, sensitive, total

#: States of one search; beyond it every figure over the small count is withheld, which is safe and costs more.
_MOST_STATES = 20_000

Move = tuple[tuple[str, int], ...]


def suppress(table: Table, threshold: int) -> Released:
    """Withholds what the small counts of one table need; see `protect`."""
    return protect(tuple(table.sums()), table.cells(), threshold)


def protect(sums: Sequence[Sum], cells: Mapping[str, int], threshold: int, kept: Collection[Key] = ()) -> Released:
    """Chooses what is withheld when all these sums are published together.

    Args:
        sums: every figure that the public can see, of all tables and texts. Keys are unique.
        cells: the counts behind them. Two figures overlap where they share cells, so cells are fine enough that each
            figure is a sum of whole cells.
        threshold: counts above 0 and below it may not be known.
        kept: keys of sums that stand in a text anyway. They are withheld only where nothing else protects a count.

    Returns:
        The values to print and the proofs.

    Raises:
        ValueError: two sums with one key, an unknown cell, or a threshold below 2.
    """
    _check(sums, cells, threshold)
    spread = max(1, threshold - 2)
    targets = sensitive(sums, cells, threshold)
    withheld = {one for one in sums if one.cells in set(targets)}
    witnesses: dict[frozenset[str], dict[str, int]] = {}
    for target in targets:
        move, more = _Search(sums, cells, withheld, spread, frozenset(kept)).cheapest(target)
        withheld |= more
        other = dict(cells)
        for name, step in move:
            other[name] += step
        witnesses[target] = other
    values = {one.key: None if one in withheld else total(cells, one.cells) for one in sums}
    return Released(values, witnesses)


def _check(sums: Sequence[Sum], cells: Mapping[str, int], threshold: int) -> None:
    if threshold < 2:
        raise ValueError(_("A threshold is 2 or more."))
    if len({one.key for one in sums}) < len(sums):
        raise ValueError(_("Two figures of one release have the same key."))
    if strange := {name for one in sums for name in one.cells if name not in cells}:
        raise ValueError(_("A figure sums a cell without a count: %(cell)s.") % {"cell": sorted(strange)[0]})


class _Search:
    """Uniform-cost search for a move; a state is what moved so far and what was given up for it."""

    def __init__(
        self, sums: Sequence[Sum], cells: Mapping[str, int], withheld: set[Sum], spread: int, kept: frozenset[Key]
    ) -> None:
        self.cells, self.withheld, self.spread, self.kept = cells, withheld, spread, kept
        self.over: dict[str, list[Sum]] = {name: [] for name in cells}
        for one in sums:
            for name in one.cells:
                self.over[name].append(one)

    def cheapest(self, target: frozenset[str]) -> tuple[Move, set[Sum]]:
        """Returns a move that raises the sum over `target` by the spread, and the figures that it takes to withhold."""
        turn = count()
        queue: list[tuple[int, int, Move, frozenset[Sum]]] = []
        for name in sorted(target):
            heappush(queue, (0, next(turn), ((name, self.spread),), frozenset()))
        for _state in range(_MOST_STATES):
            if not queue:
                break
            cost, _turn, move, given_up = heappop(queue)
            broken = self._broken(move, given_up)
            if broken is None:
                return move, set(given_up)
            if broken.key not in self.kept:
                heappush(queue, (cost + self._loss(broken), next(turn), move, given_up | {broken}))
            moved = dict(move)
            step = -self.spread if sum(moved.get(name, 0) for name in broken.cells) > 0 else self.spread
            for name in sorted(broken.cells - moved.keys() - target):
                value = self.cells[name]
                if value > 0 and value + step >= 0:
                    heappush(queue, (cost, next(turn), (*move, (name, step)), given_up))
        name = min(target)
        return ((name, self.spread),), {one for one in self.over[name] if one not in self.withheld}

    def _broken(self, move: Move, given_up: frozenset[Sum]) -> Sum | None:
        """Returns the smallest figure that the move would change and that is still published."""
        changed: dict[Sum, int] = {}
        for name, step in move:
            for one in self.over[name]:
                changed[one] = changed.get(one, 0) + step
        broken = [one for one, step in changed.items() if step and one not in self.withheld and one not in given_up]
        return min(broken, key=lambda one: (len(one.cells), one.key)) if broken else None

    def _loss(self, one: Sum) -> int:
        return 1 + total(self.cells, one.cells)
