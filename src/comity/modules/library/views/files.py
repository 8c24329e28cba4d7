"""Records as files, and the files that records keep: always attachments, never run by a browser."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.core.vault import files
from comity.modules.library import exports
from comity.modules.library.content import FileRef
from comity.modules.library.exporters import flat
from comity.modules.library.models import Record
from comity.modules.library.vocabulary import Kind, Step
from comity.ui.exports import table_file

#: Formats offered for a list and for one record, with what they are called.
OF_LIST = (("CSV", "csv"), ("JSON", "json"), ("JSON Lines", "jsonl"), ("RIS", "ris"), ("BibTeX", "bibtex"))
OF_RECORD = (("JSON Lines", "jsonl"), ("RIS", "ris"), ("BibTeX", "bibtex"), ("CSL-JSON", "csl"))
OF_LAW = (("Akoma Ntoso", "akn"), *OF_RECORD)


def formats_of(row: Record) -> tuple[tuple[str, str], ...]:
    """What a record's page offers: (name, value of `?format=`); nothing where it is not published."""
    if row.step != Step.PUBLISHED:
        return ()
    return OF_LAW if row.kind == Kind.LAW else OF_RECORD


def list_file(request: HttpRequest, actor: Actor, rows: QuerySet[Record], lang: str) -> HttpResponse | None:
    """The published ones of these records as the file that the address asks for, else None."""
    wanted = request.GET.get("format", "")
    rows = rows.filter(step=Step.PUBLISHED)
    if wanted == "json":
        exports.record_export(actor, rows, wanted)
        table = [flat.row(entry, lang) for entry in exports.entries(rows, lang)]
        return table_file(request, "library", table, list(flat.COLUMNS), {"lang": lang})
    return _written(actor, rows, wanted, "library", lang) if wanted in {name for _label, name in OF_LIST} else None


def record_file(request: HttpRequest, actor: Actor, row: Record, lang: str) -> HttpResponse | None:
    """A published record as the file that the address asks for, else None."""
    wanted = request.GET.get("format", "")
    if wanted not in {name for _label, name in formats_of(row)}:
        return None
    return _written(actor, Record.objects.filter(pk=row.pk), wanted, row.number, lang)


def _written(actor: Actor, rows: QuerySet[Record], kind: str, name: str, lang: str) -> HttpResponse:
    ending, content_type = exports.FILES[kind]
    if kind == "akn":
        return _akoma_ntoso(actor, rows, name)
    out = io.StringIO()
    exports.write_text(actor, kind, rows, out, lang=lang)
    answer = HttpResponse(out.getvalue(), content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return answer


def _akoma_ntoso(actor: Actor, rows: QuerySet[Record], name: str) -> HttpResponse:
    """A law: one document for each language, together as a .zip."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / f"{name}.zip"
        exports.write_documents(actor, rows, place)
        answer = HttpResponse(place.read_bytes(), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    return answer


def attachment(file: FileRef) -> FileResponse:
    """A kept file as an answer that a browser saves and never runs. Raises Http404 where it is not there."""
    if not files.is_kept(file.digest):
        raise Http404(_("There is no such file."))
    answer = FileResponse(
        files.open_file(file.digest), as_attachment=True, filename=file.name, content_type="application/octet-stream"
    )
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
