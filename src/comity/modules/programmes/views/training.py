"""A training entered on a phone: one page, a summary, and the way back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from comity.core.actions.actor import Actor
from comity.core.actions.decorator import Denied
from comity.modules.programmes import services
from comity.modules.programmes import vocabulary as v
from comity.modules.programmes.checking import Incomplete, Problem
from comity.modules.programmes.forms.fields import Choices
from comity.modules.programmes.forms.training import COUNTS, TrainingEntry
from comity.modules.programmes.kinds import KINDS
from comity.modules.programmes.models import Event
from comity.modules.programmes.policies import can, may_record
from comity.modules.programmes.presentation import values
from comity.modules.programmes.selectors.records import current, one
from comity.modules.programmes.views.records import page_lang
from comity.ui.requests import actor_of

_EVENT = KINDS["event"]


def _last(actor: Actor) -> Event | None:
    """The event that this person entered last."""
    rows = current(actor, _EVENT).filter(edited_by=actor.reference)
    found: Event | None = rows.order_by("-recorded_at").first()
    return found


def _defaults(actor: Actor) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the page begins with: today, and what this person chose last time."""
    last = _last(actor)
    row = last.attendance.first() if last else None
    form: dict[str, Any] = {"starts": timezone.now().date(), "type": v.EventType.TRAINING}
    if last:
        form |= {"programme": last.programme, "place": last.place, "type": last.type}
    first: dict[str, Any] = {"basis": v.Basis.HEAD_COUNT}
    if row:
        first |= {"participant": row.participant_id, "audience": row.audience, "basis": row.basis}
    return form, first


def _label(actor: Actor, programme: str) -> str:
    """Who may see the training: those who may see its programme."""
    row = current(actor, KINDS["programme"]).filter(code=programme).first()
    return str(row.label) if row else ""


def enter(request: HttpRequest) -> HttpResponse:
    """The page. What is saved counts as held, with its attendance entered; a second person verifies it."""
    actor, lang = actor_of(request), page_lang()
    if not may_record(actor, _EVENT):
        raise Http404
    data = request.POST if request.method == "POST" else None
    initial, first = _defaults(actor)
    if request.GET.get("programme"):
        initial["programme"] = request.GET["programme"][:60]
    entry = TrainingEntry(
        Choices(actor, lang), initial=initial, first_row=first, data=data, adding=bool(data and data.get("add"))
    )
    if entry.checked and entry.is_valid():
        draft = entry.made(lang, _label(actor, entry.form.cleaned_data["programme"]))
        try:
            row = services.record(actor, draft=draft, step="attendance_entered")
        except Incomplete as refused:
            entry.show(refused.problems)
        except Denied as refused:
            entry.show([Problem("", refused.reason)])
        else:
            return redirect("programmes:training_saved", row.code)
    return render(request, "programmes/training.html", {"entry": entry}, status=422 if entry.wrong else 200)


def saved(request: HttpRequest, code: str) -> HttpResponse:
    """What was saved, with the next one a tap away, and the way back."""
    actor, lang = actor_of(request), page_lang()
    row = one(actor, _EVENT, code)
    if not may_record(actor, _EVENT):
        raise Http404
    counts = dict.fromkeys(COUNTS.values(), 0)
    for child in row.attendance.all():
        counts[v.Sex(child.sex)] += child.count
    names = values.Names(actor, lang)
    states = sorted({names.state(child.participant_id) for child in row.attendance.all() if child.participant_id})
    return render(
        request,
        "programmes/training_saved.html",
        {
            "row": row, "total": sum(counts.values()), "counts": [(sex.label, n) for sex, n in counts.items() if n],
            "states": states, "programme": names.title("programme", row.programme),
            "taken_back": row.step == v.WITHDRAWN, "url": values.record_url("event", code),
            "may": {name.rpartition(":")[2] for name in v.RECORD_ACTIONS if can(actor, name, row)},
        },
    )  # fmt: skip


@require_POST
def undo(request: HttpRequest, code: str) -> HttpResponse:
    """Takes the training back right after it was entered; it can be restored as easily."""
    actor = actor_of(request)
    row = one(actor, _EVENT, code)
    if row.step == v.WITHDRAWN:
        services.restore(actor, row=row)
        messages.success(request, _("Restored."))
    else:
        services.withdraw(actor, row=row, reason=_("Taken back right after it was entered"))
        messages.success(request, _("Taken back. It counts nowhere."))
    return redirect("programmes:training_saved", code)
