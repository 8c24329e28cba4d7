"""A person's own account: how they sign in, and setting up what is missing."""

from __future__ import annotations

from typing import Any

from allauth.account.views import PasswordChangeView, PasswordSetView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache

from comity.account import events, second_factor, vocabulary
from comity.account.views import oidc
from comity.core.people.models import User
from comity.core.people.selectors import effective_mandates, needs_second_factor, scope_name


def factors_of(user: Any) -> dict[str, Any]:
    """What the person set up: app (or None), keys, and how many recovery codes are left (None: none made)."""
    found: dict[str, Any] = {"app": None, "keys": [], "codes": None}
    for factor in Authenticator.objects.filter(user_id=user.pk).order_by("pk"):
        if factor.type == Authenticator.Type.TOTP:
            found["app"] = factor
        elif factor.type == Authenticator.Type.WEBAUTHN:
            key = factor.wrap()
            found["keys"].append({"factor": factor, "name": key.name, "passkey": key.is_passwordless})
        else:
            found["codes"] = len(factor.wrap().get_unused_codes())
    return found


@never_cache
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Roles, second factors, passkeys, recovery codes, password, and the institution's sign-in."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101 narrows the type
    lang = get_language() or "en"
    mandates = effective_mandates().filter(user=user).select_related("participant", "body")
    context = {
        "roles": [{"mandate": m, "whom": scope_name(m, lang)} for m in mandates],
        "factors": factors_of(user),
        "needs_factor": needs_second_factor(user),
        "identities": SocialAccount.objects.filter(user=user),
        "institution": oidc.provider_name(),
        "has_password": user.has_usable_password(),
    }
    return render(request, "comity_account/home.html", context)


@never_cache
@login_required
def set_up(request: HttpRequest) -> HttpResponse:
    """The first thing after the first sign-in: choose a second factor."""
    context = {"factors": factors_of(request.user), "needs_factor": needs_second_factor(request.user)}
    return render(request, "comity_account/set_up.html", context)


class ActivateApp(ActivateTOTPView):
    """Setting up an authenticator app; its first code counts for this session."""

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        factor = Authenticator.objects.get(user_id=self.request.user.pk, type=Authenticator.Type.TOTP)
        second_factor.record_set_up(self.request, factor)
        events.tell(self.request.user, vocabulary.ADD_FACTOR, type="totp")
        return response

    def get_success_url(self) -> str:
        """The recovery codes are shown once, right after they are made."""
        return reverse("mfa_view_recovery_codes" if self.did_generate_recovery_codes else "account_home")


class DeactivateApp(DeactivateTOTPView):
    """Removing the authenticator app; refused where it is the last factor of a role that needs one."""

    success_url = reverse_lazy("account_home")

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        events.tell(self.request.user, vocabulary.REMOVE_FACTOR, type="totp")
        return response


class AddKey(AddWebAuthnView):
    """Adding a key or passkey; it counts for this session."""

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        factor = (
            Authenticator.objects.filter(user_id=self.request.user.pk, type=Authenticator.Type.WEBAUTHN)
            .order_by("-pk")
            .first()
        )
        if factor is not None:
            second_factor.record_set_up(self.request, factor)
        events.tell(self.request.user, vocabulary.ADD_FACTOR, type="webauthn")
        return response

    def get_success_url(self) -> str:
        """The recovery codes are shown once, right after they are made."""
        return reverse("mfa_view_recovery_codes" if self.did_generate_recovery_codes else "account_home")


class RemoveKey(RemoveWebAuthnView):
    """Removing a key."""

    success_url = reverse_lazy("account_home")

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        events.tell(self.request.user, vocabulary.REMOVE_FACTOR, type="webauthn")
        return response


class MakeCodes(GenerateRecoveryCodesView):
    """New recovery codes; the old ones stop working."""

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        events.tell(self.request.user, vocabulary.MAKE_CODES)
        return response


class ChangePassword(PasswordChangeView):
    """Changing the password ends all sessions: one signs in again."""

    success_url = reverse_lazy("account_login")

    def form_valid(self, form: Any) -> HttpResponse:
        user = self.request.user
        response: HttpResponse = super().form_valid(form)
        events.tell(user, vocabulary.CHANGE_PASSWORD)
        return response


class SetPassword(PasswordSetView):
    """A first password for who signed in through an institution so far."""

    success_url = reverse_lazy("account_home")

    def form_valid(self, form: Any) -> HttpResponse:
        user = self.request.user
        response: HttpResponse = super().form_valid(form)
        events.tell(user, vocabulary.CHANGE_PASSWORD)
        return response
