"""Effects happen once, whoever works, and a failing one leaves nothing half-done."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from comity.core.actions.decorator import Effect, queue
from comity.core.actions.models import OutboxMessage
from comity.core.people.models import Body
from comity.core.workflow import worker
from comity.core.workflow.worker import MAX_EFFECT_ATTEMPTS, Worker, do_one_effect
from tests.harness.nodes import Node

DRAIN = """
import time
from comity.core.people.models import Body
from comity.core.workflow import worker

def handler(payload):
    # Not idempotent on purpose: done twice, the second would break on the unique code.
    time.sleep(0.01)
    Body.objects.create(code=f"{payload['code']}-{os.getpid()}", name=payload["code"])

worker.effect_handlers = lambda: {"test:topic": handler}
print(worker.Worker().drain())
"""


def test_two_workers_do_each_effect_once(node: Node) -> None:
    node.python(
        "from django.db import transaction\n"
        "from comity.core.actions.decorator import Effect, queue\n"
        "with transaction.atomic():\n"
        "    queue(tuple(Effect('test:topic', {'code': f'c{n}'}, f'k{n}') for n in range(60)))\n"
    )
    workers = [node.python(DRAIN, wait=False) for _ in range(3)]
    for process in workers:
        _, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
    told = node.python(
        "from comity.core.people.models import Body\n"
        "from comity.core.actions.models import OutboxMessage as M\n"
        "names = list(Body.objects.filter(name__startswith='c').values_list('name', flat=True))\n"
        "print(len(names), len(set(names)), M.objects.filter(topic='test:topic', done_at=None).count())"
    )
    assert told.split() == ["60", "60", "0"]


@pytest.fixture
def handlers(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    known: dict[str, Any] = {}
    monkeypatch.setattr(worker, "effect_handlers", lambda: known)
    return known


def put(key: str = "k") -> OutboxMessage:
    with transaction.atomic():
        queue((Effect("test:topic", {"secret": "link"}, key),))
    return OutboxMessage.objects.get(key=key)


@pytest.mark.django_db
def test_a_done_effect_keeps_no_payload(handlers: dict[str, Any]) -> None:
    seen: list[Any] = []
    handlers["test:topic"] = seen.append
    message = put()
    assert do_one_effect()
    assert not do_one_effect()
    message.refresh_from_db()
    assert seen == [{"secret": "link"}]
    assert message.done_at is not None
    assert message.payload == {}


@pytest.mark.django_db
def test_a_failing_effect_undoes_its_writes_keeps_its_error_and_comes_again_later(
    handlers: dict[str, Any],
) -> None:
    def broken(payload: Any) -> None:
        Body.objects.create(code="half", name="half")
        raise OSError("no way out")

    handlers["test:topic"] = broken
    message = put()
    other = put("other")
    assert Worker().drain() == 2
    message.refresh_from_db()
    assert not Body.objects.exists()
    assert message.done_at is None
    assert message.payload == {"secret": "link"}
    assert (message.attempts, message.last_error) == (1, "OSError: no way out")
    assert message.not_before is not None
    assert message.not_before > timezone.now()
    handlers["test:topic"] = lambda payload: None
    assert not do_one_effect(), "it is not due yet"
    OutboxMessage.objects.update(not_before=timezone.now() - timedelta(seconds=1))
    assert Worker().drain() == 2
    message.refresh_from_db()
    other.refresh_from_db()
    assert message.done_at
    assert other.done_at
    assert message.last_error == ""


@pytest.mark.django_db
def test_an_effect_nobody_handles_waits_and_says_so(handlers: dict[str, Any]) -> None:
    message = put()
    do_one_effect()
    message.refresh_from_db()
    assert "No module handles test:topic" in message.last_error


@pytest.mark.django_db
def test_an_effect_that_always_fails_is_left_to_a_person(handlers: dict[str, Any]) -> None:
    def broken(payload: Any) -> None:
        raise OSError

    handlers["test:topic"] = broken
    message = put()
    for _ in range(MAX_EFFECT_ATTEMPTS + 3):
        OutboxMessage.objects.update(not_before=None)
        do_one_effect()
    message.refresh_from_db()
    assert message.attempts == MAX_EFFECT_ATTEMPTS
