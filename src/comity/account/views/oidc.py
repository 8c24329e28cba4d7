"""Signing in through an institution (OpenID Connect): where it starts and where it comes back."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.openid_connect.views import callback as allauth_callback
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from requests import RequestException

from comity.account import events, vocabulary, words
from comity.account.configuration import provider_of

LANGUAGE = "comity_oidc_language"


def provider_name() -> str:
    """The name of the institution's sign-in; "" where this node has none."""
    if not settings.COMITY_OIDC_ISSUER:
        return ""
    return str(settings.COMITY_OIDC_NAME or settings.COMITY_OIDC_ISSUER)


def start(request: HttpRequest, process: str) -> HttpResponse:
    """Leads to the identity provider by a page with a link.

    A redirect as the answer of a form would be stopped by our content security policy (`form-action 'self'`),
    so the page says where it leads and goes there by itself.
    """
    if not provider_name():
        raise Http404
    provider = get_adapter(request).get_provider(request, provider=provider_of(settings.COMITY_OIDC_ISSUER))
    after = reverse("account_home") if process == "connect" else None
    request.session[LANGUAGE] = translation.get_language()
    try:
        answer = provider.redirect(request, process=process, next_url=after)
    except (RequestException, ValueError, KeyError):
        messages.error(request, _("The sign-in of your institution does not answer. Try again later."))
        return redirect("account_login")
    if answer.status_code != 302:
        return answer
    response = render(request, "comity_account/leaving.html", {"url": answer["Location"], "name": provider_name()})
    response["Refresh"] = f"0; url={answer['Location']}"
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Starts a sign-in."""
    return start(request, "login")


@require_POST
@login_required
@reauthentication_required
def attach(request: HttpRequest) -> HttpResponse:
    """Starts attaching the institution's sign-in to the account that is signed in."""
    return start(request, "connect")


@never_cache
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Where the provider sends the person back; its address has no language, the session knows it."""
    language = request.session.get(LANGUAGE)
    if language in dict(settings.LANGUAGES):
        translation.activate(language)
        request.LANGUAGE_CODE = language
    before = _identities(request)
    answer: HttpResponse = allauth_callback(request, provider_id=provider_id)
    if _identities(request) - before:
        events.tell(request.user, vocabulary.ATTACH_IDENTITY, issuer=settings.COMITY_OIDC_ISSUER)
    return answer


def _identities(request: HttpRequest) -> set[int]:
    """The identities of who is signed in now."""
    if not request.user.is_authenticated:
        return set()
    return set(SocialAccount.objects.filter(user_id=request.user.pk).values_list("pk", flat=True))


@login_required
@reauthentication_required
def detach(request: HttpRequest, pk: int) -> HttpResponse:
    """Detaches one identity, after asking; refused where it is the only way to sign in."""
    identity = get_object_or_404(SocialAccount, pk=pk, user=request.user)
    if not identity.user.has_usable_password():
        messages.error(request, str(words.IDENTITY_ERRORS["no_password"]))
        return redirect("account_home")
    if request.method == "POST" and request.POST.get("confirm") == "yes":
        identity.delete()
        events.tell(request.user, vocabulary.DETACH_IDENTITY, issuer=settings.COMITY_OIDC_ISSUER)
        messages.success(request, str(words.MESSAGES["socialaccount/messages/account_disconnected.txt"]))
        return redirect("account_home")
    context = {
        "title": _("Detach this sign-in"),
        "question": _("Shall %(name)s no longer sign you in here?") % {"name": provider_name() or identity.provider},
        "consequences": [_("You sign in with your address and password, or with a passkey.")],
        "confirm_label": _("Detach"),
        "cancel_url": reverse("account_home"),
        "danger": True,
    }
    return render(request, "ui/confirm.html", context)
