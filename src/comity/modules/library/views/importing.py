"""Importing on the desk: upload, see what would change, then apply."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from comity.core.actions.decorator import Denied
from comity.core.workflow.models import Job, JobState
from comity.core.workflow.selectors import job as job_or_404
from comity.core.workflow.services import cancel, enqueue
from comity.modules.library import policies
from comity.modules.library import vocabulary as v
from comity.modules.library.importing_job import MOST_FILES
from comity.modules.treaties import public as treaties
from comity.ui.requests import ActorRequest
from comity.ui.uploads import SeveralFiles, kept

JOB = "library:import"
#: What the form offers as kinds: guides are written here, not imported as documents.
_KINDS = (v.Kind.LAW, v.Kind.CASE, v.Kind.PUBLICATION)


class UploadForm(forms.Form):
    """Files, and what holds where they do not say it."""

    file = SeveralFiles(
        most=MOST_FILES,
        label=gettext_lazy("Files"),
        help_text=gettext_lazy(
            "Akoma Ntoso, Justice Canada XML, HTML, Markdown, DOCX, PDF with text, JSON, JSON Lines, or a zip of them."
        ),
    )
    state = forms.ChoiceField(label=gettext_lazy("State, where the files do not say"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind, where the files do not say"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        names = treaties.participant_names((get_language() or "en").split("-")[0])
        offered: dict[str, list[tuple[str, Any]]] = {
            "state": sorted(names.items(), key=lambda pair: pair[1]),
            "kind": [(kind.value, kind.label) for kind in _KINDS],
        }
        for name, choices in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
            field.choices = [("", "—"), *choices]


def _allowed(request: ActorRequest) -> None:
    if not policies.can(request.actor, v.IMPORT):
        raise Http404


def upload(request: ActorRequest) -> HttpResponse:
    """Takes files and starts the comparison; nothing is written to the library yet."""
    _allowed(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        uploaded = [kept(file) for file in form.cleaned_data["file"]]
        arguments = {"uploaded": uploaded, "dry_run": True, **{n: form.cleaned_data[n] for n in ("state", "kind")}}
        return redirect("library:import_job", enqueue(request.actor, name=JOB, arguments=arguments).pk)
    return render(request, "library/import_upload.html", {"form": form})


def import_job(request: ActorRequest, pk: int) -> HttpResponse:
    """The comparison or the import: progress while it runs, then what would change or what changed."""
    _allowed(request)
    job = _own_job(request, pk)
    if request.method == "POST":
        return _posted(request, job)
    result = job.result or {}
    told = job.arguments.get("uploaded", [])
    return render(
        request,
        "library/import_job.html",
        {
            "job": job,
            "result": result,
            "dry_run": job.arguments.get("dry_run"),
            "file_names": [one["name"] for one in told],
            "running": job.state in {JobState.QUEUED, JobState.RUNNING},
            "changes": {"imported": _("new"), "updated": _("changed"), "unchanged": _("unchanged")},
            "kinds": dict(v.Kind.choices),
        },
    )


def _posted(request: ActorRequest, job: Job) -> HttpResponse:
    """Cancels a job that runs; applies a comparison that is done."""
    if "cancel" in request.POST:
        try:
            cancel(request.actor, job=job)
        except Denied:
            raise Http404 from None
    elif job.state == JobState.DONE and job.arguments.get("dry_run"):
        applied = enqueue(request.actor, name=JOB, arguments={**job.arguments, "dry_run": False}, key=f"apply-{job.pk}")
        return redirect("library:import_job", applied.pk)
    return redirect("library:import_job", job.pk)


def _own_job(request: ActorRequest, pk: int) -> Job:
    job = job_or_404(request.actor, pk)
    if job.name != JOB:
        raise Http404
    return job
