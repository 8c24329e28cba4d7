"""People are told on their page and by mail, in their language, once."""

from __future__ import annotations

import re
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy

from comity.core.actions.actor import PUBLIC, Actor, Grant
from comity.core.actions.decorator import Denied
from comity.core.actions.models import OutboxMessage
from comity.core.people.models import User
from comity.core.workflow import mail, selectors, services
from comity.core.workflow.deadlines import remind
from comity.core.workflow.models import Deadline, Notification
from comity.core.workflow.notifications import mail_effect, notify, send_mail_effect
from comity.core.workflow.worker import Worker

pytestmark = pytest.mark.django_db


class NoProgress:
    def step(self, *_: Any) -> None:
        """Nobody looks."""


def person(name: str = "ana", language: str = "en") -> User:
    return User.objects.create_user(f"{name}@example.org", language=language)


def actor(user: User, *roles: str) -> Actor:
    return Actor(
        "user", f"user:{user.pk}", user.pk, user.email, tuple(Grant(r) for r in roles), second_factor=True
    )


def mails() -> list[Any]:
    folder = Path(settings.COMITY_DATA) / "mail"
    return [message_from_bytes(p.read_bytes(), policy=policy.default) for p in sorted(folder.glob("*"))]


def test_a_person_is_told_on_the_page_and_by_mail_once() -> None:
    user = person()
    for _ in range(2):
        with transaction.atomic():
            notify(
                user=user,
                subject="Please verify",
                body="An entry waits.",
                url="/en/directory/",
                key="verify:1",
            )
    assert Notification.objects.count() == 1
    Worker().drain()
    (found,) = mails()
    assert found["To"] == "ana@example.org"
    assert found["Subject"] == "Please verify"
    text = found.get_content()
    assert "An entry waits." in text
    assert f"{settings.COMITY_ADDRESS}/en/directory/" in text


def test_what_is_told_is_in_the_language_of_the_person() -> None:
    user = person(language="fr")
    with transaction.atomic():
        made = notify(user=user, subject=gettext_lazy("Yes"))
    assert made is not None
    assert made.subject == "Oui"


def test_the_same_mail_again_replaces_its_file_and_keeps_its_id() -> None:
    effect = mail_effect(to="ana@example.org", subject="Réunion · 会议", body="العربية", key="m1", lang="ar")
    send_mail_effect(effect.payload)
    send_mail_effect(effect.payload)
    (found,) = mails()
    assert re.fullmatch(r"<[0-9a-f]{32}@localhost>", found["Message-ID"])
    assert found["Subject"] == "Réunion · 会议"
    assert found.get_content().strip() == "العربية"
    assert found["Content-Language"] == "ar"


@pytest.mark.parametrize("to", ["", "nobody", "a@example.org\nBcc: b@example.org"])
def test_a_bad_address_is_an_error_and_writes_no_mail(to: str) -> None:
    with pytest.raises(ValueError, match="No mail address"):
        mail.send({"to": to, "subject": "x", "body": "y"}, "k")
    assert not mails()


def test_a_done_mail_leaves_no_link_in_the_outbox() -> None:
    from comity.core.actions.decorator import queue

    with transaction.atomic():
        queue((mail_effect(to="ana@example.org", subject="x", body="https://example.org/secret", key="k"),))
    Worker().drain()
    assert "secret" not in str(list(OutboxMessage.objects.values()))


def test_mails_are_read_by_their_receiver_and_by_administrators_only() -> None:
    ana, ben = person("ana"), person("ben")
    mail.send({"to": ana.email, "subject": "for Ana", "body": "x"}, "1")
    mail.send({"to": ben.email, "subject": "for Ben", "body": "x"}, "2")
    assert [m.subject for m in selectors.written_mails(actor(ana))] == ["for Ana"]
    assert {m.subject for m in selectors.written_mails(actor(ben, "administrator"))} == {"for Ana", "for Ben"}
    with pytest.raises(Denied):
        selectors.written_mails(PUBLIC)


def test_notifications_belong_to_one_person() -> None:
    ana, ben = person("ana"), person("ben")
    with transaction.atomic():
        notify(user=ana, subject="one")
        notify(user=ana, subject="two")
    assert selectors.unread_count(actor(ana)) == 2
    assert selectors.unread_count(actor(ben, "administrator")) == 0
    one = selectors.notifications(actor(ana)).last()
    assert one is not None
    assert services.mark_read(actor(ben), notification_id=one.pk) == 0
    assert services.mark_read(actor(ana), notification_id=one.pk) == 1
    assert services.mark_read(actor(ana)) == 1
    assert selectors.unread_count(actor(ana)) == 0
    assert services.mark_read(PUBLIC) == 0


def test_a_due_deadline_reminds_once_and_again_only_when_moved() -> None:
    ana = person()
    now = timezone.now()

    def set_to(due: Any) -> Deadline:
        return services.set_deadline(
            reference="authority:1", kind="confirm", subject="Confirm the entry", due_at=due, users=[ana.pk]
        )

    set_to(now + timedelta(hours=1))
    assert remind(NoProgress()) == {"reminded": 0}
    set_to(now - timedelta(minutes=2))
    assert remind(NoProgress()) == {"reminded": 1}
    assert remind(NoProgress()) == {"reminded": 0}
    assert Notification.objects.get().subject == "Due: Confirm the entry"
    assert [d.reference for d in selectors.open_deadlines(actor(ana))] == ["authority:1"]
    set_to(now - timedelta(minutes=1))
    assert remind(NoProgress()) == {"reminded": 1}
    assert services.meet_deadlines(reference="authority:1") == 1
    assert not selectors.open_deadlines(actor(ana)).exists()


def test_mail_goes_by_smtp_where_that_is_set(settings: Any) -> None:
    import socketserver
    import threading

    received: list[bytes] = []

    class Server(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 test\r\n")
            in_data = False
            for line in self.rfile:
                if in_data:
                    received.append(line)
                    if line == b".\r\n":
                        in_data = False
                        self.wfile.write(b"250 ok\r\n")
                elif line.upper().startswith(b"DATA"):
                    in_data = True
                    self.wfile.write(b"354 go\r\n")
                elif line.upper().startswith(b"QUIT"):
                    self.wfile.write(b"221 bye\r\n")
                    return
                else:
                    self.wfile.write(b"250 ok\r\n")

    with socketserver.TCPServer(("127.0.0.1", 0), Server) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.COMITY_SMTP_URL = f"smtp://127.0.0.1:{server.server_address[1]}"
        mail.send({"to": "ana@example.org", "subject": "by wire", "body": "x"}, "k")
        server.shutdown()
    text = b"".join(received)
    assert b"Subject: by wire" in text
    assert b"Message-ID: <" in text
    assert not mails()
