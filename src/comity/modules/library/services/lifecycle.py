"""The life of a record: drafted, submitted, reviewed, approved, published, withdrawn. Each step is a new version."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.core.actions.decorator import Denied, Done, action
from comity.core.search import passages
from comity.modules.library import privacy
from comity.modules.library import vocabulary as v
from comity.modules.library.checking import Incomplete, problems, unready
from comity.modules.library.content import Content
from comity.modules.library.models import Record, Version
from comity.modules.library.policies import can, scope
from comity.modules.library.selectors.records import content_of, content_of_version
from comity.modules.library.services.notices import tell
from comity.modules.library.services.versions import (
    PERSONAL,
    Conflict,
    carry,
    current,
    difference,
    open_record,
    write,
)
from comity.modules.library.vocabulary import Step


def reference(record: Record) -> str:
    """What the audit calls a record."""
    return f"library:record:{record.number}"


def done(record: Record, result: Any, changes: dict[str, Any], reason: str = "") -> Done[Any]:
    """What every service here hands to the audit and the search."""
    effects = (passages.changed("library", [str(record.pk)]),)
    return Done(result, reference(record), difference=changes, reason=reason, personal=PERSONAL, effects=effects)


def lock(actor: Actor, action_name: str, record: Record) -> None:
    """Locks the record's row, reads it again into `record`, and asks the policy about what is there now.

    Raises Denied where it was changed so that the action is no longer allowed.
    """
    record.refresh_from_db(from_queryset=Record.objects.select_for_update())
    decision = can(actor, action_name, record)
    if not decision:
        raise Denied(decision.reason)


@action(v.CREATE, policy=can, on="content")
def create(actor: Actor, *, content: Content) -> Done[Record]:
    """Starts a draft under a fresh number. Raises Incomplete where the content breaks a rule."""
    _sound(content)
    record = open_record(content, author=actor.reference)
    content = content.model_copy(update={"texts": carry([], content.texts)})
    write(record, content, pending=True, step=Step.DRAFT, step_by=actor.reference, edited_by=actor.reference)
    return done(record, record, difference(None, content))


@action(v.EDIT, policy=can, on="record")
def edit(actor: Actor, *, record: Record, content: Content, base: int, reason: str = "") -> Done[Version]:
    """Writes changed content under work; what is published stays visible until the change is published too.

    `base` is the version that was changed: Conflict where another stands there now. A change undoes an approval.
    Raises Incomplete where the content breaks a rule, Denied where the kind or (for a State) the State changes.
    """
    lock(actor, v.EDIT, record)
    before = current(record, pending=True) or current(record, pending=False)
    if before is None or before.pk != base:
        raise Conflict
    old = content_of_version(before)
    if content.kind != old.kind:
        raise Denied(_("A record does not change its kind. Enter another record instead."))
    if content.state != old.state and not can(actor, v.CREATE, content):
        raise Denied(_("A State enters its own records; curators enter those of any State or body."))
    _sound(content)
    _clean(record, content, reason)
    new = content.model_copy(update={"texts": carry(old.texts, content.texts)})
    step = {Step.APPROVED: Step.IN_REVIEW, "": Step.DRAFT}.get(record.working_step, record.working_step)
    row = write(
        record, new, pending=True, step=step, step_by=actor.reference, edited_by=actor.reference, reason=reason
    )
    return done(record, row, difference(old, new), reason)


@action(v.SUBMIT, policy=can, on="record")
def submit(actor: Actor, *, record: Record, reason: str = "") -> Done[Version]:
    """Hands a draft to the secretariat."""
    return _work(actor, v.SUBMIT, record, Step.SUBMITTED, reason)


@action(v.REVIEW, policy=can, on="record")
def start_review(actor: Actor, *, record: Record, reason: str = "") -> Done[Version]:
    """A curator takes a submitted record up. Never who wrote it."""
    return _work(actor, v.REVIEW, record, Step.IN_REVIEW, reason)


@action(v.REQUEST_CHANGES, policy=can, on="record")
def request_changes(actor: Actor, *, record: Record, reason: str = "") -> Done[Version]:
    """Sends a record back to who wrote it. Raises Denied without a reason."""
    _needs(reason)
    return _work(actor, v.REQUEST_CHANGES, record, Step.CHANGES_REQUESTED, reason)


@action(v.APPROVE, policy=can, on="record")
def approve(actor: Actor, *, record: Record, reason: str = "", base: int | None = None) -> Done[Version]:
    """A curator says that the record is right. Never who wrote it. `base`: the version that was read."""
    return _work(actor, v.APPROVE, record, Step.APPROVED, reason, base)


@action(v.PUBLISH, policy=can, on="record")
def publish(
    actor: Actor, *, record: Record, reason: str = "", confirmed: Iterable[str] = (), base: int | None = None
) -> Done[Version]:
    """Makes the approved content the one that is shown. Never who wrote it.

    `confirmed` are the likely names that the publisher looked at. Raises Incomplete where something is missing, a
    protected name stands in the content, or a likely name is not confirmed; Conflict where `base` is not the
    version under work any more.
    """
    lock(actor, v.PUBLISH, record)
    work, shown = _standing(record, pending=True, base=base), current(record, pending=False)
    content = content_of_version(work)
    _clean(record, content, reason)
    names = _publishable(record, content, confirmed)
    row = write(
        record, content, pending=False, step=Step.PUBLISHED, step_by=actor.reference, edited_by=work.edited_by,
        reason=reason, ends_work=True, confirmed=names,
    )  # fmt: skip
    tell(record, row, Step.PUBLISHED)
    changes = difference(content_of_version(shown) if shown else None, content)
    return done(record, row, {**changes, **({"confirmed": names} if names else {})}, reason)


@action(v.WITHDRAW, policy=can, on="record")
def withdraw(actor: Actor, *, record: Record, reason: str = "") -> Done[Version]:
    """Takes a published record away: its address answers "gone" with the reason, which everybody can read.

    Raises Denied without a reason, Incomplete where the reason holds a protected name.
    """
    _needs(reason)
    lock(actor, v.WITHDRAW, record)
    return _go(actor, record, Step.WITHDRAWN, reason)


@action(v.SUPERSEDE, policy=can, on="record")
def supersede(actor: Actor, *, record: Record, by: Record, reason: str = "") -> Done[Version]:
    """Says that another published record took this one's place. Raises Denied where that one cannot."""
    lock(actor, v.SUPERSEDE, record)
    others = Record.objects.filter(pk=by.pk, step=Step.PUBLISHED, kind=record.kind).exclude(pk=record.pk)
    if not scope(actor, v.VIEW, others).exists():
        raise Denied(_("“%(number)s” is not another published record of this kind.") % {"number": by.number})
    record.superseded_by = by
    return _go(actor, record, Step.SUPERSEDED, reason)


