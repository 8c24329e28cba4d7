"""The one worker: does what the outbox asks for, starts scheduled jobs, runs background jobs.

Several may run at once. A worker that is killed leaves nothing behind but a lease that runs out.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
import traceback
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import close_old_connections, connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from comity.core.actions.models import OutboxMessage
from comity.core.module import manifests
from comity.core.workflow import jobs
from comity.core.workflow.models import Job, JobState

log = logging.getLogger("comity.worker")
#: An effect that failed this often waits for a person; `comity jobs` shows it.
MAX_EFFECT_ATTEMPTS = 20
#: Finished runs of a scheduled job are kept for so long.
_KEEP_RUNS = timedelta(days=7)


def effect_handlers() -> dict[str, Callable[[dict[str, Any]], None]]:
    """Every outbox topic that a manifest handles."""
    return {topic: handler for manifest in manifests() for topic, handler in manifest.effects().items()}


class Worker:
    """One loop over outbox, schedules and jobs. `stop()` (or SIGTERM) ends it after the present step."""

    def __init__(
        self, *, lease: timedelta = jobs.LEASE, idle: float = 1.0, parent: int | None = None
    ) -> None:
        self.name = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"[-120:]
        self._lease = lease
        self._idle = idle
        self._parent = parent
        self._stopping = threading.Event()

    def stop(self, *_signal: Any) -> None:
        """Asks the loop to end; a running job is interrupted at its next step and given back."""
        self._stopping.set()

    def must_stop(self) -> bool:
        """True once asked to stop, or where the process that started this one is gone."""
        if self._parent is not None and os.getppid() != self._parent:
            self._stopping.set()
        return self._stopping.is_set()

    def run(self, *, until_idle: bool = False) -> None:
        """Works until stopped; with `until_idle`, until there is nothing left to do now."""
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, self.stop)
            signal.signal(signal.SIGINT, self.stop)
        while not self.must_stop():
            try:
                busy = self.turn()
            except Exception:
                # The records may be out of reach for a moment; the worker outlives that.
                log.exception("The worker's turn failed; it goes on in a few seconds.")
                close_old_connections()
                busy = False
                self._stopping.wait(5)
            if not busy and until_idle:
                return
            if not busy:
                self._stopping.wait(self._idle)

    def turn(self) -> bool:
        """Drains the outbox, starts what is scheduled, runs one job; True where anything was done."""
        if not connection.in_atomic_block:
            close_old_connections()
        busy = self.drain() > 0
        busy = follow() or busy
        start_scheduled()
        job = jobs.claim(self.name, self._lease)
        if job is None:
            return busy
        self._run(job)
        return True

    def drain(self) -> int:
        """Does every effect that is due; returns how many were tried."""
        tried = 0
        while not self.must_stop() and do_one_effect():
            tried += 1
        return tried

    def _run(self, job: Job) -> None:
        progress = jobs.Progress(
            job, lease=self._lease, must_stop=self.must_stop, pause=lambda: self._effects_between_steps()
        )
        try:
            function = jobs.handlers().get(job.name)
            if function is None:
                raise LookupError(f"No module declares the job {job.name} any more.")
            result = function(progress, **job.arguments)
            jobs.finish(job, JobState.DONE, result=result)
        except jobs.Cancelled:
            jobs.finish(job, JobState.CANCELLED)
        except jobs.Interrupted:
            jobs.give_back(job)
        except jobs.LeaseLost as lost:
            log.warning("%s", lost)
        except Exception as error:
            log.exception("Job %s (%s) failed.", job.pk, job.name)
            told = "".join(traceback.format_exception_only(error)).strip()
            jobs.finish(job, JobState.FAILED, error=told)

    def _effects_between_steps(self) -> None:
        """Mails and the search do not wait for a long import: a few effects are done between a job's steps."""
        for _ in range(5):
            if self.must_stop() or not do_one_effect():
                break
        follow()


def follow() -> bool:
    """Lets every follower of the manifests go on a little; True where one had something to do."""
    busy = False
    for follower in (follower for manifest in manifests() for follower in manifest.followers()):
        try:
            busy = follower() or busy
        except Exception:
            # Derived files can wait; the job in whose pause this is cannot.
            log.exception("Keeping %s up to date failed; it is tried again.", follower)
    return busy


def do_one_effect() -> bool:
    """Does the oldest due effect: handler and done mark in one transaction. False where none is due.

    A failure undoes what the handler wrote, keeps the error, tries again: after 10 s, 20 s, 40 s … one hour.
    """
    now = timezone.now()
    due = OutboxMessage.objects.filter(
        Q(not_before__isnull=True) | Q(not_before__lte=now),
        done_at__isnull=True,
        attempts__lt=MAX_EFFECT_ATTEMPTS,
    ).order_by("id")
    message: OutboxMessage | None = None
    try:
        with transaction.atomic():
            if connection.features.has_select_for_update_skip_locked:
                due = due.select_for_update(skip_locked=True)
            message = due.first()
            if message is None:
                return False
            # The payload has served (it may hold an invitation's link); topic, key and times are kept.
            mine = OutboxMessage.objects.filter(pk=message.pk, done_at__isnull=True).update(
                done_at=now, attempts=F("attempts") + 1, payload={}, last_error=""
            )
            if mine:
                handler = effect_handlers().get(message.topic)
                if handler is None:
                    raise LookupError(f"No module handles {message.topic}.")
                handler(message.payload)
    except Exception as error:
        if message is None:
            raise
        log.warning("Effect %s (%s) failed: %s", message.pk, message.topic, error)
        wait = timedelta(seconds=min(3600, 10 * 2 ** min(message.attempts, 10)))
        OutboxMessage.objects.filter(pk=message.pk, done_at__isnull=True).update(
            attempts=F("attempts") + 1,
            not_before=now + wait,
            last_error=f"{type(error).__name__}: {error}"[:2000],
        )
    return True


def start_scheduled() -> None:
    """Queues each scheduled job whose last run began longer ago than its interval; at most one waits."""
    now = timezone.now()
    for manifest in manifests():
        for schedule in manifest.schedules():
            key = f"schedule:{schedule.job}"
            runs = Job.objects.filter(key=key)
            if runs.filter(created_at__gt=now - timedelta(seconds=schedule.every)).exists():
                continue
            runs.filter(finished_at__lt=now - _KEEP_RUNS).delete()
            jobs.put(schedule.job, {}, key=key, actor="system:schedule")
