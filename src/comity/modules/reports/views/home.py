"""The front page of reports: editions, the desk of the secretariat, doors to what editions are made of."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from comity.core.actions.actor import Actor
from comity.modules.reports import vocabulary as v
from comity.modules.reports.models import Edition
from comity.modules.reports.policies import can, may_write_somewhere
from comity.modules.reports.presentation import page_lang, period_words, shown
from comity.modules.reports.selectors import editions, pages, registry
from comity.ui.requests import actor_of


def home(request: HttpRequest) -> HttpResponse:
    """Editions that the reader may see; for the secretariat what waits."""
    actor, lang = actor_of(request), page_lang()
    staff = may_write_somewhere(actor)
    desk = pages.desk(actor) if staff else None
    return render(
        request,
        "reports/home.html",
        {
            "lines": _lines(actor, lang),
            "desk": desk, "staff": staff,
            "counts": {
                "registry": registry.current_rows().count(), "declared": pages.declared_counts(actor).count(),
                "published": pages.published_reports(actor).count(),
            },
            "may": {"create": bool(can(actor, v.CREATE))},
        },
    )  # fmt: skip


def _lines(actor: Actor, lang: str) -> list[dict[str, Any]]:
    """The editions; `last` where none follows yet."""
    found = list(editions.editions(actor))
    followed = {one.previous for one in found}
    return [edition_line(one, lang) | {"last": one.code not in followed} for one in found]


def edition_line(one: Edition, lang: str) -> dict[str, Any]:
    """What a list says of an edition."""
    return {
        "edition": one, "title": shown(one.title, lang, one.original),
        "period": period_words(one.period_start, one.period_end, lang), "published": one.state in v.PUBLISHED,
    }  # fmt: skip
