"""Who may do what: `can()` for one thing, with its reason; `scope()` for many, as a query. A property test holds
both to each other."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.core.actions.decorator import Decision
from comity.core.actions.labels import SECRETARIAT_ROLES, labels_for, may_see
from comity.modules.programmes import vocabulary as v
from comity.modules.programmes.content import Draft
from comity.modules.programmes.kinds import Kind, kind_of
from comity.modules.programmes.models import ProgrammeRecord

#: Roles that speak for their own State: they ask for assistance.
STATE_EDITORS = ("focal_point", "authority_officer")
YES = Decision(True)


def can(actor: Actor, action: str, thing: Any = None) -> Decision:
    """Answers whether `actor` may do `action` to `thing`: a current version of a record, or a Draft for recording."""
    if action == v.RECORD:
        return _can_record(actor, thing)
    if action == v.EXPORT:
        return YES
    if action == v.IMPORT:
        return YES if _curates(actor) else Decision(False, _("Curators of the secretariat import."))
    if not may_see(actor, thing) or thing.superseded_at is not None:
        return Decision(False, _("There is no such record."))
    if thing.step == v.WITHDRAWN and not _secretariat(actor):
        return Decision(False, _("There is no such record."))
    for allowed, reason in _demands(actor, action, thing):
        if not allowed:
            return Decision(False, reason)
    return YES


def _demands(actor: Actor, action: str, row: ProgrammeRecord) -> list[tuple[bool, str]]:
    """What an action on a record demands, each with the reason given where it is not met."""
    kind = kind_of(row)
    curators = (_curates(actor), _("Curators of the secretariat do this."))
    standing = (row.step != v.WITHDRAWN, _("This record was taken back. Restore it first."))
    own = _asks(kind) and actor.acts_for(row.owner_state, *STATE_EDITORS) and row.step == kind.machine.first
    demands: dict[str, list[tuple[bool, str]]] = {
        v.VIEW: [],
        v.HISTORY: [(_secretariat(actor), _("The history is for the secretariat."))],
        v.CORRECT: [
            (own or curators[0], curators[1]),
            standing,
            (row.step not in kind.machine.locked, _("This record is locked. A second person reopens it first.")),
        ],
        v.MOVE: [(_secretariat(actor), _("The secretariat does this.")), standing],
        v.WITHDRAW: [curators, standing],
        v.RESTORE: [curators, (row.step == v.WITHDRAWN, _("This record is not withdrawn."))],
    }
    return demands.get(action, [(False, _("Nobody may do this."))])


def _secretariat(actor: Actor) -> bool:
    return actor.kind == "system" or actor.has(*SECRETARIAT_ROLES)


def _curates(actor: Actor) -> bool:
    return actor.kind == "system" or actor.has("curator")


def _asks(kind: Kind) -> bool:
    """States write one kind of record themselves: their requests for assistance."""
    return kind.name == "request"


def _can_record(actor: Actor, draft: Draft | None) -> Decision:
    if _curates(actor):
        return YES
    if draft is not None and _asks(draft.kind):
        state = str(draft.values.get("participant") or "")
        if state and state == draft.owner_state and actor.acts_for(state, *STATE_EDITORS):
            return YES
        return Decision(False, _("A State asks for itself."))
    return Decision(False, _("Curators of the secretariat record the programme's work."))


def may_take_step(actor: Actor, row: ProgrammeRecord, to: str) -> Decision:
    """Answers whether `actor` may bring the record to the step `to` now: its order and its second person."""
    allowed = can(actor, v.MOVE, row)
    if not allowed:
        return allowed
    machine = kind_of(row).machine
    if to not in machine.following(row.step):
        return Decision(False, _("This step does not follow the present one."))
    if machine.steps[to].second and actor.kind != "system" and actor.reference in row.writers:
        return Decision(False, _("Who wrote a record does not approve it: a second person does."))
    return YES


def scope(actor: Actor, action: str, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Keeps the rows (versions of records of one kind) to which `actor` may do `action` now."""
    seen = rows.filter(labels_for(actor), superseded_at__isnull=True)
    if not _secretariat(actor):
        seen = seen.exclude(step=v.WITHDRAWN)
    return seen.filter(_allowed(actor, action, kind_of(rows.model())))


def _allowed(actor: Actor, action: str, kind: Kind) -> Q:
    """The demands of `_demands` as a filter."""
    everyone, nobody = Q(), Q(pk__in=[])
    standing = ~Q(step=v.WITHDRAWN)
    curator = everyone if _curates(actor) else nobody
    secretariat = everyone if _secretariat(actor) else nobody
    match action:
        case v.VIEW:
            return everyone
        case v.HISTORY:
            return secretariat
        case v.CORRECT:
            states = {g.participant for g in actor.grants if g.role in STATE_EDITORS and g.participant}
            own = Q(owner_state__in=states, step=kind.machine.first) if _asks(kind) else nobody
            writes = everyone if curator == everyone else own
            return writes & standing & ~Q(step__in=kind.machine.locked)
        case v.MOVE:
            return secretariat & standing
        case v.WITHDRAW:
            return curator & standing
        case v.RESTORE:
            return curator & Q(step=v.WITHDRAWN)
        case _:
            return nobody


def may_write_somewhere(actor: Actor) -> bool:
    """True for those who record something here: curators, and States that may ask for assistance."""
    return _curates(actor) or any(g.role in STATE_EDITORS and g.participant for g in actor.grants)


def may_record(actor: Actor, kind: Kind) -> bool:
    """True for those who may record something of this kind: curators; States their own requests for assistance."""
    return _curates(actor) or (_asks(kind) and may_write_somewhere(actor))


def asking_states(actor: Actor) -> list[str]:
    """Returns the States (ISO3) for which the actor may ask for assistance."""
    return sorted({g.participant for g in actor.grants if g.role in STATE_EDITORS and g.participant})


def curates(actor: Actor) -> bool:
    """True for those who record and correct everything of the programme."""
    return _curates(actor)


def follows_up(actor: Actor) -> bool:
    """True for the secretariat. Only who sees all records is told what is late: to others a record that they may not
    see would look like one that is missing."""
    return _secretariat(actor)
