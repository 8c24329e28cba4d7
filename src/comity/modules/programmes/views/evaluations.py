"""The meta-analysis of evaluations."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from comity.modules.programmes import vocabulary as v
from comity.modules.programmes.presentation import values
from comity.modules.programmes.selectors import evaluation
from comity.modules.programmes.views.records import page_lang
from comity.ui.requests import actor_of


def _asked(request: HttpRequest) -> evaluation.Asked:
    year = request.GET.get("year", "")
    criterion, theme = request.GET.get("criterion", ""), request.GET.get("theme", "")
    return evaluation.Asked(
        year=int(year) if year.isascii() and year.isdigit() and 1 <= int(year) <= 9999 else None,
        criterion=criterion if criterion in v.Criterion.values else "",
        sdg=request.GET.get("sdg", "").strip().replace("|", "")[:10],
        theme=theme if theme in v.RecommendationTheme.values else "",
    )


def evaluations(request: HttpRequest) -> HttpResponse:
    """What evaluations recommended, on what, and what became of it."""
    actor, lang, asked = actor_of(request), page_lang(), _asked(request)
    found = evaluation.analysis(actor, asked, timezone.now().date())
    reports = []
    for report in found.reports:
        title, title_lang = report.row.title_in(lang)
        reports.append({"report": report, "title": title, "lang": title_lang,
                        "url": values.record_url("evaluation", report.row.code)})  # fmt: skip
    late = [{"row": row, "title": row.title_in(lang)[0], "lang": row.title_in(lang)[1],
             "url": values.record_url("recommendation", row.code)} for row in found.late]  # fmt: skip
    distributions: list[Any] = [found.by_theme, found.by_criterion, found.by_response, found.by_step]
    return render(
        request,
        "programmes/evaluations.html",
        {
            "asked": asked, "found": found, "reports": reports, "late": late, "distributions": distributions,
            "years": evaluation.years(actor), "criteria": v.Criterion.choices, "themes": v.RecommendationTheme.choices,
            "sdg_targets": evaluation.sdg_targets(actor),
            "filtered": bool(asked.year or asked.criterion or asked.sdg or asked.theme),
        },
    )  # fmt: skip
