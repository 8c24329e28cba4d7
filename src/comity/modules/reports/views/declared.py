"""Declared counts: listed, entered, confirmed by a second person, withdrawn; always shown as not computed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from comity.core.actions.decorator import Denied
from comity.core.people.selectors import names_of
from comity.modules.reports import vocabulary as v
from comity.modules.reports.forms.declared import DeclaredForm
from comity.modules.reports.forms.steps import ReasonForm
from comity.modules.reports.models import DeclaredCount
from comity.modules.reports.policies import can, may_write_somewhere
from comity.modules.reports.presentation import page_lang, plain, shown
from comity.modules.reports.selectors import pages
from comity.modules.reports.services import declared as declaring
from comity.modules.reports.views.demanding import demand
from comity.modules.reports.views.steps import ask
from comity.modules.reports.vocabulary import DeclaredStep
from comity.ui.paging import listed
from comity.ui.requests import ActorRequest

_MARKS = {DeclaredStep.DRAFT: "warn", DeclaredStep.CONFIRMED: "ok", DeclaredStep.WITHDRAWN: "quiet"}


def _line(row: DeclaredCount, lang: str) -> dict[str, Any]:
    step = DeclaredStep(row.step)
    return {"row": row, "title": shown(row.title, lang), "value": plain(row.value, lang), "step": step.label,
            "mark": _MARKS[step]}  # fmt: skip


def listing(request: ActorRequest) -> HttpResponse:
    """Every declared count that the reader may see."""
    lang = page_lang()
    page = listed(list(pages.declared_counts(request.actor)), lambda row: [row.code], request.GET)
    lines = [_line(row, lang) for row in page.rows]
    may_declare = bool(can(request.actor, v.DECLARE))
    return render(request, "reports/declared_list.html", {"page": page, "lines": lines, "may_declare": may_declare})


def declared_count(request: ActorRequest, code: str) -> HttpResponse:
    """One declared count; for the secretariat with every version and who stands for it."""
    lang, staff = page_lang(), may_write_somewhere(request.actor)
    row = pages.declared_count(request.actor, code)
    versions = pages.declared_versions(row) if staff else []
    people = [name for one in versions for name in (one.entered_by, one.step_by)]
    return render(
        request,
        "reports/declared.html",
        {
            **_line(row, lang), "staff": staff, "versions": [_line(one, lang) for one in versions],
            "names": names_of(people), "may_declare": bool(can(request.actor, v.DECLARE)),
            "may_confirm": bool(can(request.actor, v.CONFIRM_DECLARED, row)),
            "why_not": can(request.actor, v.CONFIRM_DECLARED, row).reason if row.step == DeclaredStep.DRAFT else "",
            "may_withdraw": row.step != DeclaredStep.WITHDRAWN and bool(can(request.actor, v.WITHDRAW_DECLARED, row)),
        },
    )  # fmt: skip


def declare(request: ActorRequest, code: str = "") -> HttpResponse:
    """Enters a declared count, or a new value of one."""
    demand(request.actor, can(request.actor, v.DECLARE))
    row = pages.declared_count(request.actor, code) if code else None
    form = DeclaredForm(request.POST or None, row=row)
    if request.method == "POST" and form.is_valid():
        said = form.declaration()
        taken = row is None and DeclaredCount.objects.filter(code=said.code).exists()
        if taken:
            form.add_error("code", _("There is a declared count of this code already: enter the new value there."))
        else:
            try:
                made = declaring.declare(request.actor, declaration=said, reason=form.cleaned_data["reason"])
            except Denied as refused:
                form.add_error(None, refused.reason)
            else:
                messages.success(request, _("Entered. It counts once a second person has confirmed it."))
                return redirect("reports:declared_count", made.code)
    cancel = reverse("reports:declared_count", args=[code]) if code else reverse("reports:declared")
    title = _("New value of %(code)s") % {"code": code} if code else _("Declare a count")
    words = {"form": form, "title": title, "cancel_url": cancel,
             "explained": _("For numbers that no records here give. It is shown as not computed.")}  # fmt: skip
    return render(request, "reports/form.html", words, status=422 if form.errors else 200)


def confirm(request: ActorRequest, code: str) -> HttpResponse:
    """A second person confirms the number."""
    row = pages.declared_count(request.actor, code)
    value = f"{plain(row.value, page_lang())} {row.unit}".strip()
    words = {
        "edition": row, "title": _("Confirm a declared count"), "confirm_label": _("Confirm"),
        "question": _("%(code)s: %(value)s?") % {"code": row.code, "value": value},
        "consequences": [
            _("Document: %(document)s") % {"document": row.document},
            _("You vouch for it as second person; from now on it counts."),
        ],
    }  # fmt: skip
    return ask(request, can(request.actor, v.CONFIRM_DECLARED, row),
               lambda _data: declaring.confirm(request.actor, row=row), forms.Form(request.POST or None), words,
               back=reverse("reports:declared_count", args=[code]), done=_("Confirmed."))  # fmt: skip


def withdraw(request: ActorRequest, code: str) -> HttpResponse:
    """Takes a declared count back."""
    row = pages.declared_count(request.actor, code)
    words = {
        "edition": row, "title": _("Withdraw a declared count"), "confirm_label": _("Withdraw"), "danger": True,
        "question": _("Withdraw “%(code)s”?") % {"code": row.code},
        "consequences": [
            _("No figure counts it any longer; frozen figures keep it."),
            _("Nothing is deleted: enter it again to restore it."),
        ],
    }  # fmt: skip
    return ask(request, can(request.actor, v.WITHDRAW_DECLARED, row),
               lambda data: declaring.withdraw(request.actor, row=row, reason=data["reason"]),
               ReasonForm(request.POST or None), words, back=reverse("reports:declared_count", args=[code]),
               done=_("Withdrawn. Enter it again to restore it."))  # fmt: skip
