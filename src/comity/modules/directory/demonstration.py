"""Fictitious authorities and networks for the demonstration node. None of them exists: names say so, telephone
numbers begin with the unassigned +000, addresses of mail lie below example.org. The bundled reference has none.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from comity.core.actions.actor import system
from comity.modules.directory.models import Authority, ContactReport
from comity.modules.directory.records import (
    AuthorityRecord,
    ContactRecord,
    HoursRecord,
    MeansRecord,
    ProvisionRecord,
    TextRecord,
    to_plain,
)
from comity.modules.directory.services.importing import import_file
from comity.modules.directory.services.reports import report

_DATA = Path(__file__).parent / "reference" / "demonstration.json"


def load() -> None:
    """Loads the fictitious records once; a node that has any authority already is left alone."""
    if Authority.objects.exists():
        return
    data = json.loads(_DATA.read_text(encoding="utf-8"))
    today = timezone.now().date()
    records = [_record(entry, data, today) for entry in data["authorities"]]
    records += [_under_work(records, line) for line in data["under_work"]]
    parsed = {
        "authorities": [{"row": n, "record": to_plain(r)} for n, r in enumerate(records, start=1)],
        "networks": [{"row": n, "record": r} for n, r in enumerate(data["networks"], start=1)],
    }
    actor = system("demonstration")
    digest = hashlib.sha256(_DATA.read_bytes()).hexdigest()
    outcome = import_file(actor, file=_DATA.name, digest=digest, parsed=parsed)
    if outcome.refused:
        raise RuntimeError(f"The demonstration records are not right: {outcome.refused[0]}")
    for line in data["reports"]:
        if not ContactReport.objects.filter(authority_code=line["code"]).exists():
            version = Authority.objects.get(code=line["code"], pending=False, superseded_at__isnull=True)
            report(actor, version=version, kind=line["kind"], text=line["text"])


def _record(entry: dict[str, Any], data: dict[str, Any], today: date) -> AuthorityRecord:
    """Puts an authority together from its line, its State and its kind of office."""
    iso3, kind = entry["state"], data["offices"][entry["office"]]
    state = data["states"][iso3]
    domain = f"{iso3.lower()}.example.org"
    original = state["original"]
    contacts = [
        ContactRecord("address", kind_address(iso3), "en"),
        ContactRecord("phone", f"+000 {entry['number']} 0100"),
        ContactRecord("email", f"{entry['office']}@{domain}"),
        ContactRecord("website", f"https://{entry['office']}.{domain}/"),
        ContactRecord(
            "phone", f"+000 {entry['number']} 0911", label="officials", urgent=True, note="Fictitious number"
        ),
    ]
    if entry.get("person"):
        contacts.append(ContactRecord("person", entry["person"], label="officials"))
    texts = [
        TextRecord("name", lang, name, "original" if lang == original else "unofficial")
        for lang, name in {**kind["names"], **state.get("names", {}).get(entry["office"], {})}.items()
    ]
    for text_kind in entry.get("texts", ()):
        label = "officials" if text_kind == "for_officials" else "public"
        texts += [
            TextRecord(text_kind, lang, value, "original" if lang == "en" else "unofficial", label)
            for lang, value in data["texts"][text_kind].items()
        ]
    hours = [HoursRecord(day, _time(state["opens"]), _time(state["closes"])) for day in state["days"]]
    return AuthorityRecord(
        code=f"{iso3}-example-{entry['office']}",
        participant=iso3,
        state=entry.get("step", "published"),
        audience=entry.get("audience", "public"),
        functions=kind["functions"],
        provisions=[ProvisionRecord(*p) for p in kind["provisions"]],
        languages=state["languages"],
        channels=entry.get("channels", ["direct"]),
        zone=state["zone"],
        hours=hours,
        means=[MeansRecord(*m) for m in entry.get("means", [["email", True, False], ["post", False, False]])],
        round_the_clock=entry.get("round_the_clock", False),
        double_criminality=entry.get("double_criminality", ""),
        legal_basis=entry.get("legal_basis", ""),
        notification_reference=f"Fictitious note verbale {iso3}/{entry['number']}",
        notification_date=date(2018, 1, 15) + timedelta(days=entry["days"]),
        last_confirmed_on=today - timedelta(days=entry["days"]),
        superseded_by=entry.get("superseded_by", ""),
        fictitious=True,
        texts=texts,
        contacts=contacts,
    )


def kind_address(iso3: str) -> str:
    """An address that nobody has."""
    return f"1 Example Street\nExample City\n{iso3} (fictitious address)"


def _time(text: str) -> time:
    return time.fromisoformat(text)


def _under_work(records: list[AuthorityRecord], line: dict[str, str]) -> AuthorityRecord:
    """A changed version of a published record that waits for the secretariat."""
    old = next(r for r in records if r.code == line["code"])
    contacts = [replace(c, value=line["phone"]) if c.kind == "phone" and not c.urgent else c for c in old.contacts]
    return replace(old, state=line["step"], contacts=contacts)
