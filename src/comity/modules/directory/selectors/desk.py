"""The desk: what waits for this person, a State's officer or an officer of the secretariat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404
from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.modules.directory import vocabulary as v
from comity.modules.directory.models import Authority, ContactReport
from comity.modules.directory.policies import report_scope, scope
from comity.modules.directory.selectors.content import with_parts
from comity.modules.directory.selectors.pages import Card, as_cards
from comity.modules.directory.standing import standing_filter


@dataclass(frozen=True)
class Desk:
    """The lists of one person's desk."""

    to_verify: list[Card]
    to_publish: list[Card]
    under_work: list[Card]
    to_confirm: list[Card]
    withdrawn: list[Card]
    reports: list[ContactReport]

    @property
    def count(self) -> int:
        """How many things wait for this person."""
        return len(self.to_verify) + len(self.to_publish) + len(self.to_confirm) + len(self.reports)


def desk(actor: Actor, *, at: datetime, lang: str) -> Desk:
    """Returns what this actor can do something about now."""
    current = Authority.objects.all()

    def cards(action: str, **wanted: object) -> list[Card]:
        rows = scope(actor, action, current.filter(**wanted)).order_by("participant_id", "sort_name", "code")
        return as_cards(with_parts(rows, actor), at=at, lang=lang)

    due = standing_filter(v.Standing.CONFIRMATION_DUE, at.date()) | standing_filter(v.Standing.STALE, at.date())
    to_confirm = scope(actor, v.CONFIRM, current.filter(due, pending=False)).order_by("last_confirmed_on", "code")
    return Desk(
        to_verify=cards(v.VERIFY),
        to_publish=cards(v.PUBLISH),
        under_work=cards(v.EDIT, pending=True),
        to_confirm=as_cards(with_parts(to_confirm, actor), at=at, lang=lang),
        withdrawn=cards(v.RESTORE),
        reports=list(
            report_scope(actor, ContactReport.objects.filter(state=v.ReportState.OPEN)).select_related("participant")
        ),
    )


def report_or_404(actor: Actor, pk: int) -> ContactReport:
    """Returns a report this actor may see. Raises Http404 else."""
    rows = ContactReport.objects.filter(pk=pk).select_related("participant")
    found = report_scope(actor, rows).first()
    if found is None:
        raise Http404(_("There is no such report."))
    return found
