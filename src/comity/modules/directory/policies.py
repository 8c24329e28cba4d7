"""Who may do what: `can()` for one thing, with its reason; `scope()` for many, as a query. A property test
holds both to each other."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.core.actions.decorator import Decision
from comity.core.actions.labels import SECRETARIAT_ROLES, labels_for, may_see
from comity.modules.directory import vocabulary as v
from comity.modules.directory.models import Authority, ContactReport
from comity.modules.directory.vocabulary import State

#: Roles that may change what their own State says.
STATE_EDITORS = ("focal_point", "authority_officer")
YES = Decision(True)


def can(actor: Actor, action: str, thing: Any = None) -> Decision:
    """Answers whether `actor` may do `action` to `thing`: a version of an authority, a report, or (for
    nominating) the ISO3 code of a State."""
    if action == v.NOMINATE:
        return _can_nominate(actor, str(thing))
    if action in {v.IMPORT, v.EXPORT}:
        return _can_exchange(actor, action)
    if action in {v.SEE_REPORT, v.RESOLVE}:
        return _can_report(actor, action, thing)
    if not may_see(actor, thing) or thing.superseded_at is not None:
        return Decision(False, _("There is no such record."))
    if action == v.VIEW:
        return YES
    if action == v.REPORT:
        return _can_send_report(actor, thing)
    for allowed, reason in _demands(actor, action, thing):
        if not allowed:
            return Decision(False, reason)
    return YES


def _demands(actor: Actor, action: str, thing: Authority) -> list[tuple[bool, str]]:
    """What an action on a version demands, each with the reason given where it is not met."""
    own = actor.kind == "system" or actor.acts_for(thing.owner_state, *STATE_EDITORS)
    curator = actor.kind == "system" or actor.has("curator")
    publisher = actor.kind == "system" or actor.has("publisher")
    other = actor.kind == "system" or thing.edited_by != actor.reference
    who = _("Only the State itself and the secretariat may do this.")
    twice = _("Who wrote an entry does not approve it: a second person does.")
    demands: dict[str, list[tuple[bool, str]]] = {
        v.EDIT: [(own or curator, who)],
        v.CONFIRM: [
            (own or curator, who),
            (thing.state == State.PUBLISHED, _("Only a published entry is confirmed.")),
        ],
        v.VERIFY: [
            (curator, _("Curators of the secretariat verify.")),
            (thing.state == State.NOMINATED, _("This entry is not waiting for verification.")),
            (other, twice),
        ],
        v.RETURN: [
            (curator or publisher, _("Curators and publishers of the secretariat send entries back.")),
            (
                thing.state in {State.NOMINATED, State.VERIFIED},
                _("This entry is not waiting for a decision."),
            ),
        ],
        v.PUBLISH: [
            (publisher, _("Publishers of the secretariat publish.")),
            (thing.state == State.VERIFIED, _("This entry has not been verified yet.")),
            (other, twice),
        ],
        v.WITHDRAW: [
            (own or publisher, who),
            (thing.state == State.PUBLISHED, _("Only a published entry is withdrawn.")),
        ],
        v.RESTORE: [
            (own or publisher, who),
            (thing.state in {State.WITHDRAWN, State.SUPERSEDED}, _("This entry is not withdrawn.")),
        ],
        v.HISTORY: [(_is_official(actor), _("The history is for officials."))],
    }
    return demands.get(action, [(False, _("Nobody may do this."))])


def _is_official(actor: Actor) -> bool:
    return actor.kind == "system" or actor.has(*SECRETARIAT_ROLES) or bool(_official_states(actor))


def _official_states(actor: Actor) -> set[str]:
    roles = {*STATE_EDITORS, "observer"}
    return {g.participant for g in actor.grants if g.role in roles and g.participant}


def _editor_states(actor: Actor) -> set[str]:
    return {g.participant for g in actor.grants if g.role in STATE_EDITORS and g.participant}


def _can_nominate(actor: Actor, iso3: str) -> Decision:
    if actor.kind == "system" or actor.acts_for(iso3, *STATE_EDITORS) or actor.has("curator"):
        return YES
    return Decision(False, _("A State nominates its own authorities; curators enter them on its behalf."))


def _can_exchange(actor: Actor, action: str) -> Decision:
    if action == v.EXPORT or actor.kind == "system" or actor.has("curator") or _editor_states(actor):
        return YES
    return Decision(False, _("Curators import, and States their own authorities. Use --as with such a person."))


def _can_send_report(actor: Actor, thing: Authority) -> Decision:
    if thing.state not in {State.PUBLISHED}:
        return Decision(False, _("Only a published contact can be reported."))
    if actor.has("observer") and not actor.has(*STATE_EDITORS, *SECRETARIAT_ROLES):
        return Decision(False, _("Observers read and do not write."))
    return YES


def _can_report(actor: Actor, action: str, report: ContactReport | None) -> Decision:
    if actor.kind == "system" or actor.has(*SECRETARIAT_ROLES):
        return YES
    if report is not None and actor.acts_for(report.participant_id, *STATE_EDITORS):
        return YES
    return Decision(False, _("Reports are handled by the State concerned and the secretariat."))


def scope(actor: Actor, action: str, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Keeps the rows (current versions of authorities) to which `actor` may do `action` now."""
    seen = rows.filter(labels_for(actor), superseded_at__isnull=True)
    if action == v.VIEW:
        return seen
    if action == v.REPORT:
        writes = not actor.has("observer") or actor.has(*STATE_EDITORS, *SECRETARIAT_ROLES)
        return seen.filter(state=State.PUBLISHED) if writes else seen.none()
    return seen.filter(_allowed(actor, action))


