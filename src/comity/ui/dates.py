"""Dates written so that nobody can mistake day for month: the month in words, digits Western."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time

#: Months in Arabic as United Nations documents write them, for readers east and west.
_ARABIC_MONTHS = (
    "كانون الثاني/يناير",
    "شباط/فبراير",
    "آذار/مارس",
    "نيسان/أبريل",
    "أيار/مايو",
    "حزيران/يونيه",
    "تموز/يوليه",
    "آب/أغسطس",
    "أيلول/سبتمبر",
    "تشرين الأول/أكتوبر",
    "تشرين الثاني/نوفمبر",
    "كانون الأول/ديسمبر",
)
_PARTIAL = re.compile(r"^(\d{4})(?:-(0[1-9]|1[0-2]))?$")


def locale_of(lang: str) -> Locale:
    """Returns the Babel locale of a language code; English is written as in United Nations documents."""
    base = lang.split("-")[0]
    return Locale.parse("en_GB" if base == "en" else base)


def as_date(value: date | datetime | str) -> date | None:
    """Returns the day of a date, moment or ISO text; None where the text names no whole day.

    Raises ValueError for a text that is no ISO date.
    """
    if isinstance(value, datetime):
        return (value.astimezone(UTC) if value.tzinfo else value).date()
    if isinstance(value, date):
        return value
    if _PARTIAL.match(value):
        return None
    return datetime.fromisoformat(value).date()


def machine(value: date | datetime | str) -> str:
    """Returns the value for the attribute `datetime` of `<time>`: "2003-09-29", "2003-09" or "2003"."""
    day = as_date(value)
    return day.isoformat() if day else str(value)


def spoken(value: date | datetime | str, lang: str) -> str:
    """Returns "29 September 2003" in `lang`; a text "2003-09" or "2003" stays as imprecise as it is."""
    day = as_date(value)
    locale, arabic = locale_of(lang), lang.startswith("ar")
    if day is not None:
        if arabic:
            return f"{day.day} {_ARABIC_MONTHS[day.month - 1]} {day.year}"
        return format_date(day, "long", locale=locale)
    found = _PARTIAL.match(str(value))
    assert found is not None  # noqa: S101 (as_date returned None only for such texts)
    year, month = found.groups()
    if month is None:
        return year
    if arabic:
        return f"{_ARABIC_MONTHS[int(month) - 1]} {year}"
    return format_skeleton("yMMMM", date(int(year), int(month), 1), locale=locale)


def spoken_moment(value: datetime, lang: str) -> str:
    """Returns "29 September 2003, 14:05 UTC" in `lang`; a moment without a zone is taken as UTC."""
    moment = value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
    separator = "، " if lang.startswith("ar") else " " if lang.startswith("zh") else ", "
    time = format_time(moment, "HH:mm", locale=locale_of(lang))
    return f"{spoken(moment, lang)}{separator}{time} UTC"
