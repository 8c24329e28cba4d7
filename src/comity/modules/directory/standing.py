"""How a version stands on a day, and whether its office is open at a moment: computed, never stored."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from django.db.models import Q

from comity.modules.directory.models import Authority, OfficeHours
from comity.modules.directory.vocabulary import Standing, State

#: Days after the last confirmation at which another is due, and further days until the entry is stale.
#: Source: Comity domain notes, section 3, States [P].
CONFIRM_AFTER = timedelta(days=180)
STALE_AFTER = CONFIRM_AFTER + timedelta(days=30)

_OFFSET = re.compile(r"^(?:UTC)?([+-])(\d{1,2}):?([0-5]\d)?$")


def standing(row: Authority, on: date) -> Standing:
    """Returns how the version stands on `on`. A published entry that nobody ever confirmed is stale."""
    if row.state != State.PUBLISHED:
        return Standing(row.state)
    if row.last_confirmed_on is None or on - row.last_confirmed_on >= STALE_AFTER:
        return Standing.STALE
    if on - row.last_confirmed_on >= CONFIRM_AFTER:
        return Standing.CONFIRMATION_DUE
    return Standing.PUBLISHED


def standing_filter(wanted: str, on: date) -> Q:
    """Returns the same rule as a filter on versions."""
    published = Q(state=State.PUBLISHED)
    match wanted:
        case Standing.STALE:
            return published & (Q(last_confirmed_on__isnull=True) | Q(last_confirmed_on__lte=on - STALE_AFTER))
        case Standing.CONFIRMATION_DUE:
            return published & Q(last_confirmed_on__lte=on - CONFIRM_AFTER, last_confirmed_on__gt=on - STALE_AFTER)
        case Standing.PUBLISHED:
            return published & Q(last_confirmed_on__gt=on - CONFIRM_AFTER)
        case _:
            return Q(state=wanted)


def confirmation_due_on(row: Authority) -> date | None:
    """The day on which the next confirmation is due; None where there was none yet."""
    return row.last_confirmed_on + CONFIRM_AFTER if row.last_confirmed_on else None


@lru_cache(maxsize=512)
def zone_of(text: str) -> tzinfo:
    """Returns the zone named "Africa/Nairobi", "+03:00" or "UTC+3". Raises ValueError for another text."""
    text = text.strip()
    if text in {"UTC", "Z"}:
        return UTC
    found = _OFFSET.match(text)
    if found:
        sign, hours, minutes = found.groups()
        offset = timedelta(hours=int(hours), minutes=int(minutes or 0))
        if offset > timedelta(hours=14):
            raise ValueError(f"no such offset: {text}")
        return timezone(-offset if sign == "-" else offset)
    if text not in available_timezones():
        raise ValueError(f"no such time zone: {text}")
    return ZoneInfo(text)


def utc_offset(zone: str, at: datetime) -> str:
    """Returns "+03:00", what the zone's clocks differ from UTC at `at`; "" where the zone is not stated."""
    if not zone:
        return ""
    text = at.astimezone(zone_of(zone)).strftime("%z")
    return f"{text[:3]}:{text[3:5]}"


def local_time(zone: str, at: datetime) -> datetime | None:
    """Returns the moment on the authority's own clock; None where the zone is not stated."""
    return at.astimezone(zone_of(zone)) if zone else None


def open_now(row: Authority, hours: Iterable[OfficeHours], at: datetime) -> bool | None:
    """True or False where hours and zone are stated; None (a gap) where they are not."""
    if row.round_the_clock:
        return True
    stated = list(hours)
    if not stated or not row.zone:
        return None
    there = at.astimezone(zone_of(row.zone))
    clock = there.time().replace(tzinfo=None)
    return any(
        h.weekday == there.weekday() and h.opens <= clock and (clock < h.closes or h.closes == time(0)) for h in stated
    )


_INTERVAL = re.compile(r"^(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})$")


def read_intervals(text: str) -> list[tuple[time, time]]:
    """Reads "08:00-12:00, 13:00-17:00" ("24:00" is midnight). Raises ValueError naming what is wrong."""
    found: list[tuple[time, time]] = []
    for part in filter(None, (p.strip() for p in re.split(r"[,;،]", text))):
        match = _INTERVAL.match(part)
        if not match:
            raise ValueError(f"“{part}” is not an interval such as 08:00-16:30")
        h1, m1, h2, m2 = (int(n) for n in match.groups())
        opens, closes = time(h1, m1), time(0) if (h2, m2) == (24, 0) else time(h2, m2)
        if closes != time(0) and closes <= opens:
            raise ValueError(f"“{part}” closes before it opens; split an interval over midnight in two days")
        found.append((opens, closes))
    return found


def write_interval(opens: time, closes: time) -> str:
    """Writes an interval as `read_intervals` reads it."""
    end = "24:00" if closes == time(0) else f"{closes:%H:%M}"
    return f"{opens:%H:%M}-{end}"
