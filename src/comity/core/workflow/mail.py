"""How a mail leaves the node: as a file in the data folder, or by SMTP where COMITY_SMTP_URL is set."""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path
from smtplib import SMTP, SMTP_SSL
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings
from django.utils import timezone

_SECONDS = 20


@dataclass(frozen=True)
class WrittenMail:
    """A mail that lies in the data folder."""

    name: str
    at: datetime | None
    to: str
    subject: str
    body: str
    lang: str


def mail_folder() -> Path:
    """Where mails lie that are not sent by SMTP."""
    return Path(settings.COMITY_DATA) / "mail"


def compose(payload: dict[str, Any], key: str) -> EmailMessage:
    """Returns the mail for a payload (`to`, `subject`, `body`, `lang`).

    Its Message-ID is made from `key`, so a repeated sending is recognised as the same mail. Raises ValueError
    where there is no address.
    """
    to = str(payload.get("to", "")).strip()
    if "@" not in to or "\n" in to or "\r" in to:
        raise ValueError(f"No mail address: {to!r}")
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"] = settings.COMITY_MAIL_FROM
    mail["To"] = to
    mail["Subject"] = " ".join(str(payload.get("subject", "")).split())
    mail["Date"] = format_datetime(timezone.now())
    domain = settings.COMITY_MAIL_FROM.rpartition("@")[2].rstrip(">") or "localhost"
    mail["Message-ID"] = f"<{_digest(key)}@{domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(str(payload.get("body", "")), charset="utf-8")
    if payload.get("lang"):
        mail["Content-Language"] = str(payload["lang"])
    return mail


def send(payload: dict[str, Any], key: str) -> None:
    """Sends or writes one mail; the same key again replaces the file, and keeps the Message-ID."""
    mail = compose(payload, key)
    if settings.COMITY_SMTP_URL:
        _by_smtp(mail, settings.COMITY_SMTP_URL)
    else:
        _to_file(mail, mail_folder() / f"{_digest(key)}.eml")


def written_mails(to: str | None = None) -> list[WrittenMail]:
    """The mails in the data folder, newest first; only those to one address where `to` is given."""
    found = []
    for path in mail_folder().glob("*.eml"):
        mail = message_from_bytes(path.read_bytes(), policy=policy.default)
        if to is not None and str(mail["To"]).lower() != to.lower():
            continue
        body = mail.get_body(("plain",))
        found.append(
            WrittenMail(
                name=path.stem,
                at=parsedate_to_datetime(str(mail["Date"])),
                to=str(mail["To"]),
                subject=str(mail["Subject"]),
                body=body.get_content() if body else "",
                lang=str(mail.get("Content-Language", "")),
            )
        )
    return sorted(found, key=lambda mail: (mail.at.timestamp() if mail.at else 0, mail.name), reverse=True)


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def _to_file(mail: EmailMessage, path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(mail.as_bytes())
    os.replace(name, path)


def _by_smtp(mail: EmailMessage, url: str) -> None:
    """`smtp://user:password@host:587?starttls=1`, `smtps://…:465`, or `smtp://host:25`."""
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ValueError(
            "COMITY_SMTP_URL must look like smtp://user:password@host:587?starttls=1 or smtps://host:465"
        )
    server: SMTP
    if parts.scheme == "smtps":
        server = SMTP_SSL(parts.hostname, parts.port or 465, timeout=_SECONDS)
    else:
        server = SMTP(parts.hostname, parts.port or 25, timeout=_SECONDS)
    with server:
        if parse_qs(parts.query).get("starttls", ["0"])[0] not in {"0", "no", "false"}:
            server.starttls()
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.send_message(mail)
