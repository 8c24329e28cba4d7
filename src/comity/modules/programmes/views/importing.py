"""Files in and out: upload, see row by row what would be taken and refused, then take; the template; exports."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comity.core.actions.decorator import Denied
from comity.core.vault.uploads import keep_upload
from comity.core.workflow.models import Job, JobState
from comity.core.workflow.selectors import job as job_or_404
from comity.core.workflow.services import cancel, enqueue
from comity.modules.programmes import exports, policies
from comity.modules.programmes import vocabulary as v
from comity.modules.programmes.exporters.workbook import template as template_workbook
from comity.modules.programmes.kinds import KINDS
from comity.ui.requests import ActorRequest

JOB = "programmes:import"
#: Files of one upload.
_MOST = 40


class SeveralFiles(forms.FileField):
    """A field of one file or more."""

    def __init__(self, **options: Any) -> None:
        widget = forms.FileInput(attrs={"accept": ".xlsx,.csv,.xml"})
        widget.allow_multiple_selected = True
        widget.attrs["multiple"] = True
        super().__init__(widget=widget, **options)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """The uploads, each checked alone."""
        given = data if isinstance(data, list | tuple) else [data]
        if len(given) > _MOST:
            raise forms.ValidationError(_("At most %(number)d files at once.") % {"number": _MOST})
        return [super(SeveralFiles, self).clean(one, initial) for one in given] or [super().clean(None, initial)]


class UploadForm(forms.Form):
    """Files that are read together: rows of one may refer to records of another."""

    file = SeveralFiles(
        label=gettext_lazy("Files"),
        help_text=gettext_lazy("Workbooks (.xlsx), CSV named after their table such as event.csv, or IATI 2.03."),
    )


def _allowed(request: ActorRequest) -> None:
    if not policies.can(request.actor, v.IMPORT):
        raise Http404


def upload(request: ActorRequest) -> HttpResponse:
    """Takes files and starts the comparison; nothing is recorded yet."""
    _allowed(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        uploaded = [_keep(file) for file in form.cleaned_data["file"]]
        job = enqueue(request.actor, name=JOB, arguments={"uploaded": uploaded, "dry_run": True})
        return redirect("programmes:import_job", job.pk)
    return render(request, "programmes/import.html", {"form": form})


def _keep(file: UploadedFile) -> dict[str, str]:
    """Keeps the upload; its digest and name are what the job is told."""
    return {"digest": keep_upload(file.chunks()), "name": PurePosixPath(file.name or "upload").name[-200:]}


def import_job(request: ActorRequest, pk: int) -> HttpResponse:
    """The comparison or the import: progress while it runs, then what would change or what changed."""
    _allowed(request)
    job = job_or_404(request.actor, pk)
    if job.name != JOB:
        raise Http404
    if request.method == "POST":
        return _posted(request, job)
    result = job.result or {}
    changes = {"imported": _("new"), "updated": _("changed")}
    lines = [
        {**line, "kind": KINDS[line["kind"]].title, "change": changes[line["change"]]}
        for line in result.get("changes", ())
    ]
    context = {
        "job": job,
        "result": result,
        "lines": lines,
        "dry_run": job.arguments.get("dry_run"),
        "file_names": [one["name"] for one in job.arguments.get("uploaded", [])],
        "running": job.state in {JobState.QUEUED, JobState.RUNNING},
    }
    return render(request, "programmes/import_job.html", context)


def _posted(request: ActorRequest, job: Job) -> HttpResponse:
    """Cancels a job that runs; takes what a comparison that is done found right."""
    if "cancel" in request.POST:
        try:
            cancel(request.actor, job=job)
        except Denied:
            raise Http404 from None
    elif job.state == JobState.DONE and job.arguments.get("dry_run"):
        arguments = {**job.arguments, "dry_run": False}
        taken = enqueue(request.actor, name=JOB, arguments=arguments, key=f"apply-{job.pk}")
        return redirect("programmes:import_job", taken.pk)
    return redirect("programmes:import_job", job.pk)


def template(request: ActorRequest) -> HttpResponse:
    """The empty workbook, with notes in the page's language."""
    return _file(template_workbook(), "comity-template.xlsx", exports.FILES["xlsx"][1])


def export(request: ActorRequest, kind: str) -> HttpResponse:
    """What the reader may see, as a file of one of the formats."""
    if kind not in exports.FILES or not policies.can(request.actor, v.EXPORT):
        raise Http404
    ending, media_type = exports.FILES[kind]
    try:
        made = exports.export(request.actor, kind)
    except ValueError as error:
        return render(request, "programmes/export_refused.html", {"reason": str(error)}, status=409)
    return _file(made.content, f"programmes.{ending}", media_type)


def _file(content: bytes, name: str, media_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
