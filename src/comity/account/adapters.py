"""How django-allauth behaves in this house: no sign-up, our words, secrets encrypted, identities by issuer."""

from __future__ import annotations

import base64
import logging
import os
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from comity.account import events, pending, second_factor, vocabulary, words
from comity.core.actions.decorator import Denied
from comity.core.people.models import User
from comity.core.people.selectors import needs_second_factor
from comity.core.workflow import mail

log = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in with address and password; accounts come from invitations only."""

    error_messages = {**DefaultAccountAdapter.error_messages, **words.ACCOUNT_ERRORS}

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: `services.accept_invitation` is the only way to an account."""
        return False

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Shows our own words for a message; what has none says nothing."""
        text = message or words.MESSAGES.get(message_template or "")
        if text:
            messages.add_message(request, level, str(text), extra_tags=extra_tags)

    def login(self, request: HttpRequest, user: Any) -> None:
        """Signs in, and tells the audit by what."""
        super().login(request, user)
        used = sorted(
            {str(record.get("type") or record["method"]) for record in get_authentication_records(request, user)}
        )
        events.tell(user, vocabulary.SIGN_IN, by=used)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Sends in the person's language. A mail that fails is logged and never stops a sign-in.

        For an address without an account nothing is sent: the page answers the same in both cases.
        """
        user = User.objects.filter(email=email).first()
        if user is None or template_prefix not in words.MAILS:
            return
        with translation.override(user.language):
            subject, body = words.mail_text(template_prefix, settings.COMITY_NODE_NAME, context)
        try:
            mail.send(
                {"to": email, "subject": subject, "body": body, "lang": user.language},
                key=f"account:{get_random_string(22)}",
            )
        except (OSError, ValueError) as error:
            log.error("Mail %s could not be sent: %s", template_prefix, type(error).__name__)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link of the mail begins with the node's own address, whatever Host the request named."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.COMITY_ADDRESS + path.replace("UID-KEY", key)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """To the set-up of a second factor where the role needs one and none is there, else home."""
        if needs_second_factor(request.user) and not second_factor.has_factor(request.user):
            return reverse("account_set_up")
        return str(super().get_login_redirect_url(request))


def _cipher() -> AESGCM:
    key = HKDF(SHA256(), 32, None, b"comity second factor secrets").derive(settings.SECRET_KEY.encode())
    return AESGCM(key)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of authenticator apps and recovery codes lie encrypted in the records."""

    error_messages = {**DefaultMFAAdapter.error_messages, **words.FACTOR_ERRORS}

    def encrypt(self, text: str) -> str:
        """AES-GCM under a key made of the node's secret key."""
        nonce = os.urandom(12)
        return "v1:" + base64.b64encode(nonce + _cipher().encrypt(nonce, text.encode(), None)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Raises ValueError where the node's secret key is another one than when this was written."""
        raw = base64.b64decode(encrypted_text.removeprefix("v1:"))
        try:
            return _cipher().decrypt(raw[:12], raw[12:], None).decode()
        except InvalidTag as error:
            raise ValueError("This secret was encrypted under another secret key of the node.") from error

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not the last factor of somebody whose role needs one."""
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=second_factor.FACTORS)
        return others.exclude(pk=authenticator.pk).exists() or not needs_second_factor(authenticator.user)

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """A first name for a new key; the person may change it."""
        return _("Key %(number)d") % {"number": Authenticator.objects.filter(user=user, type=type).count() + 1}

    def _get_site_name(self) -> str:
        return str(settings.COMITY_NODE_NAME)


class IdentityAdapter(DefaultSocialAccountAdapter):
    """OpenID Connect: an identity is issuer and subject, and is attached by an invitation or when signed in."""

    error_messages = {**DefaultSocialAccountAdapter.error_messages, **words.IDENTITY_ERRORS}

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Never by itself: see `pre_social_login`."""
        return False

    def authenticate_by_email(self, sociallogin: SocialLogin) -> None:
        """An equal address proves nothing."""
        return

    def can_authenticate_by_email(self, login: SocialLogin, email: str) -> bool:
        """Never."""
        return False

    def list_apps(self, request: HttpRequest, provider: Any = None, client_id: Any = None) -> list[Any]:
        """Providers come from the node's settings only, never from a table."""
        return [a for a in super().list_apps(request, provider, client_id) if a.pk is None]

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Checks the identity, keeps no claims but issuer and subject, and lets an invitation be accepted."""
        claims = (sociallogin.account.extra_data or {}).get("id_token") or {}
        subject = str(claims.get("sub", ""))
        if claims.get("iss") != settings.COMITY_OIDC_ISSUER or subject != sociallogin.account.uid or not subject:
            raise self._refused(request, _("The answer did not come from the identity provider of this node."))
        sociallogin.account.extra_data = {"id_token": {"iss": claims["iss"], "sub": subject}}
        if sociallogin.account.pk:
            sociallogin.account.save(update_fields=["extra_data"])
        if sociallogin.state.get("process") == "connect":
            if needs_second_factor(request.user) and not second_factor.passed(request):
                raise self._refused(request, _("Set up a second factor before you attach another sign-in."))
        elif not sociallogin.is_existing:
            self._accept_invitation(request, sociallogin)

    def _accept_invitation(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Makes the account of the invitation this session came with, and attaches the identity to it."""
        if not pending.with_identity(request):
            raise self._refused(
                request,
                _("No account here is attached to this sign-in. Open your invitation, or sign in and attach it."),
            )
        try:
            with transaction.atomic():
                user = pending.accept(request)
                sociallogin.connect(request, user)
        except Denied as denied:
            raise self._refused(request, denied.reason) from denied

    def _refused(self, request: HttpRequest, reason: str) -> ImmediateHttpResponse:
        messages.error(request, reason)
        return ImmediateHttpResponse(HttpResponseRedirect(reverse("account_login")))
