"""What changed: the versions of facts in the order in which this node recorded them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, Min, OuterRef, Q

from comity.modules.treaties.models import Edition, TreatyAction


@dataclass(frozen=True)
class Change:
    """One recorded or closed version of a treaty action."""

    id: int
    at: datetime
    code: str
    iso3: str
    kind: str
    deposited: date
    effective: date | None
    what: str
    source: str


def changes(*, code: str | None = None, iso3: str | None = None, limit: int = 50) -> list[Change]:
    """Returns the newest changes first: acts by day of deposit among those recorded at the same moment.

    `what` is "new", "changed" (a new version of a known fact) or "withdrawn" (closed without successor).
    """
    rows = TreatyAction.objects.select_related("instrument", "source")
    wanted = Q()
    if code:
        wanted &= Q(instrument__code=code)
    if iso3:
        wanted &= Q(participant_id=iso3)
    newest = rows.filter(wanted).order_by("-recorded_at", "-deposited", "-id")[:limit]
    firsts = dict(
        TreatyAction.objects.filter(fact__in=[row.fact for row in newest]).values_list("fact").annotate(first=Min("id"))
    )
    found = [_change(row, "changed" if row.pk > firsts[row.fact] else "new", row.recorded_at) for row in newest]
    later = TreatyAction.objects.filter(fact=OuterRef("fact"), id__gt=OuterRef("id"))
    closed = rows.filter(~Exists(later), wanted, superseded_at__isnull=False).order_by("-superseded_at")[:limit]
    found += [_change(row, "withdrawn", row.superseded_at) for row in closed if row.superseded_at]
    return sorted(found, key=lambda c: (c.at, c.deposited, c.id), reverse=True)[:limit]


def _change(row: TreatyAction, what: str, at: datetime) -> Change:
    return Change(
        row.pk,
        at,
        row.instrument.code,
        row.participant_id,
        row.kind,
        row.deposited,
        row.effective,
        what,
        row.source.title,
    )


def editions(code: str | None = None) -> list[Edition]:
    """Returns the imported editions, newest first: the log of what each source said up to which day."""
    rows = Edition.objects.select_related("source", "instrument").order_by("-as_of", "-id")
    return list(rows.filter(instrument__code=code) if code else rows)
