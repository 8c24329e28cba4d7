"""Writes about people: invitations and their acceptance, roles, lost factors.

Sources of the rules: no self-registration; an invitation is single-use, stored hashed, bound to the invited
address, ten days long; nobody approves their own role; lost factors are reset by a second administrator.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.core.actions.decorator import Denied, Done, action
from comity.core.people import policies, selectors
from comity.core.people.models import Body, FactorReset, Invitation, Mandate, Participant, User
from comity.core.people.vocabulary import (
    ACCEPT_INVITATION,
    ADD_BODY,
    APPROVE_FACTOR_RESET,
    APPROVE_MANDATE,
    BODY_ROLES,
    INVITE,
    PROPOSE_MANDATE,
    REQUEST_FACTOR_RESET,
    REVOKE_INVITATION,
    REVOKE_MANDATE,
    Role,
)

INVITATION_DAYS = 10
RESET_DAYS = 7
SECRETARIAT = "secretariat"


@dataclass(frozen=True)
class Invited:
    """A new invitation with its token: the only moment at which the token is known."""

    invitation: Invitation
    token: str


def invitee(invitation: Invitation) -> Actor:
    """The actor of an acceptance: whoever holds the link, and nothing more."""
    return Actor(kind="public", reference=f"invitation:{invitation.pk}", display=f"invitation:{invitation.pk}")


def check_role(role: str, participant: Participant | None, body: Body | None) -> None:
    """Raises ValidationError by field where the role does not fit whom it is for."""
    if role not in Role.values:
        raise ValidationError({"role": _("There is no role “%(role)s”.") % {"role": role}})
    if participant is not None and body is not None:
        raise ValidationError({"body": _("A role is for a State or for a body, not for both.")})
    if role in BODY_ROLES and body is None:
        raise ValidationError({"body": _("This role is for a body such as the secretariat: choose one.")})
    if role not in BODY_ROLES and participant is None and not (role == Role.OBSERVER and body is not None):
        raise ValidationError({"participant": _("This role is for a State: choose one.")})


def secretariat() -> Body:
    """The secretariat's body; made on first use."""
    return Body.objects.get_or_create(code=SECRETARIAT, defaults={"name": "Secretariat"})[0]


@action(ADD_BODY, policy=policies.can)
def add_body(actor: Actor, *, code: str, name: str, participant: Participant | None = None) -> Done[Body]:
    """Adds an office people may act for. Raises ValidationError where the code is taken or unfit."""
    body = Body(code=code, name=name.strip(), participant=participant)
    body.full_clean()
    body.save()
    return Done(result=body, reference=f"body:{body.code}", difference={"name": body.name})


@action(INVITE, policy=policies.can, on="email")
def invite(
    actor: Actor,
    *,
    email: str,
    role: str,
    participant: Participant | None = None,
    body: Body | None = None,
) -> Done[Invited]:
    """Makes an invitation for one address and role and returns it with its token.

    Earlier open invitations of this address for the same role are revoked. Raises ValidationError by field for
    an unfit address or role, Denied for who may not invite or invites themselves.
    """
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise ValidationError({"email": error.messages}) from error
    check_role(role, participant, body)
    now = timezone.now()
    Invitation.objects.filter(
        email=address,
        role=role,
        participant=participant,
        body=body,
        accepted_at__isnull=True,
        revoked_at__isnull=True,
    ).update(revoked_at=now)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=address,
        token_hash=selectors.token_hash(token),
        role=role,
        participant=participant,
        body=body,
        invited_by=actor.reference,
        expires_at=now + timedelta(days=INVITATION_DAYS),
    )
    return Done(
        result=Invited(invitation, token),
        reference=f"invitation:{invitation.pk}",
        difference={"email": address, **_role_words(invitation)},
        personal=frozenset({"email"}),
    )


