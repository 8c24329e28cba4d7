"""Telling people: on their page, and by mail, once."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import translation

from comity.core.actions.decorator import Effect, queue
from comity.core.people.models import User
from comity.core.workflow import mail
from comity.core.workflow.models import Notification
from comity.core.workflow.vocabulary import MAIL


def notify(*, user: User, subject: Any, body: Any = "", url: str = "", key: str = "") -> Notification | None:
    """Adds a notification to a person's page and a mail to the outbox, inside the caller's transaction.

    `subject` and `body` may be lazy translations: they are put into the person's own language. `url` is a
    path of this node. A second call with the same non-empty `key` does nothing and returns None.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A notification belongs to the transaction of what it tells of.")
    with translation.override(user.language):
        told, text = str(subject)[:300], str(body)
    with transaction.atomic():
        if key and Notification.objects.filter(key=key).exists():
            return None
        made = Notification.objects.create(user=user, subject=told, body=text, url=url, key=key or None)
        if user.is_active:
            link = f"\n\n{settings.COMITY_ADDRESS}{url}" if url.startswith("/") else ""
            queue(
                (
                    mail_effect(
                        to=user.email,
                        subject=told,
                        body=text + link,
                        lang=user.language,
                        key=key or f"notification:{made.pk}",
                    ),
                )
            )
    return made


def mail_effect(*, to: str, subject: str, body: str, key: str, lang: str = "") -> Effect:
    """The effect that sends one mail, for `Done.effects`; `key` makes it happen once."""
    payload = {"to": to, "subject": subject, "body": body, "lang": lang, "key": key}
    return Effect(topic=MAIL, payload=payload, key=f"mail:{key}"[:200])


def send_mail_effect(payload: dict[str, Any]) -> None:
    """The outbox's handler: sends by SMTP or writes a file. Without a key, equal content is the same mail."""
    key = payload.get("key") or hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()
    mail.send(payload, str(key))
