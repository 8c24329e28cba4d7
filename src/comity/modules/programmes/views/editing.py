"""Entering and changing a record of any kind."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.core.actions.decorator import Denied
from comity.core.actions.labels import Label
from comity.modules.programmes import services
from comity.modules.programmes import vocabulary as v
from comity.modules.programmes.checking import Incomplete, Problem
from comity.modules.programmes.content import Draft, draft_of
from comity.modules.programmes.forms.fields import Choices, written_kinds
from comity.modules.programmes.forms.record import RecordForm, without_state
from comity.modules.programmes.kinds import Kind, column
from comity.modules.programmes.policies import asking_states, can, curates, may_record
from comity.modules.programmes.selectors.listing import list_url
from comity.modules.programmes.selectors.records import kind_named, one
from comity.modules.programmes.services.records import Conflict, undone
from comity.modules.programmes.views.records import page_lang
from comity.ui.requests import actor_of


def _choices(actor: Actor) -> Choices:
    return Choices(actor, page_lang(), None if curates(actor) else asking_states(actor))


def _blank(request: HttpRequest, kind: Kind, choices: Choices) -> Draft:
    """What a new record begins with: the defaults of the table, and what the address gives (`?programme=…`)."""
    values: dict[str, Any] = {"lang": page_lang()}
    for name in kind.form_fields:
        field: Any = column(kind.model, name)
        if name in request.GET and (name in kind.refers or name == "participant"):
            values[name] = request.GET[name][:60]
        elif name != "lang" and field.has_default():
            values[name] = field.get_default()
    if choices.only_states and len(choices.only_states) == 1:
        values["participant"] = choices.only_states[0]
    return Draft(kind, "", values, label=Label.SECRETARIAT if choices.only_states is None else Label.OWN_STATE)


def _form(request: HttpRequest, kind: Kind, choices: Choices, draft: Draft) -> RecordForm:
    data = request.POST if request.method == "POST" else None
    adding = bool(data and data.get("add"))
    return RecordForm(kind, choices, draft, data=data, unchecked=adding, by_state=choices.only_states is not None)


def _page(request: HttpRequest, kind: Kind, form: RecordForm, more: dict[str, Any]) -> HttpResponse:
    suggested = written_kinds({n: k for n, k in kind.refers.items() if n in form.names}, form.choices)
    context = {"kind": kind, "form": form, "suggested": suggested, "base": "", "conflict": False, **more}
    status = 422 if form.wrong or context["conflict"] else 200
    return render(request, "programmes/edit.html", context, status=status)


def add(request: HttpRequest, kind: str) -> HttpResponse:
    """A new record."""
    actor, found = actor_of(request), kind_named(kind)
    if not may_record(actor, found):
        raise Http404
    choices = _choices(actor)
    form = _form(request, found, choices, _blank(request, found, choices))
    if form.checked and form.is_valid():
        draft = form.made()
        row = _saved(form, draft, lambda: services.record(actor, draft=draft))
        if row is not None:
            messages.success(request, _("Saved as %(code)s.") % {"code": row.code})
            return redirect("programmes:record", found.name, row.code)
    return _page(request, found, form, {"cancel_url": list_url(found.name)})


def edit(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """A record changed. What somebody else saved meanwhile is never overwritten unseen."""
    actor, found = actor_of(request), kind_named(kind)
    row = one(actor, found, code)
    decision = can(actor, v.CORRECT, row)
    if not decision:
        raise Denied(decision.reason)
    choices = _choices(actor)
    form = _form(request, found, choices, draft_of(row))
    base, conflict = _base(request, row.pk), False
    if form.checked and form.is_valid():
        draft, reason = form.made(), request.POST.get("reason", "").strip()[:500]
        try:
            saved = _saved(form, draft, lambda: services.correct(actor, row=row, draft=draft, base=base, reason=reason))
        except Conflict:
            base, conflict = row.pk, True
        else:
            if saved is not None:
                messages.success(request, _("Saved. What stood there before is kept in the history."))
                return redirect("programmes:record", found.name, code)
    cancel = reverse("programmes:record", args=[found.name, code])
    return _page(request, found, form, {
        "row": row, "base": base, "conflict": conflict, "cancel_url": cancel, "undone": _undone(row),
        "reason": request.POST.get("reason", ""),
    })  # fmt: skip


def _undone(row: Any) -> bool:
    """True where a change of content undoes a second person's step."""
    return undone(row) != row.step


def _base(request: HttpRequest, current: int) -> int:
    text = request.POST.get("base", "")
    return int(text) if text.isascii() and text.isdigit() else current


def _saved(form: RecordForm, draft: Draft, save: Any) -> Any:
    """Saves and returns the record; None where the content was refused, with the reasons tied to their fields."""
    if said := without_state(draft):
        form.access.add_error("label", said)
        return None
    try:
        return save()
    except Incomplete as refused:
        form.show(refused.problems)
    except Denied as refused:
        form.show([Problem("", refused.reason)])
    return None
