"""Published authorities as something countable: how many there are, of how many States, and how many were added."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Min
from django.utils.translation import gettext_lazy as _

from comity.core.actions.actor import Actor
from comity.core.counting.countable import CountField, RecordLine
from comity.core.counting.listed import Listed, ListedCountable
from comity.core.counting.stored import version_name
from comity.core.counting.vocabulary import FieldKind
from comity.modules.directory.models import Authority
from comity.modules.directory.selectors.search import published
from comity.modules.directory.vocabulary import State

_PREFIX = "directory:authority:"


def countables() -> list[ListedCountable]:
    """Returns what this module declares as countable."""
    fields = {
        "participant": CountField("participant", _("State"), FieldKind.STATE),
        "function": CountField("function", _("Function"), FieldKind.CODES),
        "instrument": CountField("instrument", _("Instrument"), FieldKind.CODES),
    }
    meaning = _(
        "A published competent authority, from the day of its notification, else of its first publication here."
    )
    return [ListedCountable("directory.authority", _("Competent authorities"), meaning, fields, _rows, _lines)]


def _rows(_as_of: date, known_at: datetime | None, _where: Mapping[str, Any]) -> Iterable[Listed]:
    shown = Authority.objects.filter(pending=False)
    first = dict(
        shown.filter(state=State.PUBLISHED).values("code").annotate(at=Min("recorded_at")).values_list("code", "at")
    )
    rows = shown.known_at(known_at).filter(state=State.PUBLISHED).prefetch_related("functions", "provisions")
    for row in rows:
        values = {
            "participant": row.participant_id,
            "function": tuple(f.function for f in row.functions.all()),
            "instrument": tuple(dict.fromkeys(p.instrument for p in row.provisions.all())),
        }
        since = row.notification_date or first[row.code].date()
        yield Listed(f"{_PREFIX}{row.code}", version_name(row.recorded_at), values, since)


def _lines(actor: Actor, references: Collection[str], lang: str) -> list[RecordLine]:
    codes = [reference.removeprefix(_PREFIX) for reference in references]
    rows = published(actor).filter(code__in=codes).order_by("participant_id", "sort_name")
    return [
        RecordLine(f"{_PREFIX}{r.code}", r.sort_name, "", f"/directory/{r.code}/", r.label, r.notification_date)
        for r in rows
    ]
