"""“This contact is wrong or did not answer”: a report becomes a task with a day it is due."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comity.core.actions.actor import Actor
from comity.core.actions.decorator import Denied, Done, action
from comity.core.people.models import User
from comity.core.people.selectors import effective_mandates
from comity.core.workflow.models import Deadline
from comity.core.workflow.notifications import notify
from comity.modules.directory import vocabulary as v
from comity.modules.directory.models import Authority, ContactReport
from comity.modules.directory.policies import can
from comity.modules.directory.vocabulary import ReportState

#: Days in which a report should be answered, and how many open ones without a name one entry may have.
DUE_AFTER = timedelta(days=14)
MOST_ANONYMOUS = 3


def people_for(iso3: str) -> QuerySet[User]:
    """The State's focal points and the secretariat's curators, by mandates that stand today."""
    who = Q(role="focal_point", participant_id=iso3) | Q(role="curator")
    return User.objects.filter(pk__in=effective_mandates().filter(who).values("user_id"))


@action(v.REPORT, policy=can, on="version")
def report(actor: Actor, *, version: Authority, kind: str, text: str = "", lang: str = "en") -> Done[ContactReport]:
    """Opens a task for the State's focal point and the secretariat, and tells them.

    Raises Denied where reports without a name have piled up: those concerned know already.
    """
    mine = ContactReport.objects.filter(authority_code=version.code, state=ReportState.OPEN)
    if actor.kind == "public" and mine.filter(reported_by=actor.reference).count() >= MOST_ANONYMOUS:
        raise Denied(_("This contact has been reported already. The State and the secretariat have been told."))
    row = ContactReport.objects.create(
        authority_code=version.code,
        participant_id=version.participant_id,
        kind=kind,
        text=text[:4000],
        lang=lang,
        reported_by=actor.reference,
    )
    url = reverse("directory:report_detail", args=[row.pk])
    deadline = Deadline.objects.create(
        reference=_reference(row),
        kind="directory:report",
        subject=f"{version.sort_name} ({version.code})"[:300],
        url=url,
        due_at=timezone.now() + DUE_AFTER,
    )
    people = list(people_for(version.participant_id))
    deadline.users.set(people)
    subject = format_lazy(gettext_lazy("A contact was reported: {name}"), name=version.sort_name)
    for user in people:
        notify(user=user, subject=subject, url=url, key=f"directory:report:{row.pk}:{user.pk}")
    return Done(
        row,
        _reference(row),
        difference={"authority": version.code, "kind": kind, "text": text},
        personal=frozenset({"text"}),
    )


@action(v.RESOLVE, policy=can, on="report")
def resolve(actor: Actor, *, report: ContactReport, resolution: str) -> Done[ContactReport]:
    """Closes the task with what was done. Raises Denied where it is closed already."""
    now = timezone.now()
    changed = ContactReport.objects.filter(pk=report.pk, state=ReportState.OPEN).update(
        state=ReportState.RESOLVED, resolution=resolution[:4000], resolved_by=actor.reference, resolved_at=now
    )
    if not changed:
        raise Denied(_("This report is closed already."))
    Deadline.objects.filter(reference=_reference(report), met_at__isnull=True).update(met_at=now)
    report.refresh_from_db()
    return Done(
        report,
        _reference(report),
        difference={"state": [ReportState.OPEN, ReportState.RESOLVED]},
        reason=resolution[:300],
    )


def _reference(row: ContactReport) -> str:
    return f"directory:report:{row.pk}"
