"""Writes a plan. Called by the service of the same name, inside its transaction; decides nothing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from comity.core.texts.models import TextStatus
from comity.modules.treaties.importers.plan import Entry, Plan
from comity.modules.treaties.load_reference import extra_rules
from comity.modules.treaties.models import (
    Edition,
    Instrument,
    InstrumentTitle,
    Source,
    Statement,
    TerritorialApplication,
    TreatyAction,
)
from comity.modules.treaties.vocabulary import InstrumentGroup

_MODELS: dict[str, type[Any]] = {
    "action": TreatyAction,
    "statement": Statement,
    "application": TerritorialApplication,
}


class Overtaken(Exception):
    """Somebody changed a fact between planning and applying. Nothing was written; import the file again."""


def write(plan: Plan, *, file_name: str, digest: str) -> Edition:
    """Adds the edition and the versions the plan calls for. Raises Overtaken where the plan is old."""
    now = timezone.now()
    instrument = plan.instrument or _instrument(plan)
    source, _ = Source.objects.get_or_create(
        code=plan.source_code, defaults={"title": plan.source_title, "kind": plan.source_kind}
    )
    edition = _edition(plan, instrument, source, file_name, digest, now)
    _close([entry for entry in plan.entries if entry.change in {"changed", "missing"}], now)
    for subject, model in _MODELS.items():
        entries = [e for e in plan.entries if e.subject == subject and e.change in {"new", "changed"}]
        rows = [_row(model, entry, instrument, source, edition, now) for entry in entries]
        model.objects.bulk_create(rows, batch_size=500)
        if model is Statement:
            _address(entries, rows)
    return edition


def _instrument(plan: Plan) -> Instrument:
    table = plan.table
    said_by = f"UN Treaty Collection, status of {table.instrument} as at {table.as_of}"
    instrument = Instrument.objects.create(
        code=table.instrument,
        depositary_number=table.instrument,
        group=InstrumentGroup.OTHER,
        depositary="Secretary-General of the United Nations",
        concluded_place=table.concluded_place[:200],
        concluded_on=table.concluded_on,
        registration=table.registration[:200],
        rules=extra_rules(table.instrument),
        source=said_by,
    )
    InstrumentTitle.objects.create(
        instrument=instrument, lang=table.lang, value=table.title, status=TextStatus.ORIGINAL, source=said_by
    )
    return instrument


def _edition(plan: Plan, instrument: Instrument, source: Source, file_name: str, digest: str, now: datetime) -> Edition:
    table = plan.table
    stated = {
        "complete": table.complete,
        "parties_stated": table.parties_stated,
        "signatories_stated": table.signatories_stated,
        "in_force_stated": table.in_force_on,
        "in_force_words": table.in_force_text[:300],
        "not_in_force": table.complete and table.in_force_on is None and bool(table.in_force_text),
        "basis": "STATUS AS AT on the page" if table.complete else "the latest date in the table",
        "notes": table.notes,
        "file_name": file_name[:300],
        "recorded_at": now,
    }
    edition, _ = Edition.objects.get_or_create(
        source=source, instrument=instrument, as_of=table.as_of, digest=digest, defaults=stated
    )
    return edition


def _close(entries: list[Entry], now: datetime) -> None:
    for subject, model in _MODELS.items():
        keys = [entry.held.pk for entry in entries if entry.subject == subject and entry.held]
        closed = model.objects.filter(pk__in=keys, superseded_at__isnull=True).update(superseded_at=now)
        if closed != len(keys):
            raise Overtaken("Facts changed while the file was read. Nothing was written; import the file again.")


def _row(
    model: type[Any], entry: Entry, instrument: Instrument, source: Source, edition: Edition, now: datetime
) -> Any:
    row = model(
        instrument=instrument,
        participant_id=entry.iso3,
        source=source,
        edition=edition,
        recorded_at=now,
        **entry.fields,
    )
    if entry.held:
        row.fact = entry.held.fact
    return row


def _address(entries: list[Entry], rows: list[Statement]) -> None:
    through = Statement.towards.through
    through._default_manager.bulk_create(
        through(statement_id=row.pk, participant_id=iso3)
        for entry, row in zip(entries, rows, strict=True)
        for iso3 in entry.towards
    )
