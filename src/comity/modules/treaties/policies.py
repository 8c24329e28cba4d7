"""Who may do what with treaty facts. The facts themselves are public; proposals are the secretariat's."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.core.actions.decorator import Decision
from comity.modules.treaties import vocabulary as names
from comity.modules.treaties.models import Proposal

READ_PROPOSAL = "treaties:proposal:read"


def can(actor: Actor, action: str, thing: Any = None) -> Decision:
    """Answers whether the actor may do this, with the reason where not.

    `thing` is the Proposal acted on, where there is one. Curators propose; a publisher who did not propose
    it publishes or sends it back; publishers and the system import.
    """
    if action == READ_PROPOSAL:
        return Decision(actor.kind == "system" or actor.has("curator", "publisher"), _("For the secretariat."))
    if action == names.PROPOSE:
        return Decision(actor.has("curator", "publisher"), _("Only a curator enters treaty actions."))
    if action in {names.PUBLISH, names.REJECT}:
        if not actor.has("publisher"):
            return Decision(False, _("Only a publisher publishes."))
        if isinstance(thing, Proposal) and thing.proposed_by == actor.reference:
            return Decision(False, _("Nobody publishes their own entry: ask a second person."))
        return Decision(True)
    if action == names.IMPORT:
        return Decision(
            actor.kind == "system" or actor.has("publisher"), _("Only a publisher or the node itself imports.")
        )
    return Decision(False, _("Unknown action."))


def scope(actor: Actor, action: str, rows: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """Keeps the proposals on which the actor may do this; agrees with `can` row by row."""
    if not can(actor, action):
        return rows.none()
    if action in {names.PUBLISH, names.REJECT}:
        return rows.exclude(proposed_by=actor.reference)
    return rows
