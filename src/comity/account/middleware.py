"""Second factor first: who holds a role that can write sets one up before any page of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from comity.account.second_factor import has_factor
from comity.core.people.selectors import needs_second_factor
from comity.ui.requests import ActorRequest

#: Pages one needs to get there, and to get out.
OPEN = frozenset(
    {
        "account_login",
        "account_logout",
        "account_reauthenticate",
        "account_inactive",
        "account_invitation",
        "account_invitation_link",
        "account_set_password",
        "account_change_password",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "account_set_up",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_authenticate",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "mfa_login_webauthn",
        "openid_connect_callback",
    }
)


class second_factor_first:
    """Sends such a person to the set-up page; public pages stay readable, as the public reads them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: ActorRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        actor = request.actor
        if actor.kind != "user" or actor.second_factor or actor.grants:
            return None
        match = request.resolver_match
        own_page = match is not None and {"account", "desk"} & set(request.path_info.split("/"))
        if request.method in {"GET", "HEAD", "OPTIONS"} and not own_page:
            return None
        if (match is not None and match.url_name in OPEN) or not needs_second_factor(request.user):
            return None
        if request.path_info.startswith("/api/"):
            return None
        messages.warning(request, _("Your role can change records, so it needs a second factor first."))
        if has_factor(request.user):
            page = reverse("mfa_reauthenticate")
            return HttpResponseRedirect(f"{page}?{urlencode({'next': request.get_full_path()})}")
        return HttpResponseRedirect(reverse("account_set_up"))