def resend(actor: Actor, *, invitation: Invitation) -> Invited:
    """A new link for the same address and role; the old link stops working. Raises Denied as `invite`."""
    return invite(
        actor,
        email=invitation.email,
        role=invitation.role,
        participant=invitation.participant,
        body=invitation.body,
    )


@action(REVOKE_INVITATION, policy=policies.can, on="invitation")
def revoke_invitation(actor: Actor, *, invitation: Invitation) -> Done[Invitation]:
    """Makes an open invitation useless. Raises Denied where it was already used or revoked."""
    changed = Invitation.objects.filter(pk=invitation.pk, accepted_at__isnull=True, revoked_at__isnull=True).update(
        revoked_at=timezone.now()
    )
    if not changed:
        raise Denied(_("This invitation was already used or withdrawn."))
    invitation.refresh_from_db()
    return Done(result=invitation, reference=f"invitation:{invitation.pk}")


@action(ACCEPT_INVITATION, policy=policies.can, on="invitation")
def accept_invitation(
    actor: Actor,
    *,
    invitation: Invitation,
    email: str,
    user: User | None = None,
    name: str = "",
    language: str = "en",
    password: str | None = None,
) -> Done[User]:
    """Uses an invitation up: makes the account (or takes `user`, who is signed in) and gives the role.

    The person states the address they were invited at. Of several acceptances at once exactly one succeeds:
    the invitation is taken by a conditional update. Raises ValidationError by field for another address or
    where an account of that address must sign in first, Denied where the invitation is no longer open.
    """
    if email.strip().lower() != invitation.email or (user is not None and user.email != invitation.email):
        raise ValidationError({"email": _("This is not the address that was invited.")})
    taken = Invitation.objects.filter(
        pk=invitation.pk, accepted_at__isnull=True, revoked_at__isnull=True, expires_at__gt=timezone.now()
    ).update(accepted_at=timezone.now())
    if not taken:
        raise Denied(_("This invitation was used, withdrawn, or is older than ten days. Ask for a new one."))
    if user is None:
        if User.objects.filter(email=invitation.email).exists():
            raise ValidationError(
                {"email": _("There is an account of this address. Sign in, then open the link again.")}
            )
        user = User.objects.create_user(invitation.email, password, name=name.strip(), language=language)
    if invitation.invited_by == policies.user_reference(user.pk):
        raise Denied(_("Nobody gives a role to themselves."))
    Invitation.objects.filter(pk=invitation.pk).update(accepted_by=user)
    mandate = Mandate.objects.create(
        user=user,
        role=invitation.role,
        participant=invitation.participant,
        body=invitation.body,
        starts=selectors.today(),
        proposed_by=actor.reference,
        approved_by=invitation.invited_by,
    )
    return Done(
        result=user,
        reference=f"user:{user.pk}",
        difference={
            "email": user.email,
            "invitation": invitation.pk,
            "mandate": mandate.pk,
            "approved_by": invitation.invited_by,
            **_role_words(invitation),
        },
        personal=frozenset({"email"}),
    )


@action(PROPOSE_MANDATE, policy=policies.can, on="user")
def propose_mandate(
    actor: Actor,
    *,
    user: User,
    role: str,
    participant: Participant | None = None,
    body: Body | None = None,
    starts: date | None = None,
    ends: date | None = None,
) -> Done[Mandate]:
    """Proposes a role; it counts once a second administrator approved it. Raises ValidationError by field."""
    check_role(role, participant, body)
    if starts and ends and ends < starts:
        raise ValidationError({"ends": _("The last day lies before the first.")})
    mandate = Mandate.objects.create(
        user=user,
        role=role,
        participant=participant,
        body=body,
        starts=starts or selectors.today(),
        ends=ends,
        proposed_by=actor.reference,
    )
    return Done(
        result=mandate,
        reference=f"mandate:{mandate.pk}",
        difference={"user": user.pk, "starts": mandate.starts, "ends": ends, **_role_words(mandate)},
    )


