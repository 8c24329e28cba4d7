"""The records that the edition counts: generated, fictitious, the same on every run."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import transaction

from comity.core.people.models import Participant
from comity.modules.programmes.models import Assistance, Attendance, Event, Pledge, Product, Programme
from comity.modules.programmes.vocabulary import Audience, Sex

PROGRAMMES = 40
_AT = datetime(2026, 1, 1, tzinfo=UTC)
_BASE: dict[str, Any] = {
    "lang": "en", "label": "secretariat", "fictitious": True, "edited_by": "system:benchmark",
    "step_by": "system:benchmark", "recorded_at": _AT,
}  # fmt: skip
_AUDIENCES, _SEXES = [a.value for a in Audience], [s.value for s in Sex]
_START = date(2018, 1, 1)


def load(events: int, rows: int) -> None:
    """Adds programmes, events spread over 2018 to 2020, and `rows` rows of attendance shared out evenly."""
    states = list(Participant.objects.filter(kind="un_member").order_by("iso3").values_list("iso3", flat=True))
    with transaction.atomic():
        Programme.objects.bulk_create(_programme(number) for number in range(PROGRAMMES))
        made = Event.objects.bulk_create([_event(number, events, states) for number in range(events)], batch_size=500)
        Attendance.objects.bulk_create(_attendance(made, rows, states), batch_size=5000)
        Assistance.objects.bulk_create([_assistance(number, states) for number in range(2000)], batch_size=500)
        Product.objects.bulk_create([_product(number) for number in range(500)], batch_size=500)
        Pledge.objects.bulk_create([_pledge(number) for number in range(800)], batch_size=500)


def _programme(number: int) -> Programme:
    level = ("global", "regional", "country")[number % 3]
    return Programme(code=f"P{number}", title=f"Programme {number}", step="active", level=level,
                     starts=_START - timedelta(days=100 * number), **_BASE)  # fmt: skip


def _event(number: int, events: int, states: list[str]) -> Event:
    day = _START + timedelta(days=number * 1096 // events)
    return Event(
        code=f"EV-{number:06d}", title=f"Training {number}", step="verified", programme=f"P{number % PROGRAMMES}",
        starts=day, ends=day, type="training", participant_id=states[number % len(states)],
        region=f"Region {number % 9}", subjects=(f"subject-{number % 12}",), **_BASE,
    )  # fmt: skip


def _attendance(events: list[Event], rows: int, states: list[str]) -> Iterator[Attendance]:
    each, more = divmod(rows, len(events))
    for place, event in enumerate(events):
        for number in range(each + (place < more)):
            combination, sex = divmod(number, len(_SEXES))
            state, audience = divmod(combination, len(_AUDIENCES))
            yield Attendance(
                event=event, participant_id=states[(place + state) % len(states)], audience=_AUDIENCES[audience],
                sex=_SEXES[sex], count=1 + (place + number) % 5, basis="named_list",
            )  # fmt: skip


def _assistance(number: int, states: list[str]) -> Assistance:
    return Assistance(
        code=f"A-{number}", title=f"Assistance {number}", step="ongoing", programme=f"P{number % PROGRAMMES}",
        starts=_START + timedelta(days=number % 1000), participant_id=states[(number * 7) % len(states)],
        subregion=f"Subregion {number % 22}", **_BASE,
    )  # fmt: skip


def _product(number: int) -> Product:
    return Product(code=f"PR-{number}", title=f"Tool {number}", step="published", programme=f"P{number % PROGRAMMES}",
                   starts=_START + timedelta(days=number), type="tool", **_BASE)  # fmt: skip


def _pledge(number: int) -> Pledge:
    return Pledge(
        code=f"PL-{number}", title=f"Pledge {number}", step="signed", programme=f"P{number % PROGRAMMES}",
        starts=_START + timedelta(days=number), donor="D", amount=1000 + number, currency="USD", rate=1,
        rate_on=_START, usd=1000 + number, **_BASE,
    )  # fmt: skip
