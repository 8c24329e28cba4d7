"""What reports give to the home page."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.core.module import HomeCard
from comity.modules.reports.presentation import page_lang, shown
from comity.modules.reports.selectors import editions, pages, registry


def home_card(actor: Actor) -> HomeCard:
    """The door to the reports, with the number of figures of the registry."""
    latest = pages.last_issued(actor) or editions.editions(actor).first()
    title = shown(latest.title, page_lang(), latest.original) if latest else None
    count = registry.current_rows().count()
    return HomeCard(
        title=_("Reports"),
        text=_("The report on the work, composed from its records: every number opens."),
        url=reverse("reports:home"),
        number=str(count) if count else "",
        number_label=_("figures in the registry") if count else "",
        note=str(title) if title else _("No edition is issued yet."),
        order=50,
        icon="source",
    )
