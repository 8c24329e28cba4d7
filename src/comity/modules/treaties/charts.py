"""Map and timeline of one instrument, out of the same rows as its table."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from comity.modules.treaties.selectors.status import Status
from comity.modules.treaties.tables import Rows


def map_points(rows: Rows, on: date) -> list[dict[str, Any]]:
    """Returns a point for each participant of which a source says something; others are not drawn."""
    return [
        {
            "iso3": row["iso3"],
            "label": row["name"],
            "url": reverse("treaties:state", args=[row["iso3"]]) + f"?on={on.isoformat()}",
            "status": _standing(row, on),
        }
        for row in rows
    ]


def _standing(row: dict[str, Any], on: date) -> str:
    if row["party"]:
        return "party"
    if row["withdrawal_effective"] and row["withdrawal_effective"] <= on:
        return "left"
    return "signed"


def map_legend() -> list[dict[str, Any]]:
    """Returns the meaning of each mark."""
    return [
        {"status": "signed", "label": _("Signed, not party"), "shape": "ring", "tone": "soft"},
        {"status": "left", "label": _("Withdrew"), "shape": "cross", "tone": "stop"},
        {"status": "party", "label": _("Party"), "shape": "disc", "tone": "strong"},
    ]


def party_series(current: Status) -> list[dict[str, Any]]:
    """Returns the number of parties after each day on which it changed, up to the day asked about.

    Days after the end of our source carry no point: the line stops where knowledge stops.
    """
    end = min(current.on, current.source_ends or current.on)
    days = set()
    for row in current.rows:
        if row.consent and row.consent.deposited <= end:
            days.add(row.consent.deposited)
        if row.withdrawal_effective and row.withdrawal_effective <= end:
            days.add(row.withdrawal_effective)
    total, points = 0, []
    for day in sorted(days):
        total += sum(1 for row in current.rows if row.consent and row.consent.deposited == day)
        total -= sum(1 for row in current.rows if row.withdrawal_effective == day and row.consent)
        points.append((day, total))
    return [{"label": _("Parties"), "points": points, "end": end}] if points else []
