"""What leaves the programme: the records of one actor as files, and the audit of it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from lxml import etree

from comity.core.actions.actor import Actor
from comity.core.actions.labels import Label
from comity.core.actions.reads import record_read
from comity.modules.programmes import vocabulary as v
from comity.modules.programmes.exporters import csv_files, iati, iati_rules, workbook
from comity.modules.programmes.exporters.iati_elements import Reporter, book
from comity.modules.programmes.exporters.iati_identity import reporting_identifier
from comity.modules.programmes.exporters.rows import every_row
from comity.modules.programmes.kinds import KINDS
from comity.modules.programmes.selectors.records import current

#: Formats, with the ending and the media type of each.
FILES = {
    "xlsx": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": ("csv", "text/csv; charset=utf-8"),
    "iati": ("xml", "application/xml"),
}
FORMATS = tuple(FILES)
#: Moment of all files in a zip: the same export is the same file.
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Made:
    """A file, and what a person should know of it: what was left out, which rules it breaks."""

    content: bytes
    notes: list[str] = field(default_factory=list)


def export(actor: Actor, kind: str, *, reporter: Reporter | None = None) -> Made:
    """Returns what the actor may see as one file of a format of `FORMATS`. Raises ValueError where it cannot be made:
    nothing that IATI has a place for, a text too long for a spreadsheet, a file that breaks the schema."""
    record_export(actor, kind)
    match kind:
        case "xlsx":
            return Made(workbook.workbook(every_row(actor)))
        case "csv":
            return Made(csv_files.one_file(every_row(actor)).encode())
        case "iati":
            return _iati(actor, reporter or default_reporter())
        case _:
            raise ValueError(f"no format {kind}")


def default_reporter() -> Reporter:
    """The node as publisher of IATI files."""
    return Reporter(reporting_identifier(), settings.COMITY_NODE_NAME)


def _iati(actor: Actor, reporter: Reporter) -> Made:
    today = timezone.now().date()
    told = book(actor, reporter, today)
    content = iati.document(told)
    problems = iati_rules.schema_problems(etree.fromstring(content))
    if problems:
        line, message = problems[0]
        raise ValueError(
            f"the file would break the schema of IATI 2.03 in {len(problems)} places; line {line}: {message}"
        )
    found = iati_rules.check(content, today)
    notes = [f"rule “{one.rule}”, {one.activity}: {one.message}" for one in found]
    return Made(content, [*notes, *(f"left out, {line}" for line in told.left_out)])


def write_csv_files(actor: Actor, place: Path) -> int:
    """Writes a CSV for each table: into a .zip, or into a folder that is made where there is none; returns how many."""
    record_export(actor, "csv")
    made = csv_files.files(every_row(actor))
    if place.suffix.lower() == ".zip":
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in made.items():
                archive.writestr(zipfile.ZipInfo(name, _EPOCH), text.encode())
        place.write_bytes(packed.getvalue())
        return len(made)
    place.mkdir(parents=True, exist_ok=True)
    for name, text in made.items():
        (place / name).write_bytes(text.encode())
    return len(made)


def record_export(actor: Actor, what: str) -> None:
    """One audit entry for each label of an export that holds anything not public."""
    labels: set[str] = set()
    for kind in KINDS.values():
        labels |= set(current(actor, kind).order_by().values_list("label", flat=True).distinct())
    for label in sorted(labels - {Label.PUBLIC}):
        record_read(actor, reference=f"programmes:export:{what}", label=label, verb=v.EXPORT)
