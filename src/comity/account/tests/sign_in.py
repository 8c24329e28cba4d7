"""Signing in for tests, in one line: other apps' tests use it too."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from allauth.mfa.models import Authenticator
from django.test import Client

from comity.core.people.models import Body, Mandate, Participant, User
from comity.core.people.vocabulary import BODY_ROLES, ParticipantKind


def state(iso3: str = "GHA") -> Participant:
    """A State; made where the reference facts are not loaded."""
    return Participant.objects.get_or_create(
        iso3=iso3, defaults={"kind": ParticipantKind.UN_MEMBER, "names": {"en": iso3.title()}}
    )[0]


def person(email: str, *roles: str, iso3: str = "GHA", approved_by: str = "system:test") -> User:
    """An account with roles that count: for the secretariat, or for the State `iso3`."""
    user = User.objects.filter(email=email).first() or User.objects.create_user(
        email, "correct horse battery", name=email.partition("@")[0].title()
    )
    for role in roles:
        body = Body.objects.get_or_create(code="secretariat", defaults={"name": "Secretariat"})[0]
        scope: dict[str, Any] = {"body": body} if role in BODY_ROLES else {"participant": state(iso3)}
        Mandate.objects.create(
            user=user, role=role, starts=date(2020, 1, 1), proposed_by="system:test", approved_by=approved_by, **scope
        )
    return user


def sign_in(client: Client, user: User, *, second_factor: bool = True) -> Client:
    """Signs the client in; with a second factor as if a code had just been given."""
    client.force_login(user)
    if second_factor:
        Authenticator.objects.get_or_create(
            user=user, type=Authenticator.Type.TOTP, defaults={"data": {"secret": "v1:unused"}}
        )
        session = client.session
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [
            {"method": "password", "at": time.time(), "reauthenticated": True},
            {"method": "mfa", "at": time.time(), "type": "totp", "reauthenticated": True},
        ]
        session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
        session.save()
    return client
