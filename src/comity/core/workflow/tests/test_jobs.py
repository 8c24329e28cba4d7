"""Background work: one holder at a time, progress, cancel, restart after a kill."""

from __future__ import annotations

import os
import signal
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from comity.core.actions.actor import PUBLIC, Actor, Grant, system
from comity.core.actions.decorator import Denied
from comity.core.audit.models import Entry
from comity.core.people.models import User
from comity.core.workflow import jobs, services, worker
from comity.core.workflow.models import Job, JobState
from comity.core.workflow.worker import Worker, start_scheduled
from tests.harness.nodes import Node, wait_for

ME = system("tester")


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    found: dict[str, Any] = {}
    monkeypatch.setattr(jobs, "handlers", lambda: found)
    monkeypatch.setattr(worker, "start_scheduled", lambda: None)
    return found


def put(known: dict[str, Any], function: Any, **arguments: Any) -> Job:
    known["test:job"] = function
    return services.enqueue(ME, name="test:job", arguments=arguments)


@pytest.mark.django_db
def test_a_job_runs_with_its_arguments_and_keeps_progress_and_result(known: dict[str, Any]) -> None:
    def count(progress: jobs.Progress, to: int) -> dict[str, int]:
        for number in range(1, to + 1):
            progress.step(number, to, f"{number} of {to}")
        return {"counted": to}

    job = put(known, count, to=3)
    assert Worker().turn()
    job.refresh_from_db()
    assert (job.state, job.done_steps, job.total_steps) == (JobState.DONE, 3, 3)
    assert job.message == "3 of 3"
    assert job.result == {"counted": 3}
    assert job.finished_at
    assert Entry.objects.get().verb == "workflow:job:enqueue"


@pytest.mark.django_db
def test_a_failing_job_keeps_its_error_and_the_worker_goes_on(known: dict[str, Any]) -> None:
    def broken(progress: jobs.Progress) -> None:
        raise ValueError("row 7 has no date")

    job = put(known, broken)
    done = put(known | {"x": 1}, broken)
    Worker().turn()
    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.FAILED, "ValueError: row 7 has no date")
    assert Job.objects.get(pk=done.pk).state == JobState.QUEUED


@pytest.mark.django_db
def test_a_waiting_job_is_cancelled_at_once_a_running_one_at_its_next_step(known: dict[str, Any]) -> None:
    waiting = put(known, lambda progress: None)
    assert services.cancel(ME, job=waiting).state == JobState.CANCELLED

    steps: list[int] = []

    def long(progress: jobs.Progress) -> None:
        for number in range(100):
            steps.append(number)
            if number == 5:
                services.cancel(ME, job=Job.objects.get(pk=progress.job.pk))
                progress.checkpoint["at"] = number
            progress.step(number, 100)

    running = put(known, long)
    Worker().turn()
    running.refresh_from_db()
    assert running.state == JobState.CANCELLED
    assert len(steps) == 6


@pytest.mark.django_db
def test_only_owners_and_administrators_see_and_cancel(known: dict[str, Any]) -> None:
    from comity.core.workflow import selectors

    known["test:job"] = lambda progress: None
    people = [User.objects.create_user(f"p{n}@example.org") for n in range(2)]
    owner, other = (
        Actor("user", f"user:{p.pk}", p.pk, "x", (Grant("curator"),), second_factor=True) for p in people
    )
    admin = Actor("user", "user:0", 0, "x", (Grant("administrator"),), second_factor=True)
    job = services.enqueue(owner, name="test:job", arguments={})
    assert list(selectors.jobs(owner)) == [job] == list(selectors.jobs(admin))
    assert not selectors.jobs(other).exists()
    assert not selectors.jobs(PUBLIC).exists()
    with pytest.raises(Denied):
        services.cancel(other, job=job)
    with pytest.raises(Denied):
        services.enqueue(PUBLIC, name="test:job", arguments={})
    assert services.cancel(owner, job=job).state == JobState.CANCELLED


@pytest.mark.django_db
def test_a_key_is_queued_once_while_it_waits_or_runs(known: dict[str, Any]) -> None:
    known["test:job"] = lambda progress: None
    first = services.enqueue(ME, name="test:job", arguments={}, key="one")
    assert services.enqueue(ME, name="test:job", arguments={}, key="one").pk == first.pk
    Worker().turn()
    assert services.enqueue(ME, name="test:job", arguments={}, key="one").pk != first.pk
    with pytest.raises(ValueError, match="No module declares"):
        services.enqueue(ME, name="test:unknown", arguments={})


