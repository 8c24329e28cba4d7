"""The rows of the directory's table: the same for the page, CSV, JSON and the API."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from comity.modules.directory.selectors.pages import Card

#: What each column of the table holds, for files and documentation.
COLUMNS: dict[str, str] = {
    "code": "code of the entry, as in its address",
    "state": "three-letter code of the State",
    "state_name": "name of the State in the language asked for",
    "name": "name of the authority",
    "name_lang": "language of that name",
    "functions": "kinds of help it serves",
    "instruments": "instruments (and articles) it was designated under",
    "languages": "languages it accepts",
    "channels": "channels it accepts",
    "standing": "confirmed, confirmation_due or stale on the day of the answer",
    "last_confirmed_on": "day of the last confirmation",
    "open_now": "true, false, or nothing where hours are not stated",
    "round_the_clock": "true where it answers day and night",
    "email": "electronic mail of the parts this reader may see",
    "phone": "telephone of the parts this reader may see",
    "fictitious": "true for demonstration entries",
}


def rows(cards: Iterable[Card]) -> list[dict[str, Any]]:
    """Returns one plain row for each card, in the columns of `COLUMNS`."""
    return [_row(card) for card in cards]


def _row(card: Card) -> dict[str, Any]:
    contacts = [*card.contacts, *card.for_officials]
    row = card.row
    return {
        "code": row.code,
        "state": row.participant_id,
        "state_name": card.state_name,
        "name": card.name.value if card.name else "",
        "name_lang": card.name.lang if card.name else "",
        "functions": [f.function for f in row.functions.all()],
        "instruments": [f"{p.instrument} {p.article}".strip() for p in row.provisions.all()],
        "languages": [code for code, _name in card.languages],
        "channels": [c.channel for c in row.channels.all()],
        "standing": str(card.standing),
        "last_confirmed_on": row.last_confirmed_on.isoformat() if row.last_confirmed_on else None,
        "open_now": card.open,
        "round_the_clock": row.round_the_clock,
        "email": [c.value for c in contacts if c.kind == "email"],
        "phone": [c.value for c in contacts if c.kind == "phone"],
        "fictitious": row.fictitious,
    }
