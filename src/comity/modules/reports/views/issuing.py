"""Issuing an edition in the background: asked for, followed, cancelled, or refused in words."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from comity.core.actions.decorator import Denied
from comity.core.workflow.models import Job, JobState
from comity.core.workflow.selectors import job as job_or_404
from comity.core.workflow.services import cancel, enqueue
from comity.modules.reports import vocabulary as v
from comity.modules.reports.forms.steps import ReasonForm
from comity.modules.reports.models import Edition
from comity.modules.reports.policies import can
from comity.modules.reports.presentation import page_lang
from comity.modules.reports.selectors import editions
from comity.modules.reports.views.demanding import demand
from comity.modules.reports.views.steps import work_url
from comity.modules.reports.views.work import ISSUE_JOB, issue_key, workable
from comity.ui.requests import ActorRequest


def issue(request: ActorRequest, code: str) -> HttpResponse:
    """Asks, then starts the building of every file; what is built is opened to the public."""
    found = editions.edition(request.actor, code)
    demand(request.actor, can(request.actor, v.ISSUE, found))
    again = found.state in v.PUBLISHED
    title = _("Issue a correction") if again else _("Issue the edition")
    form = ReasonForm(request.POST or None, required=again)
    if request.method == "POST" and request.POST.get("confirm") == "yes" and form.is_valid():
        return _start(request, found, form.cleaned_data["reason"])
    words = {
        "edition": found, "title": title, "confirm_label": title, "question": f"{title}: {found.code}", "form": form,
        "cancel_url": work_url(found),
        "consequences": [
            _("Every language and format is built once and kept with its digest."),
            _("Everybody sees the texts, the approved figures and their pages."),
            _("It is not taken back; a correction is issued beside it."),
        ],
    }  # fmt: skip
    return render(request, "reports/confirm.html", words, status=422 if form.is_bound and form.errors else 200)


def _start(request: ActorRequest, found: Edition, reason: str) -> HttpResponse:
    arguments = {"edition": found.code, "reason": reason, "number": found.issues.count() + 1, "lang": page_lang()}
    job = enqueue(request.actor, name=ISSUE_JOB, arguments=arguments, key=issue_key(found))
    if job.user_id != request.actor.user_id:
        messages.warning(request, _("Somebody else is issuing it just now."))
        return redirect(work_url(found))
    return redirect("reports:issue_job", found.code, job.pk)


def issue_job(request: ActorRequest, code: str, pk: int) -> HttpResponse:
    """How far the building is; then that it was issued, or why not."""
    found = workable(request.actor, code)
    job = _own_job(request, found, pk)
    if request.method == "POST":
        try:
            cancel(request.actor, job=job)
        except Denied:
            raise Http404 from None
        return redirect("reports:issue_job", code, pk)
    result = job.result or {}
    problems = [
        {**one, "url": reverse("reports:summary", args=[code, one["lang"]]) if one["paragraph"] == "summary"
         else reverse("reports:paragraph", args=[code, one["paragraph"], one["lang"]])}
        for one in result.get("problems", [])
    ]  # fmt: skip
    context = {
        "edition": found, "job": job, "result": result, "problems": problems,
        "running": job.state in {JobState.QUEUED, JobState.RUNNING},
    }  # fmt: skip
    return render(request, "reports/issue_job.html", context)


def _own_job(request: ActorRequest, found: Edition, pk: int) -> Job:
    job = job_or_404(request.actor, pk)
    if job.name != ISSUE_JOB or job.arguments.get("edition") != found.code:
        raise Http404
    return job
