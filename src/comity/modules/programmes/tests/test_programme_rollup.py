"""Rolling up actuals by their rule, the way from baseline to target, and shares that add up to 100."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.modules.programmes.rollup import Entry, met, rolled, series_of
from comity.modules.programmes.shares import shares
from comity.modules.programmes.vocabulary import RollUp

_numbers = st.decimals(0, 10_000, places=2)
_entries = st.lists(
    st.builds(
        lambda n, year, place, value, parts: Entry(
            f"A{n}", date(year, 1, 1), date(year, 12, 31), place, value, *(parts or (None, None))
        ),
        st.integers(0, 10**6), st.integers(2010, 2019), st.sampled_from(["KEN", "UGA", "TZA", "RWA"]), _numbers,
        st.one_of(st.none(), st.tuples(_numbers, st.decimals("0.01", 1000, places=2))),
    ),
    max_size=12,
)  # fmt: skip


def year(number: int, place: str, value: int, *parts: int) -> Entry:
    """An actual of one year."""
    return Entry(
        f"{place}{number}",
        date(number, 1, 1),
        date(number, 12, 31),
        place,
        Decimal(value),
        *(Decimal(p) for p in parts),
    )


@given(_entries)
def test_a_sum_holds_every_entry_and_order_changes_nothing(entries: list[Entry]) -> None:
    found = rolled(entries, RollUp.SUM, RollUp.SUM)
    assert found.value == (sum(e.value for e in entries) if entries else None)
    assert sorted(found.deciding, key=repr) == sorted(entries, key=repr)
    assert rolled(entries[::-1], RollUp.SUM, RollUp.SUM).value == found.value


@given(_entries)
def test_max_and_latest_are_values_that_stand_there(entries: list[Entry]) -> None:
    assert rolled(entries, RollUp.MAX, RollUp.MAX).value == max((e.value for e in entries), default=None)
    last = rolled(entries, RollUp.LATEST, RollUp.LATEST)
    if entries:
        assert last.deciding[0].ends == max(e.ends for e in entries)
        assert last.value == last.deciding[0].value
    total = rolled(entries, RollUp.SUM, RollUp.LATEST).value
    newest = max((e.ends for e in entries), default=None)
    assert total == (sum(e.value for e in entries if e.ends == newest) if entries else None)


@given(_entries)
def test_distinct_over_periods_counts_a_place_once(entries: list[Entry]) -> None:
    found = rolled(entries, RollUp.DISTINCT, RollUp.DISTINCT).value
    assert found == (len({e.place for e in entries if e.value > 0}) if entries else None)
    yearly = rolled(entries, RollUp.DISTINCT, RollUp.SUM).value
    assert entries == [] or found <= yearly


@given(_entries)
def test_a_ratio_lies_between_its_parts_and_leaves_out_what_has_none(entries: list[Entry]) -> None:
    found = rolled(entries, RollUp.RATIO, RollUp.RATIO)
    single = [e.numerator / e.denominator for e in entries if e.numerator is not None]
    assert len(found.left_out) == len(entries) - len(single)
    if single:
        small = Decimal("1e-9")
        assert min(single) - small <= found.value <= max(single) + small
    else:
        assert found.value is None


@given(_entries, st.dates(date(2009, 1, 1), date(2020, 12, 31)))
def test_a_break_in_the_series_is_never_crossed(entries: list[Entry], day: date) -> None:
    parted = series_of(entries, day)
    assert len(parted.before) + len(parted.after) + len(parted.across) == len(entries)
    assert all(e.ends < day for e in parted.before) and all(e.starts >= day for e in parted.after)
    assert all(e.starts < day <= e.ends for e in parted.across)


def test_known_answers() -> None:
    entries = [year(2018, "KEN", 10), year(2018, "UGA", 20), year(2019, "KEN", 5)]
    assert rolled(entries, RollUp.SUM, RollUp.SUM).value == 35
    assert rolled(entries, RollUp.SUM, RollUp.MAX).value == 30
    assert rolled(entries, RollUp.MAX, RollUp.SUM).value == 25
    assert rolled(entries, RollUp.SUM, RollUp.LATEST).value == 5
    assert rolled(entries, RollUp.DISTINCT, RollUp.DISTINCT).value == 2
    assert rolled(entries, RollUp.DISTINCT, RollUp.SUM).value == 3
    ratio = [year(2018, "KEN", 50, 5, 10), year(2019, "KEN", 10, 1, 10)]
    assert rolled(ratio, RollUp.RATIO, RollUp.RATIO, Decimal(100)).value == 30


@pytest.mark.parametrize(
    ("actual", "target", "baseline", "direction", "percent"),
    [
        (15, 20, 10, "ascending", 50), (20, 20, 10, "ascending", 100), (25, 20, 10, "ascending", 150),
        (5, 20, 10, "ascending", -50), (60, 40, 80, "descending", 50), (40, 40, 80, "descending", 100),
        (90, 40, 80, "descending", -25), (15, 20, None, "ascending", 75), (50, 40, None, "descending", 80),
        (30, 40, None, "descending", 100), (85, 80, 90, "ascending", 100), (40, 80, 90, "ascending", 50),
        (0, 0, None, "descending", 100), (3, 0, 0, "descending", 0), (0, 0, None, "ascending", 100),
    ],
)  # fmt: skip
def test_percent_met(actual: int, target: int, baseline: int | None, direction: str, percent: int) -> None:
    from_here = None if baseline is None else Decimal(baseline)
    assert met(Decimal(actual), Decimal(target), from_here, direction) == percent


@given(_numbers, _numbers, st.one_of(st.none(), _numbers), st.sampled_from(["ascending", "descending"]))
def test_hundred_per_cent_says_that_the_target_is_reached(
    actual: Decimal, target: Decimal, baseline: Decimal | None, direction: str
) -> None:
    reached = actual >= target if direction == "ascending" else actual <= target
    assert (met(actual, target, baseline, direction) >= 100) == reached


@given(st.lists(st.integers(0, 10**6), max_size=12))
def test_shares_add_up_to_a_hundred(counts: list[int]) -> None:
    found = shares(counts)
    assert sum(found) == (100 if sum(counts) else 0)
    assert all(abs(share - count * 100 / (sum(counts) or 1)) < 1 for share, count in zip(found, counts, strict=True))
    assert all(share == 0 for share, count in zip(found, counts, strict=True) if not count)
