"""What an edition says of itself, and the edition that follows it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from comity.core.actions.decorator import Denied
from comity.core.counting.countable import Period
from comity.modules.reports import vocabulary as v
from comity.modules.reports.evaluating import after, moved
from comity.modules.reports.forms.details import DetailsForm, NextEditionForm, next_code
from comity.modules.reports.policies import can
from comity.modules.reports.selectors import editions
from comity.modules.reports.services import editions as editing
from comity.modules.reports.services import opening
from comity.modules.reports.services.editions import Conflict
from comity.modules.reports.views.demanding import demand
from comity.modules.reports.views.steps import work_url
from comity.modules.reports.views.work import workable
from comity.ui.requests import ActorRequest


def details(request: ActorRequest, code: str) -> HttpResponse:
    """Title, masthead, symbols, period and limits of an edition."""
    found = workable(request.actor, code)
    demand(request.actor, can(request.actor, v.WRITE, found))
    others = list(editions.editions(request.actor).exclude(pk=found.pk).values_list("code", flat=True))
    form = DetailsForm(request.POST or None, edition=found, others=others)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            editing.change_details(request.actor, edition=found, details=form.details(), base=form.base_now())
        except Conflict:
            form.read_again()
            status = 409
        except Denied as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, _("Saved."))
            return redirect(work_url(found))
    if form.errors and status == 200:
        status = 422
    context = {"edition": found, "form": form, "title": _("Details"), "cancel_url": work_url(found),
               "stands": form.changed_meanwhile() if status == 409 else []}  # fmt: skip
    return render(request, "reports/details.html", context, status=status)


def open_next(request: ActorRequest, code: str) -> HttpResponse:
    """Opens the edition that follows: with the same parts and texts, its periods moved on."""
    found = workable(request.actor, code)
    demand(request.actor, can(request.actor, v.CREATE))
    old = Period(found.period_start, found.period_end)
    new = after(old)
    initial = {"code": next_code(found.code, old.start, new.start), "start": new.start, "end": new.end,
               "as_of": moved(found.as_of, old, new)}  # fmt: skip
    form = NextEditionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = opening.open_next(request.actor, edition=found, code=data["code"],
                                     period=Period(data["start"], data["end"]), as_of=data["as_of"])  # fmt: skip
        except Denied as refused:
            form.add_error("code", refused.reason)
        else:
            messages.success(request, _("Opened."))
            return redirect(work_url(made))
    words = {
        "form": form, "edition": found, "title": _("Open next year's edition"), "submit_label": _("Open an edition"),
        "explained": _("It begins with the texts of this one. What the texts say of the year is yours to change."),
        "cancel_url": reverse("reports:work", args=[found.code]),
    }  # fmt: skip
    return render(request, "reports/form.html", words, status=422 if form.errors else 200)
