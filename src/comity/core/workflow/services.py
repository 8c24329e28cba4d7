"""What people do to background work: start it, cancel it; and set or meet a deadline."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from comity.core.actions.actor import Actor
from comity.core.actions.decorator import Done, action
from comity.core.workflow import jobs, policies
from comity.core.workflow.models import Deadline, Job, JobState, Notification
from comity.core.workflow.vocabulary import CANCEL_JOB, ENQUEUE_JOB


@action(ENQUEUE_JOB, policy=policies.can)
def enqueue(actor: Actor, *, name: str, arguments: dict[str, Any], key: str = "") -> Done[Job]:
    """Queues the job `name` of a manifest and returns it; it runs with this actor's mandates.

    Where a job of the same non-empty `key` waits or runs, that one is returned and nothing is queued.
    Raises ValueError for a name that no manifest declares, Denied for the public.
    """
    job = jobs.put(name, arguments, key=key, actor=actor.reference, user_id=actor.user_id)
    return Done(result=job, reference=f"job:{job.pk}", difference={"name": name, "key": key})


@action(CANCEL_JOB, policy=policies.can, on="job")
def cancel(actor: Actor, *, job: Job) -> Done[Job]:
    """Cancels a waiting job at once; asks a running one to stop at its next step."""
    Job.objects.filter(pk=job.pk, state=JobState.QUEUED).update(
        state=JobState.CANCELLED, cancel_requested=True, finished_at=timezone.now()
    )
    Job.objects.filter(pk=job.pk, state=JobState.RUNNING).update(cancel_requested=True)
    job.refresh_from_db()
    return Done(result=job, reference=f"job:{job.pk}", difference={"cancel_requested": job.cancel_requested})


def set_deadline(
    *, reference: str, kind: str, subject: str, due_at: datetime, users: Iterable[int] = (), url: str = ""
) -> Deadline:
    """Sets or moves the deadline of this kind for this thing, inside the caller's service.

    A moved deadline reminds again; `users` are the ids of the people it reminds.
    """
    with transaction.atomic():
        deadline = Deadline.objects.filter(reference=reference, kind=kind, met_at__isnull=True).first()
        if deadline is None:
            deadline = Deadline(reference=reference, kind=kind)
        if deadline.due_at != due_at:
            deadline.reminded_at = None
        deadline.subject, deadline.due_at, deadline.url = subject, due_at, url
        deadline.save()
        deadline.users.set(list(users))
    return deadline


def meet_deadlines(*, reference: str, kind: str = "") -> int:
    """Marks what was due for this thing as met, inside the caller's service; returns how many were open."""
    open_ones = Deadline.objects.filter(reference=reference, met_at__isnull=True)
    if kind:
        open_ones = open_ones.filter(kind=kind)
    return open_ones.update(met_at=timezone.now())


def mark_read(actor: Actor, *, notification_id: int | None = None) -> int:
    """Marks one of the actor's own notifications as read, or all; returns how many.

    A person's own bookkeeping: it changes no record, so it needs no second factor and leaves no audit entry.
    """
    if actor.user_id is None:
        return 0
    own = Notification.objects.filter(user_id=actor.user_id, read_at__isnull=True)
    if notification_id is not None:
        own = own.filter(pk=notification_id)
    return own.update(read_at=timezone.now())
