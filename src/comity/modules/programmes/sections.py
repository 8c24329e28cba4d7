"""What the programmes give to pages of others: the home page, and one State."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.core.module import HomeCard, Section
from comity.modules.programmes.kinds import KINDS
from comity.modules.programmes.selectors import portfolio
from comity.modules.programmes.selectors.listing import HELD, Filters, list_url, listed

#: Kinds shown on the page of a State.
_OF_STATE = ("assistance", "event", "legislation", "request", "placement", "outcome")
_NEWEST = 5


def home_card(actor: Actor) -> HomeCard:
    """The door to the programmes, with the events that this reader may see: of the last twelve months, or of the last
    year with any."""
    scope = portfolio.latest(actor, portfolio.Scope(today=timezone.now().date()))
    since, until = scope.dates
    count = listed(actor, KINDS["event"], Filters(since=since, until=until, steps=HELD)).count()
    recent = ngettext("event in the last 12 months", "events in the last 12 months", count)
    when = ngettext("event in %(year)s", "events in %(year)s", count) % {"year": scope.year} if scope.year else recent
    return HomeCard(
        title=_("Programmes and results"),
        text=_("Assistance, trainings, results, evaluation and funding: every number opens the records behind it."),
        url=reverse("programmes:home"),
        number=str(count) if count else "",
        number_label=when if count else "",
        note="" if count else _("No event is recorded yet."),
        order=50,
        icon="calendar",
    )


def of_state(actor: Actor, iso3: str) -> list[Section]:
    """How much of each kind is recorded of a State, and what began last."""
    filters, lang = Filters(state=iso3), get_language() or "en"
    counts, newest = [], []
    for name in _OF_STATE:
        rows = listed(actor, KINDS[name], filters)
        if count := rows.count():
            counts.append((KINDS[name].plural, count, list_url(name, filters)))
            newest += [(row, KINDS[name]) for row in rows.filter(starts__isnull=False).order_by("-starts")[:_NEWEST]]
    newest.sort(key=lambda pair: pair[0].starts, reverse=True)
    lines: list[dict[str, Any]] = []
    for row, kind in newest[:_NEWEST]:
        title, title_lang = row.title_in(lang)
        url = reverse("programmes:record", args=[kind.name, row.code])
        lines.append({"row": row, "kind": kind.title, "title": title, "lang": title_lang, "url": url})
    context = {"counts": counts, "newest": lines}
    return [Section(_("Assistance and activities in this State"), "programmes/_state_section.html", context, 70)]
