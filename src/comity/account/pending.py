"""The invitation that this session came with: its number, never its token."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from comity.core.actions.decorator import Denied
from comity.core.people import services
from comity.core.people.models import Invitation, User
from comity.core.people.selectors import invitation_in_hand

KEY = "comity_invitation"


def remember(request: HttpRequest, invitation: Invitation) -> None:
    """Keeps the invitation whose link was opened, so that the link leaves the address bar."""
    request.session[KEY] = {"id": invitation.pk}


def invitation(request: HttpRequest) -> Invitation | None:
    """The invitation of this session, where it is still open."""
    return invitation_in_hand(_kept(request).get("id"))


def choose_identity(request: HttpRequest, *, email: str, name: str, language: str) -> None:
    """The person wants to sign in through their institution: keeps what they filled in until they are back."""
    request.session[KEY] = {**_kept(request), "email": email, "name": name, "language": language}


def with_identity(request: HttpRequest) -> bool:
    """True where an open invitation waits for the institution's answer."""
    return "email" in _kept(request) and invitation(request) is not None


def accept(request: HttpRequest) -> User:
    """Accepts the waiting invitation and returns the new account. Raises Denied where it is open no more."""
    found, kept = invitation(request), _kept(request)
    if found is None:
        raise Denied(_("This invitation was used, withdrawn, or is older than ten days. Ask for a new one."))
    user = services.accept_invitation(
        services.invitee(found),
        invitation=found,
        email=kept["email"],
        name=kept["name"],
        language=kept["language"],
    )
    forget(request)
    return user


def forget(request: HttpRequest) -> None:
    """Drops the invitation from the session."""
    request.session.pop(KEY, None)


def _kept(request: HttpRequest) -> dict[str, Any]:
    kept = request.session.get(KEY)
    return kept if isinstance(kept, dict) else {}
