"""The job table as a queue: put, claim by lease, report progress, give back. No rule about people."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from comity.core.actions.actor import Actor, system
from comity.core.module import manifests
from comity.core.workflow.models import Job, JobState

#: A worker that was silent for this long is taken for dead. Jobs call `progress.step` more often than that.
LEASE = timedelta(seconds=120)
#: How often a job is taken up again after its worker died.
MAX_ATTEMPTS = 5
#: Progress is written at most this often (seconds), unless a checkpoint has to be kept.
_WRITE_EVERY = 0.5


class Cancelled(Exception):
    """Raised by `progress.step` where somebody asked to cancel the job."""


class Interrupted(Exception):
    """Raised by `progress.step` where the worker has to stop; the job goes on from its checkpoint."""


class LeaseLost(Exception):
    """Raised by `progress.step` where another worker has taken the job up meanwhile."""


def handlers() -> dict[str, Callable[..., Any]]:
    """Every job that a manifest declares, by name."""
    return {name: function for manifest in manifests() for name, function in manifest.jobs().items()}


def put(
    name: str,
    arguments: dict[str, Any],
    *,
    key: str = "",
    actor: str = "system:worker",
    user_id: int | None = None,
) -> Job:
    """Queues a job, or returns the one of the same `key` that waits or runs.

    Raises ValueError where no manifest declares `name`.
    """
    if name not in handlers():
        raise ValueError(f"No module declares the job {name}.")
    waiting = Job.objects.filter(key=key, state__in=[JobState.QUEUED, JobState.RUNNING])
    if key and (found := waiting.first()):
        return found
    try:
        with transaction.atomic():
            return Job.objects.create(name=name, arguments=arguments, key=key, actor=actor, user_id=user_id)
    except IntegrityError:
        found = waiting.first()
        if not key or found is None:
            raise
        return found


def claim(worker: str, lease: timedelta = LEASE) -> Job | None:
    """Takes the oldest job that waits, or whose worker died, for this worker; None where there is nothing.

    Two workers never get the same one: PostgreSQL skips rows that another holds, and on either database the
    row is taken only if nobody took it since it was read.
    """
    now = timezone.now()
    free = Q(state=JobState.QUEUED) & (Q(not_before__isnull=True) | Q(not_before__lte=now))
    orphaned = Q(state=JobState.RUNNING, lease_until__lt=now)
    with transaction.atomic():
        rows = Job.objects.filter(free | orphaned).order_by("id")
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True)
        job = rows.first()
        if job is None:
            return None
        if job.attempts >= MAX_ATTEMPTS:
            finish(job, JobState.FAILED, error=f"Its worker died {job.attempts} times; see the worker's log.")
            return None
        taken = Job.objects.filter(
            pk=job.pk, state=job.state, attempts=job.attempts, worker=job.worker
        ).update(state=JobState.RUNNING, worker=worker, lease_until=now + lease, attempts=F("attempts") + 1)
    if not taken:
        return None
    job.refresh_from_db()
    return job


def finish(job: Job, state: str, *, result: Any = None, error: str = "") -> bool:
    """Closes a job that this worker still holds; False where another worker holds it now."""
    held = Job.objects.filter(pk=job.pk, worker=job.worker, state=JobState.RUNNING)
    return bool(
        held.update(
            state=state,
            result=result if isinstance(result, dict) else {},
            error=error,
            lease_until=None,
            finished_at=timezone.now(),
            done_steps=job.done_steps,
            total_steps=job.total_steps,
            message=job.message,
            checkpoint=job.checkpoint,
        )
    )


def give_back(job: Job) -> None:
    """Puts a job that was interrupted back into the queue, with its checkpoint, as if never taken."""
    Job.objects.filter(pk=job.pk, worker=job.worker, state=JobState.RUNNING).update(
        state=JobState.QUEUED,
        worker="",
        lease_until=None,
        attempts=F("attempts") - 1,
        checkpoint=job.checkpoint,
        done_steps=job.done_steps,
    )


def actor_of(job: Job) -> Actor:
    """For whom a job acts: the person with the mandates they hold now, else the system.

    Work that a person started was started with a second factor; mandates that ended since do not count.
    """
    if job.user is None:
        return system(job.actor.removeprefix("system:"))
    from comity.core.people.selectors import actor_for

    return actor_for(job.user, second_factor=True)


class Progress:
    """What a job is given: where it stands, whether to stop, and what it keeps for a restart.

    A job does its work in small pieces, each in its own transaction, keeps in `checkpoint` (a JSON-ready
    dict) what it needs to go on after a kill, and calls `step` after each piece.
    """

    def __init__(
        self,
        job: Job,
        *,
        lease: timedelta = LEASE,
        must_stop: Callable[[], bool] = lambda: False,
        pause: Callable[[], None] = lambda: None,
    ) -> None:
        self.job = job
        self.actor = actor_of(job)
        self.checkpoint: dict[str, Any] = job.checkpoint
        self._lease = lease
        self._must_stop = must_stop
        self._pause = pause
        self._written = 0.0
        self._kept = repr(job.checkpoint)

    def step(self, done: int, total: int = 0, message: str = "") -> None:
        """Tells how far the job is, keeps the checkpoint and extends the lease.

        Raises Cancelled, Interrupted or LeaseLost; a job lets them pass.
        """
        self.job.done_steps, self.job.total_steps = done, total or self.job.total_steps
        self.job.message = message[:300] or self.job.message
        self.job.checkpoint = self.checkpoint
        kept = repr(self.checkpoint)
        due = time.monotonic() - self._written >= _WRITE_EVERY
        if due or kept != self._kept or done == total:
            self._write()
            self._kept = kept
        if self._must_stop():
            raise Interrupted
        if due and not connection.in_atomic_block:
            self._pause()

    def _write(self) -> None:
        held = Job.objects.filter(pk=self.job.pk, worker=self.job.worker, state=JobState.RUNNING)
        kept = held.update(
            done_steps=self.job.done_steps,
            total_steps=self.job.total_steps,
            message=self.job.message,
            checkpoint=self.checkpoint,
            lease_until=timezone.now() + self._lease,
        )
        if not kept:
            raise LeaseLost(f"Job {self.job.pk} was taken up by another worker.")
        self._written = time.monotonic()
        if Job.objects.filter(pk=self.job.pk, cancel_requested=True).exists():
            raise Cancelled
