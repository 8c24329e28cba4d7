"""Recording, correcting, taking a step, taking back and restoring. Each adds a version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.core.actions.decorator import Denied, Done, Effect, action
from comity.core.search.passages import changed
from comity.modules.programmes import vocabulary as v
from comity.modules.programmes.checking import Incomplete, Known, Problem, problems
from comity.modules.programmes.content import Draft, difference, draft_of
from comity.modules.programmes.kinds import Kind, column, kind_of
from comity.modules.programmes.models import ProgrammeRecord
from comity.modules.programmes.policies import can, may_take_step
from comity.modules.programmes.references import reference
from comity.modules.programmes.services.versions import add_version, fresh_code, locked_current

#: Kinds that the search finds (`search.py`).
SEARCHED = frozenset({"programme", "project", "event", "product"})


def search_effects(kind: Kind, codes: Sequence[str]) -> tuple[Effect, ...]:
    """What tells the search that records changed, where it finds them at all."""
    if kind.name not in SEARCHED or not codes:
        return ()
    return (changed("programmes", [f"{kind.name}:{code}" for code in codes]),)


class Conflict(Exception):
    """Somebody else changed the record meanwhile."""


def done(row: ProgrammeRecord, changes: dict[str, Any], reason: str = "") -> Done[ProgrammeRecord]:
    """What every service here hands to the audit."""
    kind = kind_of(row)
    return Done(
        row, reference(kind.name, row.code), difference=changes, reason=reason, effects=search_effects(kind, [row.code])
    )


@action(v.RECORD, policy=can, on="draft")
def record(actor: Actor, *, draft: Draft, step: str = "") -> Done[ProgrammeRecord]:
    """Adds a record; a fresh code is given where the draft has none. `step`: where its life begins, the machine's
    first where "". Raises Incomplete where the content breaks a rule, or the code is taken."""
    kind = draft.kind
    draft = replace(draft, code=draft.code or fresh_code(kind))
    known = Known()
    _sound(draft, known)
    if kind.model._default_manager.filter(code=draft.code).exists():
        raise Incomplete([Problem("code", _("The code “%(code)s” is taken.") % {"code": draft.code})])
    first = step or kind.machine.first
    if first not in kind.machine.steps or kind.machine.steps[first].second:
        raise Denied(_("A record does not begin with this step."))
    filled(draft, first)
    row = add_version(draft, before=None, step=first, actor=actor.reference, wrote=True, known=known)
    return done(row, difference(None, draft))


@action(v.CORRECT, policy=can, on="row")
def correct(actor: Actor, *, row: ProgrammeRecord, draft: Draft, base: int, reason: str = "") -> Done[ProgrammeRecord]:
    """Writes changed content. `base` is the version that was read: Conflict where another stands there now.

    A verified event goes back to "attendance entered": what a second person saw is no longer what stands there.
    Raises Incomplete where the content breaks a rule.
    """
    before = locked_current(row)
    if before.pk != base:
        raise Conflict
    draft = replace(draft, code=row.code, fictitious=row.fictitious)
    allowed = can(actor, v.RECORD, draft)
    if not allowed:
        # A State that corrects its request may not turn it into another State's.
        raise Denied(allowed.reason)
    known = Known()
    _sound(draft, known)
    old = draft_of(before)
    changes = difference(old, draft)
    if not changes:
        return done(before, {}, reason)
    step = undone(before)
    filled(draft, step)
    new = add_version(draft, before=before, step=step, actor=actor.reference, wrote=True, reason=reason, known=known)
    if step != before.step:
        changes["step"] = [before.step, step]
    return done(new, changes, reason)


def undone(row: ProgrammeRecord) -> str:
    """Returns the step to which a change of content brings the record: a second person's step is undone by it."""
    step = kind_of(row).machine.steps.get(row.step)
    return step.after[0] if step is not None and step.second else row.step


@action(v.MOVE, policy=can, on="row")
def move(actor: Actor, *, row: ProgrammeRecord, to: str, reason: str = "") -> Done[ProgrammeRecord]:
    """Brings the record to the step `to`. Raises Denied where it does not follow, a reason is missing or a second
    person is needed; Incomplete where the step demands a field."""
    before = locked_current(row)
    allowed = may_take_step(actor, before, to)
    if not allowed:
        raise Denied(allowed.reason)
    if kind_of(row).machine.steps[to].reason and not reason.strip():
        raise Denied(_("Say why: this step needs a reason."))
    draft = draft_of(before)
    filled(draft, to)
    new = add_version(draft, before=before, step=to, actor=actor.reference, wrote=False, reason=reason, known=Known())
    return done(new, {"step": [before.step, to]}, reason)


@action(v.WITHDRAW, policy=can, on="row")
def withdraw(actor: Actor, *, row: ProgrammeRecord, reason: str) -> Done[ProgrammeRecord]:
    """Takes a record back: it counts no longer and can be restored. Raises Denied without a reason."""
    if not reason.strip():
        raise Denied(_("Say why: this step needs a reason."))
    before = locked_current(row)
    new = add_version(
        draft_of(before), before=before, step=v.WITHDRAWN, actor=actor.reference, wrote=False, reason=reason
    )
    return done(new, {"step": [before.step, v.WITHDRAWN]}, reason)


@action(v.RESTORE, policy=can, on="row")
def restore(actor: Actor, *, row: ProgrammeRecord, reason: str = "") -> Done[ProgrammeRecord]:
    """Brings a withdrawn record back to the step it had, or the one before where a second person had taken it."""
    before = locked_current(row)
    rows = kind_of(row).model._default_manager.filter(code=row.code).exclude(step=v.WITHDRAWN)
    last = rows.order_by("-recorded_at").first()
    assert last is not None  # noqa: S101 (a record is never withdrawn in its first version)
    new = add_version(
        draft_of(before), before=before, step=undone(last), actor=actor.reference, wrote=False, reason=reason
    )
    return done(new, {"step": [v.WITHDRAWN, new.step]}, reason)


def _sound(draft: Draft, known: Known) -> None:
    found = problems(draft, known)
    if found:
        raise Incomplete(found)


def filled(draft: Draft, step: str) -> None:
    """Raises Incomplete where the step demands what the content does not have."""
    machine = draft.kind.machine
    missing = []
    for name in machine.steps[step].needs if step in machine.steps else ():
        empty = not draft.children if name == "children" else draft.values.get(name) in (None, "", ())
        if empty:
            title = draft.kind.children_title if name == "children" else _title(draft, name)
            text = _("“%(step)s” needs %(field)s.") % {"step": machine.steps[step].title, "field": title}
            missing.append(Problem("" if name == "children" else name, text))
    if missing:
        raise Incomplete(missing)


def _title(draft: Draft, name: str) -> str:
    return str(column(draft.kind.model, name).verbose_name)
