"""The desk of States' officers and of the secretariat: nominate, edit, see what waits, resolve reports."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from comity.core.actions.decorator import Denied
from comity.core.people.models import Participant
from comity.core.texts.languages import LANGUAGE_CHOICES, UN_LANGUAGES
from comity.modules.directory import vocabulary as v
from comity.modules.directory.forms import AuthorityForm, ResolveForm
from comity.modules.directory.models import Authority
from comity.modules.directory.policies import can, editor_states, may_write_somewhere
from comity.modules.directory.records import AuthorityRecord
from comity.modules.directory.selectors import desk as desks
from comity.modules.directory.selectors import pages
from comity.modules.directory.selectors.asking import all_states, state_or_404
from comity.modules.directory.selectors.content import record_of
from comity.modules.directory.services import lifecycle
from comity.modules.directory.services.reports import resolve
from comity.modules.directory.services.versions import Conflict
from comity.modules.directory.views.search import now_and_lang, show
from comity.ui.requests import actor_of


def desk(request: HttpRequest) -> HttpResponse:
    """What waits for this person. Who has no desk is not told that there is one."""
    actor = actor_of(request)
    if not may_write_somewhere(actor):
        raise Http404
    at, lang = now_and_lang()
    states = (
        all_states(lang)
        if actor.has("curator")
        else [(p.iso3, p.name(lang)) for p in Participant.objects.filter(iso3__in=editor_states(actor))]
    )
    return render(
        request,
        "directory/desk.html",
        {
            "desk": desks.desk(actor, at=at, lang=lang),
            "states": states,
        },
    )


def under_work(request: HttpRequest, code: str) -> HttpResponse:
    """The version under work."""
    at, lang = now_and_lang()
    return show(request, pages.get(actor_of(request), code, pending=True), at, lang)


def nominate(request: HttpRequest) -> HttpResponse:
    """A new authority of a State."""
    actor = actor_of(request)
    iso3 = request.GET.get("state", "").upper() or next(iter(sorted(editor_states(actor))), "")
    if not may_write_somewhere(actor):
        raise Http404
    state = state_or_404(iso3)
    decision = can(actor, v.NOMINATE, state.iso3)
    if not decision:
        raise Denied(decision.reason)
    return _form(request, AuthorityRecord(code="", participant=state.iso3, state=v.State.NOMINATED), None, state)


def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change an entry: the version under work where there is one, else the published one."""
    actor = actor_of(request)
    row = pages.get_either(actor, code)
    decision = can(actor, v.EDIT, row)
    if not decision:
        raise Denied(decision.reason)
    return _form(request, record_of(row), row, row.participant)


def _form(request: HttpRequest, record: AuthorityRecord, row: Authority | None, state: Participant) -> HttpResponse:
    actor = actor_of(request)
    _at, lang = now_and_lang()
    working = request.GET.get("working", lang)
    working = working if working in UN_LANGUAGES else lang
    form = AuthorityForm(request.POST or None, record=record, working=working, lang=lang)
    if request.method == "POST" and form.is_valid():
        try:
            if row is None:
                made = lifecycle.nominate(actor, iso3=state.iso3, record=form.made)
            else:
                _unchanged(request, row)
                made = lifecycle.edit(actor, version=row, record=form.made)
        except (Conflict, Denied) as error:
            form.add_error(None, error.reason)
        else:
            messages.success(request, _("Saved. The secretariat verifies it; what is published stays until then."))
            return redirect("directory:work", made.code)
    return render(
        request,
        "directory/edit.html",
        {
            "form": form,
            "groups": form.groups(),
            "row": row,
            "state_name": state.name(lang),
            "working": working,
            "working_choices": LANGUAGE_CHOICES,
            "version": row.pk if row else "",
        },
        status=422 if form.errors else 200,
    )


def _unchanged(request: HttpRequest, row: Authority) -> None:
    """Raises Conflict where the form was opened on another version."""
    if request.POST.get("version", str(row.pk)) != str(row.pk):
        raise Conflict


def report_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A report, and closing it with what was done."""
    actor = actor_of(request)
    found = desks.report_or_404(actor, pk)
    at, lang = now_and_lang()
    form = ResolveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        resolve(actor, report=found, **form.cleaned_data)
        messages.success(request, _("The report is closed."))
        return redirect("directory:desk")
    try:
        card = pages.card(pages.get(actor, found.authority_code), at=at, lang=lang)
    except Http404:
        card = None
    return render(
        request,
        "directory/report_detail.html",
        {
            "report": found,
            "form": form,
            "card": card,
            "open": found.state == v.ReportState.OPEN,
        },
    )
