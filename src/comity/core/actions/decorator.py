"""The one way a write happens: transaction, policy, audit, outbox, in this order."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Concatenate, Generic, ParamSpec, Protocol, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.core.actions.models import OutboxMessage
from comity.core.audit.log import record

R = TypeVar("R")
P = ParamSpec("P")


@dataclass(frozen=True)
class Decision:
    """A policy's answer, with its reason in words."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


class Denied(Exception):
    """The policy said no; `reason` may be shown to the person who asked."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Policy(Protocol):
    """`can(actor, action, thing)`: may this actor do this to that thing?"""

    def __call__(self, actor: Actor, action: str, thing: Any = None) -> Decision: ...


@dataclass(frozen=True)
class Effect:
    """Something that must happen once after the write was committed: a topic and its payload.

    `key` makes it unique: a second effect of the same key is dropped.
    """

    topic: str
    payload: dict[str, Any]
    key: str = ""


@dataclass(frozen=True)
class Done(Generic[R]):
    """What a service did: its result for the caller, the rest for the audit and the outbox."""

    result: R
    reference: str
    difference: dict[str, Any] = field(default_factory=dict)
    reason: str = ""
    effects: tuple[Effect, ...] = ()
    #: Names of fields of `difference` that are personal: the log keeps keyed digests only.
    personal: frozenset[str] = frozenset()


def action(
    name: str, *, policy: Policy, on: str | None = None
) -> Callable[
    [Callable[Concatenate[Actor, P], Done[R]]],
    Callable[Concatenate[Actor, P], R],
]:
    """Makes a service of a function `f(actor, *, ...) -> Done`.

    `name` is the verb (`module:noun:verb`) that the policy is asked about and the audit keeps;
    `on` names the keyword argument that holds the thing acted upon. A person must have passed a
    second factor for any write. Raises Denied before anything is touched.
    """

    def wrap(
        function: Callable[Concatenate[Actor, P], Done[R]],
    ) -> Callable[Concatenate[Actor, P], R]:
        @functools.wraps(function)
        def service(actor: Actor, *args: P.args, **kwargs: P.kwargs) -> R:
            if actor.kind == "user" and not actor.second_factor:
                raise Denied(_("A second factor is required for every change. Set one up and sign in again."))
            thing = kwargs.get(on) if on else None
            with transaction.atomic():
                decision = policy(actor, name, thing)
                if not decision:
                    raise Denied(decision.reason)
                done = function(actor, *args, **kwargs)
                record(
                    actor=actor.reference,
                    verb=name,
                    reference=done.reference,
                    reason=done.reason,
                    difference=done.difference,
                    personal=done.personal,
                )
                queue(done.effects)
            return done.result

        service.action_name = name  # type: ignore[attr-defined]
        return service

    return wrap


def queue(effects: tuple[Effect, ...]) -> None:
    """Adds effects to the outbox, inside the caller's transaction."""
    OutboxMessage.objects.bulk_create(
        [OutboxMessage(topic=e.topic, payload=e.payload, key=e.key or None) for e in effects],
        ignore_conflicts=True,
    )
