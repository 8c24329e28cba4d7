"""The first page of the programmes: the portfolio in numbers, on a map and in charts, and the way to every list."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.core.people.vocabulary import GroupCode
from comity.modules.programmes import vocabulary as v
from comity.modules.programmes.kinds import GROUPS, KINDS
from comity.modules.programmes.policies import can, follows_up, may_record, may_write_somewhere
from comity.modules.programmes.presentation import bars, values
from comity.modules.programmes.selectors import listing, portfolio
from comity.modules.programmes.selectors.overdue import overdue
from comity.modules.programmes.selectors.records import current
from comity.modules.programmes.views.records import page_lang
from comity.ui.requests import actor_of


def _scope(request: HttpRequest, actor: Actor) -> portfolio.Scope:
    """What the address asks for. Without a word on the year: the last 12 months, or the last year with events."""
    year = request.GET.get("year", "")
    group = request.GET.get("group", "")
    scope = portfolio.Scope(
        programme=request.GET.get("programme", "")[:60],
        year=int(year) if year.isascii() and year.isdigit() and 1900 <= int(year) <= 2999 else None,
        group=group if group in GroupCode.values else "",
        today=timezone.now().date(),
    )
    return scope if "year" in request.GET else portfolio.latest(actor, scope)


def home(request: HttpRequest) -> HttpResponse:
    """The overview."""
    actor, lang = actor_of(request), page_lang()
    scope = _scope(request, actor)
    names = values.Names(actor, lang)
    programmes = [(row.code, row.title_in(lang)[0]) for row in current(actor, KINDS["programme"]).order_by("title")]
    places = portfolio.places(actor, scope)
    return render(
        request,
        "programmes/home.html",
        {
            "scope": scope, "since": scope.dates[0], "until": scope.dates[1], "programmes": programmes,
            "years": listing.years(actor, KINDS["event"]), "groups": GroupCode.choices,
            "numbers": _numbers(actor, scope, lang), "lists": _lists(actor, scope),
            "states": sorted(((names.state(p.iso3), p) for p in places), key=lambda pair: pair[0]),
            "points": _points(places, names), "legend": _legend(),
            "charts": _charts(actor, scope, lang), "overdue": _overdue(actor, scope), "actions": _actions(actor),
            "filtered": bool(scope.programme or scope.group or request.GET.get("year")),
            "empty": not programmes and not current(actor, KINDS["event"]).exists(),
        },
    )  # fmt: skip


def _numbers(actor: Actor, scope: portfolio.Scope, lang: str) -> list[dict[str, Any]]:
    return [
        {"value": values.money(Decimal(n.value), lang) if n.usd else values.number(n.value, lang),
         "label": n.label, "url": n.url}
        for n in portfolio.numbers(actor, scope)
    ]  # fmt: skip


def _lists(actor: Actor, scope: portfolio.Scope) -> list[tuple[Any, list[portfolio.Number]]]:
    return [(GROUPS[group], found) for group, found in portfolio.lists(actor, scope)]


def _points(places: list[portfolio.Place], names: values.Names) -> list[dict[str, Any]]:
    return [
        {"iso3": p.iso3, "label": names.state(p.iso3), "url": f"#state-{p.iso3}",
         "status": "both" if p.assistance and p.events else "assistance" if p.assistance else "events"}
        for p in places
    ]  # fmt: skip


def _legend() -> list[dict[str, Any]]:
    return [
        {"status": "both", "label": _("Assistance and events"), "shape": "disc", "tone": "strong"},
        {"status": "assistance", "label": _("Assistance"), "shape": "diamond", "tone": "warn"},
        {"status": "events", "label": _("Events"), "shape": "ring", "tone": "soft"},
    ]


def _charts(actor: Actor, scope: portfolio.Scope, lang: str) -> list[dict[str, Any]]:
    trained = portfolio.trained_by_year(actor, scope)
    sexes = [_("Women"), _("Men"), _("Not recorded")]
    found = [_chart(_("People trained or met, by year"), trained, sexes, lang, stacked=True)]
    if not scope.group:
        money = portfolio.money_by_year(actor, scope)
        series = [_("Budget"), _("Delivery")]
        title = _("Budget and delivery, US dollars, by the year in which the period begins")
        found.append(_chart(title, money, series, lang, stacked=False))
    return [chart for chart in found if chart["drawing"]]


def _chart(
    title: str, years: list[portfolio.Year], series: list[str], lang: str, *, stacked: bool
) -> dict[str, Any]:  # fmt: skip
    labels = [str(one.year) for one in years]
    rows = [(one.year, one.url, [values.number(value, lang) for value in one.values]) for one in years]
    drawing = bars.draw(labels, [one.values for one in years], series, lang, stacked=stacked)
    return {"title": title, "drawing": drawing, "series": series, "rows": rows}


def _overdue(actor: Actor, scope: portfolio.Scope) -> list[Any]:
    """What is late: for the secretariat, who can do something about it."""
    if not follows_up(actor):
        return []
    return overdue(actor, scope.today, programme=scope.programme)[:8]


def _actions(actor: Actor) -> list[tuple[Any, str]]:
    found: list[tuple[Any, str]] = []
    if may_record(actor, KINDS["event"]):
        found.append((_("Enter a training"), reverse("programmes:training")))
    if may_write_somewhere(actor) and not may_record(actor, KINDS["event"]):
        found.append((_("Ask for assistance"), reverse("programmes:add", args=["request"])))
    if can(actor, v.IMPORT):
        found.append((_("Import"), reverse("programmes:import")))
    found.append((_("Evaluations"), reverse("programmes:evaluations")))
    return found