@action(APPROVE_MANDATE, policy=policies.can, on="mandate")
def approve_mandate(actor: Actor, *, mandate: Mandate) -> Done[Mandate]:
    """Makes a proposed role count. Raises Denied for its holder, its proposer, and where it is settled."""
    changed = Mandate.objects.filter(pk=mandate.pk, approved_by="", revoked_at__isnull=True).update(
        approved_by=actor.reference
    )
    if not changed:
        raise Denied(_("This role was already approved or withdrawn."))
    mandate.refresh_from_db()
    return Done(
        result=mandate,
        reference=f"mandate:{mandate.pk}",
        difference={"user": mandate.user_id, **_role_words(mandate)},
    )


@action(REVOKE_MANDATE, policy=policies.can, on="mandate")
def revoke_mandate(actor: Actor, *, mandate: Mandate, reason: str) -> Done[Mandate]:
    """Ends a role, or declines a proposal, at once. An administrator's open invitations end with the role.

    Raises Denied for the last administrator and for a role that is already ended.
    """
    if mandate.role == Role.ADMINISTRATOR and mandate.approved_by:
        standing = selectors.administrators().select_for_update(of=("self",)).order_by("pk")
        if all(row.user_id == mandate.user_id for row in standing):
            raise Denied(_("This is the last administrator. Give the role to somebody else first."))
        Invitation.objects.filter(
            invited_by=policies.user_reference(mandate.user_id),
            accepted_at__isnull=True,
            revoked_at__isnull=True,
        ).update(revoked_at=timezone.now())
    changed = Mandate.objects.filter(pk=mandate.pk, revoked_at__isnull=True).update(revoked_at=timezone.now())
    if not changed:
        raise Denied(_("This role was already withdrawn."))
    mandate.refresh_from_db()
    return Done(
        result=mandate,
        reference=f"mandate:{mandate.pk}",
        reason=reason.strip(),
        difference={"user": mandate.user_id, **_role_words(mandate)},
    )


@action(REQUEST_FACTOR_RESET, policy=policies.can, on="user")
def request_factor_reset(actor: Actor, *, user: User, reason: str) -> Done[FactorReset]:
    """Asks that a person's lost factors be cleared; nothing changes until a second administrator approves.

    Raises ValidationError without a reason, Denied for oneself.
    """
    if not reason.strip():
        raise ValidationError({"reason": _("Say how you made sure that the request comes from this person.")})
    FactorReset.objects.filter(user=user, approved_by="").delete()
    reset = FactorReset.objects.create(user=user, reason=reason.strip(), requested_by=actor.reference)
    return Done(result=reset, reference=f"factor-reset:{reset.pk}", reason=reset.reason, difference={"user": user.pk})


@action(APPROVE_FACTOR_RESET, policy=policies.can, on="reset")
def approve_factor_reset(actor: Actor, *, reset: FactorReset) -> Done[User]:
    """Clears all factors of the person and ends all their sessions.

    Raises Denied for the person, for who asked, for a request older than seven days or already done.
    """
    changed = FactorReset.objects.filter(
        pk=reset.pk, approved_by="", requested_at__gt=timezone.now() - timedelta(days=RESET_DAYS)
    ).update(approved_by=actor.reference, approved_at=timezone.now())
    if not changed:
        raise Denied(_("This request is done, or older than seven days. Ask again."))
    factors = Authenticator.objects.filter(user_id=reset.user_id)
    count = factors.count()
    factors.delete()
    User.objects.filter(pk=reset.user_id).update(session_epoch=secrets.token_hex(16))
    return Done(
        result=User.objects.get(pk=reset.user_id),
        reference=f"user:{reset.user_id}",
        reason=reset.reason,
        difference={"factors_cleared": count, "requested_by": reset.requested_by},
    )


def _role_words(row: Mandate | Invitation) -> dict[str, Any]:
    """The role and for whom, for the audit."""
    body = row.body.code if row.body is not None else ""
    return {"role": row.role, "for": row.participant_id or body}
