"""The administrators' list of people, one person, and the roles given to them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from comity.account.forms import PeopleFilter, Propose, Reason, ResetReason
from comity.account.views.gate import add_errors, administrators_only
from comity.account.views.security import factors_of
from comity.core.actions.actor import Actor
from comity.core.actions.decorator import Denied
from comity.core.people import policies, selectors, services
from comity.core.people.models import Mandate
from comity.core.people.vocabulary import APPROVE_MANDATE, REQUEST_FACTOR_RESET
from comity.ui.paging import keyset
from comity.ui.requests import ActorRequest


def tabs(actor: Actor, current: str) -> list[dict[str, Any]]:
    """The three lists of the desk."""
    waiting = selectors.proposed_mandates(actor).count() + selectors.open_resets(actor).count()
    return [
        {"label": _("People"), "url": reverse("account_people"), "current": current == "people"},
        {
            "label": _("Invitations"),
            "url": reverse("account_invitations"),
            "current": current == "invitations",
            "count": selectors.invitations(actor, open_only=True).count(),
        },
        {
            "label": _("Waiting for a second person"),
            "url": reverse("account_waiting"),
            "current": current == "waiting",
            "count": waiting,
        },
    ]


def mandate_rows(rows: Any) -> list[dict[str, Any]]:
    """Mandates with their state in words, for tables."""
    lang, day = get_language() or "en", selectors.today()
    rows = list(rows)
    names = selectors.names_of([r.proposed_by for r in rows] + [r.approved_by for r in rows if r.approved_by])
    return [
        {
            "mandate": row,
            "whom": selectors.scope_name(row, lang),
            "proposed_by": names.get(row.proposed_by, row.proposed_by),
            "approved_by": names.get(row.approved_by, ""),
            "state": state_of(row, day),
        }
        for row in rows
    ]


def state_of(row: Mandate, day: Any) -> tuple[str, str]:
    """A mandate's state: words and the kind of its badge."""
    if row.revoked_at:
        return (_("withdrawn"), "stop")
    if not row.approved_by:
        return (_("waits for approval"), "draft")
    if row.ends and row.ends < day:
        return (_("ended"), "quiet")
    if row.starts and row.starts > day:
        return (_("begins later"), "info")
    return (_("counts"), "ok")


@administrators_only
def listing(request: ActorRequest) -> HttpResponse:
    """All accounts, narrowed by name, role and State."""
    actor = request.actor
    form = PeopleFilter(request.GET or None)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    rows = selectors.people(
        actor, search=chosen.get("q", ""), role=chosen.get("role", ""), state=chosen.get("state", "")
    )
    page = keyset(rows, by=("email", "pk"), params=request.GET)
    held: dict[int, list[dict[str, Any]]] = {}
    mandates = selectors.effective_mandates().filter(user__in=[u.pk for u in page.rows])
    for row in mandate_rows(mandates.select_related("participant", "body")):
        held.setdefault(row["mandate"].user_id, []).append(row)
    people = [{"user": user, "roles": held.get(user.pk, [])} for user in page.rows]
    context = {"form": form, "people": people, "page": page, "tabs": tabs(actor, "people")}
    return render(request, "comity_account/people.html", context)


@administrators_only
def person(request: ActorRequest, pk: int) -> HttpResponse:
    """One person: roles with who gave them, factors by kind, and what may be done."""
    actor = request.actor
    user = selectors.person(actor, pk)
    rows = mandate_rows(selectors.mandates(actor, user))
    for row in rows:
        row["may_approve"] = not row["mandate"].approved_by and bool(
            policies.can(actor, APPROVE_MANDATE, row["mandate"])
        )
    context = {
        "person": user,
        "rows": rows,
        "factors": factors_of(user),
        "may_reset": bool(policies.can(actor, REQUEST_FACTOR_RESET, user)),
        "open_reset": selectors.open_resets(actor).filter(user=user).first(),
    }
    return render(request, "comity_account/person.html", context)


@administrators_only
def propose(request: ActorRequest, pk: int) -> HttpResponse:
    """Proposes a further role; a second administrator approves it."""
    actor = request.actor
    user = selectors.person(actor, pk)
    form = Propose(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            services.propose_mandate(actor, user=user, starts=data["starts"], ends=data["ends"], **form.role_values())
        except (ValidationError, Denied) as error:
            add_errors(form, error)
        else:
            messages.success(request, _("The role is proposed. It counts once a second administrator approved it."))
            return redirect("account_person", pk)
    context = {"form": form, "person": user, "cancel_url": reverse("account_person", args=[pk])}
    return render(request, "comity_account/propose.html", context, status=422 if form.errors else 200)


@administrators_only
def withdraw_role(request: ActorRequest, pk: int) -> HttpResponse:
    """Ends a role or declines a proposal, after asking for the reason."""
    actor = request.actor
    row = selectors.mandate(actor, pk)
    form = Reason(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            services.revoke_mandate(actor, mandate=row, reason=form.cleaned_data["reason"])
        except Denied as error:
            add_errors(form, error)
        else:
            messages.success(request, _("The role is withdrawn."))
            return redirect("account_person", row.user_id)
    name, role = row.user.get_full_name(), row.get_role_display()
    context = {
        "title": _("Withdraw a role") if row.approved_by else _("Decline a proposed role"),
        "question": _("Shall %(name)s no longer be %(role)s?") % {"name": name, "role": role}
        if row.approved_by
        else _("Shall %(name)s not become %(role)s?") % {"name": name, "role": role},
        "consequences": [
            _("The role ends at once, also in open sessions."),
            _("Open invitations by an administrator whose role ends stop working."),
        ]
        if row.approved_by
        else [],
        "confirm_label": _("Withdraw") if row.approved_by else _("Decline"),
        "cancel_url": reverse("account_person", args=[row.user_id]),
        "danger": True,
        "form": form,
    }
    return render(request, "ui/confirm.html", context, status=422 if form.errors else 200)


@administrators_only
def ask_reset(request: ActorRequest, pk: int) -> HttpResponse:
    """Asks that a person's lost factors be cleared."""
    actor = request.actor
    user = selectors.person(actor, pk)
    form = ResetReason(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            services.request_factor_reset(actor, user=user, reason=form.cleaned_data["reason"])
        except (ValidationError, Denied) as error:
            add_errors(form, error)
        else:
            messages.success(request, _("A second administrator now has to approve this."))
            return redirect("account_person", pk)
    context = {
        "title": _("Lost second factor"),
        "question": _("Ask that all factors of %(name)s be cleared?") % {"name": user.get_full_name()},
        "consequences": [
            _("Nothing changes until a second administrator approves it."),
            _("Then their app, keys and recovery codes stop working and all their sessions end."),
            _("They sign in with their password and set up a new factor before anything else."),
        ],
        "confirm_label": _("Ask for it"),
        "cancel_url": reverse("account_person", args=[pk]),
        "danger": True,
        "form": form,
    }
    return render(request, "ui/confirm.html", context, status=422 if form.errors else 200)
