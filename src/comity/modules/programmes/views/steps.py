"""Steps in a record's life, taking back and restoring: each asks before it is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from comity.core.actions.decorator import Decision, Denied
from comity.modules.programmes import services
from comity.modules.programmes import vocabulary as v
from comity.modules.programmes.checking import Incomplete
from comity.modules.programmes.forms.steps import ReasonForm
from comity.modules.programmes.policies import can, may_take_step
from comity.modules.programmes.selectors.records import kind_named, one
from comity.modules.programmes.views.records import page_lang
from comity.ui.requests import actor_of


def _ask(
    request: HttpRequest, row: Any, kind: str, decision: Decision, service: Callable[[str], Any], form: forms.Form,
    words: dict[str, Any], done: str,
) -> HttpResponse:  # fmt: skip
    """Asks with consequences, then does it. What may not be done answers 403 with its reason."""
    if not decision:
        raise Denied(decision.reason)
    back = reverse("programmes:record", args=[kind, row.code])
    if request.method == "POST" and request.POST.get("confirm") == "yes" and form.is_valid():
        try:
            service(form.cleaned_data["reason"])
        except Denied as refused:
            form.add_error(None, refused.reason)
        except Incomplete as refused:
            for problem in refused.problems:
                form.add_error(None, problem.message)
        else:
            messages.success(request, done)
            return redirect(back)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "ui/confirm.html", {"form": form, "cancel_url": back, **words}, status=status)


def move(request: HttpRequest, kind: str, code: str, to: str) -> HttpResponse:
    """One step further."""
    actor, found = actor_of(request), kind_named(kind)
    row = one(actor, found, code)
    step = found.machine.steps.get(to)
    if step is None:
        raise Http404
    named = {"name": row.title_in(page_lang())[0], "step": step.title}
    consequences = [_("Its step is then: %(step)s.") % named]
    if step.second:
        consequences.append(_("You confirm as second person what others wrote; your name stays in the history."))
    if to in found.machine.locked:
        consequences.append(_("Its content is locked then. A second person can reopen it."))
    words = {
        "title": step.verb, "confirm_label": step.verb, "consequences": consequences,
        "question": _("%(verb)s: “%(name)s”?") % {"verb": step.verb, "name": named["name"]},
    }  # fmt: skip
    form = ReasonForm(request.POST or None, required=step.reason)
    return _ask(request, row, found.name, may_take_step(actor, row, to),
                lambda reason: services.move(actor, row=row, to=to, reason=reason), form, words,
                _("Done. Step: %(step)s.") % named)  # fmt: skip


def withdraw(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """Takes a record back."""
    actor, found = actor_of(request), kind_named(kind)
    row = one(actor, found, code)
    words = {
        "title": _("Take back"), "confirm_label": _("Take back"), "danger": True,
        "question": _("Take “%(name)s” back?") % {"name": row.title_in(page_lang())[0]},
        "consequences": [
            _("No figure and no list counts it any longer."),
            _("Only the secretariat still sees it."),
            _("Nothing is deleted: you can restore it."),
        ],
    }  # fmt: skip
    return _ask(request, row, found.name, can(actor, v.WITHDRAW, row),
                lambda reason: services.withdraw(actor, row=row, reason=reason), ReasonForm(request.POST or None),
                words, _("Taken back. You can restore it on this page."))  # fmt: skip


def restore(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """Undoes a taking back."""
    actor, found = actor_of(request), kind_named(kind)
    row = one(actor, found, code)
    words = {
        "title": _("Restore"), "confirm_label": _("Restore"),
        "question": _("Restore “%(name)s”?") % {"name": row.title_in(page_lang())[0]},
        "consequences": [_("It counts again. What a second person had confirmed must be confirmed again.")],
    }  # fmt: skip
    return _ask(request, row, found.name, can(actor, v.RESTORE, row),
                lambda reason: services.restore(actor, row=row, reason=reason),
                ReasonForm(request.POST or None, required=False), words, _("Restored."))  # fmt: skip
