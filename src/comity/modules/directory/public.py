"""The door of the directory module for other modules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.utils import timezone

from comity.core.actions.actor import Actor
from comity.modules.directory.selectors.asking import authorities_for
from comity.modules.directory.selectors.pages import Card
from comity.modules.directory.selectors.search import published
from comity.modules.directory.vocabulary import NEED_ARTICLES, Function

__all__ = ["Card", "Function", "articles_served", "central_authorities"]


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


def articles_served(
    actor: Actor, instrument: str, states: Collection[str] = ()
) -> dict[tuple[str, str], int]:
    """Counts the published authorities that `actor` may see by (ISO3, article of the instrument).

    An authority counts under an article it is designated under, and under the articles on which the help it gives
    rests (`NEED_ARTICLES`) where it names the instrument as a whole or no instrument at all. `states` (ISO3)
    keeps those only.
    """
    rows = published(actor).filter(participant_id__in=states) if states else published(actor)
    served: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows.prefetch_related("functions", "provisions"):
        named = {(p.instrument, p.article.partition("(")[0]) for p in row.provisions.all()}
        articles = {article for code, article in named if code == instrument and article}
        if not named or (instrument, "") in named:
            articles |= {a for f in row.functions.all() for a in NEED_ARTICLES.get(f.function, {}).get(instrument, ())}
        for article in articles:
            served[row.participant_id, article].add(row.code)
    return {key: len(codes) for key, codes in served.items()}
