"""Small counts cannot be worked out from all that is published together."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.modules.reports.disclosure import (
    TOTAL,
    Released,
    Sum,
    Table,
    audit,
    possible,
    protect,
    sensitive,
    suppress,
    total,
)


def public(sums, released: Released):
    return [(one.cells, released.values[one.key]) for one in sums if released.values[one.key] is not None]


def safe(sums, cells, threshold):
    """Attacks what `protect` lets out."""
    released = protect(sums, cells, threshold)
    for one in sums:
        assert released.values[one.key] in (None, total(cells, one.cells))
    return audit(public(sums, released), cells, sensitive(sums, cells, threshold)), released


def table_of(draw, *sizes, most=12):
    dimensions = tuple(tuple(f"{'rcl'[d]}{n}" for n in range(size)) for d, size in enumerate(sizes))
    return Table(dimensions, {key: draw(st.integers(0, most)) for key in product(*dimensions)})


@st.composite
def tables(draw):
    sizes = draw(st.sampled_from([(3,), (2, 2), (3, 3), (1, 3), (2, 4), (2, 2, 2)]))
    return table_of(draw, *sizes, most=draw(st.sampled_from([4, 12, 60])))


@settings(max_examples=120, deadline=None)
@given(tables(), st.integers(2, 6))
def test_no_small_cell_of_a_table_is_recovered(table, threshold):
    recovered, released = safe(tuple(table.sums()), table.cells(), threshold)
    assert recovered == []
    for key, value in released.values.items():
        assert value is None or value == 0 or value >= threshold, key


@st.composite
def releases(draw):
    """Cells and any sums over them: overlapping tables and figures in texts."""
    names = [f"c{n}" for n in range(draw(st.integers(1, 6)))]
    cells = {name: draw(st.integers(0, 12)) for name in names}
    sets = draw(st.lists(st.frozensets(st.sampled_from(names), min_size=1), max_size=7))
    return tuple(Sum((str(n),), found) for n, found in enumerate(sets)), cells


@settings(max_examples=150, deadline=None)
@given(releases(), st.integers(2, 6))
def test_no_small_cell_is_recovered_from_overlapping_figures(release, threshold):
    sums, cells = release
    recovered, _ = safe(sums, cells, threshold)
    assert recovered == []


def brute(sums, cells, most):
    """All tables of counts up to `most` that print the same; no reasoning at all."""
    names = sorted(cells)
    for values in product(range(most + 1), repeat=len(names)):
        other = dict(zip(names, values, strict=True))
        if all(total(other, found) == value for found, value in sums):
            yield other


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.integers(0, 3), min_size=2, max_size=4),
    st.lists(st.frozensets(st.integers(0, 3), min_size=1), min_size=1, max_size=4),
)
def test_the_attack_finds_what_trying_everything_finds(values, sets):
    cells = {str(n): value for n, value in enumerate(values)}
    sums = [(frozenset(str(n) for n in found if n < len(values)), 0) for found in sets]
    sums = [(names, total(cells, names)) for names, _ in sums if names]
    held = {name for names, _ in sums for name in names}
    targets = [frozenset((name,)) for name in cells]
    fitting = list(brute(sums, cells, 12))
    expected = [t for t in targets if t <= held and len({total(o, t) for o in fitting}) == 1]
    assert audit(sums, cells, targets) == expected
    for target in targets:
        if target <= held:
            assert possible(sums, cells, target, 12) == sorted({total(o, target) for o in fitting})


@settings(max_examples=80, deadline=None)
@given(releases(), st.integers(2, 6))
def test_every_protection_has_its_proof(release, threshold):
    sums, cells = release
    released = protect(sums, cells, threshold)
    assert set(released.witnesses) == set(sensitive(sums, cells, threshold))
    for target, other in released.witnesses.items():
        assert min(other.values()) >= 0
        assert all(total(other, found) == value for found, value in public(sums, released))
        assert total(other, target) >= total(cells, target) + max(1, threshold - 2)


SEX_BY_STATE = Table(
    (("A", "B", "C"), ("women", "men")),
    {("A", "women"): 3, ("A", "men"): 40, ("B", "women"): 25, ("B", "men"): 30, ("C", "women"): 60, ("C", "men"): 9},
)


def test_hiding_the_small_cell_alone_would_give_it_away():
    sums, cells = tuple(SEX_BY_STATE.sums()), SEX_BY_STATE.cells()
    small = sensitive(sums, cells, 5)
    naive = [(one.cells, total(cells, one.cells)) for one in sums if one.cells not in small]
    assert audit(naive, cells, small) == small


def test_the_cheapest_other_cells_are_withheld_and_the_totals_stay():
    released = suppress(SEX_BY_STATE, 5)
    assert released.withheld == {("A", "women"), ("A", "men"), ("C", "women"), ("C", "men")} or released.withheld == {
        ("A", "women"),
        ("A", "men"),
        ("B", "women"),
        ("B", "men"),
    }
    assert released.values[(TOTAL, TOTAL)] == 167
    assert released.values[("A", TOTAL)] == 43
    loss = sum(SEX_BY_STATE.counts[key] for key in released.withheld)
    assert loss == 3 + 40 + min(25 + 30, 60 + 9)


def test_nothing_is_withheld_where_nothing_is_small():
    table = Table((("A", "B"),), {("A",): 20, ("B",): 0})
    assert suppress(table, 5).withheld == frozenset()


def test_a_row_of_small_total_gives_up_its_total():
    table = Table(
        (("A", "B"), ("women", "men")), {("A", "women"): 1, ("A", "men"): 1, ("B", "women"): 50, ("B", "men"): 60}
    )
    released = suppress(table, 5)
    assert ("A", TOTAL) in released.withheld
    sums, cells = tuple(table.sums()), table.cells()
    assert audit(public(sums, released), cells, sensitive(sums, cells, 5)) == []


def test_a_difference_of_two_figures_in_two_texts_counts_too():
    cells = {"women": 48, "men": 2}
    sums = (Sum(("paragraph 3",), frozenset(cells)), Sum(("paragraph 9",), frozenset({"women"})))
    released = protect(sums, cells, 5)
    assert len(released.withheld) == 1
    assert audit(public(sums, released), cells, [frozenset({"men"})]) == []


@pytest.mark.parametrize(
    ("sums", "cells", "threshold"),
    [
        ((Sum(("a",), frozenset({"x"})), Sum(("a",), frozenset({"y"}))), {"x": 1, "y": 1}, 5),
        ((Sum(("a",), frozenset({"z"})),), {"x": 1}, 5),
        ((), {}, 1),
    ],
)
def test_bad_input_is_refused(sums, cells, threshold):
    with pytest.raises(ValueError):
        protect(sums, cells, threshold)
    with pytest.raises(ValueError):
        Table((("A", "A"),), {})
    with pytest.raises(ValueError):
        Table((("A",),), {("B",): 1})


def test_a_table_of_all_states_by_sex_is_protected():
    states = tuple(f"S{n}" for n in range(190))
    table = Table(
        (states, ("women", "men")),
        {(s, sex): (n * 37 + m * 11) % 97 for n, s in enumerate(states) for m, sex in enumerate(("women", "men"))},
    )
    released = suppress(table, 5)
    sums, cells = tuple(table.sums()), table.cells()
    for target, other in released.witnesses.items():
        assert all(total(other, found) == value for found, value in public(sums, released))
        assert total(other, target) != total(cells, target)
