"""Paging by key: every row once, in both directions."""

from __future__ import annotations

import pytest
from django.core.exceptions import BadRequest
from hypothesis import given
from hypothesis import strategies as st

from comity.ui.paging import Page, listed, mark, unmark


def walk(rows: list[tuple[str, int]], size: int) -> list[tuple[str, int]]:
    seen: list[tuple[str, int]] = []
    page: Page[tuple[str, int]] = listed(rows, lambda row: row, {}, size)
    seen += page.rows
    while page.next:
        page = listed(rows, lambda row: row, {"after": page.next}, size)
        seen += page.rows
    return seen


@given(st.lists(st.tuples(st.text(max_size=4), st.integers()), unique=True), st.integers(1, 7))
def test_every_row_is_shown_once(rows: list[tuple[str, int]], size: int) -> None:
    rows.sort()
    assert walk(rows, size) == rows


def test_back_leads_to_where_one_was() -> None:
    rows = [("x", n) for n in range(10)]
    second = listed(rows, lambda row: row, {"after": mark(("x", 3))}, 4)
    assert second.rows == rows[4:8]
    first = listed(rows, lambda row: row, {"before": second.previous or ""}, 4)
    assert first.rows == rows[:4]
    assert first.previous is None


@pytest.mark.parametrize("marker", ["%%%", "abc", mark([1]), mark([{}, 1])])
def test_a_marker_not_made_here_is_refused(marker: str) -> None:
    with pytest.raises(BadRequest):
        unmark(marker, 2)


@pytest.mark.django_db
@pytest.mark.parametrize("by", [("name", "pk"), ("-name", "pk"), ("name", "-pk")])
def test_rows_of_the_database_are_walked_in_order(by: tuple[str, ...]) -> None:
    from django.contrib.auth.models import Group

    from comity.ui.paging import keyset

    for name in ("delta", "alpha", "echo", "bravo", "charlie"):
        Group.objects.create(name=name)
    rows = Group.objects.all()
    expected = list(rows.order_by(*by))
    page = keyset(rows, by=by, params={}, size=2)
    seen = list(page)
    while page.next:
        page = keyset(rows, by=by, params={"after": page.next}, size=2)
        seen += page.rows
    assert seen == expected
    assert page.total == 5
    back = keyset(rows, by=by, params={"before": page.previous or ""}, size=2)
    assert back.rows == expected[2:4]
