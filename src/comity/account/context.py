"""What every page knows of the person who reads it: name, menu, unread notifications."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from comity.core.actions.actor import PUBLIC, Actor
from comity.core.people.models import Body, Participant
from comity.core.people.vocabulary import Role
from comity.core.workflow.selectors import unread_count


def shown_name(user: Any) -> str:
    """A person's name; the address where none was given."""
    return str(user.get_full_name())


def role_of(actor: Actor, lang: str) -> str:
    """The actor's first role in words: "State focal point, Ghana"; "" where no role counts."""
    for grant in actor.grants:
        whom = ""
        if grant.participant:
            state = Participant.objects.filter(iso3=grant.participant).first()
            whom = state.name(lang) if state else grant.participant
        elif grant.body:
            whom = Body.objects.filter(code=grant.body).values_list("name", flat=True).first() or grant.body
        return _("%(role)s, %(whom)s") % {"role": Role(grant.role).label, "whom": whom}
    return ""


def user_menu(actor: Actor) -> list[dict[str, Any]]:
    """The entries below a person's name."""
    entries = [
        ("account_home", _("My account")),
        ("account_notifications", _("Notifications")),
        ("account_jobs", _("Background work")),
    ]
    if actor.has(Role.ADMINISTRATOR):
        entries += [
            ("account_people", _("People")),
            ("account_audit", _("Audit log")),
            ("account_mail", _("Mails")),
        ]
    return [{"label": label, "url": reverse(name)} for name, label in entries]


def person(request: HttpRequest) -> dict[str, Any]:
    """Context processor: see the module's first line; nothing for the public."""
    actor: Actor = getattr(request, "actor", PUBLIC)
    if actor.kind != "user":
        return {}
    role = role_of(actor, get_language() or "en")
    label = _("%(name)s (%(role)s)") % {"name": actor.display, "role": role} if role else actor.display
    return {
        "user_label": label,
        "user_menu": user_menu(actor),
        "notifications_count": unread_count(actor),
        "notifications_url": reverse("account_notifications"),
    }
