"""The steps in the life of an entry, each a question with its consequences, and reports of wrong contacts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from comity.core.actions.decorator import Denied
from comity.modules.directory import vocabulary as v
from comity.modules.directory.forms import ReasonForm, ReportForm, WithdrawForm
from comity.modules.directory.models import Authority
from comity.modules.directory.policies import can
from comity.modules.directory.selectors import asking, pages
from comity.modules.directory.services import lifecycle
from comity.modules.directory.services.reports import report as send_report
from comity.modules.directory.services.versions import Conflict
from comity.modules.directory.views.search import now_and_lang
from comity.ui.requests import actor_of


def _step(
    request: HttpRequest,
    row: Authority,
    *,
    action: str,
    service: Callable[..., Any],
    words: dict[str, Any],
    form: forms.Form | None = None,
    done: str,
    back: str,
) -> HttpResponse:
    """Asks with consequences, then does it. What may not be done answers 403 with its reason."""
    actor = actor_of(request)
    decision = can(actor, action, row)
    if not decision:
        raise Denied(decision.reason)
    if request.method == "POST" and request.POST.get("confirm") == "yes" and (form is None or form.is_valid()):
        try:
            service(actor, version=row, **(form.cleaned_data if form else {}))
        except (Denied, Conflict) as error:
            messages.error(request, error.reason)
            return redirect(back)
        messages.success(request, done)
        return redirect("directory:authority", row.code)
    return render(request, "ui/confirm.html", {"form": form, "cancel_url": back, **words})


def _under_work(request: HttpRequest, code: str) -> Authority:
    return pages.get(actor_of(request), code, pending=True)


def _url(name: str, code: str) -> str:
    return reverse(f"directory:{name}", args=[code])


def confirm(request: HttpRequest, code: str) -> HttpResponse:
    """Everything still holds."""
    row = pages.get(actor_of(request), code)
    return _step(
        request,
        row,
        action=v.CONFIRM,
        service=lifecycle.confirm,
        done=_("Confirmed as of today."),
        back=_url("authority", code),
        words={
            "title": _("Confirm this entry"),
            "confirm_label": _("Yes, everything still holds"),
            "question": _("Is everything in “%(name)s” still right?") % {"name": row.sort_name},
            "consequences": [_("The entry counts as confirmed today; the next confirmation is due in 180 days.")],
        },
    )


def verify(request: HttpRequest, code: str) -> HttpResponse:
    """A curator compares with what the State sent."""
    row = _under_work(request, code)
    return _step(
        request,
        row,
        action=v.VERIFY,
        service=lifecycle.verify,
        back=_url("work", code),
        done=_("Verified. A publisher publishes it."),
        form=ReasonForm(request.POST or None, required=False),
        words={
            "title": _("Verify this entry"),
            "confirm_label": _("Verify"),
            "question": _("Does “%(name)s” agree with what the State sent?") % {"name": row.sort_name},
            "consequences": [_("It waits for publication. What is published stays visible until then.")],
        },
    )


def send_back(request: HttpRequest, code: str) -> HttpResponse:
    """The State is asked to write again."""
    row = _under_work(request, code)
    return _step(
        request,
        row,
        action=v.RETURN,
        service=lifecycle.send_back,
        back=_url("work", code),
        done=_("Sent back to the State."),
        form=ReasonForm(request.POST or None),
        words={
            "title": _("Send this entry back"),
            "confirm_label": _("Send back"),
            "question": _("Send “%(name)s” back to the State?") % {"name": row.sort_name},
            "consequences": [_("The State reads your reason and edits the entry.")],
        },
    )


def publish(request: HttpRequest, code: str) -> HttpResponse:
    """The verified version becomes the shown one."""
    row = _under_work(request, code)
    return _step(
        request,
        row,
        action=v.PUBLISH,
        service=lifecycle.publish,
        back=_url("work", code),
        done=_("Published."),
        form=ReasonForm(request.POST or None, required=False),
        words={
            "title": _("Publish this entry"),
            "confirm_label": _("Publish"),
            "question": _("Publish “%(name)s”?") % {"name": row.sort_name},
            "consequences": [_("It is shown at once, and replaces the version shown before.")],
        },
    )


def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Takes an entry out of the directory; it can be undone."""
    actor = actor_of(request)
    row = pages.get(actor, code)
    successors = [(r.code, r.sort_name) for r in asking.of_state(actor, row.participant_id) if r.code != row.code]
    return _step(
        request,
        row,
        action=v.WITHDRAW,
        service=lifecycle.withdraw,
        back=_url("authority", code),
        done=_("Withdrawn. You can undo this on the page of the entry."),
        form=WithdrawForm(request.POST or None, successors=successors),
        words={
            "title": _("Withdraw this entry"),
            "confirm_label": _("Withdraw"),
            "danger": True,
            "question": _("Withdraw “%(name)s” from the directory?") % {"name": row.sort_name},
            "consequences": [
                _("Searches and “Find whom to ask” no longer show it."),
                _("Its page says that it was withdrawn, and what replaces it."),
                _("Nothing is deleted: you can undo this."),
            ],
        },
    )


def restore(request: HttpRequest, code: str) -> HttpResponse:
    """Undoes a withdrawal."""
    row = pages.get(actor_of(request), code)
    return _step(
        request,
        row,
        action=v.RESTORE,
        service=lifecycle.restore,
        back=_url("authority", code),
        done=_("The entry is shown again."),
        words={
            "title": _("Show this entry again"),
            "confirm_label": _("Show it again"),
            "question": _("Show “%(name)s” in the directory again?") % {"name": row.sort_name},
            "consequences": [_("It is shown as it was, with the day of its last confirmation.")],
        },
    )


def report(request: HttpRequest, code: str) -> HttpResponse:
    """“This contact is wrong or did not answer”."""
    actor = actor_of(request)
    row = pages.get(actor, code)
    if row.state != v.State.PUBLISHED:
        raise Http404(_("There is no such authority."))
    _at, lang = now_and_lang()
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        send_report(actor, version=row, lang=lang, **form.cleaned_data)
        messages.success(request, _("Thank you. The State concerned and the secretariat have been told."))
        return redirect("directory:authority", code)
    return render(request, "directory/report.html", {"form": form, "row": row})
