"""The people of the demonstration: fictitious, with addresses that lead nowhere, and secrets made anew each time."""

from __future__ import annotations

import secrets
from typing import TypedDict

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from comity.core.actions.actor import system
from comity.core.people import services
from comity.core.people.models import Participant, User
from comity.core.people.vocabulary import BODY_ROLES, Role

#: Somebody of the demonstration, with what they sign in with; `for` is a State's code or a body's.
Person = TypedDict("Person", {"email": str, "role": str, "for": str, "password": str, "totp": str})


#: Address, name, role, State (ISO3). Nobody of these exists; example.org is reserved for examples.
PEOPLE: tuple[tuple[str, str, Role, str], ...] = (
    ("focal.ghana@example.org", "Ama Example (fictitious)", Role.FOCAL_POINT, "GHA"),
    ("focal.mexico@example.org", "Luz Ejemplo (fictitious)", Role.FOCAL_POINT, "MEX"),
    ("focal.egypt@example.org", "Nour Mithal (fictitious)", Role.FOCAL_POINT, "EGY"),
    ("officer.ghana@example.org", "Kofi Example (fictitious)", Role.AUTHORITY_OFFICER, "GHA"),
    ("observer.france@example.org", "Camille Exemple (fictitious)", Role.OBSERVER, "FRA"),
    ("curator@example.org", "Chen Example (fictitious)", Role.CURATOR, ""),
    ("curator.two@example.org", "Dana Example (fictitious)", Role.CURATOR, ""),
    ("publisher@example.org", "Pavel Example (fictitious)", Role.PUBLISHER, ""),
    ("publisher.two@example.org", "Quinn Example (fictitious)", Role.PUBLISHER, ""),
    ("admin@example.org", "Alex Example (fictitious)", Role.ADMINISTRATOR, ""),
    ("admin.two@example.org", "Robin Example (fictitious)", Role.ADMINISTRATOR, ""),
)


def _password() -> str:
    """Eighty random bits that can be read aloud and typed: no letter is like a digit."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(4))


def load() -> list[Person]:
    """Makes those who are not there yet, through invitation and acceptance like anybody, and returns them.

    The passwords and secrets are returned this once, for the caller to print; an account that exists already is
    left alone and not returned, so a second call returns nothing.
    """
    actor = system("demonstration")
    made: list[Person] = []
    for email, name, role, iso3 in PEOPLE:
        if User.objects.filter(email=email).exists():
            continue
        state = None if role in BODY_ROLES else Participant.objects.get(iso3=iso3)
        body = services.secretariat() if role in BODY_ROLES else None
        invited = services.invite(actor, email=email, role=role, participant=state, body=body)
        password, secret = _password(), generate_totp_secret()
        user = services.accept_invitation(
            services.invitee(invited.invitation),
            invitation=invited.invitation,
            email=email,
            name=name,
            language="en",
            password=password,
        )
        TOTP.activate(user, secret)
        whom = iso3 or services.SECRETARIAT
        made.append({"email": email, "role": str(role), "for": whom, "password": password, "totp": secret})
    return made
