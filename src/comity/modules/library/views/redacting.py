"""Taking a name out of a record for good: one person asks, a second one confirms."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from comity.core.actions.decorator import Denied
from comity.core.people.selectors import names_of
from comity.modules.library import vocabulary as v
from comity.modules.library.forms.steps import RedactForm
from comity.modules.library.models import Record, Redaction
from comity.modules.library.policies import can
from comity.modules.library.selectors import records
from comity.modules.library.services import redaction as redactions
from comity.ui.requests import actor_of


def redact(request: HttpRequest, number: str) -> HttpResponse:
    """The redactions that wait for a second person, those done, and the form to ask for one; for the secretariat."""
    actor = actor_of(request)
    row = records.get(actor, number)
    if not can(actor, v.REDACT, row):
        raise Http404
    if request.method == "POST" and "confirm" in request.POST:
        return _confirm(request, row)
    form = RedactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            redactions.request(actor, record=row, **form.cleaned_data)
        except Denied as error:
            form.add_error(None, error.reason)
        else:
            messages.success(request, _("Asked. Nothing is taken out until a second person confirms."))
            return redirect("library:redact", number)
    held = list(row.redactions.all())
    who = names_of(r for one in held for r in (one.requested_by, one.confirmed_by))
    lines = [
        {
            "one": one,
            "by": who.get(one.requested_by, one.requested_by),
            "confirmed_by": who.get(one.confirmed_by, one.confirmed_by),
            "may_confirm": bool(can(actor, v.CONFIRM_REDACTION, one)),
        }
        for one in held
    ]
    context = {"row": row, "form": form, "lines": lines, "cancel_url": reverse("library:record", args=[number])}
    return render(request, "library/redact.html", context, status=422 if form.errors else 200)


def _confirm(request: HttpRequest, row: Record) -> HttpResponse:
    chosen = request.POST["confirm"]
    one: Redaction | None = row.redactions.filter(pk=int(chosen)).first() if chosen.isdecimal() else None
    if one is None:
        raise Http404
    redactions.confirm(actor_of(request), redaction=one)
    messages.success(request, _("The words are gone from every version."))
    return redirect("library:redact", row.number)
