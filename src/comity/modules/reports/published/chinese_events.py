"""Numbered meetings, editions and operations, and dates that are what a Chinese sentence states."""

from __future__ import annotations

import re

from . import chinese as grammar
from .chinese_nouns import noun_after
from .dates import Mention
from .model import Found
from .numerals import CHINESE_NUMBER, alternatives, chinese_value, printed
from .spans import piece

_ORDINAL = re.compile(rf"第\s*(?P<n>{CHINESE_NUMBER})\s*(?P<c>{alternatives(grammar.SERIES)})")
_HEAD = re.compile(
    rf"\s*(?P<lead>[^，。；：、()（）第]{{0,60}}?)(?P<head>(?:政府间)?(?:专家)?(?:{alternatives(grammar.EVENT_HEADS)}))"
    rf"(?!(?:{alternatives(grammar.EVENT_HEADS)}))"
)
_LATER = re.compile(grammar.TIME_OR_READER)
_HELD = re.compile(alternatives(grammar.HELD))
_CHANGES = re.compile(alternatives(grammar.STATE_CHANGES))
_MEETING = re.compile(alternatives(grammar.MEETING_WORDS))
_EDITION = re.compile(r"(?<![\d.,/])(?P<y>(?:19|20)\d\d)\s*年?\s*版")
_SENTENCE, _CLAUSE = "。！？；\n", "。！？；，：（）\n"


def ordinals(text: str, dark: str) -> list[Found]:
    """Returns the ordinals of meetings, editions and operations that the sentence says were or will be held or issued.

    Not those in the name of a congress (第…届…大会), nor those that only date or address something ("during the
    seventy-fourth session", "for consideration at"). In 第十届会议第一次续会 the resumed session counts.
    """
    found: list[Found] = []
    for match in _ORDINAL.finditer(dark):
        value = chinese_value(match["n"])
        item = _event(text, dark, match) if value is not None else None
        if item is None or value is None:
            continue
        start, end, unit = item
        sentence = piece(dark, match.start(), _SENTENCE)
        if not _HELD.search(dark, *sentence):
            continue
        if found and found[-1].end >= match.start():
            start = found.pop().start
        found.append(Found(start, end, "ordinal", printed(value), unit))
    return found


def _event(text: str, dark: str, match: re.Match[str]) -> tuple[int, int, str] | None:
    """Returns the place and the noun of a numbered event, or None where the ordinal is part of a name."""
    if match["c"] == "版":
        return match.start(), match.end(), "版"
    head = _HEAD.match(dark, match.end())
    if not head or "大会" in head["lead"] + head["head"] or _LATER.match(dark, head.end()):
        return None
    noun = noun_after(dark, match.end())
    short = noun and noun.start >= match.end() and noun.end == head.end() and len(head["lead"].strip()) <= 6
    unit = text[noun.start : noun.end] if noun and short else head["head"]
    return match.start(), head.end(), unit


def dates_stated(dark: str, mentions: list[Mention]) -> list[Found]:
    """Returns the dates that a sentence states: since when, until when, when something was adopted, what is planned.

    The day of a meeting is not one of them: it is the period of that meeting. `dark` has its dates filled.
    """
    found = [Found(m.start(), m.end(), "date", m["y"], "版") for m in _EDITION.finditer(dark)]
    for mention in mentions:
        before = dark[max(0, mention.start - 8) : mention.start].rstrip()
        clause_end = piece(dark, mention.end, _CLAUSE)[1]
        after = dark[mention.end : clause_end]
        since = re.search(r"自从?$", before) and re.match(r"\s*(?:以来|起|开始|至今)", after)
        extended = before.endswith(tuple(grammar.EXTENDED))
        change = _CHANGES.match(after.lstrip()) or (before.endswith("于") and _CHANGES.search(after[:14]))
        planned = re.search(r"将[于在]$", before) and not _MEETING.search(after)
        span = mention.sort == "months" and re.match(r"\s*期间", after)
        if since or extended or span or ((change or planned) and not _MEETING.search(after[:14])):
            found.append(Found(mention.start, mention.end, "date", mention.value, ""))
    return found
