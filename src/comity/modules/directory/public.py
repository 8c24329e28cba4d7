"""The door of the directory module for other modules."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from comity.core.actions.actor import Actor
from comity.modules.directory.selectors.asking import authorities_for
from comity.modules.directory.selectors.pages import Card
from comity.modules.directory.vocabulary import Function

__all__ = ["Card", "Function", "central_authorities"]


def central_authorities(
    iso3: str,
    *,
    instrument: str = "",
    function: str = Function.MLA,
    actor: Actor,
    lang: str = "en",
    at: datetime | None = None,
) -> list[Card]:
    """Returns the State's published authorities for a kind of help that `actor` may see, best first.

    Where an instrument is named, authorities designated under it come first, those that name none next, and
    those that name others only are left out. An empty list is a gap, not "there is none".
    """
    found = authorities_for(actor, iso3, need=function, instrument=instrument, at=at or timezone.now(), lang=lang)
    return [card for card, exact in found if exact or not instrument or not card.provisions]
