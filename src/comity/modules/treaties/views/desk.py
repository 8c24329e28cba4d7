"""The curators' desk: enter, correct, withdraw; a second person publishes."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from comity.core.people.selectors import names_of
from comity.modules.treaties import policies, services
from comity.modules.treaties import vocabulary as names
from comity.modules.treaties.facts import Vanished, as_payload, current_fact
from comity.modules.treaties.forms import FORMS, FactForm, RejectForm, WithdrawForm
from comity.modules.treaties.models import Proposal
from comity.modules.treaties.selectors.titles import named, participant_names
from comity.modules.treaties.vocabulary import ActionKind, ProposalKind, ProposalState, StatementKind
from comity.ui.requests import ActorRequest


def _subjects() -> dict[str, str]:
    return {
        "action": _("Treaty action"),
        "statement": _("Reservation, declaration or objection"),
        "application": _("Territorial application"),
    }


def _for_secretariat(request: ActorRequest) -> None:
    """Raises Http404: who may not see the desk is not told that there is one."""
    if not policies.can(request.actor, policies.READ_PROPOSAL):
        raise Http404


def _described(proposal: Proposal, who: dict[str, str]) -> dict[str, Any]:
    lang = get_language() or "en"
    kinds = dict(ActionKind.choices) | dict(StatementKind.choices)
    payload = proposal.payload
    return {
        "proposal": proposal,
        "subject": _subjects()[proposal.subject],
        "instrument": named(lang)[proposal.instrument.code].label,
        "participant": participant_names(lang).get(proposal.participant_id, proposal.participant_id),
        "what": kinds.get(payload.get("kind", ""), payload.get("territory", "")),
        "day": payload.get("deposited") or payload.get("made_on"),
        "proposed_by": who.get(proposal.proposed_by, ""),
        "decided_by": who.get(proposal.decided_by, ""),
    }


def desk(request: ActorRequest) -> HttpResponse:
    """What waits for publication, and what was decided lately."""
    _for_secretariat(request)
    rows = policies.scope(request.actor, policies.READ_PROPOSAL, Proposal.objects.select_related("instrument"))
    waiting, decided = (
        list(rows.filter(state=ProposalState.PROPOSED)),
        list(rows.exclude(state=ProposalState.PROPOSED)[:50]),
    )
    who = names_of(r for p in (*waiting, *decided) for r in (p.proposed_by, p.decided_by))
    return render(
        request,
        "treaties/desk.html",
        {
            "waiting": [_described(p, who) for p in waiting],
            "decided": [_described(p, who) for p in decided],
            "subjects": _subjects().items(),
            "may_import": bool(policies.can(request.actor, names.IMPORT)),
        },
    )


def enter(request: ActorRequest, subject: str) -> HttpResponse:
    """Enter a new fact."""
    _for_secretariat(request)
    if subject not in FORMS:
        raise Http404
    initial = {key: request.GET[key] for key in ("instrument", "participant") if key in request.GET}
    return _fact_form(request, subject, ProposalKind.ENTER, initial, None)


def correct(request: ActorRequest, subject: str, fact: uuid.UUID) -> HttpResponse:
    """Correct a fact: the form is filled with what stands."""
    _for_secretariat(request)
    row = current_fact(subject, fact) if subject in FORMS else None
    if row is None:
        raise Http404
    initial = {
        **as_payload(row, subject),
        "instrument": row.instrument.code,
        "participant": row.participant_id,
        "reference": row.reference,
        "source_note": row.source.title,
    }
    return _fact_form(request, subject, ProposalKind.CORRECT, initial, fact)


def _fact_form(
    request: ActorRequest, subject: str, kind: str, initial: dict[str, Any], fact: uuid.UUID | None
) -> HttpResponse:
    form: FactForm = FORMS[subject](request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        proposal = services.propose(
            request.actor,
            kind=kind,
            subject=subject,
            instrument=form.chosen_instrument(),
            participant_id=form.cleaned_data["participant"],
            payload=form.payload(),
            reference=form.cleaned_data["reference"],
            source_note=form.cleaned_data["source_note"],
            target=fact,
        )
        messages.success(request, _("On the desk. A second person publishes it."))
        return redirect("treaties:proposal", proposal.pk)
    title = _subjects()[subject]
    return render(
        request,
        "treaties/desk_form.html",
        {
            "form": form,
            "title": title,
            "kind": kind,
            "kind_label": dict(ProposalKind.choices)[kind],
        },
    )


def withdraw(request: ActorRequest, subject: str, fact: uuid.UUID) -> HttpResponse:
    """Propose to take a fact out of the record; the earlier version stays in the history."""
    _for_secretariat(request)
    row = current_fact(subject, fact) if subject in FORMS else None
    if row is None:
        raise Http404
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        proposal = services.propose(
            request.actor,
            kind=ProposalKind.WITHDRAW,
            subject=subject,
            instrument=row.instrument,
            participant_id=row.participant_id,
            payload=as_payload(row, subject),
            target=fact,
            **form.cleaned_data,
        )
        messages.success(request, _("On the desk. A second person publishes it."))
        return redirect("treaties:proposal", proposal.pk)
    return render(
        request,
        "ui/confirm.html",
        {
            "title": _("Take out of the record"),
            "form": form,
            "danger": True,
            "question": _("Should this no longer stand in the record?"),
            "consequences": [
                _("It stops counting once a second person publishes this."),
                _("It stays in the history: nothing is overwritten."),
            ],
            "confirm_label": _("Put on the desk"),
            "cancel_url": reverse("treaties:instrument", args=[row.instrument.code]),
        },
    )


def _proposal(request: ActorRequest, pk: int) -> Proposal:
    _for_secretariat(request)
    rows = policies.scope(request.actor, policies.READ_PROPOSAL, Proposal.objects.select_related("instrument"))
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def proposal(request: ActorRequest, pk: int) -> HttpResponse:
    """One proposal: what would change, and the decision."""
    found = _proposal(request, pk)
    who = names_of([found.proposed_by, found.decided_by])
    decision = policies.can(request.actor, names.PUBLISH, found)
    before = current_fact(found.subject, found.target) if found.target else None
    was = as_payload(before, found.subject) if before is not None else {}
    fields = [
        {
            "name": name,
            "value": value,
            "was": was.get(name) if found.kind == ProposalKind.CORRECT else None,
            "changed": found.kind == ProposalKind.CORRECT and was.get(name) != value,
        }
        for name, value in found.payload.items()
        if value not in ("", None, [])
    ]
    return render(
        request,
        "treaties/proposal.html",
        {
            **_described(found, who),
            "decision": decision,
            "fields": fields,
            "reject_form": RejectForm(),
        },
    )


@require_POST
def publish(request: ActorRequest, pk: int) -> HttpResponse:
    """Publish: the proposal becomes a fact."""
    found = _proposal(request, pk)
    try:
        services.publish(request.actor, proposal=found)
    except (services.Conflict, Vanished) as problem:
        messages.error(request, str(problem))
        return redirect("treaties:proposal", pk)
    messages.success(request, _("Published."))
    return redirect("treaties:instrument", found.instrument.code)


@require_POST
def reject(request: ActorRequest, pk: int) -> HttpResponse:
    """Send back with a note."""
    found = _proposal(request, pk)
    form = RejectForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say what should be changed."))
        return redirect("treaties:proposal", pk)
    try:
        services.reject(request.actor, proposal=found, note=form.cleaned_data["note"])
    except services.Conflict as problem:
        messages.error(request, str(problem))
        return redirect("treaties:proposal", pk)
    messages.success(request, _("Sent back."))
    return redirect("treaties:desk")