def _allowed(actor: Actor, action: str) -> Q:
    """The demands of `_demands` as a filter."""
    everyone, nobody = Q(), Q(pk__in=[])
    system = actor.kind == "system"
    own = everyone if system else Q(owner_state__in=_editor_states(actor))
    curator = everyone if system or actor.has("curator") else nobody
    publisher = everyone if system or actor.has("publisher") else nobody
    other = everyone if system else ~Q(edited_by=actor.reference)

    def either(first: Q, second: Q) -> Q:
        return everyone if first == everyone or second == everyone else first | second

    match action:
        case v.EDIT:
            return either(own, curator)
        case v.CONFIRM:
            return either(own, curator) & Q(state=State.PUBLISHED)
        case v.VERIFY:
            return curator & Q(state=State.NOMINATED) & other
        case v.RETURN:
            return either(curator, publisher) & Q(state__in=[State.NOMINATED, State.VERIFIED])
        case v.PUBLISH:
            return publisher & Q(state=State.VERIFIED) & other
        case v.WITHDRAW:
            return either(own, publisher) & Q(state=State.PUBLISHED)
        case v.RESTORE:
            return either(own, publisher) & Q(state__in=[State.WITHDRAWN, State.SUPERSEDED])
        case v.HISTORY:
            return everyone if _is_official(actor) else nobody
        case _:
            return nobody


def report_scope(actor: Actor, rows: QuerySet[ContactReport]) -> QuerySet[ContactReport]:
    """Keeps the reports this actor may see and resolve."""
    if actor.kind == "system" or actor.has(*SECRETARIAT_ROLES):
        return rows
    return rows.filter(participant_id__in=_editor_states(actor))


def parts(actor: Actor) -> Q:
    """Filter on texts and contact points: the parts of a record that this actor may see."""
    return labels_for(actor)


def may_write_somewhere(actor: Actor) -> bool:
    """True for those who have a desk here: editors of a State and the secretariat."""
    return actor.has(*SECRETARIAT_ROLES) or bool(_editor_states(actor))


def editor_states(actor: Actor) -> set[str]:
    """ISO3 codes of the States whose entries this actor may change as the State."""
    return _editor_states(actor)