@pytest.mark.django_db
def test_scheduled_jobs_wait_once_and_come_again_after_their_interval() -> None:
    start_scheduled()
    queued = Job.objects.count()
    assert queued > 0
    start_scheduled()
    assert Job.objects.count() == queued
    Job.objects.update(
        state=JobState.DONE, created_at=timezone.now() - timedelta(days=2), finished_at=timezone.now()
    )
    start_scheduled()
    assert Job.objects.filter(state=JobState.QUEUED).count() == queued


@pytest.mark.django_db
def test_a_job_whose_worker_died_again_and_again_is_given_up(known: dict[str, Any]) -> None:
    job = put(known, lambda progress: None)
    Job.objects.filter(pk=job.pk).update(
        state=JobState.RUNNING,
        worker="gone",
        attempts=jobs.MAX_ATTEMPTS,
        lease_until=timezone.now() - timedelta(seconds=1),
    )
    assert jobs.claim("me") is None
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "died 5 times" in job.error


@pytest.mark.django_db
def test_a_worker_that_lost_its_lease_writes_nothing_more(known: dict[str, Any]) -> None:
    put(known, lambda progress: None)
    slow = jobs.claim("slow", lease=timedelta(seconds=-1))
    quick = jobs.claim("quick")
    assert slow is not None
    assert quick is not None
    assert quick.attempts == 2
    with pytest.raises(jobs.LeaseLost):
        jobs.Progress(slow).step(1, 2)
    assert not jobs.finish(slow, JobState.DONE)
    assert jobs.finish(quick, JobState.DONE)


@pytest.mark.django_db
def test_a_stopping_worker_gives_its_job_back_with_its_checkpoint(known: dict[str, Any]) -> None:
    one = Worker()

    def long(progress: jobs.Progress) -> None:
        for number in range(progress.checkpoint.get("at", 0), 10):
            with transaction.atomic():
                progress.checkpoint["at"] = number + 1
            if number == 3:
                one.stop()
            progress.step(number + 1, 10)

    job = put(known, long)
    one.turn()
    job.refresh_from_db()
    assert (job.state, job.checkpoint, job.attempts) == (JobState.QUEUED, {"at": 4}, 0)
    Worker().turn()
    job.refresh_from_db()
    assert (job.state, job.done_steps) == (JobState.DONE, 10)


SLOW = """
import time
from datetime import timedelta
from comity.core.people.models import Body
from comity.core.workflow import jobs, worker

def count(progress, to):
    for number in range(progress.checkpoint.get("at", 0), to):
        Body.objects.get_or_create(code=f"step-{number}", defaults={"name": str(os.getpid())})
        progress.checkpoint["at"] = number + 1
        progress.step(number + 1, to)
        time.sleep(float(os.environ["PACE"]))

found = jobs.handlers() | {"test:count": count}
jobs.handlers = lambda: found
worker.start_scheduled = lambda: None
if len(sys.argv) > 1:
    from comity.core.actions.actor import system
    from comity.core.workflow import services
    services.enqueue(system("tester"), name="test:count", arguments={"to": int(sys.argv[1])})
worker.Worker(lease=timedelta(seconds=1), idle=0.1).run(until_idle=os.environ["PACE"] == "0")
"""
LOOK = """
from comity.core.workflow.models import Job
from comity.core.people.models import Body
job = Job.objects.get(name="test:count")
who = set(Body.objects.filter(code__startswith="step-").values_list("name", flat=True))
steps = Body.objects.filter(code__startswith="step-").count()
print(job.state, job.done_steps, job.attempts, steps, len(who))
"""


def test_a_killed_worker_loses_nothing_another_goes_on_from_the_checkpoint(node: Node) -> None:
    node.environment["PACE"] = "0.1"
    victim = node.python(SLOW, "300", wait=False)
    wait_for(lambda: int(node.python(SEEN)) >= 3, seconds=60)
    os.kill(victim.pid, signal.SIGKILL)
    victim.wait()
    state, done, *_ = node.python(LOOK).split()
    assert state == "running"
    assert 3 <= int(done) < 300
    wait_for(lambda: node.python(OVERDUE).strip() == "True", seconds=20)
    node.environment["PACE"] = "0"
    node.python(SLOW)
    assert node.python(LOOK).split() == ["done", "300", "2", "300", "2"]


SEEN = """
from comity.core.workflow.models import Job
job = Job.objects.filter(name="test:count").first()
print(job.done_steps if job else 0)
"""
OVERDUE = """
from django.utils import timezone
from comity.core.workflow.models import Job
print(Job.objects.get(name="test:count").lease_until < timezone.now())
"""


def test_the_worker_command_stops_calmly(node: Node) -> None:
    process = node.start("worker")
    keys = "from comity.core.workflow.models import Job\n"
    keys += "print(list(Job.objects.values_list('key', flat=True)))"
    wait_for(lambda: "schedule:workflow:remind" in node.python(keys), seconds=30)
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0
