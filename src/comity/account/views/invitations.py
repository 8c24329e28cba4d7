"""Inviting people, and the invitations that are open."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from comity.account.forms import Invite
from comity.account.mailing import send_invitation
from comity.account.views.gate import add_errors, administrators_only
from comity.account.views.people import tabs
from comity.core.actions.decorator import Denied
from comity.core.people import selectors, services
from comity.core.people.cli import link_of
from comity.ui.paging import keyset
from comity.ui.requests import ActorRequest


@administrators_only
def listing(request: ActorRequest) -> HttpResponse:
    """Open invitations, newest first."""
    actor = request.actor
    page = keyset(selectors.invitations(actor, open_only=True), by=("-pk",), params=request.GET)
    names = selectors.names_of(row.invited_by for row in page.rows)
    rows = [
        {
            "invitation": row,
            "whom": selectors.scope_name(row, get_language() or "en"),
            "inviter": names[row.invited_by],
        }
        for row in page.rows
    ]
    context = {"rows": rows, "page": page, "tabs": tabs(actor, "invitations")}
    return render(request, "comity_account/invitations.html", context)


def _shown_once(request: HttpRequest, made: services.Invited, language: str, mailed: bool) -> HttpResponse:
    """The page with the link: the only time it is shown."""
    context = {"invitation": made.invitation, "link": link_of(made.token, language), "mailed": mailed}
    response = render(request, "comity_account/invited.html", context)
    response["Cache-Control"] = "no-store"
    return response


@administrators_only
def new(request: ActorRequest) -> HttpResponse:
    """Invites somebody, shows the link once, and mails it where wished."""
    actor = request.actor
    form = Invite(request.POST if request.method == "POST" else None, initial={"language": get_language()})
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            made = services.invite(actor, email=data["email"], **form.role_values())
        except (ValidationError, Denied) as error:
            add_errors(form, error)
        else:
            link = link_of(made.token, data["language"])
            mailed = data["mail"] and send_invitation(made.invitation, link, data["language"])
            if data["mail"] and not mailed:
                messages.warning(request, _("The mail could not be sent. Hand the link over yourself."))
            return _shown_once(request, made, data["language"], mailed)
    context = {"form": form, "cancel_url": reverse("account_invitations"), "submit_label": _("Invite")}
    return render(request, "comity_account/invite.html", context, status=422 if form.errors else 200)


@require_POST
@administrators_only
def resend(request: ActorRequest, pk: int) -> HttpResponse:
    """A new link; the old one stops working."""
    actor = request.actor
    made = services.resend(actor, invitation=selectors.invitation(actor, pk))
    language = get_language() or "en"
    link = link_of(made.token, language)
    return _shown_once(request, made, language, send_invitation(made.invitation, link, language))


@administrators_only
def withdraw(request: ActorRequest, pk: int) -> HttpResponse:
    """Makes an invitation useless, after asking."""
    actor = request.actor
    row = selectors.invitation(actor, pk)
    if request.method == "POST" and request.POST.get("confirm") == "yes":
        services.revoke_invitation(actor, invitation=row)
        messages.success(request, _("The invitation is withdrawn; its link no longer works."))
        return redirect("account_invitations")
    context = {
        "title": _("Withdraw an invitation"),
        "question": _("Shall the invitation of %(email)s no longer work?") % {"email": row.email},
        "consequences": [_("The link stops working at once.")],
        "confirm_label": _("Withdraw"),
        "cancel_url": reverse("account_invitations"),
        "danger": True,
    }
    return render(request, "ui/confirm.html", context)
