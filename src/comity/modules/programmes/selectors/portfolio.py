"""The whole portfolio in numbers. Each number is counted from the list that it opens."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Sum
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.modules.programmes import vocabulary as v
from comity.modules.programmes.kinds import KINDS
from comity.modules.programmes.models import Attendance
from comity.modules.programmes.selectors.listing import ANY, HELD, Filters, has_state, list_url, listed

#: Steps in which a project is under way.
UNDER_WAY = ("implementing", "revision")
#: Steps of assistance that was or is given.
GIVEN = ("ongoing", "completed")


@dataclass(frozen=True)
class Scope:
    """What the reader chose. With a year, events and money are those of the year; without, of the last 12 months."""

    programme: str = ""
    year: int | None = None
    group: str = ""
    today: date = date.max

    @property
    def dates(self) -> tuple[date, date]:
        """First and last day of the period, both included: exactly one year."""
        if self.year:
            return date(self.year, 1, 1), date(self.year, 12, 31)
        until = self.today
        try:
            before = until.replace(year=until.year - 1)
        except ValueError:  # 29 February
            before = until.replace(year=until.year - 1, day=28)
        return before + timedelta(days=1), until

    def filters(self, kind: str, **more: Any) -> Filters:
        """The filters of a list of this kind within the scope; the group only where records are about a State."""
        group = self.group if has_state(KINDS[kind]) else ""
        return replace(Filters(programme=self.programme, group=group), **more)


def latest(actor: Actor, scope: Scope) -> Scope:
    """Returns the scope of the last 12 months; where nothing was held in them, of the last year in which it was."""
    since, until = scope.dates
    held = listed(actor, KINDS["event"], Filters(steps=HELD)).order_by()
    if held.filter(starts__range=(since, until)).exists():
        return scope
    last = held.filter(starts__lte=until).aggregate(last=Max("starts"))["last"]
    return replace(scope, year=last.year) if last else scope


@dataclass(frozen=True)
class Number:
    """One number: its value, what it counts, and the list of its records. `usd` for an amount of money."""

    value: int | Decimal
    label: Any
    url: str
    usd: bool = False


def _count(actor: Actor, kind: str, filters: Filters, label: Any) -> Number:
    return Number(listed(actor, KINDS[kind], filters).count(), label, list_url(kind, filters))


def _distinct(actor: Actor, kind: str, filters: Filters, field: str, label: Any) -> Number:
    rows = listed(actor, KINDS[kind], filters).order_by()
    return Number(rows.values(field).distinct().count(), label, list_url(kind, filters))


def numbers(actor: Actor, scope: Scope) -> list[Number]:
    """Returns the numbers of the overview; those that a regional group cannot narrow are left out under one."""
    since, until = scope.dates
    found = [
        _count(actor, "programme", scope.filters("programme", fields={"level": level.value}), label)
        for level, label in (
            (v.Level.GLOBAL, _("Global programmes")), (v.Level.REGIONAL, _("Regional programmes")),
            (v.Level.COUNTRY, _("Country programmes")),
        )
    ]  # fmt: skip
    if not scope.group:
        found.append(_count(actor, "project", scope.filters("project", steps=UNDER_WAY), _("Projects under way")))
    held = scope.filters("event", since=since, until=until, steps=HELD)
    found.append(_count(actor, "event", held, _("Events held")))
    found.append(Number(people(actor, held), _("People trained or met"), list_url("event", held)))
    helped = {"since": since, "until": until, "steps": GIVEN}
    found.append(
        _distinct(actor, "assistance", scope.filters("assistance", state=ANY, **helped), "participant_id",
                  _("States assisted"))
    )  # fmt: skip
    if not scope.group:
        others = scope.filters("assistance", fields={"jurisdiction": ANY}, **helped)
        found.append(_distinct(actor, "assistance", others, "jurisdiction", _("Jurisdictions assisted")))
        found.append(_delivery(actor, scope, since, until))
    return found


def _delivery(actor: Actor, scope: Scope, since: date, until: date) -> Number:
    fields = {"flow": v.Flow.DELIVERY.value, "nature": v.Nature.ACTUAL.value}
    filters = scope.filters("money", since=since, until=until, fields=fields)
    total = listed(actor, KINDS["money"], filters).order_by().aggregate(n=Sum("usd"))["n"]
    return Number(total or Decimal(0), _("US dollars delivered"), list_url("money", filters), usd=True)


def people(actor: Actor, filters: Filters) -> int:
    """Returns how many people attended the events of a list."""
    events = listed(actor, KINDS["event"], filters).order_by()
    return Attendance.objects.filter(event__in=events.values("pk")).aggregate(n=Sum("count"))["n"] or 0


@dataclass(frozen=True)
class Place:
    """What was done for or in one State."""

    iso3: str
    assistance: int
    events: int
    assistance_url: str
    events_url: str


def places(actor: Actor, scope: Scope) -> list[Place]:
    """Returns the States where assistance was given or events took place in the period, by code."""
    since, until = scope.dates
    common = {"since": since, "until": until}
    helped = scope.filters("assistance", steps=GIVEN, **common)
    held = scope.filters("event", steps=HELD, **common)
    counts = {name: _by_state(actor, name, filters) for name, filters in (("assistance", helped), ("event", held))}
    return [
        Place(
            iso3, counts["assistance"].get(iso3, 0), counts["event"].get(iso3, 0),
            list_url("assistance", replace(helped, state=iso3)), list_url("event", replace(held, state=iso3)),
        )
        for iso3 in sorted({*counts["assistance"], *counts["event"]})
    ]  # fmt: skip


def _by_state(actor: Actor, kind: str, filters: Filters) -> dict[str, int]:
    rows = listed(actor, KINDS[kind], replace(filters, state=ANY)).order_by()
    return dict(rows.values_list("participant_id").annotate(n=Count("pk")))


@dataclass(frozen=True)
class Year:
    """One year of a chart: its numbers in the order of the series, and the list behind."""

    year: int
    values: tuple[Decimal, ...]
    url: str


#: How many years the charts show.
_YEARS = 10


def trained_by_year(actor: Actor, scope: Scope) -> list[Year]:
    """Returns women, men and people of whom it was not recorded, for each year with events; the last ten."""
    filters = scope.filters("event", steps=HELD)
    events = listed(actor, KINDS["event"], filters).order_by()
    # Grouped by day, not by year: SQLite would call Python once for each of a million rows to find the year.
    rows = (
        Attendance.objects.filter(event__in=events.values("pk"), event__starts__isnull=False)
        .order_by()
        .values_list("event__starts", "sex")
        .annotate(n=Sum("count"))
    )
    order = [v.Sex.FEMALE, v.Sex.MALE, v.Sex.NOT_RECORDED]
    return _years(((day.year, order.index(v.Sex(sex)), n) for day, sex, n in rows), len(order), "event", filters)


def money_by_year(actor: Actor, scope: Scope) -> list[Year]:
    """Returns budget planned and delivery made in US dollars, for each year; the last ten."""
    filters = scope.filters("money")
    order = {("budget", "plan"): 0, ("delivery", "actual"): 1}
    rows = (
        listed(actor, KINDS["money"], filters)
        .annotate(year=ExtractYear("starts"))
        .order_by()
        .values_list("year", "flow", "nature")
        .annotate(n=Sum("usd"))
    )
    known = ((year, order[flow, nature], n) for year, flow, nature, n in rows if (flow, nature) in order)
    return _years(known, 2, "money", filters)


def _years(rows: Iterable[tuple[int, int, Any]], series: int, kind: str, filters: Filters) -> list[Year]:
    found: dict[int, list[Decimal]] = {}
    for year, place, value in rows:
        found.setdefault(year, [Decimal(0)] * series)[place] += Decimal(value)
    return [
        Year(year, tuple(values), list_url(kind, replace(filters, year=year)))
        for year, values in sorted(found.items())[-_YEARS:]
    ]


def lists(actor: Actor, scope: Scope) -> list[tuple[str, list[Number]]]:
    """Returns every list with how many records the reader may see there, by group of kinds."""
    found: dict[str, list[Number]] = {}
    for kind in KINDS.values():
        filters = Filters(programme=scope.programme) if "programme" in kind.refers else Filters()
        found.setdefault(kind.group, []).append(_count(actor, kind.name, filters, kind.plural))
    return list(found.items())
