"""How actuals of several periods and places make one, and how far that is on the way from baseline to target.

The rule is the indicator's own (domain notes, sections 2 and 5: written rules of how results are computed). Values
before and after a break in the series are never put together. Pure: no database, no words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from comity.modules.programmes.vocabulary import Direction, RollUp


@dataclass(frozen=True)
class Entry:
    """An actual: its period, its place ("" for none), its value, and both parts of a ratio. `key` names the record."""

    key: str
    starts: date
    ends: date
    place: str
    value: Decimal
    numerator: Decimal | None = None
    denominator: Decimal | None = None


@dataclass(frozen=True)
class Rolled:
    """One number out of entries. `deciding` made it; `left_out` could not (a ratio without its parts).

    `value` None: there is nothing that can be rolled up.
    """

    value: Decimal | None
    deciding: tuple[Entry, ...] = ()
    left_out: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class Series:
    """Entries that may be put together. `across` lie in both series and so belong to none."""

    before: tuple[Entry, ...]
    after: tuple[Entry, ...]
    across: tuple[Entry, ...]


def series_of(entries: Sequence[Entry], break_on: date | None) -> Series:
    """Parts entries at the break: new ones begin on that day or later, old ones end before it.

    Without a break all are in `after`.
    """
    if break_on is None:
        return Series((), tuple(entries), ())
    before = tuple(e for e in entries if e.ends < break_on)
    after = tuple(e for e in entries if e.starts >= break_on)
    return Series(before, after, tuple(e for e in entries if e.starts < break_on <= e.ends))


def rolled(entries: Sequence[Entry], over_places: str, over_periods: str, scale: Decimal = Decimal(1)) -> Rolled:
    """Returns what the entries make: first over places within each period, then over periods.

    `distinct` over periods counts places over all of them (never the sum of yearly counts), `ratio` over periods
    divides all numerators by all denominators; `scale` is 100 for a ratio in per cent. Entries must be of one series.
    """
    usable, left_out = _usable(entries, over_places, over_periods)
    if not usable:
        return Rolled(None, (), left_out)
    if over_periods in {RollUp.DISTINCT, RollUp.RATIO}:
        value, deciding = _combined(usable, over_periods, scale)
        return Rolled(value, deciding, left_out)
    periods: dict[tuple[date, date], list[Entry]] = {}
    for entry in usable:
        periods.setdefault((entry.ends, entry.starts), []).append(entry)
    found = [(period, *_combined(group, over_places, scale)) for period, group in sorted(periods.items())]
    if over_periods == RollUp.SUM:
        total = sum((value for _p, value, _d in found), Decimal(0))
        return Rolled(total, tuple(entry for _p, _v, group in found for entry in group), left_out)
    chosen = found[-1] if over_periods == RollUp.LATEST else max(found, key=lambda one: one[1])
    return Rolled(chosen[1], chosen[2], left_out)


def _usable(entries: Sequence[Entry], *rules: str) -> tuple[list[Entry], tuple[Entry, ...]]:
    """Keeps the entries that the rules can use: a ratio needs both parts."""
    if RollUp.RATIO not in rules:
        return list(entries), ()
    whole = [e for e in entries if e.numerator is not None and e.denominator]
    return whole, tuple(e for e in entries if e.numerator is None or not e.denominator)


def _combined(entries: Sequence[Entry], rule: str, scale: Decimal) -> tuple[Decimal, tuple[Entry, ...]]:
    rules: dict[str, Callable[[Sequence[Entry], Decimal], tuple[Decimal, tuple[Entry, ...]]]] = {
        RollUp.SUM: _sum,
        RollUp.MAX: _max,
        RollUp.LATEST: _latest,
        RollUp.DISTINCT: _distinct,
        RollUp.RATIO: _ratio,
    }
    return rules[rule](entries, scale)


def _sum(entries: Sequence[Entry], _scale: Decimal) -> tuple[Decimal, tuple[Entry, ...]]:
    return sum((e.value for e in entries), Decimal(0)), tuple(entries)


def _max(entries: Sequence[Entry], _scale: Decimal) -> tuple[Decimal, tuple[Entry, ...]]:
    greatest = max(entries, key=lambda e: e.value)
    return greatest.value, (greatest,)


def _latest(entries: Sequence[Entry], _scale: Decimal) -> tuple[Decimal, tuple[Entry, ...]]:
    last = max(entries, key=lambda e: (e.ends, e.starts, e.key))
    return last.value, (last,)


def _distinct(entries: Sequence[Entry], _scale: Decimal) -> tuple[Decimal, tuple[Entry, ...]]:
    reached = tuple(e for e in entries if e.place and e.value > 0)
    return Decimal(len({e.place for e in reached})), reached


def _ratio(entries: Sequence[Entry], scale: Decimal) -> tuple[Decimal, tuple[Entry, ...]]:
    above = sum((e.numerator or Decimal(0) for e in entries), Decimal(0))
    below = sum((e.denominator or Decimal(0) for e in entries), Decimal(0))
    return above / below * scale, tuple(entries)


def met(actual: Decimal, target: Decimal, baseline: Decimal | None, direction: str) -> Decimal:
    """Returns how much of the way from baseline to target is done, in per cent; above 100 beyond it, below 0 the
    wrong way. It holds for targets below the baseline too.

    Where the baseline is unknown, or the target does not lie on the better side of it, the target is a mark to keep:
    100 where it is kept, else the part of it that is.
    """
    falling = direction == Direction.DESCENDING
    if baseline is not None and (target < baseline if falling else target > baseline):
        return (actual - baseline) / (target - baseline) * 100
    if baseline is None and not falling and target > 0:
        return actual / target * 100
    if actual <= target if falling else actual >= target:
        return Decimal(100)
    above, below = (target, actual) if falling else (actual, target)
    return max(above / below * 100, Decimal(0)) if below > 0 else Decimal(0)
