"""Importing on the desk: upload, see what would change, then apply."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comity.core.vault.uploads import keep_upload, uploads
from comity.core.workflow.selectors import job as job_or_404
from comity.core.workflow.services import enqueue
from comity.modules.treaties import policies
from comity.modules.treaties import vocabulary as names
from comity.ui.requests import ActorRequest

JOB = "treaties:import"


class UploadForm(forms.Form):
    """A status page or a table."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "A status page of the UN Treaty Collection saved as HTML, or a CSV with the columns "
            "iso3, state, instrument, action, date, source."
        ),
    )


def _allowed(request: ActorRequest) -> None:
    if not policies.can(request.actor, names.IMPORT):
        raise Http404


def upload(request: ActorRequest) -> HttpResponse:
    """Takes a file and starts the comparison; nothing is written to the record yet."""
    _allowed(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file: UploadedFile = form.cleaned_data["file"]
        digest = keep_upload(file.chunks())
        arguments = {"digest": digest, "file_name": Path(file.name or "upload").name, "dry_run": True}
        return redirect("treaties:import_job", enqueue(request.actor, name=JOB, arguments=arguments).pk)
    return render(request, "treaties/import_upload.html", {"form": form})


def import_job(request: ActorRequest, pk: int) -> HttpResponse:
    """The comparison or the import: progress while it runs, then what would change or what changed."""
    _allowed(request)
    job = job_or_404(request.actor, pk)
    if job.name != JOB:
        raise Http404
    if request.method == "POST" and job.state == "done" and job.arguments.get("dry_run"):
        arguments = {**job.arguments, "dry_run": False}
        return redirect("treaties:import_job", enqueue(request.actor, name=JOB, arguments=arguments).pk)
    return render(
        request,
        "treaties/import_job.html",
        {
            "job": job,
            "reports": job.result.get("files", []),
            "dry_run": job.arguments.get("dry_run"),
            "file_name": job.arguments.get("file_name"),
            "running": job.state in {"queued", "running"},
            "changes": {"new": _("new"), "changed": _("changed"), "missing": _("missing"), "unchanged": _("unchanged")},
        },
    )


def run_import(progress: Any, *, digest: str, file_name: str, dry_run: bool) -> dict[str, Any]:
    """The job: reads the kept upload in the sandbox, compares it and, unless a dry run, applies it."""
    from comity.modules.treaties.importers.importing import import_file

    progress.step(0, 1, file_name)
    found = import_file(progress.actor, uploads() / digest, dry_run=dry_run, name=file_name)
    progress.step(1, 1, file_name)
    return {"files": [report.as_dict(shown=dry_run) for report in found]}
