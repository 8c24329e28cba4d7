"""Confirmed, due, stale; open or closed. Acceptance case 18."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.modules.directory.models import Authority, OfficeHours
from comity.modules.directory.standing import (
    local_time,
    open_now,
    read_intervals,
    standing,
    standing_filter,
    utc_offset,
    write_interval,
    zone_of,
)
from comity.modules.directory.tests.making import shown, today, world
from comity.modules.directory.vocabulary import Standing

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("days", "expected"),
    [(0, "published"), (179, "published"), (180, "confirmation_due"), (209, "confirmation_due"), (210, "stale"),
     (211, "stale"), (4000, "stale")],
)  # fmt: skip
def test_standing_follows_from_the_last_confirmation(days: int, expected: str) -> None:
    row = Authority(state="published", last_confirmed_on=DAY - timedelta(days=days))
    assert standing(row, DAY) == expected


def test_never_confirmed_is_stale_and_other_states_are_themselves() -> None:
    assert standing(Authority(state="published"), DAY) == Standing.STALE
    assert standing(Authority(state="withdrawn", last_confirmed_on=DAY), DAY) == Standing.WITHDRAWN
    assert standing(Authority(state="nominated", last_confirmed_on=DAY), DAY) == Standing.NOMINATED


@pytest.mark.django_db
def test_the_filter_says_the_same_as_the_rule() -> None:
    world()
    for number, days in enumerate([None, 0, 179, 180, 209, 210, 211]):
        day = None if days is None else today() - timedelta(days=days)
        shown(f"AAA-desk-{number}", last_confirmed_on=day)
    for wanted in ("published", "confirmation_due", "stale"):
        by_query = set(Authority.objects.filter(standing_filter(wanted, today())).values_list("code", flat=True))
        by_rule = {r.code for r in Authority.objects.all() if standing(r, today()) == wanted}
        assert by_query == by_rule and by_rule


def hours(*spans: tuple[int, str, str]) -> list[OfficeHours]:
    return [OfficeHours(weekday=d, opens=time.fromisoformat(a), closes=time.fromisoformat(b)) for d, a, b in spans]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_open_now_is_told_by_the_clock_of_the_office() -> None:
    monday = hours((0, "08:00", "16:30"))
    nairobi = Authority(zone="Africa/Nairobi")
    assert open_now(nairobi, monday, at("2026-11-23T05:00")) is True  # 08:00 there
    assert open_now(nairobi, monday, at("2026-11-23T04:59")) is False
    assert open_now(nairobi, monday, at("2026-11-23T13:30")) is False  # closes at 16:30
    assert open_now(Authority(zone="+03:00"), monday, at("2026-11-23T13:29")) is True
    # Sunday evening in UTC is Monday morning in Manila.
    assert open_now(Authority(zone="Asia/Manila"), monday, at("2026-11-23T00:30")) is True
    assert open_now(Authority(zone="UTC"), hours((0, "20:00", "00:00")), at("2026-11-23T23:59")) is True


def test_what_is_not_stated_is_a_gap_not_closed() -> None:
    assert open_now(Authority(zone=""), hours((0, "08:00", "16:00")), at("2026-11-23T09:00")) is None
    assert open_now(Authority(zone="UTC"), [], at("2026-11-23T09:00")) is None
    assert open_now(Authority(round_the_clock=True), [], at("2026-11-23T03:00")) is True


def test_summer_time_counts() -> None:
    assert utc_offset("Europe/Paris", at("2026-07-01T12:00")) == "+02:00"
    assert utc_offset("Europe/Paris", at("2026-12-01T12:00")) == "+01:00"
    assert utc_offset("-03:30", at("2026-12-01T12:00")) == "-03:30"
    assert local_time("", at("2026-12-01T12:00")) is None


@pytest.mark.parametrize("text", ["Mars/Olympus", "+25:00", "3", "../etc/passwd", "+99"])
def test_an_unknown_zone_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        zone_of(text)


@given(st.lists(st.tuples(st.integers(0, 22), st.integers(0, 59)), min_size=1, max_size=3))
def test_written_intervals_are_read_back(starts: list[tuple[int, int]]) -> None:
    spans = [(time(h, m), time(0) if h == 22 else time(h + 1, m)) for h, m in starts]
    assert read_intervals(", ".join(write_interval(a, b) for a, b in spans)) == spans


@pytest.mark.parametrize("text", ["8-16", "08:00-25:00", "16:00-08:00", "morning"])
def test_a_wrong_interval_names_itself(text: str) -> None:
    with pytest.raises(ValueError):
        read_intervals(text)
