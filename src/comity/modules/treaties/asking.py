"""What an address asks about time: `?on=2020-06-30&known_at=2021-01-01`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Moment:
    """The day asked about, and the moment of knowledge (None: as known today)."""

    on: date
    known_at: datetime | None
    is_today: bool


def parse_known_at(text: str) -> datetime:
    """Returns a moment of "2021-01-31" (its end) or "2021-01-31T12:00"; UTC where no zone is given.

    Raises ValueError for anything else.
    """
    if len(text) == 10:
        return datetime.combine(date.fromisoformat(text), time.max, tzinfo=UTC)
    moment = datetime.fromisoformat(text)
    try:
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except OverflowError as error:
        raise ValueError(f"{text} lies before the first year or after the last.") from error


def moment_of(query: QueryDict) -> Moment:
    """Reads the day and the moment of knowledge. Raises BadRequest naming the field and its form."""
    today = timezone.now().date()
    on, known_at = query.get("on", "").strip(), query.get("known_at", "").strip()
    try:
        day = date.fromisoformat(on) if on else today
    except ValueError:
        raise BadRequest(_("on: “%(text)s” is no day. Write it as 2020-06-30.") % {"text": on}) from None
    try:
        known = parse_known_at(known_at) if known_at else None
    except ValueError:
        raise BadRequest(
            _("known_at: “%(text)s” is no day or moment. Write it as 2020-06-30 or 2020-06-30T12:00.")
            % {"text": known_at}
        ) from None
    return Moment(day, known, day == today and known is None)
