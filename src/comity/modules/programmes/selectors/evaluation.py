"""The meta-analysis of evaluations: how many recommendations, on what, answered and followed up how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.modules.programmes import vocabulary as v
from comity.modules.programmes.kinds import KINDS, step_choices
from comity.modules.programmes.selectors.listing import NONE, Filters, list_url, listed
from comity.modules.programmes.selectors.overdue import OPEN_RECOMMENDATION
from comity.modules.programmes.selectors.records import current
from comity.modules.programmes.shares import shares

#: Steps in which an evaluation is a report.
REPORTED = ("final", "presented")
_RECOMMENDATION, _EVALUATION = KINDS["recommendation"], KINDS["evaluation"]


@dataclass(frozen=True)
class Asked:
    """What the page is asked for."""

    year: int | None = None
    criterion: str = ""
    sdg: str = ""
    theme: str = ""

    def filters(self, **fields: str) -> Filters:
        """The list of recommendations behind the page, narrowed further by `fields`."""
        own = {"criterion": self.criterion, "sdg_targets": self.sdg, "theme": self.theme, **fields}
        return Filters(evaluated=self.year, fields={name: value for name, value in own.items() if value})


@dataclass(frozen=True)
class Share:
    """One line of a distribution: its words, how many, which per cent of all, and the list of them."""

    label: Any
    count: int
    percent: int
    url: str


@dataclass(frozen=True)
class Report:
    """An evaluation report with the number of its recommendations that meet the filters, and of all."""

    row: Any
    found: int
    total: int


@dataclass(frozen=True)
class Analysis:
    """Everything the page says."""

    reports: list[Report]
    total: int
    url: str
    by_theme: list[Share]
    by_criterion: list[Share]
    by_response: list[Share]
    by_step: list[Share]
    late: list[Any]


def analysis(actor: Actor, asked: Asked, today: date) -> Analysis:
    """Returns the meta-analysis of what the actor may see. Percentages of each distribution add up to 100."""
    rows = listed(actor, _RECOMMENDATION, asked.filters()).order_by()
    answered = [*v.Response.choices, ("", _("not answered yet"))]
    return Analysis(
        reports=_reports(actor, asked, rows),
        total=rows.count(),
        url=list_url("recommendation", asked.filters()),
        by_theme=_shares(rows, "theme", v.RecommendationTheme.choices, asked),
        by_criterion=_shares(rows, "criterion", v.Criterion.choices, asked),
        by_response=_shares(rows, "response", answered, asked),
        by_step=_steps(rows, asked),
        late=list(rows.filter(due__lt=today, step__in=OPEN_RECOMMENDATION).order_by("due", "code")),
    )


def _shares(rows: QuerySet[Any], field: str, choices: Sequence[tuple[str, Any]], asked: Asked) -> list[Share]:
    counts = dict(rows.values_list(field).annotate(n=Count("pk")))
    found = [(code, label, counts[code]) for code, label in choices if counts.get(code)]
    percents = shares([count for *_said, count in found])
    return [
        Share(label, count, percent, list_url("recommendation", asked.filters(**{field: code or NONE})))
        for (code, label, count), percent in zip(found, percents, strict=True)
    ]


def _steps(rows: QuerySet[Any], asked: Asked) -> list[Share]:
    counts = dict(rows.values_list("step").annotate(n=Count("pk")))
    found = [(step, label, counts[step]) for step, label in step_choices(_RECOMMENDATION) if counts.get(step)]
    percents = shares([count for *_said, count in found])
    return [
        Share(label, count, percent, list_url("recommendation", replace(asked.filters(), steps=(step,))))
        for (step, label, count), percent in zip(found, percents, strict=True)
    ]


def _reports(actor: Actor, asked: Asked, rows: QuerySet[Any]) -> list[Report]:
    """Reports of the year; where recommendations are narrowed, those that hold one of them."""
    reports = current(actor, _EVALUATION).filter(step__in=REPORTED)
    if asked.year:
        reports = reports.filter(ends__year=asked.year)
    every = current(actor, _RECOMMENDATION).order_by()
    totals = dict(every.values_list("evaluation").annotate(n=Count("pk")))
    found = dict(rows.values_list("evaluation").annotate(n=Count("pk")))
    narrowed = asked.criterion or asked.sdg or asked.theme
    return [
        Report(row, found.get(row.code, 0), totals.get(row.code, 0))
        for row in reports.order_by("-ends", "code")
        if not narrowed or found.get(row.code)
    ]


def years(actor: Actor) -> list[int]:
    """Returns the years in which evaluations ended, newest first."""
    days = current(actor, _EVALUATION).order_by().dates("ends", "year", order="DESC")
    return [day.year for day in days if day]


def sdg_targets(actor: Actor) -> list[str]:
    """Returns the SDG targets that recommendations name, in their order."""
    held = current(actor, _RECOMMENDATION).exclude(sdg_targets="").order_by().values_list("sdg_targets", flat=True)
    codes = {code for codes in held.distinct() for code in codes}
    return sorted(codes, key=lambda code: [(not part.isdigit(), part.zfill(4)) for part in code.split(".")])
