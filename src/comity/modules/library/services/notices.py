"""Telling the people who have to act next. A notice gives the number, never the title: that may name people."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from comity.core.people.models import User
from comity.core.people.selectors import effective_mandates
from comity.core.workflow.notifications import notify
from comity.modules.library.models import Record, Version
from comity.modules.library.vocabulary import Step

_SUBJECTS = {
    Step.SUBMITTED: _("A record waits for review: {number}"),
    Step.APPROVED: _("A record waits for publication: {number}"),
    Step.CHANGES_REQUESTED: _("Changes are requested: {number}"),
    Step.PUBLISHED: _("Your record is published: {number}"),
}


def tell(record: Record, version: Version, step: str) -> None:
    """Notifies curators of what was submitted, publishers of what was approved, the author of what came of it."""
    subject = _SUBJECTS.get(Step(step))
    if subject is None:
        return
    told = format_lazy(subject, number=record.number)
    for user in _people(record, step):
        notify(
            user=user,
            subject=told,
            body=version.reason if step == Step.CHANGES_REQUESTED else "",
            url=f"/{user.language}/library/{record.number}/",
            key=f"library:{record.number}:{version.pk}:{user.pk}",
        )


def warn_of_name(record: Record) -> None:
    """Tells the publishers that a protected name, entered just now, stands in what is published."""
    subject = format_lazy(_("A protected name stands in what is published: {number}"), number=record.number)
    for user in _holders("publisher"):
        notify(user=user, subject=subject, url=f"/{user.language}/library/{record.number}/")


def _holders(role: str) -> QuerySet[User]:
    return User.objects.filter(pk__in=effective_mandates().filter(role=role).values("user_id"))


def _people(record: Record, step: str) -> QuerySet[User]:
    role = {Step.SUBMITTED: "curator", Step.APPROVED: "publisher"}.get(Step(step))
    if role:
        return _holders(role)
    kind, _colon, number = record.author.partition(":")
    return User.objects.filter(pk=int(number)) if kind == "user" and number.isdigit() else User.objects.none()