@action(v.RESTORE, policy=can, on="record")
def restore(actor: Actor, *, record: Record, reason: str = "") -> Done[Version]:
    """Brings back work that was thrown away as a draft, or shows a withdrawn or superseded record again.

    Raises Incomplete where a protected name stands in what would be shown.
    """
    lock(actor, v.RESTORE, record)
    _clean(record, content_of(record), reason)
    if record.discarded:
        return _next(actor, record, _standing(record, pending=True), Step.DRAFT, reason)
    shown = _standing(record, pending=False)
    # Likely names were looked at when it was published; names that were restricted since then were not.
    found = privacy.check(record, content_of_version(shown)).sentences()
    if found:
        raise Incomplete(found)
    return _next(actor, record, shown, Step.PUBLISHED, reason, confirmed=shown.confirmed)


@action(v.DISCARD, policy=can, on="record")
def discard(actor: Actor, *, record: Record, reason: str = "") -> Done[Version]:
    """Throws away what is under work; `restore` brings it back. What is published stays as it is."""
    return _work(actor, v.DISCARD, record, Step.WITHDRAWN, reason)


def _sound(content: Content) -> None:
    found = problems(content)
    if found:
        raise Incomplete(found)


def _needs(reason: str) -> None:
    if not reason.strip():
        raise Denied(_("Give a reason: others will read it."))


def _standing(record: Record, *, pending: bool, base: int | None = None) -> Version:
    row = current(record, pending=pending)
    if row is None or (base is not None and row.pk != base):
        raise Conflict
    return row


def _publishable(record: Record, content: Content, confirmed: Iterable[str]) -> list[str]:
    """The names that were confirmed. Raises Incomplete with everything that stands in the way."""
    check = privacy.check(record, content)
    names = set(confirmed)
    found = problems(content) + unready(content) + check.sentences() + check.unconfirmed(names)
    if found:
        raise Incomplete(found)
    return check.confirmed(names)


def _work(
    actor: Actor, name: str, record: Record, step: Step, reason: str, base: int | None = None
) -> Done[Version]:
    """A step of the version under work."""
    lock(actor, name, record)
    work = _standing(record, pending=True, base=base)
    _clean(record, content_of_version(work), reason)
    result = _next(actor, record, work, step, reason)
    tell(record, result.result, step)
    return result


def _clean(record: Record, content: Content, reason: str) -> None:
    """The log keeps a reason for ever, so no protected name goes into one. Raises Incomplete where it does."""
    found = privacy.check_words(record, content, reason)
    if found:
        raise Incomplete(found)


def _go(actor: Actor, record: Record, step: Step, reason: str) -> Done[Version]:
    """The shown record goes; everybody can read the reason."""
    shown = _standing(record, pending=False)
    _clean(record, content_of_version(shown), reason)
    record.gone_reason = reason[:500]
    return _next(actor, record, shown, step, reason, confirmed=shown.confirmed)


def _next(
    actor: Actor, record: Record, version: Version, step: Step, reason: str, confirmed: Iterable[str] = ()
) -> Done[Version]:
    row = write(
        record, content_of_version(version), pending=version.pending, step=step, step_by=actor.reference,
        edited_by=version.edited_by, reason=reason, confirmed=confirmed,
    )  # fmt: skip
    return done(record, row, {"step": [version.step, step]}, reason)

