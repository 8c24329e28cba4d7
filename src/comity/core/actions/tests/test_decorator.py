"""One way to write: policy, change, audit entry and outbox stand or fall together."""

from __future__ import annotations

from typing import Any

import pytest

from comity.core.actions.actor import PUBLIC, Actor, Grant, system
from comity.core.actions.decorator import Decision, Denied, Done, Effect, action
from comity.core.actions.labels import Label
from comity.core.actions.models import OutboxMessage
from comity.core.actions.reads import record_read
from comity.core.audit.models import Entry
from comity.core.people.models import Body

pytestmark = pytest.mark.django_db


def only_curators(actor: Actor, name: str, thing: Any = None) -> Decision:
    if isinstance(thing, Body) and thing.code == "closed":
        return Decision(False, "This office is closed.")
    return Decision(actor.kind == "system" or actor.has("curator"), "Only curators.")


@action("test:body:create", policy=only_curators)
def create(actor: Actor, *, code: str, fail: bool = False, key: str = "") -> Done[Body]:
    body = Body.objects.create(code=code, name=code)
    if fail:
        raise ValueError("broken")
    return Done(body, f"body:{code}", {"code": code}, effects=(Effect("test:topic", {"code": code}, key),))


@action("test:body:rename", policy=only_curators, on="body")
def rename(actor: Actor, *, body: Body, name: str) -> Done[Body]:
    old, body.name = body.name, name
    body.save()
    return Done(body, f"body:{body.code}", {"name": [old, name]}, reason="asked for")


def curator(second_factor: bool = True) -> Actor:
    return Actor(kind="user", reference="user:7", grants=(Grant("curator"),), second_factor=second_factor)


def nothing_written() -> bool:
    return not (Body.objects.exists() or Entry.objects.exists() or OutboxMessage.objects.exists())


def test_an_allowed_action_leaves_change_entry_and_effect() -> None:
    body = create(curator(), code="office")
    entry, message = Entry.objects.get(), OutboxMessage.objects.get()
    assert body.pk
    assert (entry.actor, entry.verb, entry.reference) == ("user:7", "test:body:create", "body:office")
    assert entry.difference == {"code": "office"}
    assert (message.topic, message.payload, message.done_at) == ("test:topic", {"code": "office"}, None)


@pytest.mark.parametrize("actor", [PUBLIC, Actor(kind="user", reference="user:8", second_factor=True)])
def test_a_denied_action_writes_nothing_and_says_why(actor: Actor) -> None:
    with pytest.raises(Denied) as denied:
        create(actor, code="office")
    assert denied.value.reason == "Only curators."
    assert nothing_written()


def test_without_a_second_factor_nobody_writes() -> None:
    with pytest.raises(Denied, match="second factor"):
        create(curator(second_factor=False), code="office")
    assert nothing_written()


def test_the_policy_is_asked_about_the_thing() -> None:
    closed = Body.objects.create(code="closed", name="Old")
    with pytest.raises(Denied, match="closed"):
        rename(curator(), body=closed, name="New")
    closed.refresh_from_db()
    assert closed.name == "Old"
    assert not Entry.objects.exists()


def test_a_failing_service_takes_back_change_entry_and_effect() -> None:
    with pytest.raises(ValueError, match="broken"):
        create(curator(), code="office", fail=True)
    assert nothing_written()


def test_a_failing_caller_takes_back_what_its_services_did() -> None:
    from django.db import transaction

    with pytest.raises(KeyError), transaction.atomic():  # noqa: PT012 both belong to it
        create(curator(), code="office")
        raise KeyError
    assert nothing_written()


def test_a_second_effect_of_the_same_key_is_dropped() -> None:
    create(system("one"), code="first", key="once")
    create(system("two"), code="second", key="once")
    create(system("three"), code="third")
    create(system("four"), code="fourth")
    assert sorted(m.payload["code"] for m in OutboxMessage.objects.all()) == ["first", "fourth", "third"]
    assert Entry.objects.count() == 4


def test_reads_of_labelled_records_stand_in_the_log_and_public_ones_do_not() -> None:
    record_read(curator(), reference="thing:1", label=Label.PUBLIC)
    assert not Entry.objects.exists()
    record_read(curator(), reference="thing:1", label=Label.OWN_STATE)
    entry = Entry.objects.get()
    assert (entry.verb, entry.reference, entry.actor) == ("core:record:read", "thing:1", "user:7")
