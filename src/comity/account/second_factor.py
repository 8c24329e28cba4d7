"""Whether this session passed a second factor, and who needs one."""

from __future__ import annotations

from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_factor(user: Any) -> bool:
    """True where the person set up an authenticator app or a key (recovery codes alone are none)."""
    if not getattr(user, "is_authenticated", False):
        return False
    return Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS).exists()


def passed(request: HttpRequest) -> bool:
    """True where a code, a key or a passkey was presented in this session and the person still has a factor."""
    user = request.user
    if not user.is_authenticated:
        return False
    records = get_authentication_records(request, user)
    return any(record.get("method") == "mfa" for record in records) and has_factor(user)


def record_set_up(request: HttpRequest, authenticator: Authenticator) -> None:
    """A factor that was just set up was just presented: the session counts as having passed it."""
    record_authentication(request, request.user, "mfa", id=authenticator.pk, type=authenticator.type)
