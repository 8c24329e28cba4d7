"""Networks and who belongs to them. Networks are public."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from comity.core.texts.selectors import Shown, best
from comity.modules.directory.models import Network, NetworkMembership


@dataclass(frozen=True)
class NetworkCard:
    """A network as shown; `members` are (code, name, since)."""

    network: Network
    name: Shown | None
    note: Shown | None
    members: tuple[tuple[str, str, date | None], ...]


def _current(on: date) -> Q:
    return (
        Q(superseded_at__isnull=True)
        & (Q(until__isnull=True) | Q(until__gt=on))
        & (Q(since__isnull=True) | Q(since__lte=on))
    )


def network_cards(lang: str, *, codes: set[str] | None = None, on: date | None = None) -> list[NetworkCard]:
    """Returns the networks (those of `codes`, else all) with who belongs to them on a day, by name."""
    rows = Network.objects.prefetch_related("texts")
    if codes is not None:
        rows = rows.filter(code__in=codes)
    members: dict[int, list[tuple[str, str, date | None]]] = {}
    for m in NetworkMembership.objects.filter(_current(on or timezone.now().date())).select_related("participant"):
        members.setdefault(m.network_id, []).append((m.participant_id, m.participant.name(lang), m.since))
    cards = [
        NetworkCard(
            network=row,
            name=best([t for t in row.texts.all() if t.kind == "name"], lang),
            note=best([t for t in row.texts.all() if t.kind == "note"], lang),
            members=tuple(sorted(members.get(row.pk, []), key=lambda member: member[1])),
        )
        for row in rows
    ]
    return sorted(cards, key=lambda c: str(c.name or c.network.code))


def network_card(code: str, lang: str) -> NetworkCard:
    """Returns one network. Raises Http404 for an unknown code."""
    cards = network_cards(lang, codes={code})
    if not cards:
        raise Http404(f"No network {code[:60]}.")
    return cards[0]


def networks_of(iso3: str, lang: str) -> list[NetworkCard]:
    """The networks a participant belongs to today."""
    return [c for c in network_cards(lang) if iso3 in {member[0] for member in c.members}]


def shared_networks(first: str, second: str, lang: str) -> list[NetworkCard]:
    """The networks both belong to today."""
    return [c for c in network_cards(lang) if {first, second} <= {member[0] for member in c.members}]
