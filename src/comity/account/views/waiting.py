"""What waits for a second administrator: proposed roles and cleared factors."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from comity.account.views.gate import administrators_only
from comity.account.views.people import mandate_rows, tabs
from comity.core.people import policies, selectors, services
from comity.core.people.vocabulary import APPROVE_FACTOR_RESET, APPROVE_MANDATE
from comity.core.workflow.notifications import notify
from comity.ui.requests import ActorRequest


@administrators_only
def listing(request: ActorRequest) -> HttpResponse:
    """Both lists; what this administrator may not approve says why."""
    actor = request.actor
    roles = mandate_rows(selectors.proposed_mandates(actor))
    for row in roles:
        row["decision"] = policies.can(actor, APPROVE_MANDATE, row["mandate"])
    resets = list(selectors.open_resets(actor))
    names = selectors.names_of(r.requested_by for r in resets)
    shown = [
        {
            "reset": reset,
            "requested_by": names[reset.requested_by],
            "decision": policies.can(actor, APPROVE_FACTOR_RESET, reset),
        }
        for reset in resets
    ]
    context = {"roles": roles, "resets": shown, "tabs": tabs(actor, "waiting")}
    return render(request, "comity_account/waiting.html", context)


@require_POST
@administrators_only
def approve_role(request: ActorRequest, pk: int) -> HttpResponse:
    """Approves a proposed role and tells its holder."""
    actor = request.actor
    row = selectors.mandate(actor, pk)
    with transaction.atomic():
        services.approve_mandate(actor, mandate=row)
        notify(
            user=row.user,
            subject=gettext_lazy("You were given a new role"),
            body=gettext_lazy("Your account shows it under “My account”."),
            url=reverse("account_home"),
            key=f"mandate-approved:{row.pk}",
        )
    messages.success(request, _("The role counts from its first day on."))
    return redirect("account_waiting")


@administrators_only
def approve_reset(request: ActorRequest, pk: int) -> HttpResponse:
    """Clears lost factors, after asking, and tells the person."""
    actor = request.actor
    row = selectors.reset(actor, pk)
    if request.method == "POST" and request.POST.get("confirm") == "yes":
        with transaction.atomic():
            services.approve_factor_reset(actor, reset=row)
            notify(
                user=row.user,
                subject=gettext_lazy("Your second factors were cleared"),
                body=gettext_lazy(
                    "Two administrators cleared them because they were reported lost. If this was not you, "
                    "tell an administrator of this node at once."
                ),
                url=reverse("account_set_up"),
                key=f"factors-cleared:{row.pk}",
            )
        messages.success(request, _("The factors are cleared and all sessions of this person ended."))
        return redirect("account_waiting")
    requested_by = selectors.names_of([row.requested_by])[row.requested_by]
    context = {
        "title": _("Clear lost factors"),
        "question": _("Clear all second factors of %(name)s?") % {"name": row.user.get_full_name()},
        "consequences": [
            _("Asked for by %(name)s, who wrote: %(reason)s") % {"name": requested_by, "reason": row.reason},
            _("Their app, keys and recovery codes stop working at once and all their sessions end."),
        ],
        "confirm_label": _("Clear them"),
        "cancel_url": reverse("account_waiting"),
        "danger": True,
    }
    return render(request, "ui/confirm.html", context)
