"""The steps in the life of a record, each a question with its consequences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from comity.core.actions.decorator import Denied
from comity.modules.library import privacy
from comity.modules.library import vocabulary as v
from comity.modules.library.checking import Incomplete, problems, unready
from comity.modules.library.content import Content
from comity.modules.library.forms.steps import ReasonForm, SupersedeForm
from comity.modules.library.models import Record
from comity.modules.library.policies import can
from comity.modules.library.selectors import records
from comity.modules.library.services import lifecycle
from comity.modules.library.services.versions import Conflict
from comity.ui.requests import actor_of


@dataclass(frozen=True)
class Step:
    """One step: what it does, and the words of its page."""

    action: str
    service: Callable[..., Any]
    title: Any
    button: Any
    consequences: tuple[Any, ...]
    done: Any
    reason: bool = False
    danger: bool = False
    public: bool = False
    #: Says that the version that was read is the one the step is about.
    based: bool = False


STEPS = {
    "submit": Step(
        v.SUBMIT, lifecycle.submit, __("Submit this record"), __("Submit"),
        (__("The secretariat reviews it."), __("You can change it again when it is sent back to you.")),
        __("Submitted. The secretariat has been told."),
    ),
    "review": Step(
        v.REVIEW, lifecycle.start_review, __("Start the review"), __("Start"),
        (__("Others see that you look at it."),), __("In review."),
    ),
    "request_changes": Step(
        v.REQUEST_CHANGES, lifecycle.request_changes, __("Ask for changes"), __("Send back"),
        (__("Who wrote it reads your reason, changes it and submits it again."),), __("Sent back."), reason=True,
    ),
    "approve": Step(
        v.APPROVE, lifecycle.approve, __("Approve this record"), __("Approve"),
        (__("It waits for a publisher. What is published stays visible until then."),),
        __("Approved. A publisher publishes it."), based=True,
    ),
    "withdraw": Step(
        v.WITHDRAW, lifecycle.withdraw, __("Withdraw this record"), __("Withdraw"),
        (__("Its address says that it was withdrawn, and why."), __("Searches no longer find it."),
         __("Nothing is deleted: you can undo this.")),
        __("Withdrawn. You can undo this on its page."), reason=True, danger=True, public=True,
    ),
    "restore": Step(
        v.RESTORE, lifecycle.restore, __("Show this record again"), __("Show it again"),
        (__("It stands there again as it was."),), __("It stands there again."),
    ),
    "discard": Step(
        v.DISCARD, lifecycle.discard, __("Throw this draft away"), __("Throw away"),
        (__("What is published stays as it is."), __("Nothing is deleted: you can undo this.")),
        __("Thrown away. You can bring it back."), danger=True,
    ),
}  # fmt: skip


def step(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """Asks with consequences, then does it. What may not be done answers 403 with its reason."""
    actor, one = actor_of(request), STEPS[name]
    row = records.get(actor, number)
    decision = can(actor, one.action, row)
    if not decision:
        raise Denied(decision.reason)
    form = ReasonForm(request.POST or None, required=one.reason, public=one.public)
    back = _page(row)
    hidden = _base_of(row) if one.based else {}
    if request.method == "POST" and form.is_valid():
        try:
            one.service(actor, record=row, reason=form.cleaned_data["reason"], **_based(request, hidden))
        except Incomplete as error:
            for words in error.problems:
                form.add_error(None, words)
        except (Denied, Conflict) as error:
            messages.error(request, error.reason)
            return redirect(back)
        else:
            messages.success(request, str(one.done))
            return redirect("library:desk" if row.discarded else _page(row))
    return render(
        request,
        "ui/confirm.html",
        {
            "form": form, "title": one.title, "confirm_label": one.button, "consequences": one.consequences,
            "question": f"{row.number}: {row.title}" if row.title != row.number else row.number,
            "danger": one.danger, "cancel_url": back, "hidden": hidden,
        },
    )  # fmt: skip


def _page(row: Record) -> str:
    return reverse("library:work" if row.working_step else "library:record", args=[row.number])


def _base_of(row: Record) -> dict[str, int]:
    version = records.version_of(row, pending=True)
    return {"base": version.pk} if version else {}


def _based(request: HttpRequest, hidden: dict[str, int]) -> dict[str, int]:
    text = request.POST.get("base", "")
    return {"base": int(text)} if hidden and text.isascii() and text.isdigit() else {}


def supersede(request: HttpRequest, number: str) -> HttpResponse:
    """Another published record takes this one's place."""
    actor = actor_of(request)
    row = records.get(actor, number)
    decision = can(actor, v.SUPERSEDE, row)
    if not decision:
        raise Denied(decision.reason)
    form = SupersedeForm(request.POST or None, required=False, public=True)
    if request.method == "POST" and form.is_valid():
        try:
            by = records.get(actor, form.cleaned_data["by"].strip().upper())
            lifecycle.supersede(actor, record=row, by=by, reason=form.cleaned_data["reason"])
        except Http404:
            form.add_error("by", _("There is no such record."))
        except Incomplete as error:
            for words in error.problems:
                form.add_error(None, words)
        except (Denied, Conflict) as error:
            form.add_error("by", error.reason)
        else:
            messages.success(request, _("Replaced. You can undo this on its page."))
            return redirect("library:record", number)
    return render(
        request,
        "ui/confirm.html",
        {
            "form": form, "title": _("Replace this record"), "confirm_label": _("Replace"), "danger": True,
            "question": f"{row.number}: {row.title}", "cancel_url": _page(row),
            "consequences": [_("Its address leads to the other record."), _("Nothing is deleted: you can undo this.")],
        },
    )  # fmt: skip


