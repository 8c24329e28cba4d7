"""Dates, months, quarters, years and periods of two years, found in the text of a paragraph.

A mention has an ISO 8601 value as short as the print ("2024-06") and the interval of days that it covers.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass

from .numerals import alternatives, words

MONTHS = words(
    """
    January February March April May June July August September October November December
    """
)
_MONTH_NUMBER = {name.lower(): number for number, name in enumerate(MONTHS, 1)}
_Q_WORDS = {"一": 1, "二": 2, "三": 3, "四": 4, "first": 1, "second": 2, "third": 3, "fourth": 4}
_Q_WORDS |= {str(n): n for n in range(1, 5)}


@dataclass(frozen=True)
class Mention:
    """A date in a paragraph: its place, its ISO value, the interval of days, and what sort it is."""

    start: int
    end: int
    value: str
    interval: str
    sort: str  # day | days | month | months | quarter | half | year | years


def _ends(year: int, month: int | None = None, day: int | None = None) -> tuple[str, str]:
    """Returns the first and the last day of a year, a month or a day. ValueError where there is no such day."""
    if month is None:
        return f"{year:04}-01-01", f"{year:04}-12-31"
    last = calendar.monthrange(year, month)[1]
    if day is None:
        return f"{year:04}-{month:02}-01", f"{year:04}-{month:02}-{last:02}"
    if not 1 <= day <= last:
        raise ValueError(day)
    return f"{year:04}-{month:02}-{day:02}", f"{year:04}-{month:02}-{day:02}"


def _short(year: int, month: int | None = None, day: int | None = None) -> str:
    return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")


@dataclass(frozen=True)
class _Parts:
    sort: str
    first: tuple[int, int | None, int | None]
    last: tuple[int, int | None, int | None] | None = None


def _mention(match: re.Match[str], parts: _Parts) -> Mention | None:
    last = parts.last or parts.first
    try:
        begin, end = _ends(*parts.first)[0], _ends(*last)[1]
    except (ValueError, IndexError, calendar.IllegalMonthError):
        return None
    if begin > end:
        return None
    value = _short(*parts.first) if parts.last is None else f"{_short(*parts.first)}/{_short(*last)}"
    return Mention(match.start(), match.end(), value, f"{begin}/{end}", parts.sort)


def _number(match: re.Match[str], name: str) -> int | None:
    text = match.groupdict().get(name)
    if not text:
        return None
    return _MONTH_NUMBER.get(text.lower().rstrip(".")) if text[0].isalpha() else int(text)


def _parts(match: re.Match[str], sort: str, year: int) -> _Parts:
    """Builds the parts from the groups y m d (first) and y2 m2 d2 (last), q (quarter), h (half)."""
    m, d = _number(match, "m"), _number(match, "d")
    y2, m2, d2 = _number(match, "y2") or year, _number(match, "m2"), _number(match, "d2")
    if sort == "quarter":
        q = _Q_WORDS[match["q"].lower()]
        return _Parts(sort, (year, 3 * q - 2, None), (year, 3 * q, None))
    if sort == "half":
        late = match["h"].lower() in ("下", "second")
        return _Parts(sort, (year, 7 if late else 1, None), (year, 12 if late else 6, None))
    if sort == "years":
        y2 = y2 if y2 >= 100 else year // 100 * 100 + y2
        return _Parts(sort, (year, None, None), (y2, None, None))
    if sort == "months":
        return _Parts(sort, (year, m, None), (y2, m2, None))
    if sort == "days":
        return _Parts(sort, (year, m or m2, d), (y2, m2 or m, d2))
    return _Parts(sort, (year, m, d))


_Y = r"(?<![\d.,/])(?P<y>(?:19|20)\d\d)"
_Y2 = r"(?P<y2>(?:19|20)\d\d)"
_TO_ZH = r"\s*(?:至|到|-|–|—|~)\s*"
_MD_ZH = r"(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日"
_CHINESE = [
    (
        "days",
        rf"{_Y}\s*年\s*{_MD_ZH}{_TO_ZH}(?:{_Y2}\s*年\s*)?(?:(?P<m2>\d{{1,2}})\s*月\s*)?(?P<d2>\d{{1,2}})\s*日",
    ),
    ("day", rf"{_Y}\s*年\s*{_MD_ZH}"),
    ("months", rf"{_Y}\s*年\s*(?P<m>\d{{1,2}})\s*月{_TO_ZH}(?:{_Y2}\s*年\s*)?(?P<m2>\d{{1,2}})\s*月"),
    ("month", rf"{_Y}\s*年\s*(?P<m>\d{{1,2}})\s*月"),
    ("quarter", rf"{_Y}\s*年\s*第?(?P<q>[一二三四1-4])季度"),
    ("half", rf"{_Y}\s*年\s*(?P<h>[上下])半年"),
    ("years", rf"{_Y}(?:\s*年)?{_TO_ZH}{_Y2}\s*(?:年期?|[两二]\s*年期)(?:间)?(?:\s*[两二]\s*年期)?"),
    ("year", rf"{_Y}\s*年(?!期|级)度?"),
    ("month", r"(?<![\d年个])(?P<m>\d{1,2})\s*月(?!\s*\d)"),
]

_M = rf"(?P<m>{alternatives(MONTHS)})"
_M2 = rf"(?P<m2>{alternatives(MONTHS)})"
_D, _D2 = r"(?<![\d.,/])(?P<d>\d{1,2})", r"(?P<d2>\d{1,2})"
_TO_EN = r"\s*(?:to|and|until|through|-|–|—)\s*"
_ENGLISH = [
    ("days", rf"{_D}(?:\s+{_M})?{_TO_EN}{_D2}\s+{_M2},?\s+{_Y}\b"),
    ("day", rf"{_D}\s+{_M},?\s+{_Y}\b"),
    ("days", rf"\b{_M}\s+(?P<d>\d{{1,2}})\s*[-–]\s*{_D2},\s*{_Y}\b"),
    ("day", rf"\b{_M}\s+(?P<d>\d{{1,2}}),\s*{_Y}\b"),
    ("months", rf"\b{_M}(?:\s+(?P<y>(?:19|20)\d\d))?{_TO_EN.replace('|and', '')}{_M2}\s+{_Y2}\b"),
    ("month", rf"\b{_M}\s+{_Y}\b"),
    ("quarter", rf"\b(?P<q>first|second|third|fourth)\s+quarter\s+of\s+{_Y}\b"),
    ("half", rf"\b(?P<h>first|second)\s+half\s+of\s+{_Y}\b"),
    (
        "years",
        rf"(?:\b(?:the\s+)?(?:biennium|bienniums|period|years)\s+)?{_Y}\s*[-–—/]\s*(?P<y2>(?:19|20)\d\d|\d\d)\b"
        r"(?:\s+(?:biennium|period))?",
    ),
    ("years", rf"\b(?:biennium|period|from|between)\s+{_Y}\s+(?:to|and)\s+{_Y2}\b(?:\s+(?:biennium|period))?"),
    ("year", rf"(?:\bthe\s+year\s+)?{_Y}\b(?![.,]\d|[/-]\w)"),
    ("month", rf"(?:\b[Ii]n|\band|,)\s+{_M}\b(?!\s+\d)"),
]

_PATTERNS = {
    "zh": [(sort, re.compile(pattern)) for sort, pattern in _CHINESE],
    "en": [(sort, re.compile(pattern)) for sort, pattern in _ENGLISH],
}


def find_dates(text: str, lang: str, blank: Callable[[str, int, int], str]) -> list[Mention]:
    """Returns the dates of a paragraph in order; `blank(text, start, end)` takes a found one out of the text.

    A month without a year ("in May and September 2019", 9 月) takes the year of the nearest date: in English of the
    next one in the same sentence, else, as in Chinese, of the one before it in the paragraph; without any it is none.
    """
    found: list[Mention] = []
    bare: list[re.Match[str]] = []
    for sort, pattern in _PATTERNS[lang]:
        for match in pattern.finditer(text):
            year = _number(match, "y") or _number(match, "y2")
            if year is None:
                bare.append(match)
                continue
            mention = _mention(match, _parts(match, sort, year))
            if mention:
                found.append(mention)
                text = blank(text, match.start(), match.end())
    for match in bare:
        year = _year_near(match, found, text, lang)
        mention = _mention(match, _parts(match, "month", year)) if year else None
        if mention:
            start = match.start("m")
            found.append(Mention(start, mention.end, mention.value, mention.interval, "month"))
    return sorted(found, key=lambda mention: mention.start)


def _year_near(match: re.Match[str], found: list[Mention], text: str, lang: str) -> int | None:
    if lang == "en":
        after = [m for m in found if m.start > match.end() and "." not in text[match.end() : m.start]]
        after = [m for m in after if m.sort in ("month", "day", "days")]
        if after:
            return int(min(after, key=lambda m: m.start).value[:4])
    before = [m for m in found if m.start < match.start()]
    return int(max(before, key=lambda m: m.start).value[:4]) if before else None
