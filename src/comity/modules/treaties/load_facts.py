"""Records the bundled participation facts as an edition of each of their sources."""

from __future__ import annotations

import hashlib
import uuid
from collections import defaultdict
from datetime import date

from django.utils import timezone

from comity.modules.treaties.models import Edition, Instrument, Source, TreatyAction
from comity.modules.treaties.vocabulary import SourceKind, action_class

_NAMESPACE = uuid.UUID("5b0f1c1e-7d0c-5c1b-9d55-0c0a7f6f2d11")
FILE_NAME = "reference/facts.csv"


def load_facts(
    instruments: dict[str, Instrument], sources: list[dict[str, str]], facts: list[dict[str, str]]
) -> None:
    """Adds one edition per bundled source, and of its facts what is new, changed or missing.

    Nothing is written for an edition that is there already, or where the source has a newer one.
    """
    rows: dict[str, list[dict[str, str]]] = defaultdict(list)
    for fact in facts:
        rows[fact["source_code"]].append(fact)
    kept = _sources(sources)
    for row in sources:
        source, instrument = kept[row["lineage"]], instruments[row["instrument"]]
        edition = _edition(row, source, instrument, rows[row["source_code"]])
        if edition is not None:
            _record(edition, rows[row["source_code"]])


def _sources(rows: list[dict[str, str]]) -> dict[str, Source]:
    Source.objects.bulk_create(
        [Source(code=row["lineage"], title=row["title"], kind=row["kind"]) for row in rows],
        ignore_conflicts=True,
    )
    return {
        source.code: source for source in Source.objects.filter(code__in=[row["lineage"] for row in rows])
    }


def _edition(
    row: dict[str, str], source: Source, instrument: Instrument, facts: list[dict[str, str]]
) -> Edition | None:
    """Returns a new edition, None where this one or a newer one is recorded.

    A depositary's table lists every signatory and party; the secondary scope tables list parties only, so
    their silence means nothing and they are not complete.
    """
    text = "\n".join(",".join(fact.values()) for fact in facts)
    digest = hashlib.sha256(text.encode()).hexdigest()
    as_of = date.fromisoformat(row["as_of"])
    recorded = Edition.objects.filter(source=source, instrument=instrument)
    if recorded.filter(digest=digest).exists() or recorded.filter(as_of__gt=as_of).exists():
        return None
    return Edition.objects.create(
        source=source,
        instrument=instrument,
        as_of=as_of,
        complete=row["kind"] == SourceKind.DEPOSITARY,
        basis=row["basis"],
        file_name=FILE_NAME,
        digest=digest,
        recorded_at=timezone.now(),
    )


def _record(edition: Edition, facts: list[dict[str, str]]) -> None:
    """Closes what this edition no longer states or states otherwise, and adds what it states now."""
    current = {
        (action.participant_id, str(action_class(action.kind))): action
        for action in TreatyAction.objects.known_at().filter(
            source=edition.source, instrument=edition.instrument
        )
    }
    closed: list[int] = []
    added: list[TreatyAction] = []
    for fact in facts:
        matter = (fact["iso3"], str(action_class(fact["action"])))
        old = current.pop(matter, None)
        effective = date.fromisoformat(fact["effective"]) if fact["effective"] else None
        stated = (fact["action"], date.fromisoformat(fact["date"]), effective)
        if old is not None and (old.kind, old.deposited, old.effective) == stated:
            continue
        if old is not None:
            closed.append(old.pk)
        identity = f"{edition.source.code}|{edition.instrument.code}|{'|'.join(matter)}"
        added.append(
            TreatyAction(
                fact=old.fact if old is not None else uuid.uuid5(_NAMESPACE, identity),
                recorded_at=edition.recorded_at,
                instrument=edition.instrument,
                participant_id=fact["iso3"],
                kind=stated[0],
                deposited=stated[1],
                effective=stated[2],
                source=edition.source,
                edition=edition,
            )
        )
    closed += [action.pk for action in current.values()]
    TreatyAction.objects.filter(pk__in=closed).update(superseded_at=edition.recorded_at)
    TreatyAction.objects.bulk_create(added, batch_size=500)
