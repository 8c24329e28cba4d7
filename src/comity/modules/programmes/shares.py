"""Percentages of a whole that add up to exactly 100."""

from __future__ import annotations

from collections.abc import Sequence


def shares(counts: Sequence[int]) -> list[int]:
    """Returns each count's share of their sum in whole per cent; together 100, or all 0 where there is nothing.

    Largest remainder (Hamilton): each is rounded down, and what is missing to 100 goes to the greatest remainders,
    among equals to the earlier one. No share is further than one per cent from its exact value. Counts are >= 0.
    """
    total = sum(counts)
    if not total:
        return [0] * len(counts)
    found = [count * 100 // total for count in counts]
    remainders = sorted(range(len(counts)), key=lambda place: (-(counts[place] * 100 % total), place))
    for place in remainders[: 100 - sum(found)]:
        found[place] += 1
    return found
