"""Who may do what: `can()` for one thing, with its reason; `scope()` for many, as a query. A property test holds
both to each other.

An edition before its issue is the secretariat's. Of an issued one everybody sees the texts and the approved numbers;
the records behind a number are shown by the module that keeps them, each to those who may see it.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.core.actions.decorator import Decision
from comity.core.actions.labels import SECRETARIAT_ROLES, labels_for, may_see
from comity.modules.reports import vocabulary as v
from comity.modules.reports.models import DeclaredCount, Edition, Override, PublishedReport
from comity.modules.reports.vocabulary import BEFORE_FREEZE, PUBLISHED, WRITING, DeclaredStep

YES = Decision(True)
_GENERAL = {v.CREATE, v.DEFINE, v.DECLARE, v.IMPORT_PUBLISHED}


def can(actor: Actor, action: str, thing: Any = None) -> Decision:
    """Answers whether `actor` may do `action` to `thing`: an edition, an override or a declared count."""
    if action in _GENERAL:
        return YES if _curates(actor) else Decision(False, _("Curators of the secretariat do this."))
    if action == v.CONFIRM_OVERRIDE:
        return _second(actor, thing.proposed_by, waits=thing.confirmed_at is None and thing.withdrawn_at is None)
    if action == v.CONFIRM_DECLARED:
        return _second(actor, thing.entered_by, waits=thing.step == DeclaredStep.DRAFT)
    if action == v.WITHDRAW_DECLARED:
        return _demand(_curates(actor), _("Curators of the secretariat do this."))
    if not may_see(actor, thing):
        return Decision(False, _("There is no such record."))
    for allowed, reason in _demands(actor, action, thing):
        if not allowed:
            return Decision(False, reason)
    return YES


def _demands(actor: Actor, action: str, edition: Edition) -> list[tuple[bool, str]]:
    """What an action on an edition demands, each with the reason given where it is not met."""
    curator = (_curates(actor), _("Curators of the secretariat do this."))
    publisher = (_publishes(actor), _("Publishers of the secretariat do this."))
    staff = (_secretariat(actor), _("The secretariat does this."))
    state = edition.state
    frozen = (state not in BEFORE_FREEZE, _("The figures of this edition are not frozen yet."))
    writable = (state in WRITING, _("This edition is submitted or issued: its texts stand."))
    demands: dict[str, list[tuple[bool, str]]] = {
        v.VIEW: [(state in PUBLISHED or staff[0], staff[1])],
        v.VIEW_WORK: [staff],
        v.WRITE: [curator, writable],
        v.CLEAR: [staff, writable],
        v.TAKE_TRANSLATION: [curator, writable],
        v.MOVE: [staff],
        v.FREEZE: [curator, (state in BEFORE_FREEZE, _("The figures of this edition are frozen already."))],
        v.APPROVE: [publisher, frozen],
        v.CORRECT: [curator, frozen],
        v.OVERRIDE: [curator, frozen],
        v.ISSUE: [publisher, (state in {v.EditionState.SUBMITTED, *PUBLISHED}, _("This edition is not submitted."))],
    }
    return demands.get(action, [(False, _("Nobody may do this."))])


def _secretariat(actor: Actor) -> bool:
    return actor.kind == "system" or actor.has(*SECRETARIAT_ROLES)


def _curates(actor: Actor) -> bool:
    return actor.kind == "system" or actor.has("curator")


def _publishes(actor: Actor) -> bool:
    return actor.kind == "system" or actor.has("publisher")


def _demand(met: bool, reason: str) -> Decision:
    return YES if met else Decision(False, reason)


def _second(actor: Actor, first: str, *, waits: bool) -> Decision:
    """A second person of the secretariat says yes to what the first one entered."""
    if not _secretariat(actor):
        return Decision(False, _("The secretariat does this."))
    if not waits:
        return Decision(False, _("This is not waiting for a second person."))
    if actor.kind != "system" and actor.reference == first:
        return Decision(False, _("Who entered a number does not confirm it: a second person does."))
    return YES


def scope(actor: Actor, action: str, rows: QuerySet[Edition]) -> QuerySet[Edition]:
    """Keeps the editions to which `actor` may do `action` now."""
    return rows.filter(labels_for(actor)).filter(_allowed(actor, action))


def _allowed(actor: Actor, action: str) -> Q:
    """The demands of `_demands` as a filter."""
    everyone, nobody = Q(), Q(pk__in=[])
    curator = everyone if _curates(actor) else nobody
    publisher = everyone if _publishes(actor) else nobody
    staff = everyone if _secretariat(actor) else nobody
    frozen, writable = ~Q(state__in=BEFORE_FREEZE), Q(state__in=WRITING)
    match action:
        case v.VIEW:
            return staff if staff == everyone else Q(state__in=PUBLISHED)
        case v.VIEW_WORK | v.MOVE:
            return staff
        case v.WRITE | v.TAKE_TRANSLATION:
            return curator & writable
        case v.CLEAR:
            return staff & writable
        case v.FREEZE:
            return curator & Q(state__in=BEFORE_FREEZE)
        case v.APPROVE:
            return publisher & frozen
        case v.CORRECT | v.OVERRIDE:
            return curator & frozen
        case v.ISSUE:
            return publisher & Q(state__in=[v.EditionState.SUBMITTED, *PUBLISHED])
        case _:
            return nobody


def declared_scope(actor: Actor, rows: QuerySet[DeclaredCount]) -> QuerySet[DeclaredCount]:
    """Keeps the declared counts (current versions) that `actor` may see."""
    seen = rows.filter(labels_for(actor), superseded_at__isnull=True)
    return seen if _secretariat(actor) else seen.filter(step=DeclaredStep.CONFIRMED)


def override_scope(actor: Actor, rows: QuerySet[Override]) -> QuerySet[Override]:
    """Keeps the overrides that `actor` may see: the confirmed ones of editions in view; all for the secretariat."""
    if _secretariat(actor):
        return rows
    return rows.filter(
        edition__in=scope(actor, v.VIEW, Edition.objects.all()), confirmed_at__isnull=False, withdrawn_at__isnull=True
    )


def may_write_somewhere(actor: Actor) -> bool:
    """True for those who have a desk here."""
    return _secretariat(actor)


def published_scope(actor: Actor, rows: QuerySet[PublishedReport]) -> QuerySet[PublishedReport]:
    """Keeps the imported reports of others that `actor` may see."""
    return rows.filter(labels_for(actor))
