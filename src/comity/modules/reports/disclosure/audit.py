"""The attack: which small counts can be worked out from everything that is published together.

Written apart from the suppression and sharing none of its reasoning: it looks for every table of whole numbers that
fits the published sums, narrowing ranges as far as the sums force them and then trying values. Exact, and meant for
tables of up to some dozens of withheld cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

#: Range of a cell; None where nothing published holds it from above.
Range = tuple[int, int | None]
_MOST_STEPS = 200_000


class TooLarge(RuntimeError):
    """The tables that fit are too many to be sure; nothing is claimed."""


def audit(
    public: Sequence[tuple[frozenset[str], int]], cells: Iterable[str], sensitive: Iterable[frozenset[str]]
) -> list[frozenset[str]]:
    """Returns the sensitive sets whose sum has one possible value only.

    Args:
        public: what is printed: sets of cells with their sums.
        cells: all cells; each holds a whole number, 0 or more.
        sensitive: sets of cells whose sums must stay unknown (one cell, or several).

    Raises:
        TooLarge: the search had to be broken off.
        ValueError: no table fits the public sums.
    """
    ranges = _narrowed(dict.fromkeys(cells, (0, None)), public)
    if ranges is None:
        raise ValueError("no counts fit the published sums")
    return [target for target in sensitive if not _two_values(public, ranges, target)]


def possible(
    public: Sequence[tuple[frozenset[str], int]], cells: Iterable[str], target: frozenset[str], most: int
) -> list[int]:
    """Returns the values that the sum over `target` can have, smallest first, up to `most`: what a reader learns."""
    ranges = _narrowed(dict.fromkeys(cells, (0, None)), public)
    if ranges is None:
        return []
    low, high = _bounds(target, ranges)
    return [
        value
        for value in range(low, (most if high is None else min(most, high)) + 1)
        if _fits([*public, (target, value)], ranges)
    ]


def _two_values(
    public: Sequence[tuple[frozenset[str], int]], ranges: Mapping[str, Range], target: frozenset[str]
) -> bool:
    low, high = _bounds(target, ranges)
    if high is None:
        # Some cell of it stands in no printed sum: nothing holds it.
        return True
    seen = 0
    for value in range(low, high + 1):
        seen += _fits([*public, (target, value)], ranges)
        if seen == 2:
            return True
    return False


def _fits(equations: Sequence[tuple[frozenset[str], int]], ranges: Mapping[str, Range]) -> bool:
    """Tells whether some table of whole numbers satisfies all equations."""
    stack = [dict(ranges)]
    for _step in range(_MOST_STEPS):
        if not stack:
            return False
        narrow = _narrowed(stack.pop(), equations)
        if narrow is None:
            continue
        held = {name for names, _total in equations for name in names}
        # A cell in no equation takes any value; one in an equation has an upper bound by now.
        open_cells = [
            (high - low, name, low, high) for name in held for low, high in [_held(narrow[name])] if high > low
        ]
        if not open_cells:
            return True
        _width, name, low, high = min(open_cells)
        middle = (low + high) // 2
        stack += [{**narrow, name: (middle + 1, high)}, {**narrow, name: (low, middle)}]
    raise TooLarge("too many tables fit the published sums")


def _held(one: Range) -> tuple[int, int]:
    low, high = one
    return low, low if high is None else high


def _bounds(names: Iterable[str], ranges: Mapping[str, Range]) -> Range:
    found = [ranges[name] for name in names]
    highs = [high for _low, high in found]
    return sum(low for low, _high in found), None if None in highs else sum(high for high in highs if high is not None)


def _narrowed(ranges: dict[str, Range], equations: Sequence[tuple[frozenset[str], int]]) -> dict[str, Range] | None:
    """Narrows the ranges until nothing changes; None where an equation cannot hold."""
    ranges, changed = dict(ranges), True
    while changed:
        changed = False
        for names, value in equations:
            low, high = _bounds(names, ranges)
            if low > value or (high is not None and high < value):
                return None
            for name in names:
                old_low, old_high = ranges[name]
                most = value - (low - old_low)
                new_high = most if old_high is None else min(old_high, most)
                least = old_low if high is None or old_high is None else value - (high - old_high)
                new_low = max(old_low, least)
                if (new_low, new_high) != (old_low, old_high):
                    ranges[name], changed = (new_low, new_high), True
                    low, high = _bounds(names, ranges)
    return ranges
