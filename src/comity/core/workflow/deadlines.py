"""Reminding people of what is due. Passing a deadline never blocks anything; it shows and reminds, once."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from comity.core.workflow.models import Deadline
from comity.core.workflow.notifications import notify


def remind(progress: Any) -> dict[str, int]:
    """The job: tells the people of every deadline that passed unmet and was not told before."""
    now = timezone.now()
    due = list(
        Deadline.objects.filter(due_at__lte=now, met_at__isnull=True, reminded_at__isnull=True)
        .order_by("due_at")
        .values_list("pk", flat=True)
    )
    reminded = 0
    for number, pk in enumerate(due, start=1):
        with transaction.atomic():
            # Only who marks it tells people: a second worker that was faster leaves nothing to mark.
            if Deadline.objects.filter(pk=pk, reminded_at__isnull=True, met_at__isnull=True).update(
                reminded_at=now
            ):
                deadline = Deadline.objects.get(pk=pk)
                _tell(deadline)
                reminded += 1
        progress.step(number, len(due))
    return {"reminded": reminded}


def _tell(deadline: Deadline) -> None:
    subject = format_lazy(_("Due: {subject}"), subject=deadline.subject)
    for user in deadline.users.filter(is_active=True):
        notify(
            user=user,
            subject=subject,
            url=deadline.url,
            key=f"deadline:{deadline.pk}:{deadline.due_at:%Y%m%dT%H%M%S}:{user.pk}",
        )
