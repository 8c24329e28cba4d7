"""Makes the files of an edition: one language and format, or the archive with everything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.core.texts.languages import LANGUAGE_CHOICES, UN_LANGUAGES
from comity.modules.reports import vocabulary as v
from comity.modules.reports.building import document, edition_digest
from comity.modules.reports.document import EditionDocument
from comity.modules.reports.models import Edition, Snapshot, SnapshotRecords
from comity.modules.reports.numbers import Numbers
from comity.modules.reports.outputs import akoma_ntoso, archive, docx, page, pdf, prov, tables
from comity.modules.reports.policies import can
from comity.modules.reports.releasing import strictest
from comity.modules.reports.selectors import editions
from comity.modules.reports.selectors.rows import open_to_all, shown
from comity.modules.reports.vocabulary import Disclosure, Format

#: Media type and ending of each format.
TYPES: dict[str, tuple[str, str]] = {
    Format.HTML: ("text/html; charset=utf-8", "html"),
    Format.DOCX: ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    Format.PDF: ("application/pdf", "pdf"),
    Format.AKN: ("application/akn+xml", "xml"),
    Format.JSON: ("application/json", "json"),
    Format.CSV: ("text/csv; charset=utf-8", "csv"),
    Format.PROV: ("application/json", "prov.json"),
    Format.ARCHIVE: ("application/zip", "zip"),
}
_WRITERS: dict[str, Callable[[EditionDocument], bytes]] = {
    Format.HTML: lambda made: page.write(made, base=settings.COMITY_ADDRESS),
    Format.DOCX: docx.write,
    Format.PDF: pdf.write,
    Format.AKN: akoma_ntoso.write,
    Format.JSON: tables.to_json,
    Format.CSV: tables.to_csv,
}


#: Is told how many steps of how many are done, and what comes next.
Tell = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Produced:
    """A file: its bytes, its name and its media type."""

    content: bytes
    name: str
    media_type: str


def produce(actor: Actor, edition: Edition, lang: str, format_name: str) -> Produced:
    """Returns the file of an edition. The same frozen edition gives the same bytes.

    Raises building.CannotBuild where a text cannot be printed, outputs.pdf's FontMissing where a script's font is not
    on this machine.
    """
    known = shown(actor, edition)
    media_type, ending = TYPES[format_name]
    if format_name == Format.PROV:
        content = provenance(edition, known, public=not can(actor, v.VIEW_WORK, edition))
    elif format_name == Format.ARCHIVE:
        content = everything(edition, known)
    else:
        made, _problems = document(edition, editions.outline(edition), known, lang)
        content = _WRITERS[format_name](made)
    middle = "" if format_name in {Format.PROV, Format.ARCHIVE} else f".{lang}"
    return Produced(content, f"{edition.code}{middle}.{ending}", media_type)


def everything(edition: Edition, known: Numbers, *, progress: Tell | None = None) -> bytes:
    """Returns the archive: every language in which the whole edition stands, every format, and the provenance.

    `progress` is told before each language, and before the packing, how many of how many steps are done and what
    comes next; what it raises ends the building.
    """
    parts = editions.outline(edition)
    files: dict[str, bytes] = {}
    tell = progress or (lambda _done, _total, _what: None)
    whole = [lang for lang in UN_LANGUAGES if all(parts.text(paragraph, lang) for paragraph in parts.paragraphs)]
    for done, lang in enumerate(whole):
        tell(done, len(whole) + 1, dict(LANGUAGE_CHOICES)[lang])
        made, _problems = document(edition, parts, known, lang)
        for format_name, write in _WRITERS.items():
            files[f"{edition.code}.{lang}.{TYPES[format_name][1]}"] = write(made)
    tell(len(whole), len(whole) + 1, "")
    files[f"{edition.code}.prov.json"] = provenance(edition, known, public=True)
    about = {
        "edition": edition.code, "digest": edition_digest(known), "as_of": edition.as_of.isoformat(),
        "symbols": list(edition.symbols), "fictitious": edition.fictitious,
    }  # fmt: skip
    return archive.write(files, about)


def provenance(edition: Edition, known: Numbers, *, public: bool) -> bytes:
    """Returns the W3C PROV file of the frozen figures.

    For the public, small and withheld numbers are left out, and the records behind protected figures: a reference
    tells that a record is there. Persons are called by what the audit calls them.
    """
    told = open_to_all(known) if public else known
    rows = [number.snapshot for number in told.by_slug.values() if number.snapshot is not None]
    behind = dict(SnapshotRecords.objects.filter(snapshot__in=rows).values_list("snapshot_id", "rows"))
    notices = (_("Demonstration: records, programmes and numbers are fictitious."),) if edition.fictitious else ()
    items = [_item(row, known, behind.get(row.pk, []), public=public) for row in rows]
    return prov.write(items, notices=notices)


def _item(row: Snapshot, known: Numbers, behind: list[list[str]], *, public: bool) -> prov.Provenance:
    names_records = not public or strictest(row.slug, known.definitions) == Disclosure.PUBLIC
    records = sorted({(line[1], line[2]) for line in behind}) if names_records else []
    return prov.Provenance(
        figure=f"{row.slug}@{row.computed_at.isoformat()}",
        value=row.value.normalize(),
        computed_at=row.computed_at,
        code_version=row.code_version,
        approver=row.approved_by if not public else ("approved" if row.approved_by else ""),
        definition=f"{row.slug}@{row.definition.version}",
        records=tuple(records),
        revision_of=f"{row.slug}@{row.previous.computed_at.isoformat()}" if row.previous else "",
    )
