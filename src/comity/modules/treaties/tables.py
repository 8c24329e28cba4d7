"""The rows of every treaty table, as plain dictionaries: page, CSV, JSON, API and command show these."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from comity.core.people.models import Participant
from comity.modules.treaties.selectors import states, titles
from comity.modules.treaties.selectors.changes import Change
from comity.modules.treaties.selectors.statements import Said
from comity.modules.treaties.selectors.status import Row, Status, statuses

Rows = list[dict[str, Any]]

INSTRUMENTS = ("code", "depositary_number", "title", "group", "in_force", "parties", "signatories", "source_ends")
PARTICIPANTS = (
    "iso3",
    "name",
    "signature",
    "signed",
    "action",
    "deposited",
    "in_force",
    "party",
    "withdrawn",
    "withdrawal_effective",
    "source",
    "differs",
)
STATE = (
    "code",
    "title",
    "group",
    "party",
    "signed",
    "action",
    "deposited",
    "in_force",
    "withdrawal_effective",
    "source_ends",
    "source",
)
STATEMENTS = ("code", "iso3", "name", "kind", "made_on", "withdrawn_on", "towards", "article", "text", "source")
BETWEEN = ("code", "title", "state", "since", "since_first", "since_second", "source_ends")
CHANGES = ("at", "what", "code", "iso3", "name", "kind", "deposited", "effective", "source")
NON_PARTIES = ("group", "iso3", "name")
STATES = ("iso3", "name", "kind", "regional_group", "party_to")


def instruments(on: date, known_at: datetime | None, lang: str) -> Rows:
    """One row per instrument, as of a day."""
    names = titles.named(lang)
    return [
        {
            "code": code,
            "depositary_number": names[code].depositary_number,
            "title": str(names[code].label),
            "shown": names[code].label,
            "group": names[code].group,
            "in_force": status.force.day,
            "not_in_force": status.not_in_force,
            "parties": status.parties,
            "signatories": status.signatories,
            "source_ends": status.source_ends,
            "has_facts": bool(status.speakers),
        }
        for code, status in statuses(on, known_at).items()
    ]


def head(status: Status) -> dict[str, Any]:
    """What stands above every table of one instrument: the day, the totals and where the source ends."""
    return {
        "instrument": status.code,
        "on": status.on,
        "known_at": status.known_at,
        "parties": status.parties,
        "in_force_for": status.in_force_for,
        "signatories": status.signatories,
        "source_ends": status.source_ends,
        "sources": [f"{s.title} ({s.as_of.isoformat()})" for s in status.speakers],
    }


def participants(status: Status, lang: str) -> Rows:
    """One row per participant that signed, consented or withdrew by the day, in the order of names."""
    names = titles.participant_names(lang)
    rows = [_participant(row, names) for row in status.rows if row.signature or row.consent or row.provisional]
    return sorted(rows, key=lambda row: (row["name"], row["iso3"]))


def _participant(row: Row, names: dict[str, str]) -> dict[str, Any]:
    return {
        "iso3": row.iso3,
        "name": names.get(row.iso3, row.iso3),
        "signature": row.signature.kind if row.signature else None,
        "signed": row.signature.deposited if row.signature else None,
        "action": row.consent.kind if row.consent else (row.provisional.kind if row.provisional else None),
        "deposited": row.consent.deposited if row.consent else None,
        "in_force": row.in_force,
        "party": row.is_party,
        "withdrawn": row.withdrawal.deposited if row.withdrawal else None,
        "withdrawal_effective": row.withdrawal_effective,
        "source": row.source,
        "differs": bool(row.contradicted_by or row.silent),
        "contradicted_by": row.contradicted_by,
        "silent": row.silent,
        "note": row.consent.note if row.consent else "",
        "facts": [act for act in (row.consent, row.withdrawal, row.signature) if act is not None],
    }


def parties(status: Status, lang: str) -> Rows:
    """The parties on the day, as `comity treaties parties` prints them."""
    return [
        {key: row[key] for key in ("iso3", "name", "action", "deposited", "in_force", "source")}
        for row in participants(status, lang)
        if row["party"]
    ]


def state(iso3: str, on: date, known_at: datetime | None, lang: str) -> Rows:
    """One row per instrument of which a source says something about this State by the day."""
    names = titles.named(lang)
    rows = []
    for bound in states.bound_by(iso3, on, known_at):
        code, row = bound.status.code, bound.row
        known = row is not None and bool(row.signature or row.consent or row.provisional)
        own = _participant(row, {}) if row is not None and known else {}
        rows.append(
            {
                "code": code,
                "title": str(names[code].label),
                "shown": names[code].label,
                "group": names[code].group,
                "party": bool(own.get("party")),
                "signed": own.get("signed"),
                "action": own.get("action"),
                "deposited": own.get("deposited"),
                "in_force": own.get("in_force"),
                "withdrawal_effective": own.get("withdrawal_effective"),
                "source": own.get("source", ""),
                "source_ends": bound.status.source_ends,
                "known": known,
                "differs": own.get("differs", False),
                "contradicted_by": own.get("contradicted_by", ()),
                "silent": own.get("silent", ()),
            }
        )
    return rows


def statements(said: Iterable[Said], on: date, lang: str) -> Rows:
    """One row per statement; `stands` tells whether it stood on the day."""
    names = titles.participant_names(lang)
    instruments_by_code = titles.named(lang)
    return [
        {
            "fact": s.fact,
            "code": s.code,
            "instrument": instruments_by_code[s.code].label,
            "iso3": s.iso3,
            "name": names.get(s.iso3, s.iso3),
            "kind": s.kind,
            "made_on": s.made_on,
            "withdrawn_on": s.withdrawn_on,
            "towards": [names.get(t, t) for t in s.towards],
            "article": s.article,
            "text": s.text,
            "lang": s.lang,
            "source": s.source,
            "as_of": s.as_of,
            "stands": s.stands_on(on),
        }
        for s in said
    ]


def between(pair: states.Between, lang: str) -> Rows:
    """One row per instrument that both have joined: "in_force", or "not_known" where the day is not known."""
    names = titles.named(lang)
    rows = []
    for state_name, entries in (("in_force", pair.in_force), ("not_in_force", pair.not_yet)):
        for entry in entries:
            rows.append(
                {
                    "code": entry.code,
                    "title": str(names[entry.code].label),
                    "shown": names[entry.code].label,
                    "state": state_name if entry.since or state_name == "in_force" else "not_known",
                    "since": entry.since,
                    "since_first": entry.since_first,
                    "since_second": entry.since_second,
                    "source_ends": entry.source_ends,
                }
            )
    return rows


def changes(found: Iterable[Change], lang: str) -> Rows:
    """One row per change, newest first."""
    names = titles.participant_names(lang)
    labels = titles.named(lang)
    return [
        {
            "id": c.id,
            "at": c.at,
            "what": c.what,
            "code": c.code,
            "title": labels[c.code].label,
            "iso3": c.iso3,
            "name": names.get(c.iso3, c.iso3),
            "kind": c.kind,
            "deposited": c.deposited,
            "effective": c.effective,
            "source": c.source,
        }
        for c in found
    ]


def non_parties(status: Status, lang: str) -> Rows:
    """Members of the United Nations that are not party on the day, by regional group and name.

    None where no source speaks of the instrument: who is party is a gap then, and so is who is not.
    """
    if not status.speakers:
        return []
    names = titles.participant_names(lang)
    return [
        {"group": group, "iso3": iso3, "name": names[iso3]}
        for group, codes in states.non_parties(status).items()
        for iso3 in sorted(codes, key=lambda code: names[code])
    ]


def all_states(on: date, lang: str) -> Rows:
    """Every participant with the number of instruments it is party to on the day, in the order of names."""
    count: dict[str, int] = {}
    for status in statuses(on).values():
        for row in status.rows:
            count[row.iso3] = count.get(row.iso3, 0) + row.is_party
    rows = [
        {
            "iso3": p.iso3,
            "name": p.name(lang),
            "kind": p.kind,
            "regional_group": p.regional_group,
            "party_to": count.get(p.iso3, 0),
        }
        for p in Participant.objects.all()
    ]
    return sorted(rows, key=lambda row: (row["name"], row["iso3"]))
