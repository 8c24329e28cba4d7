"""Writing and closing versions of facts. Only services call this, inside their transaction."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from comity.modules.treaties.models import (
    Edition,
    Instrument,
    Statement,
    TerritorialApplication,
    TreatyAction,
)

#: Code of the source that holds what curators enter.
DESK = "desk"

FIELDS: dict[str, tuple[type[Any], tuple[str, ...]]] = {
    "action": (TreatyAction, ("kind", "deposited", "effective", "note")),
    "statement": (Statement, ("kind", "text", "lang", "made_on", "withdrawn_on", "article")),
    "application": (TerritorialApplication, ("territory", "deposited", "ended", "text")),
}
_DAYS = frozenset({"deposited", "effective", "made_on", "withdrawn_on", "ended"})


class Vanished(ValueError):
    """The fact was changed or withdrawn meanwhile."""


def as_payload(row: Any, subject: str) -> dict[str, Any]:
    """Returns a fact's fields as JSON-ready values."""
    values = {name: getattr(row, name) for name in FIELDS[subject][1]}
    found = {key: value.isoformat() if isinstance(value, date) else value for key, value in values.items()}
    if subject == "statement":
        found["towards"] = sorted(row.towards.values_list("pk", flat=True))
    return found


def current_fact(subject: str, fact: uuid.UUID) -> Any | None:
    """Returns the current version of a fact, None where it was withdrawn or never was."""
    model = FIELDS[subject][0]
    return model.objects.filter(fact=fact, superseded_at__isnull=True).select_related("source", "instrument").first()


def close_fact(subject: str, fact: uuid.UUID) -> dict[str, Any]:
    """Closes the current version and returns its fields. Raises Vanished where there is none."""
    row = current_fact(subject, fact)
    if row is None:
        raise Vanished(_("The fact was changed or withdrawn meanwhile. Reload its page and look again."))
    before = as_payload(row, subject)
    type(row).objects.filter(pk=row.pk).update(superseded_at=timezone.now())
    return before


def write_fact(
    *,
    subject: str,
    instrument: Instrument,
    participant_id: str,
    payload: dict[str, Any],
    reference: str,
    edition: Edition,
    fact: uuid.UUID | None = None,
) -> uuid.UUID:
    """Adds a version of a fact (a new fact where `fact` is None) and returns the fact's id."""
    model, names = FIELDS[subject]
    values = {
        name: date.fromisoformat(value) if name in _DAYS and value else (value or None if name in _DAYS else value)
        for name, value in payload.items()
        if name in names
    }
    row = model.objects.create(
        fact=fact or uuid.uuid4(),
        instrument=instrument,
        participant_id=participant_id,
        reference=reference,
        source=edition.source,
        edition=edition,
        recorded_at=timezone.now(),
        **values,
    )
    if subject == "statement":
        row.towards.set(payload.get("towards") or [])
    return uuid.UUID(str(row.fact))
