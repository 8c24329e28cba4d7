"""Who may do what: `can()` for one thing, with its reason; `scope()` for many, as a query. A property test
holds both to each other."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.core.actions.decorator import Decision
from comity.core.actions.labels import OFFICIAL_ROLES, SECRETARIAT_ROLES, labels_for, may_see
from comity.modules.library import vocabulary as v
from comity.modules.library.content import Content
from comity.modules.library.models import Record, Redaction
from comity.modules.library.vocabulary import GONE_STEPS, PENDING_STEPS, Step

#: Roles that write for their own State.
CONTRIBUTORS = ("focal_point", "authority_officer")
YES = Decision(True)
_EDITABLE = ("", Step.DRAFT, Step.CHANGES_REQUESTED)
_WAITING = (Step.SUBMITTED, Step.IN_REVIEW, Step.APPROVED)


def can(actor: Actor, action: str, thing: Any = None) -> Decision:
    """Answers whether `actor` may do `action` to `thing`: a record, or (for creating) a content or ISO3 code."""
    if action == v.CREATE:
        return _can_create(actor, thing.state if isinstance(thing, Content) else str(thing or ""))
    if action in {v.IMPORT, v.EXPORT}:
        return _can_exchange(actor, action)
    if action == v.CONFIRM_REDACTION:
        return _can_confirm(actor, thing)
    works = _works_on(actor, thing)
    if not may_see(actor, thing) or (thing.step in GONE_STEPS and not works):
        return Decision(False, _("There is no such record."))
    for allowed, reason in _demands(actor, action, thing):
        if not allowed:
            return Decision(False, reason)
    return YES


def _can_confirm(actor: Actor, redaction: Redaction) -> Decision:
    """A second person of the secretariat confirms a redaction; the system only what a person asked for."""
    asked = can(actor, v.REDACT, redaction.record)
    if not asked:
        return asked
    if redaction.requested_by == actor.reference:
        return Decision(False, _("Who asked for a redaction does not confirm it: a second person does."))
    if redaction.confirmed_at is not None:
        return Decision(False, _("This redaction is done already."))
    return YES


def _works_on(actor: Actor, record: Record) -> bool:
    """True for those who see what is under work on a record: officials of its State, the secretariat, the system."""
    if actor.kind == "system" or actor.has(*SECRETARIAT_ROLES):
        return True
    return bool(record.owner_state) and actor.acts_for(record.owner_state, *OFFICIAL_ROLES)


def _demands(actor: Actor, action: str, record: Record) -> list[tuple[bool, str]]:
    """What an action on a record demands, each with the reason given where it is not met."""
    system = actor.kind == "system"
    own = system or (bool(record.owner_state) and actor.acts_for(record.owner_state, *CONTRIBUTORS))
    curator = system or actor.has("curator")
    publisher = system or actor.has("publisher")
    other = system or f"|{actor.reference}|" not in record.writers
    who = _("Only the State itself and curators of the secretariat may do this.")
    curators = _("Curators of the secretariat do this.")
    publishers = _("Publishers of the secretariat do this.")
    twice = _("Who wrote a record does not approve or publish it: a second person does.")
    step, work = record.step, record.working_step
    published = (step == Step.PUBLISHED, _("This record is not published."))
    demands: dict[str, list[tuple[bool, str]]] = {
        v.VIEW: [], v.READ: [], v.READ_FILE: [],
        v.VIEW_WORK: [(bool(work), _("Nothing is under work here.")), (_works_on(actor, record), who)],
        v.EDIT: [
            (own or curator, who),
            (step != Step.SUPERSEDED, _("This record was superseded. Restore it first.")),
            (curator or work in _EDITABLE, _("This record is being reviewed. Ask the curator to send it back.")),
        ],
        v.REDACT: [(curator or publisher, _("The secretariat redacts."))],
        v.NAMES: [(own or curator, who)],
        v.TAG: [(curator, curators)],
        v.CONFIRM_SUGGESTION: [(curator, curators)],
        v.REJECT_SUGGESTION: [(curator, curators)],
        v.SUBMIT: [
            (own or curator, who),
            (work in {Step.DRAFT, Step.CHANGES_REQUESTED}, _("There is no draft to submit.")),
        ],
        v.REVIEW: [(curator, curators), (work == Step.SUBMITTED, _("Nothing was submitted here.")), (other, twice)],
        v.REQUEST_CHANGES: [
            (curator or publisher, curators),
            (work in _WAITING, _("This record is not waiting for a decision.")),
        ],
        v.APPROVE: [(curator, curators), (work == Step.IN_REVIEW, _("This record is not in review.")), (other, twice)],
        v.PUBLISH: [
            (publisher, publishers),
            (work == Step.APPROVED, _("This record has not been approved yet.")),
            (other, twice),
        ],
        v.WITHDRAW: [(publisher, publishers), published],
        v.SUPERSEDE: [(publisher, publishers), published],
        v.DISCARD: [(own or curator, who), (work in PENDING_STEPS, _("Nothing is under work here."))],
        v.RESTORE: [_may_restore(record, own or curator, publisher and other)],
        v.HISTORY: [(_is_official(actor), _("The history is for officials."))],
    }  # fmt: skip
    return demands.get(action, [(False, _("Nobody may do this."))])


def _may_restore(record: Record, writes: bool, publishes: bool) -> tuple[bool, str]:
    """Thrown-away work is restored by those who may write it, a withdrawn record by a publisher."""
    if record.discarded:
        return (writes, _("Only the State itself and curators of the secretariat may do this."))
    if record.step in GONE_STEPS:
        return (publishes, _("A publisher who did not write this record restores it."))
    return (False, _("There is nothing to restore."))


def _is_official(actor: Actor) -> bool:
    return actor.kind == "system" or actor.has(*SECRETARIAT_ROLES) or bool(_states(actor, *OFFICIAL_ROLES))


def _states(actor: Actor, *roles: str) -> set[str]:
    return {g.participant for g in actor.grants if g.role in roles and g.participant}


def _can_create(actor: Actor, iso3: str) -> Decision:
    if actor.kind == "system" or actor.has("curator") or (iso3 and actor.acts_for(iso3, *CONTRIBUTORS)):
        return YES
    return Decision(False, _("A State enters its own records; curators enter those of any State or body."))


def _can_exchange(actor: Actor, action: str) -> Decision:
    if action == v.EXPORT or actor.kind == "system" or actor.has("curator") or _states(actor, *CONTRIBUTORS):
        return YES
    return Decision(False, _("Curators import, and States their own records. Use --as with such a person."))


def scope(actor: Actor, action: str, rows: QuerySet[Record]) -> QuerySet[Record]:
    """Keeps the records to which `actor` may do `action` now."""
    seen = rows.filter(labels_for(actor))
    works = _working(actor)
    if works != Q():
        seen = seen.filter(~Q(step__in=GONE_STEPS) | works)
    return seen.filter(_allowed(actor, action))


def known(actor: Actor, rows: QuerySet[Record]) -> QuerySet[Record]:
    """Keeps the records of whose existence `actor` may know: what `scope` shows, and those that are gone."""
    return rows.filter(labels_for(actor))


def _working(actor: Actor) -> Q:
    """`_works_on` as a filter."""
    if actor.kind == "system" or actor.has(*SECRETARIAT_ROLES):
        return Q()
    return Q(owner_state__in=_states(actor, *OFFICIAL_ROLES))


def _allowed(actor: Actor, action: str) -> Q:
    """The demands of `_demands` as a filter."""
    everyone, nobody = Q(), Q(pk__in=[])
    system = actor.kind == "system"
    curator = everyone if system or actor.has("curator") else nobody
    publisher = everyone if system or actor.has("publisher") else nobody
    own = Q(owner_state__in=_states(actor, *CONTRIBUTORS))
    writes = everyone if curator == everyone else own
    other = everyone if system else ~Q(writers__contains=f"|{actor.reference}|")
    match action:
        case v.VIEW | v.READ | v.READ_FILE:
            return everyone
        case v.VIEW_WORK:
            return ~Q(working_step="") & _working(actor)
        case v.EDIT:
            step = everyone if curator == everyone else Q(working_step__in=_EDITABLE)
            return writes & step & ~Q(step=Step.SUPERSEDED)
        case v.NAMES:
            return writes
        case v.REDACT:
            return everyone if everyone in (curator, publisher) else nobody
        case v.TAG | v.CONFIRM_SUGGESTION | v.REJECT_SUGGESTION:
            return curator
        case v.SUBMIT:
            return writes & Q(working_step__in=[Step.DRAFT, Step.CHANGES_REQUESTED])
        case v.REVIEW:
            return curator & Q(working_step=Step.SUBMITTED) & other
        case v.REQUEST_CHANGES:
            return (everyone if everyone in (curator, publisher) else nobody) & Q(working_step__in=_WAITING)
        case v.APPROVE:
            return curator & Q(working_step=Step.IN_REVIEW) & other
        case v.PUBLISH:
            return publisher & Q(working_step=Step.APPROVED) & other
        case v.WITHDRAW | v.SUPERSEDE:
            return publisher & Q(step=Step.PUBLISHED)
        case v.DISCARD:
            return writes & Q(working_step__in=PENDING_STEPS)
        case v.RESTORE:
            return (Q(discarded=True) & writes) | (Q(discarded=False, step__in=GONE_STEPS) & publisher & other)
        case v.HISTORY:
            return everyone if _is_official(actor) else nobody
        case _:
            return nobody


def may_write_somewhere(actor: Actor) -> bool:
    """True for those who have a desk here: contributors of a State and the secretariat."""
    return actor.has(*SECRETARIAT_ROLES) or bool(_states(actor, *CONTRIBUTORS))


def contributor_states(actor: Actor) -> set[str]:
    """ISO3 codes of the States whose records this actor may write as the State."""
    return _states(actor, *CONTRIBUTORS)
