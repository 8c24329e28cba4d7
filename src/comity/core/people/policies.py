"""Who may see people and give or take roles. Two rules above all: nobody approves their own role, and what one
person proposed or asked for, a second one approves."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.core.actions.decorator import Decision
from comity.core.people.models import FactorReset, Invitation, Mandate, User
from comity.core.people.vocabulary import (
    ACCEPT_INVITATION,
    ADD_BODY,
    APPROVE_FACTOR_RESET,
    APPROVE_MANDATE,
    INVITE,
    PROPOSE_MANDATE,
    READ_PEOPLE,
    REQUEST_FACTOR_RESET,
    REVOKE_INVITATION,
    REVOKE_MANDATE,
    Role,
)

Rows = TypeVar("Rows", bound=QuerySet[Any])

YES = Decision(True)


def user_reference(user_id: int | None) -> str:
    """What mandates and the audit keep for a person."""
    return f"user:{user_id}"


def _is_self(actor: Actor, user_id: int | None) -> bool:
    return actor.user_id is not None and actor.user_id == user_id


def scope(actor: Actor, action: str, rows: Rows) -> Rows:
    """Keeps the users, mandates, invitations or resets this actor may see: administrators and the system all,
    a person their own, the public none."""
    if actor.kind == "system" or (actor.has(Role.ADMINISTRATOR) and actor.second_factor):
        return rows
    if actor.user_id is None:
        return rows.none()
    owner = {User: "pk", Mandate: "user_id", FactorReset: "user_id", Invitation: "accepted_by_id"}[rows.model]
    return rows.filter(Q(**{owner: actor.user_id}))


def can(actor: Actor, action: str, thing: Any = None) -> Decision:
    """Answers for every action of this app, with the reason where the answer is no."""
    if action == ACCEPT_INVITATION:
        return _can_accept(actor, thing)
    if action == READ_PEOPLE:
        return _can_read(actor, thing)
    if actor.kind == "system":
        return YES
    if not (actor.has(Role.ADMINISTRATOR) and actor.second_factor):
        return Decision(False, _("Only an administrator who signed in with a second factor may do this."))
    match action:
        case str() if action == INVITE:
            return _can_invite(actor, thing)
        case str() if action == APPROVE_MANDATE:
            return _can_approve(actor, thing)
        case str() if action == REQUEST_FACTOR_RESET:
            own = isinstance(thing, User) and _is_self(actor, thing.pk)
            return Decision(not own, _("Another administrator has to ask for this for you.") if own else "")
        case str() if action == APPROVE_FACTOR_RESET:
            return _can_reset(actor, thing)
    if action in {PROPOSE_MANDATE, REVOKE_MANDATE, REVOKE_INVITATION, ADD_BODY}:
        return YES
    return Decision(False, _("Nobody may do this."))


def _can_read(actor: Actor, thing: Any) -> Decision:
    if actor.kind == "system" or (actor.has(Role.ADMINISTRATOR) and actor.second_factor):
        return YES
    owner = {User: "pk", Mandate: "user_id", FactorReset: "user_id", Invitation: "accepted_by_id"}.get(type(thing))
    if owner and _is_self(actor, getattr(thing, owner)):
        return YES
    return Decision(False, _("Only administrators see other people's accounts."))


def _can_invite(actor: Actor, email: Any) -> Decision:
    """`email` is the address to invite."""
    own = (
        actor.user_id is not None
        and User.objects.filter(pk=actor.user_id, email__iexact=str(email or "").strip()).exists()
    )
    return Decision(not own, _("Nobody gives a role to themselves. Ask another administrator.") if own else "")


def _can_accept(actor: Actor, invitation: Any) -> Decision:
    """Only who came with the link, and never the person who gave the role."""
    if not isinstance(invitation, Invitation) or actor.reference != f"invitation:{invitation.pk}":
        return Decision(False, _("Open the link of the invitation to accept it."))
    return YES


def _can_approve(actor: Actor, mandate: Any) -> Decision:
    if not isinstance(mandate, Mandate):
        return Decision(False, _("There is no such proposal."))
    if _is_self(actor, mandate.user_id):
        return Decision(False, _("Nobody approves their own role. Ask another administrator."))
    if mandate.proposed_by == actor.reference:
        return Decision(False, _("You proposed this role; a second administrator has to approve it."))
    return YES


def _can_reset(actor: Actor, reset: Any) -> Decision:
    if not isinstance(reset, FactorReset):
        return Decision(False, _("There is no such request."))
    if _is_self(actor, reset.user_id):
        return Decision(False, _("Nobody clears their own second factor. Ask another administrator."))
    if reset.requested_by == actor.reference:
        return Decision(False, _("You asked for this; a second administrator has to approve it."))
    return YES
