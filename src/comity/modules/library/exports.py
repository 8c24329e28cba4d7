"""What leaves the library: the published records of one actor, as files, and the audit of it."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TextIO

from django.conf import settings
from django.db.models import QuerySet

from comity.core.actions.actor import Actor
from comity.core.actions.labels import Label
from comity.core.actions.reads import record_read
from comity.modules.library import vocabulary as v
from comity.modules.library.exporters import akoma_ntoso, flat, jsonl, references
from comity.modules.library.exporters.entry import Entry
from comity.modules.library.models import Record, Version
from comity.modules.library.selectors.records import content_of_version, published
from comity.ui.exports import csv_text

FORMATS = ("jsonl", "akn", "csv", "ris", "bibtex", "csl")
#: Extension and media type of each format of one file.
FILES = {
    "jsonl": ("jsonl", "application/x-ndjson"),
    "csv": ("csv", "text/csv; charset=utf-8"),
    "ris": ("ris", "application/x-research-info-systems"),
    "bibtex": ("bib", "application/x-bibtex"),
    "csl": ("json", "application/vnd.citationstyles.csl+json"),
    "akn": ("xml", "application/akn+xml"),
}
#: Moment of all files in a zip: the same export is the same file.
_EPOCH = (1980, 1, 1, 0, 0, 0)


def chosen(actor: Actor, *, kind: str = "", state: str = "") -> QuerySet[Record]:
    """The published records that this actor may see, of a kind and a State where these are given."""
    rows = published(actor)
    rows = rows.filter(kind=kind) if kind else rows
    return rows.filter(participant_id=state) if state else rows


def entries(rows: QuerySet[Record], lang: str = "") -> Iterator[Entry]:
    """The records with their shown content, by number; a few at a time."""
    shown = Version.objects.filter(
        record__in=rows.order_by(), pending=False, step=v.Step.PUBLISHED, superseded_at__isnull=True
    )
    shown = shown.select_related("record__participant", "provisions").order_by("record__number")
    for version in shown.iterator(chunk_size=20):
        yield entry_of(version, lang)


def entry_of(version: Version, lang: str = "") -> Entry:
    """One record as exporters get it; `version` is its shown one."""
    record, state = version.record, version.record.participant
    return Entry(
        number=record.number,
        url=f"{settings.COMITY_ADDRESS}/library/{record.number}/",
        content=content_of_version(version),
        iso2=state.iso2 if state else "",
        state_name=state.name(lang or "en") if state else "",
    )


def record_export(actor: Actor, rows: QuerySet[Record], what: str) -> None:
    """One audit entry for each label of an export that holds anything not public."""
    labels = set(rows.order_by().values_list("label", flat=True).distinct())
    for label in sorted(labels - {Label.PUBLIC}):
        record_read(actor, reference=f"library:export:{what}", label=label, verb=v.EXPORT)


def write_text(actor: Actor, kind: str, rows: QuerySet[Record], out: TextIO, *, lang: str = "") -> int:
    """Writes the records as one file of a format of `FORMATS` other than akn; returns how many."""
    record_export(actor, rows, kind)
    written = 0
    gathered = []
    for entry in entries(rows, lang):
        written += 1
        match kind:
            case "jsonl":
                out.write(jsonl.line(entry))
            case "ris":
                out.write(references.ris(entry, lang))
            case "bibtex":
                out.write(references.bibtex(entry, lang))
            case "csl":
                gathered.append(references.csl(entry, lang))
            case "csv":
                gathered.append(flat.row(entry, lang))
            case _:
                raise ValueError(f"no format {kind}")
    if kind == "csl":
        out.write(references.csl_file(gathered))
    elif kind == "csv":
        out.write(csv_text(gathered, list(flat.COLUMNS)))
    return written


def write_documents(actor: Actor, rows: QuerySet[Record], place: Path) -> int:
    """Writes the laws among the records as Akoma Ntoso: into a .zip, or into a folder that is made where there is
    none; returns how many laws."""
    rows = rows.filter(kind=v.Kind.LAW)
    record_export(actor, rows, "akn")
    if place.suffix.lower() == ".zip":
        with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
            return _write_each(rows, lambda name, document: archive.writestr(zipfile.ZipInfo(name, _EPOCH), document))
    place.mkdir(parents=True, exist_ok=True)
    return _write_each(rows, lambda name, document: (place / name).write_bytes(document))


def _write_each(rows: QuerySet[Record], put: Callable[[str, bytes], object]) -> int:
    laws = 0
    for entry in entries(rows):
        laws += 1
        for name, document in akoma_ntoso.documents(entry):
            put(name, document)
    return laws
