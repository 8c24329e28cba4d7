"""Notifications, background work, and the mails a node without SMTP writes to files."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from comity.account.views.gate import administrators_only
from comity.core.workflow import selectors, services
from comity.core.workflow.models import Job, JobState
from comity.ui.paging import keyset, listed
from comity.ui.requests import ActorRequest

_KINDS = {
    JobState.QUEUED: "info",
    JobState.RUNNING: "new",
    JobState.DONE: "ok",
    JobState.FAILED: "stop",
    JobState.CANCELLED: "quiet",
}


@never_cache
@login_required
def notifications(request: ActorRequest) -> HttpResponse:
    """The person's own notifications, newest first."""
    actor = request.actor
    page = keyset(selectors.notifications(actor), by=("-pk",), params=request.GET)
    context = {
        "page": page,
        "unread": selectors.unread_count(actor),
        "deadlines": selectors.open_deadlines(actor)[:20],
    }
    return render(request, "comity_account/notifications.html", context)


@require_POST
@login_required
def mark_read(request: ActorRequest) -> HttpResponse:
    """Marks one notification as read and opens what it tells of, or marks all."""
    actor = request.actor
    wanted = request.POST.get("id", "")
    services.mark_read(actor, notification_id=int(wanted) if wanted.isdigit() else None)
    row = selectors.notifications(actor).filter(pk=wanted).first() if wanted.isdigit() else None
    if row is not None and row.url and url_has_allowed_host_and_scheme(row.url, allowed_hosts=None):
        return redirect(row.url)
    return redirect("account_notifications")


def _shown(job: Job) -> dict[str, Any]:
    running = job.state in {JobState.QUEUED, JobState.RUNNING}
    return {"job": job, "kind": _KINDS[JobState(job.state)], "may_cancel": running and not job.cancel_requested}


@never_cache
@login_required
def jobs(request: ActorRequest) -> HttpResponse:
    """Background work of this person; of everybody for administrators."""
    actor = request.actor
    page = keyset(selectors.jobs(actor), by=("-pk",), params=request.GET, size=25)
    return render(request, "comity_account/jobs.html", {"page": page, "rows": [_shown(job) for job in page.rows]})


@never_cache
@login_required
def job(request: ActorRequest, pk: int) -> HttpResponse:
    """One piece of work with its progress; the page loads itself again while it runs."""
    actor = request.actor
    found = selectors.job(actor, pk)
    shown = _shown(found)
    response = render(request, "comity_account/job.html", shown)
    if shown["may_cancel"] and not getattr(request, "htmx", False):
        response["Refresh"] = "5"
    return response


@login_required
def cancel_job(request: ActorRequest, pk: int) -> HttpResponse:
    """Stops a piece of work, after asking."""
    actor = request.actor
    found = selectors.job(actor, pk)
    if request.method == "POST" and request.POST.get("confirm") == "yes":
        services.cancel(actor, job=found)
        messages.success(request, _("The work is stopped, or stops at its next step."))
        return redirect("account_job", pk)
    context = {
        "title": _("Stop background work"),
        "question": _("Stop “%(name)s”?") % {"name": found.name},
        "consequences": [_("What it has already done stays; what is left is not done.")],
        "confirm_label": _("Stop it"),
        "cancel_url": reverse("account_job", args=[pk]),
        "danger": True,
    }
    return render(request, "ui/confirm.html", context)


@administrators_only
def mails(request: ActorRequest) -> HttpResponse:
    """The mails in the data folder of a node without SMTP."""
    actor = request.actor
    found = selectors.written_mails(actor)
    page = listed(found, key=lambda row: (row.name,), params=request.GET, size=25)
    return render(request, "comity_account/mails.html", {"page": page})
