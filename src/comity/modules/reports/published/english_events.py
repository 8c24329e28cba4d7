"""Numbered meetings, editions and operations, and dates that are what an English sentence states."""

from __future__ import annotations

import re

from . import english as grammar
from .dates import Mention
from .model import Found
from .numerals import ENGLISH_ORDINALS, ENGLISH_WORDS, alternatives, english_ordinal

_ORD = (
    rf"(?:(?:(?:{alternatives(w for w, v in ENGLISH_WORDS.items() if v >= 20)})[\s-])?"
    rf"(?:{alternatives(ENGLISH_ORDINALS)})"
    r"|\d{1,3}(?:st|nd|rd|th))"
)
_HEADS = alternatives(grammar.SERIES_HEADS)
_EVENT = re.compile(
    rf"\b(?P<first>{_ORD})(?P<rest>(?:(?:\s*,\s*|\s*,?\s+and\s+)(?:the\s+|its\s+)?{_ORD})*)"
    rf"(?P<resumed>\s+resumed(?:\s+{_ORD})?)?(?P<lead>(?:\s+[A-Za-z-]+){{0,5}}?)\s+(?P<head>{_HEADS})\b",
    re.I,
)
_ONE = re.compile(rf"\b{_ORD}\b", re.I)
_HELD = re.compile(rf"\b(?:{alternatives(grammar.HELD)}|took\s+place|takes?\s+place)\b")
_EARLIER = re.compile(grammar.TIME_OR_READER, re.I)
_EDITION = re.compile(r"(?<![\d.,/])(?P<y>(?:19|20)\d\d)\s+edition\b")
_STATED = [re.compile(p, re.I) for p in (grammar.CHANGES, grammar.EXTENDED, grammar.SINCE)]
_PLANNED = re.compile(grammar.PLANNED)
_MEETING = re.compile(alternatives(grammar.MEETING_WORDS))
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)")


def sentence_around(text: str, place: int) -> tuple[int, int]:
    """Returns the start and end of the sentence around a place."""
    start = max((m.end() for m in _SENTENCE_END.finditer(text, 0, place)), default=0)
    end = _SENTENCE_END.search(text, place)
    return start, end.start() if end else len(text)


def ordinals(dark: str) -> list[Found]:
    """Returns the ordinals of meetings, editions and operations that the sentence says were or will be held or issued.

    A capital inside a sentence makes the ordinal part of a name ("the Fourteenth Congress"); after "at", "during" and
    the like it only dates or addresses something. In "second resumed tenth session" the resumed session counts.
    """
    found: list[Found] = []
    for match in _EVENT.finditer(dark):
        start, end = sentence_around(dark, match.start())
        named = match["first"][0].isupper() and dark[start : match.start()].strip()
        capital = any(word[0].isupper() for word in match["lead"].split()) and match["head"][0].isupper()
        issued = match["head"].lower().startswith("edition")
        if named or capital or (not issued and _EARLIER.search(dark[max(0, match.start() - 30) : match.start()])):
            continue
        if not _HELD.search(dark, start, end):
            continue
        unit = f"resumed {match['head']}" if match["resumed"] else match["head"]
        row = list(_ONE.finditer(dark, match.start("first"), match.end("rest")))
        for index, item in enumerate(row):
            value = english_ordinal(item[0])
            if value is not None:
                last = index == len(row) - 1
                found.append(Found(item.start(), match.end() if last else item.end(), "ordinal", str(value), unit))
    return found


def dates_stated(dark: str, mentions: list[Mention]) -> list[Found]:
    """Returns the dates that a sentence states: since when, until when, when something was adopted, what is planned.

    The day of a meeting is not one of them: it is the period of that meeting. `dark` has its dates filled.
    """
    found = [Found(m.start(), m.end(), "date", m["y"], "edition") for m in _EDITION.finditer(dark)]
    for mention in mentions:
        before = dark[max(0, mention.start - 120) : mention.start]
        planned = _PLANNED.search(before)
        if planned and _MEETING.search(planned["what"]):
            planned = None
        span = mention.sort == "months" and re.search(r"\b(?:for|period|covering|from)\s+(?:from\s+)?$", before)
        if planned or span or any(pattern.search(before) for pattern in _STATED):
            found.append(Found(mention.start, mention.end, "date", mention.value, ""))
    return found
