"""Invented authorities and people for tests, each in one line."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from django.utils import timezone

from comity.core.actions.actor import PUBLIC, Actor, Grant, system
from comity.core.people.models import Participant
from comity.modules.directory.models import Authority
from comity.modules.directory.records import (
    AuthorityRecord,
    ContactRecord,
    HoursRecord,
    MeansRecord,
    ProvisionRecord,
    TextRecord,
)
from comity.modules.directory.services.versions import write
from comity.modules.treaties.models import Instrument, InstrumentTitle

SYSTEM = system("test")


def actor(number: int, role: str, iso3: str = "") -> Actor:
    """A person with a second factor and one mandate."""
    grant = Grant(role, participant=iso3) if iso3 else Grant(role, body="secretariat")
    return Actor("user", f"user:{number}", number, f"Person {number}", (grant,), True)


FOCAL_A = actor(1, "focal_point", "AAA")
OFFICER_A = actor(2, "authority_officer", "AAA")
FOCAL_B = actor(3, "focal_point", "BBB")
OBSERVER_B = actor(4, "observer", "BBB")
CURATOR = actor(5, "curator")
PUBLISHER = actor(6, "publisher")
ADMINISTRATOR = actor(7, "administrator")
EVERYONE = (
    PUBLIC, FOCAL_A, OFFICER_A, FOCAL_B, OBSERVER_B, CURATOR, PUBLISHER, ADMINISTRATOR, SYSTEM,
)  # fmt: skip


def world() -> None:
    """Two invented States and two invented instruments (with codes of real ones, as the rules name them)."""
    for code in ("AAA", "BBB", "CCC"):
        Participant.objects.get_or_create(
            iso3=code, defaults={"kind": "un_member", "names": {"en": f"State {code}", "fr": f"État {code}"}}
        )
    for code in ("UNTOC", "UNCAC"):
        made, new = Instrument.objects.get_or_create(code=code)
        if new:
            for short in (False, True):
                InstrumentTitle.objects.create(instrument=made, lang="en", value=code, status="original", short=short)


def today() -> date:
    """The day on which everything is judged."""
    return timezone.now().date()


def record(code: str = "AAA-central", **changes: Any) -> AuthorityRecord:
    """A whole record: public and officials' parts, hours, means."""
    values: dict[str, Any] = {
        "code": code, "participant": code[:3], "functions": ["mla", "extradition"],
        "provisions": [ProvisionRecord("UNTOC", "18"), ProvisionRecord("UNCAC")],
        "languages": ["en", "fr"], "channels": ["direct", "diplomatic"],
        "means": [MeansRecord("email", True, True), MeansRecord("post")],
        "zone": "+00:00", "hours": [HoursRecord(d, time(8), time(16, 30)) for d in range(5)],
        "double_criminality": "required", "legal_basis": "yes", "notification_reference": "NV 1/2026",
        "notification_date": date(2026, 1, 1), "last_confirmed_on": today() - timedelta(days=10),
        "texts": [
            TextRecord("name", "en", f"Authority {code}", "original"),
            TextRecord("name", "fr", f"Autorité {code}", "official"),
            TextRecord("documents", "en", "Three copies", "original"),
            TextRecord("for_officials", "en", "Ask for the secret desk", "original", "officials"),
        ],
        "contacts": [
            ContactRecord("email", "desk@example.org"),
            ContactRecord("phone", "+000 1 555 01", label="officials", urgent=True, note="day and night"),
        ],
    }  # fmt: skip
    return AuthorityRecord(**{**values, **changes})


def shown(code: str = "AAA-central", **changes: Any) -> Authority:
    """A published (or otherwise current) version."""
    return write(record(code, **changes), step_by="system:test", edited_by="system:test")
