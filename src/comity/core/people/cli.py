"""`comity user …`: invite, list, first administrator, and lost factors where only the operator can help."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from comity.core.actions.actor import Actor
    from comity.core.people.models import Body, Participant, User


def add_commands(subparsers: Any) -> None:
    """Adds the `user` command."""
    user = subparsers.add_parser("user", help="invite people and list who there is")
    verbs = user.add_subparsers(dest="verb", required=True)
    invite = verbs.add_parser("invite", help="make an invitation and print its link")
    invite.add_argument("email")
    invite.add_argument("--role", required=True, help="focal_point, authority_officer, observer, curator, …")
    invite.add_argument("--for", dest="whom", metavar="ISO3|BODY", help="default: the secretariat")
    invite.add_argument("--language", default="en", help="language of the page behind the link")
    invite.set_defaults(run=_invite)
    first = verbs.add_parser("first-admin", help="print a one-time link for the first administrator")
    first.add_argument("email")
    first.add_argument("--language", default="en")
    first.set_defaults(run=_first_admin)
    listing = verbs.add_parser("list", help="accounts and the roles that count today")
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=_list)
    reset = verbs.add_parser("reset-factors", help="clear a person's lost factors (no second administrator left)")
    reset.add_argument("email")
    reset.add_argument("--reason", required=True)
    reset.set_defaults(run=_reset)
    body = verbs.add_parser("add-body", help="add an office that people may act for")
    body.add_argument("code")
    body.add_argument("name")
    body.set_defaults(run=_add_body)


def _operator(options: argparse.Namespace) -> Actor:
    """The person named by `--as`, else the operating-system user."""
    from comity.core.actions.actor import system

    actor: Actor = options.actor
    return actor if actor.kind == "user" else system(getpass.getuser())


def _complain(text: str) -> int:
    print(f"comity user: {text}", file=sys.stderr)
    return 2


def _words(error: Any) -> str:
    """A ValidationError or Denied in one line."""
    if hasattr(error, "message_dict"):
        return "; ".join(f"{field}: {' '.join(texts)}" for field, texts in error.message_dict.items())
    return str(error)


def link_of(token: str, language: str) -> str:
    """The address that an invited person opens."""
    from django.conf import settings

    return f"{settings.COMITY_ADDRESS}/{language}/account/invitation/{token}/"


def _whom(whom: str | None) -> tuple[Participant | None, Body | None]:
    """Finds the State or body named by `--for`. Raises ValueError where there is neither."""
    from comity.core.people.models import Body, Participant
    from comity.core.people.services import SECRETARIAT, secretariat

    if not whom or whom.lower() == SECRETARIAT:
        return None, secretariat()
    state = Participant.objects.filter(iso3=whom.upper()).first()
    body = Body.objects.filter(code=whom).first()
    if state is None and body is None:
        raise ValueError(f"--for {whom}: no State of that ISO3 code and no body. `comity user add-body` adds one.")
    return (state, None) if state is not None else (None, body)


def _invite(options: argparse.Namespace) -> int:
    from django.conf import settings
    from django.core.exceptions import ValidationError

    from comity.core.actions.decorator import Denied
    from comity.core.people import services

    if options.language not in dict(settings.LANGUAGES):
        return _complain(f"--language {options.language}: use one of {', '.join(dict(settings.LANGUAGES))}.")
    try:
        participant, body = _whom(options.whom)
        made = services.invite(
            _operator(options), email=options.email, role=options.role, participant=participant, body=body
        )
    except (ValidationError, Denied, ValueError) as error:
        return _complain(_words(error))
    print(link_of(made.token, options.language))
    print(
        f"For {made.invitation.email} only, once, until {made.invitation.expires_at:%Y-%m-%d %H:%M} UTC. "
        "The link is not kept anywhere: hand it over now.",
        file=sys.stderr,
    )
    return 0


def _first_admin(options: argparse.Namespace) -> int:
    from comity.core.people.selectors import administrators

    if administrators().exists():
        return _complain("there is an administrator already; administrators invite others on the page People.")
    options.role, options.whom = "administrator", None
    return _invite(options)


def _row(user: User) -> dict[str, Any]:
    from comity.core.people.selectors import grants_of

    return {
        "email": user.email,
        "name": user.name,
        "active": user.is_active,
        "roles": [{"role": g.role, "for": g.participant or g.body} for g in grants_of(user)],
    }


def _list(options: argparse.Namespace) -> int:
    from comity.core.people.selectors import people

    rows = [_row(user) for user in people(_operator(options)).order_by("email")]
    if options.json:
        print(json.dumps(rows, ensure_ascii=False))
    else:
        for row in rows:
            roles = ", ".join(f"{r['role']} for {r['for']}" for r in row["roles"]) or "no role today"
            print(f"{row['email']}\t{row['name']}\t{roles}")
    return 0


def _reset(options: argparse.Namespace) -> int:
    from django.core.exceptions import ValidationError

    from comity.core.actions.decorator import Denied
    from comity.core.people import services
    from comity.core.people.models import User

    user = User.objects.filter(email=options.email.strip().lower()).first()
    if user is None:
        return _complain(f"{options.email}: nobody here has that address.")
    actor = _operator(options)
    try:
        reset = services.request_factor_reset(actor, user=user, reason=options.reason)
        services.approve_factor_reset(actor, reset=reset)
    except (ValidationError, Denied) as error:
        return _complain(_words(error))
    print(f"The factors of {user.email} are cleared and their sessions ended.")
    return 0


def _add_body(options: argparse.Namespace) -> int:
    from django.core.exceptions import ValidationError

    from comity.core.actions.decorator import Denied
    from comity.core.people import services

    try:
        body = services.add_body(_operator(options), code=options.code, name=options.name)
    except (ValidationError, Denied) as error:
        return _complain(_words(error))
    print(f"{body.code}: {body.name}")
    return 0
