"""What a page demands of its reader before it shows anything."""

from __future__ import annotations

from django.http import Http404

from comity.core.actions.actor import Actor
from comity.core.actions.decorator import Decision, Denied


def demand(actor: Actor, decision: Decision) -> None:
    """Raises Denied with the reason where the policy said no; to the public such a page is not there: Http404."""
    if decision:
        return
    if actor.kind == "public":
        raise Http404
    raise Denied(decision.reason)
