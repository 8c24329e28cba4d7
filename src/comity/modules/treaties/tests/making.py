"""Invented facts for tests: a source, an edition, an act, each in one line."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from comity.core.actions.actor import Actor, Grant
from comity.core.people.models import Participant
from comity.modules.treaties.models import Edition, Instrument, InstrumentTitle, Source, TreatyAction

RECORDED = datetime(2026, 1, 1, tzinfo=UTC)

CURATOR = Actor("user", "user:1", 1, "C. Curator", (Grant("curator", body="secretariat"),), True)
PUBLISHER = Actor("user", "user:2", 2, "P. Publisher", (Grant("publisher", body="secretariat"),), True)
SECOND_PUBLISHER = Actor("user", "user:3", 3, "Q. Publisher", (Grant("publisher", body="secretariat"),), True)
FOCAL_POINT = Actor("user", "user:4", 4, "F. Point", (Grant("focal_point", participant="AAA"),), True)


def day(text: str) -> date:
    """A day of ISO text."""
    return date.fromisoformat(text)


def participants(*codes: str) -> list[Participant]:
    """Invented States."""
    return [
        Participant.objects.get_or_create(
            iso3=code, defaults={"kind": "un_member", "names": {"en": f"State {code}"}, "regional_group": "african"}
        )[0]
        for code in codes
    ]


def instrument(code: str = "TREATY", **fields: Any) -> Instrument:
    """An invented instrument with an English title and short title."""
    made = Instrument.objects.create(code=code, **fields)
    for short in (False, True):
        InstrumentTitle.objects.create(
            instrument=made, lang="en", value=f"The {code} title", status="original", short=short
        )
    return made


def edition(
    of: Instrument, source: str = "page", as_of: str = "2020-01-01", *, kind: str = "depositary",
    complete: bool = True, recorded: datetime = RECORDED, **fields: Any,
) -> Edition:
    """What a source said of the instrument up to a day."""
    lineage, _made = Source.objects.get_or_create(code=source, defaults={"title": f"The {source}", "kind": kind})
    return Edition.objects.create(
        source=lineage, instrument=of, as_of=day(as_of), complete=complete, recorded_at=recorded, **fields
    )


def act(
    said: Edition, iso3: str, kind: str, deposited: str, effective: str | None = None, **fields: Any
) -> TreatyAction:
    """An act as that edition states it."""
    participants(iso3)
    return TreatyAction.objects.create(
        instrument=said.instrument, participant_id=iso3, kind=kind, deposited=day(deposited),
        effective=day(effective) if effective else None, source=said.source, edition=said,
        recorded_at=fields.pop("recorded_at", said.recorded_at), **fields,
    )