def publish(request: HttpRequest, number: str) -> HttpResponse:
    """What blocks, with a link to each place; the likely names, each to be confirmed; then publish."""
    actor = actor_of(request)
    row = records.get(actor, number)
    decision = can(actor, v.PUBLISH, row)
    if not decision:
        raise Denied(decision.reason)
    content = records.content_of(row, pending=True)
    check = privacy.check(row, content)
    confirmed = request.POST.getlist("confirmed")
    missing = problems(content) + unready(content)
    said: list[str] = []
    if request.method == "POST":
        try:
            base = _based(request, _base_of(row))
            lifecycle.publish(actor, record=row, reason=request.POST.get("reason", ""), confirmed=confirmed, **base)
        except Incomplete as error:
            said = [p for p in error.problems if p not in missing and p not in check.sentences()]
        except (Denied, Conflict) as error:
            messages.error(request, error.reason)
            return redirect(_page(row))
        else:
            messages.success(request, _("Published."))
            return redirect("library:record", number)
    return render(
        request,
        "library/publish.html",
        {
            "row": row, "base": _base_of(row).get("base", ""), "missing": missing, "said": said,
            "blocked": [(b.person, b.place, _link(row, content, b.place)) for b in check.blocked],
            "likely": check.likely, "unread": check.unread, "confirmed": confirmed, "cancel_url": _page(row),
            "may_edit": bool(can(actor, v.EDIT, row)),
        },
        status=422 if request.method == "POST" else 200,
    )  # fmt: skip


def _link(row: Record, content: Content, place: str) -> str:
    """The page on which a place is changed."""
    key = next((p.key for p in content.provisions if place == p.key or place.startswith(f"{p.key}.")), "")
    if key:
        return reverse("library:edit_provision", args=[row.number, key])
    head, _dot, rest = place.partition(".")
    name = rest.split(".")[0]
    if head in {"case", "publication"} and name in {"persons", "charges", "sentences", "proceedings", "editions"}:
        return reverse("library:part", args=[row.number, name])
    if head == "files" or any(file.name in place for file in content.files):
        return reverse("library:files", args=[row.number])
    return reverse("library:edit", args=[row.number])
