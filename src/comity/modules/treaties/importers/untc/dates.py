"""Dates as the depositary writes them."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = {
    name[:3]: number
    for number, name in enumerate(
        (
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ),
        start=1,
    )
}
DATE = r"\d{1,2}\s+[A-Z][a-zé]{2,8}\.?\s+\d{4}"
_PARTS = re.compile(r"(\d{1,2})\s+([A-Za-zé]{3,9})\.?\s+(\d{4})")


def read_date(words: str) -> date | None:
    """Returns the first date in the words ("3 Dec 1997", "18 September 1997"), None where there is none.

    Raises ValueError for a date that does not exist, such as 31 Feb.
    """
    for day, month, year in _PARTS.findall(words):
        number = _MONTHS.get(month.lower()[:3])
        if number:
            return date(int(year), number, int(day))
    return None


def all_dates(words: str) -> list[tuple[int, date]]:
    """Every existing date in the words with its position."""
    found = []
    for match in _PARTS.finditer(words):
        number = _MONTHS.get(match[2].lower()[:3])
        try:
            if number:
                found.append((match.start(), date(int(match[3]), number, int(match[1]))))
        except ValueError:
            continue
    return found
