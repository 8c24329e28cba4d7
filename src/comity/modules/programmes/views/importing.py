"""Files in and out: upload, see row by row what would be taken and refused, then take; the template; exports."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comity.core.actions.decorator import Denied
from comity.core.workflow.models import Job, JobState
from comity.core.workflow.selectors import job as job_or_404
from comity.core.workflow.services import cancel, enqueue
from comity.modules.programmes import exports, policies
from comity.modules.programmes import vocabulary as v
from comity.modules.programmes.exporters.workbook import template as template_workbook
from comity.modules.programmes.kinds import KINDS
from comity.ui.requests import ActorRequest
from comity.ui.uploads import SeveralFiles, kept

JOB = "programmes:import"
#: Files of one upload.
_MOST = 40


class UploadForm(forms.Form):
    """Files that are read together: rows of one may refer to records of another."""

    file = SeveralFiles(
        most=_MOST,
        accept=".xlsx,.csv,.xml",
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
        uploaded = [kept(file) for file in form.cleaned_data["file"]]
        job = enqueue(request.actor, name=JOB, arguments={"uploaded": uploaded, "dry_run": True})
        return redirect("programmes:import_job", job.pk)
    return render(request, "programmes/import.html", {"form": form})


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
