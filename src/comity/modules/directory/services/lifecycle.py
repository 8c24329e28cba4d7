"""The life of an authority: nominated, verified, published, confirmed, withdrawn. Each step is a new version."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.core.actions.decorator import Denied, Done, action
from comity.core.search.passages import changed
from comity.modules.directory import vocabulary as v
from comity.modules.directory.models import Authority
from comity.modules.directory.policies import STATE_EDITORS, can
from comity.modules.directory.records import AuthorityRecord
from comity.modules.directory.selectors.content import record_of
from comity.modules.directory.services.versions import PERSONAL, Conflict, carry, difference, write
from comity.modules.directory.vocabulary import State


def reference(code: str) -> str:
    """What the audit calls an authority."""
    return f"directory:authority:{code}"


def fresh_code(iso3: str, name: str) -> str:
    """Returns a readable code that no authority has, such as KEN-office-of-the-attorney-general."""
    stem = slugify(name)[:50].strip("-") or "authority"
    code, number = f"{iso3}-{stem}", 1
    while Authority.objects.filter(code=code).exists():
        number += 1
        code = f"{iso3}-{stem}-{number}"
    return code


def _confirmed(actor: Actor, record: AuthorityRecord, before: date | None) -> date | None:
    """What a State itself writes is confirmed on that day; what others enter for it keeps its day."""
    if actor.acts_for(record.participant, *STATE_EDITORS):
        return timezone.now().date()
    return before or record.last_confirmed_on or record.notification_date


def _done(row: Authority, changes: dict[str, Any], reason: str = "") -> Done[Authority]:
    found = (changed("directory", [row.code]),)
    return Done(row, reference(row.code), difference=changes, reason=reason, personal=PERSONAL, effects=found)


@action(v.NOMINATE, policy=can, on="iso3")
def nominate(actor: Actor, *, iso3: str, record: AuthorityRecord) -> Done[Authority]:
    """Enters a new authority for a State; it waits for verification. `record.code` may be empty.

    Raises Denied for another State's officer and where the code is taken.
    """
    code = record.code or fresh_code(iso3, record.name("en"))
    if Authority.objects.filter(code=code, superseded_at__isnull=True).exists():
        raise Denied(_("There is an entry of this code already: %(code)s.") % {"code": code})
    new = replace(
        record,
        code=code,
        participant=iso3,
        state=State.NOMINATED,
        last_confirmed_on=_confirmed(actor, record, None),
        texts=carry([], record.texts),
    )
    row = write(new, step_by=actor.reference, edited_by=actor.reference)
    return _done(row, difference(None, new))


@action(v.EDIT, policy=can, on="version")
def edit(actor: Actor, *, version: Authority, record: AuthorityRecord, reason: str = "") -> Done[Authority]:
    """Writes changed content. What is published stays visible until the change is verified and published.

    An edit of the published version starts (or replaces) the one under work. Raises Conflict where either was
    changed meanwhile.
    """
    old = record_of(version)
    new = replace(
        record,
        code=version.code,
        participant=version.participant_id,
        state=State.NOMINATED,
        superseded_by=old.superseded_by,
        fictitious=version.fictitious,
        last_confirmed_on=_confirmed(actor, record, old.last_confirmed_on),
        texts=carry(old.texts, record.texts),
    )
    under_work = list(Authority.objects.filter(fact=version.fact, pending=True, superseded_at__isnull=True))
    if under_work and under_work[0].pk != version.pk:
        raise Conflict
    row = write(
        new,
        step_by=actor.reference,
        edited_by=actor.reference,
        reason=reason,
        replaces=under_work,
        fact=version.fact,
    )
    return _done(row, difference(old, new), reason)


@action(v.VERIFY, policy=can, on="version")
def verify(actor: Actor, *, version: Authority, reason: str = "") -> Done[Authority]:
    """A curator says that the content agrees with what the State sent. Never its own writer."""
    return _step(actor, version, State.VERIFIED, reason)


@action(v.RETURN, policy=can, on="version")
def send_back(actor: Actor, *, version: Authority, reason: str) -> Done[Authority]:
    """Sends an entry back to the State with a reason."""
    return _step(actor, version, State.RETURNED, reason)


@action(v.PUBLISH, policy=can, on="version")
def publish(actor: Actor, *, version: Authority, reason: str = "") -> Done[Authority]:
    """Makes the verified version the one that is shown; the one shown before is closed. Never its own writer."""
    shown = list(Authority.objects.filter(fact=version.fact, pending=False, superseded_at__isnull=True))
    old = record_of(shown[0]) if shown else None
    new = replace(record_of(version), state=State.PUBLISHED)
    row = write(new, step_by=actor.reference, edited_by=version.edited_by, reason=reason, replaces=[version, *shown])
    return _done(row, difference(old, new), reason)


@action(v.CONFIRM, policy=can, on="version")
def confirm(actor: Actor, *, version: Authority, reason: str = "") -> Done[Authority]:
    """Says that everything still holds today; the 180 days begin anew."""
    new = replace(record_of(version), last_confirmed_on=timezone.now().date())
    return _next(actor, version, new, reason)


@action(v.WITHDRAW, policy=can, on="version")
def withdraw(actor: Actor, *, version: Authority, reason: str, successor: str = "") -> Done[Authority]:
    """Takes a published authority out of lists; with a `successor`'s code it is superseded by that one.

    Raises Denied where the successor is not a published authority of the same State.
    """
    if (
        successor
        and not Authority.objects.filter(
            code=successor,
            participant=version.participant_id,
            state=State.PUBLISHED,
            superseded_at__isnull=True,
        )
        .exclude(fact=version.fact)
        .exists()
    ):
        raise Denied(_("“%(code)s” is not a published authority of this State.") % {"code": successor})
    state = State.SUPERSEDED if successor else State.WITHDRAWN
    return _next(actor, version, replace(record_of(version), state=state, superseded_by=successor), reason)


@action(v.RESTORE, policy=can, on="version")
def restore(actor: Actor, *, version: Authority, reason: str = "") -> Done[Authority]:
    """Undoes a withdrawal: the entry is shown again as it was."""
    return _next(actor, version, replace(record_of(version), state=State.PUBLISHED, superseded_by=""), reason)


def _step(actor: Actor, version: Authority, state: State, reason: str) -> Done[Authority]:
    return _next(actor, version, replace(record_of(version), state=state), reason)


def _next(actor: Actor, version: Authority, new: AuthorityRecord, reason: str) -> Done[Authority]:
    old = record_of(version)
    row = write(new, step_by=actor.reference, edited_by=version.edited_by, reason=reason, replaces=[version])
    return _done(row, difference(old, new), reason)
