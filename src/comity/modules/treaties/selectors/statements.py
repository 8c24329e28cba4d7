"""Reservations, declarations, objections, notifications and territorial applications."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from comity.modules.treaties.models import Statement, TerritorialApplication


@dataclass(frozen=True)
class Said:
    """A statement as it stood on a day."""

    fact: str
    code: str
    iso3: str
    kind: str
    text: str
    lang: str
    made_on: date | None
    withdrawn_on: date | None
    towards: tuple[str, ...]
    article: str
    reference: str
    source: str
    as_of: date | None

    def stands_on(self, day: date) -> bool:
        """False before it was made and from the day it was withdrawn."""
        return (self.made_on is None or self.made_on <= day) and (self.withdrawn_on is None or self.withdrawn_on > day)


def statements(
    *,
    code: str | None = None,
    iso3: str | None = None,
    article: str | None = None,
    known_at: datetime | None = None,
) -> list[Said]:
    """Returns statements under an instrument, of a participant, or on an article; withdrawn ones included."""
    rows = Statement.objects.all().known_at(known_at).select_related("instrument", "source", "edition")
    wanted = Q()
    if code:
        wanted &= Q(instrument__code=code)
    if iso3:
        wanted &= Q(participant_id=iso3)
    if article:
        wanted &= Q(article=article) | Q(article__startswith=f"{article}(")
    ordered = rows.filter(wanted).prefetch_related("towards").order_by("participant_id", "made_on", "id")
    return [_said(row) for row in ordered]


def _said(row: Statement) -> Said:
    return Said(
        fact=str(row.fact),
        code=row.instrument.code,
        iso3=row.participant_id,
        kind=row.kind,
        text=row.text,
        lang=row.lang,
        made_on=row.made_on,
        withdrawn_on=row.withdrawn_on,
        towards=tuple(p.pk for p in row.towards.all()),
        article=row.article,
        reference=row.reference,
        source=row.source.title,
        as_of=row.edition.as_of,
    )


def applications(
    *, code: str | None = None, iso3: str | None = None, known_at: datetime | None = None
) -> Iterable[TerritorialApplication]:
    """Returns territorial applications under an instrument or of a participant, in the source's wording."""
    rows = TerritorialApplication.objects.all().known_at(known_at).select_related("instrument", "source", "edition")
    if code:
        rows = rows.filter(instrument__code=code)
    if iso3:
        rows = rows.filter(participant_id=iso3)
    return rows.order_by("participant_id", "territory", "id")
