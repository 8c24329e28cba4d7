"""Accepting an invitation."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from comity.account import pending
from comity.account.allauth_forms import Acceptance
from comity.account.views import oidc
from comity.core.people import services
from comity.core.people.models import Invitation, User
from comity.core.people.selectors import invitation_by_token, names_of, scope_name
from comity.core.people.vocabulary import WRITING_ROLES
from comity.ui.views import gone


@never_cache
def link(request: HttpRequest, token: str) -> HttpResponse:
    """The link itself: remembers the invitation and takes the token out of the address. Uses nothing up."""
    found = invitation_by_token(token)
    if found is None:
        return gone(request, _("This invitation was used, withdrawn, or is older than ten days. Ask for a new one."))
    pending.remember(request, found)
    return redirect("account_invitation")


@never_cache
def accept(request: HttpRequest) -> HttpResponse:
    """The page behind the link: an account is made here, or a signed-in person takes one more role."""
    found = pending.invitation(request)
    if found is None:
        return gone(request, _("This invitation was used, withdrawn, or is older than ten days. Ask for a new one."))
    if request.user.is_authenticated:
        return _accept_signed_in(request, found)
    if request.method != "POST":
        initial = {"language": get_language()}
        return _page(request, found, Acceptance(initial=initial, languages=settings.LANGUAGES))
    by_institution = "institution" in request.POST and oidc.provider_name() != ""
    form = Acceptance(request.POST, languages=settings.LANGUAGES, by_institution=by_institution)
    if not ratelimit.consume(request, action="reset_password", key=f"invitation:{found.pk}"):
        form.add_error(None, _("Too many attempts. Wait a minute, then try again."))
    if form.is_valid() and form.cleaned_data["email"].strip().lower() != found.email:
        form.add_error("email", _("This is not the address that was invited."))
    if form.is_valid() and User.objects.filter(email=found.email).exists():
        form.add_error("email", _("There is an account of this address. Sign in, then open the link again."))
    if not form.is_valid():
        return _page(request, found, form, status=422)
    data = form.cleaned_data
    if by_institution:
        pending.choose_identity(request, email=data["email"], name=data["name"], language=data["language"])
        return oidc.start(request, "login")
    user = services.accept_invitation(
        services.invitee(found),
        invitation=found,
        email=data["email"],
        name=data["name"],
        language=data["language"],
        password=data["password1"],
    )
    pending.forget(request)
    record_authentication(request, user, "password", reauthenticated=True)
    return perform_login(request, user, email_verification="none")


def _accept_signed_in(request: HttpRequest, found: Invitation) -> HttpResponse:
    """One more role for the account that is signed in; refused where it is another one's invitation."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101 narrows the type
    if request.method == "POST":
        try:
            services.accept_invitation(services.invitee(found), invitation=found, email=user.email, user=user)
        except ValidationError:
            return _page(request, found, None, status=422)
        pending.forget(request)
        return redirect("account_home")
    return _page(request, found, None)


def _page(request: HttpRequest, found: Invitation, form: Acceptance | None, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "role": found.get_role_display(),
        "whom": scope_name(found, get_language() or "en"),
        "inviter": names_of([found.invited_by])[found.invited_by] if found.invited_by.startswith("user:") else "",
        "expires": found.expires_at,
        "needs_factor": found.role in WRITING_ROLES,
        "own": request.user.is_authenticated and getattr(request.user, "email", "") == found.email,
        "institution": oidc.provider_name(),
    }
    return render(request, "comity_account/invitation.html", context, status=status)
