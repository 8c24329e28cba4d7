"""Reads: who acts, who there is, which mandates count, which invitations are open."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.core.actions.actor import PUBLIC, Actor, Grant
from comity.core.people import policies
from comity.core.people.models import Body, FactorReset, Invitation, Mandate, Participant, User
from comity.core.people.vocabulary import READ_PEOPLE, WRITING_ROLES, Role


def today() -> date:
    """The day on which mandates are judged (UTC)."""
    return timezone.now().date()


def effective_mandates(on: date | None = None) -> QuerySet[Mandate]:
    """Mandates that count on that day: approved by another than the holder, not revoked, within their dates."""
    day = on or today()
    holder = Concat(Value("user:"), Cast("user_id", CharField()), output_field=CharField())
    return (
        Mandate.objects.filter(revoked_at__isnull=True, user__is_active=True)
        .exclude(approved_by="")
        .exclude(approved_by=holder)
        .filter(Q(starts__isnull=True) | Q(starts__lte=day), Q(ends__isnull=True) | Q(ends__gte=day))
    )


def grants_of(user: User, on: date | None = None) -> tuple[Grant, ...]:
    """The person's effective mandates as values."""
    rows = effective_mandates(on).filter(user=user).order_by("pk").values_list("role", "participant_id", "body__code")
    return tuple(Grant(role, participant or "", body or "") for role, participant, body in rows)


def actor_for(user: Any, second_factor: bool) -> Actor:
    """The actor of a session.

    Who holds a role that can write counts as the public until a second factor was passed: such an actor keeps
    name and identity, and no grant. Anonymous or closed accounts are the public.
    """
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return PUBLIC
    grants = grants_of(user)
    if not second_factor and any(grant.role in WRITING_ROLES for grant in grants):
        grants = ()
    return Actor(
        kind="user",
        reference=policies.user_reference(user.pk),
        user_id=user.pk,
        display=user.get_full_name(),
        grants=grants,
        second_factor=second_factor,
        on=today(),
    )


def actor_of_command(email: str | None) -> Actor:
    """The actor of a command: the public, or the person named by `--as`.

    Whoever may run commands on the node's folder is trusted by the operating system, so a named person counts
    as having passed a second factor. Raises ValueError for an unknown or closed account.
    """
    if not email:
        return PUBLIC
    user = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if user is None:
        raise ValueError(f"--as {email}: nobody here has that address. `comity user list` shows who there is.")
    return actor_for(user, second_factor=True)


def needs_second_factor(user: Any) -> bool:
    """True where the person holds a role that can write."""
    if not getattr(user, "is_authenticated", False):
        return False
    return effective_mandates().filter(user_id=user.pk, role__in=WRITING_ROLES).exists()


def administrators() -> QuerySet[Mandate]:
    """Effective mandates of administrators."""
    return effective_mandates().filter(role=Role.ADMINISTRATOR)


def participants() -> QuerySet[Participant]:
    """All States and organizations; public data."""
    return Participant.objects.all()


def participant(iso3: str) -> Participant:
    """One State or organization by its code; Http404 where there is none."""
    found = Participant.objects.filter(iso3=iso3.upper()).first()
    if found is None:
        raise Http404(_("No State or organization has the code “%(code)s”.") % {"code": iso3})
    return found


def participant_choices(lang: str) -> list[tuple[str, str]]:
    """(code, name in that language) of all participants, by name."""
    return sorted(((p.iso3, p.name(lang)) for p in participants()), key=lambda pair: pair[1])


def bodies() -> QuerySet[Body]:
    """The offices people may act for, by name."""
    return Body.objects.order_by("name")


def people(actor: Actor, search: str = "", role: str = "", state: str = "") -> QuerySet[User]:
    """Accounts this actor may see; `search` in name or address, `role` and `state` (ISO3) of a counting mandate."""
    rows = policies.scope(actor, READ_PEOPLE, User.objects.all())
    if search:
        rows = rows.filter(Q(name__icontains=search) | Q(email__icontains=search))
    if role or state:
        held = effective_mandates().filter(user=OuterRef("pk"))
        if role:
            held = held.filter(role=role)
        if state:
            held = held.filter(participant_id=state)
        rows = rows.filter(Exists(held))
    return rows


def person(actor: Actor, pk: int) -> User:
    """One account; Http404 where there is none that this actor may see."""
    found = people(actor).filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no such account."))
    return found


def mandates(actor: Actor, user: User | None = None) -> QuerySet[Mandate]:
    """Mandates this actor may see, of one person where given, newest first."""
    rows = policies.scope(actor, READ_PEOPLE, Mandate.objects.select_related("participant", "body", "user"))
    return (rows.filter(user=user) if user else rows).order_by("-pk")


def mandate(actor: Actor, pk: int) -> Mandate:
    """One mandate; Http404 where there is none that this actor may see."""
    found = mandates(actor).filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no such role."))
    return found


def proposed_mandates(actor: Actor) -> QuerySet[Mandate]:
    """Roles that wait for a second administrator."""
    return mandates(actor).filter(approved_by="", revoked_at__isnull=True)


def invitations(actor: Actor, *, open_only: bool = False) -> QuerySet[Invitation]:
    """Invitations this actor may see, newest first."""
    rows = policies.scope(actor, READ_PEOPLE, Invitation.objects.select_related("participant", "body"))
    if open_only:
        rows = rows.filter(accepted_at__isnull=True, revoked_at__isnull=True, expires_at__gt=timezone.now())
    return rows.order_by("-pk")


def invitation(actor: Actor, pk: int) -> Invitation:
    """One invitation; Http404 where there is none that this actor may see."""
    found = invitations(actor).filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no such invitation."))
    return found


def token_hash(token: str) -> str:
    """What is stored of a token: its SHA-256. The token has 256 random bits, so no salt or stretching is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


def _usable() -> QuerySet[Invitation]:
    return Invitation.objects.select_related("participant", "body").filter(
        accepted_at__isnull=True, revoked_at__isnull=True, expires_at__gt=timezone.now()
    )


def invitation_by_token(token: str) -> Invitation | None:
    """The open invitation a link belongs to; None where it was used, revoked, is out of date or never was."""
    return _usable().filter(token_hash=token_hash(token)).first()


def invitation_in_hand(pk: int | None) -> Invitation | None:
    """The open invitation whose link this session opened before; None where it is open no more."""
    return _usable().filter(pk=pk).first() if pk else None


def open_resets(actor: Actor) -> QuerySet[FactorReset]:
    """Requests to clear lost factors that wait for a second administrator."""
    rows = policies.scope(actor, READ_PEOPLE, FactorReset.objects.select_related("user"))
    return rows.filter(approved_by="").order_by("pk")


def reset(actor: Actor, pk: int) -> FactorReset:
    """One open request; Http404 where there is none that this actor may see."""
    found = open_resets(actor).filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no such request, or it is done."))
    return found


def names_of(references: Iterable[str]) -> dict[str, str]:
    """Shown names for references such as `user:12`; others (`system:…`, `public`) name themselves."""
    wanted = set(references)
    ids = {int(r.removeprefix("user:")) for r in wanted if r.startswith("user:") and r[5:].isdigit()}
    names = {policies.user_reference(u.pk): u.get_full_name() for u in User.objects.filter(pk__in=ids)}
    return {reference: names.get(reference, reference) for reference in wanted}


def scope_name(row: Mandate | Invitation, lang: str) -> str:
    """For whom a role is: the State's name in that language, or the body's name."""
    if row.participant is not None:
        return row.participant.name(lang)
    return row.body.name if row.body is not None else ""
