"""Writing networks and their members; they come from files of the secretariat."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.utils import timezone

from comity.core.actions.actor import Actor
from comity.core.actions.decorator import Decision, Done, action
from comity.core.texts.languages import UN_LANGUAGES
from comity.core.texts.models import TextStatus
from comity.modules.directory import vocabulary as v
from comity.modules.directory.models import Network, NetworkMembership, NetworkText
from comity.modules.directory.records import read_day

_FIELDS = {"code", "kind", "website", "fictitious", "source", "texts", "members"}


class NetworkRefused(Exception):
    """A network of a file that cannot be taken."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def plain_network(row: Network) -> dict[str, Any]:
    """Returns a network as the JSON file holds it, with its current members."""
    return {
        "code": row.code,
        "kind": row.kind,
        "website": row.website,
        "fictitious": row.fictitious,
        "source": row.source,
        "texts": [
            {"kind": t.kind, "lang": t.lang, "value": t.value, "status": t.status}
            for t in row.texts.order_by("kind", "lang")
        ],
        "members": [
            {
                "participant": m.participant_id,
                "since": m.since.isoformat() if m.since else None,
                "until": m.until.isoformat() if m.until else None,
            }
            for m in row.memberships.filter(superseded_at__isnull=True).order_by("participant_id")
        ],
    }


def take_network(actor: Actor, given: dict[str, Any], participants: frozenset[str], dry_run: bool) -> str:
    """Takes one network of a file; returns "imported", "updated" or "unchanged". Raises NetworkRefused."""
    if not (actor.kind == "system" or actor.has("curator")):
        raise NetworkRefused("Networks are entered by the secretariat.")
    wanted = _checked(given, participants)
    row = Network.objects.filter(code=wanted["code"]).first()
    if row is not None and plain_network(row) == wanted:
        return "unchanged"
    if not dry_run:
        _write(actor, network=row, wanted=wanted)
    return "imported" if row is None else "updated"


def _policy(actor: Actor, action: str, thing: Any = None) -> Decision:
    return Decision(actor.kind == "system" or actor.has("curator"), "Networks are entered by the secretariat.")


@action(v.IMPORT, policy=_policy)
def _write(actor: Actor, *, network: Network | None, wanted: dict[str, Any]) -> Done[Network]:
    before = plain_network(network) if network else None
    scalars = {name: wanted[name] for name in ("kind", "website", "fictitious", "source")}
    row, _new = Network.objects.update_or_create(code=wanted["code"], defaults=scalars)
    row.texts.all().delete()
    NetworkText.objects.bulk_create(NetworkText(network=row, **text) for text in wanted["texts"])
    at = timezone.now()
    held = {m.participant_id: m for m in row.memberships.filter(superseded_at__isnull=True)}
    for member in wanted["members"]:
        since, until = read_day("since", member["since"]), read_day("until", member["until"])
        old = held.pop(member["participant"], None)
        if old and (old.since, old.until) == (since, until):
            continue
        fact = {"fact": old.fact} if old else {}
        if old:
            NetworkMembership.objects.filter(pk=old.pk).update(superseded_at=at)
        NetworkMembership.objects.create(
            network=row,
            participant_id=member["participant"],
            since=since,
            until=until,
            recorded_at=at,
            **fact,
        )
    NetworkMembership.objects.filter(pk__in=[m.pk for m in held.values()]).update(superseded_at=at)
    changes = {
        key: [before[key], wanted[key]] if before else wanted[key]
        for key in wanted
        if before is None or before[key] != wanted[key]
    }
    return Done(row, f"directory:network:{row.code}", difference=changes)


def _checked(given: dict[str, Any], participants: frozenset[str]) -> dict[str, Any]:
    unknown = sorted(set(given) - _FIELDS)
    if unknown:
        raise NetworkRefused(f"unknown field “{unknown[0][:40]}”")
    code = given.get("code")
    if not isinstance(code, str) or not re.fullmatch(r"[a-z0-9][a-z0-9-]{1,59}", code):
        raise NetworkRefused("“code” must be small letters, digits and hyphens")
    kind = given.get("kind", v.NetworkKind.OTHER)
    if kind not in v.NetworkKind.values:
        raise NetworkRefused(f"kind: “{kind}” is unknown; known are {', '.join(v.NetworkKind.values)}")
    try:
        texts = sorted((_text(t) for t in given.get("texts", [])), key=lambda t: (t["kind"], t["lang"]))
        members = sorted(
            (_member(m, participants) for m in given.get("members", [])), key=lambda m: str(m["participant"])
        )
    except (TypeError, AttributeError, KeyError):
        raise NetworkRefused("“texts” and “members” must be lists of objects with their fields") from None
    if not any(t["kind"] == "name" for t in texts):
        raise NetworkRefused("a name is missing")
    if len({m["participant"] for m in members}) < len(members):
        raise NetworkRefused("a member stands there twice")
    return {
        "code": code,
        "kind": str(kind),
        "website": str(given.get("website", ""))[:300],
        "fictitious": given.get("fictitious") is True,
        "source": str(given.get("source", ""))[:300],
        "texts": texts,
        "members": members,
    }


def _text(given: dict[str, Any]) -> dict[str, str]:
    kind, lang, status = given["kind"], given["lang"], given.get("status", TextStatus.OFFICIAL)
    if kind not in {"name", "note"} or lang not in UN_LANGUAGES or status not in TextStatus.values:
        raise NetworkRefused(f"texts: “{kind}”, “{lang}”, “{status}” is not a kind, language and status")
    return {"kind": kind, "lang": lang, "value": str(given["value"])[:4000], "status": str(status)}


def _member(given: dict[str, Any], participants: frozenset[str]) -> dict[str, str | None]:
    iso3 = given["participant"]
    if iso3 not in participants:
        raise NetworkRefused(f"members: “{str(iso3)[:20]}” is no State known here")
    days: dict[str, date | None] = {}
    for name in ("since", "until"):
        try:
            days[name] = read_day(f"members.{name}", given.get(name))
        except ValueError as error:
            raise NetworkRefused(str(error)) from None
    return {"participant": iso3, **{n: d.isoformat() if d else None for n, d in days.items()}}
