"""Finds the figures and the open questions in a paragraph of English."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from babel import Locale
from babel.numbers import get_currency_name

from . import english as grammar
from .collecting import Reading, collect
from .dates import Mention, find_dates
from .english_events import dates_stated, ordinals, sentence_around
from .english_nouns import noun_after
from .lists import ListGrammar
from .model import FRACTION, RANGE, RECORD, UPPER_BOUND, VAGUE, Found, Qualifier, Question
from .numerals import ENGLISH_NUMBER, alternatives, english_value, printed
from .periods import Clock
from .spans import fill, fill_all, shadow

_NUMBER = re.compile(rf"(?<![\w.,/])(?<![A-Za-z\d][-–])(?:{ENGLISH_NUMBER})(?![\d/])", re.I)
_NAMES = [re.compile(p) for p in grammar.NUMBERED_NAMES]
_EDITIONS = re.compile(r"(?<![\d.,/])(?:19|20)\d\d(?=\s+edition\b)")


def _spaced(words: object) -> str:
    return alternatives(words).replace(r"\ ", r"\s+")  # type: ignore[arg-type]


_PREFIX = re.compile(
    rf"\b(?:(?P<below>{_spaced(grammar.BELOW)})|(?P<q>{_spaced(grammar.BEFORE)}))\s+(?:the\s+)?$", re.I
)
_SUFFIX = re.compile(rf"\s*(?P<q>\+|(?:{_spaced(w for w in grammar.AFTER if w != '+')})\b)", re.I)
_PERCENT = re.compile(r"\s*(?:%|per\s+cent\b|percent\b|percentage\s+points?\b)", re.I)
_FRACTION = re.compile(
    r"[\s-]+(?:halves|half|thirds?|quarters?|fourths?|fifths?|sixths?|eighths?|tenths?)\s+of\b", re.I
)
_COMPOUND = re.compile(r"-(?P<n>[a-z]+)")
_SIGNS = {"US$": "USD", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}
_SIGN = re.compile(rf"(?:(?P<s>{alternatives(_SIGNS)})|\b(?P<c>[A-Z]{{3}}))\s*$")
_RANGE = re.compile(rf"(?P<from>\bfrom\s+)?(?:{ENGLISH_NUMBER})\s*(?:to|-|–|—|or)\s*$", re.I)
_BETWEEN = re.compile(rf"\bbetween\s+(?:{ENGLISH_NUMBER})\s+and\s*$", re.I)
_TOTAL = re.compile(
    r"\b(?:total|number)(?:\s+of\s+(?P<n>[a-z][a-z -]*?))?\s+(?:now\s+)?"
    r"(?:to|at|is|was|of|stood\s+at|stands\s+at|reached|reaching)\s+(?:more\s+than\s+)?$"
)
_NEXT = re.compile(r"\s+(?:in|for|during|from|under)\s+(?:the\s+)?(?:\w+|\ue000+)")
_LEFT_OUT = re.compile(r"\s+(?:of\s+(?:them|which|whom)|had|have|were|are|did)\b")
_ACRONYM = re.compile(r"\b(?!USD|EUR|GBP|CHF)[A-Z]{2,}[a-z]?s?\s+$")  # "ISO 27001 standards": a name, not a count
_RATIO = re.compile(rf"(?:{ENGLISH_NUMBER})\s+(?:in|out\s+of)(?:\s+every)?\s+$", re.I)  # "one in three officers"
_ONE_IN = re.compile(rf"\s+(?:in|out\s+of)(?:\s+every)?\s+(?:{ENGLISH_NUMBER})(?!\d)", re.I)
_VAGUE, _RECORD = re.compile(grammar.VAGUE, re.I), re.compile(grammar.RECORD, re.I)


@cache
def _currency() -> tuple[re.Pattern[str], dict[str, str]]:
    """The names of currencies in English, from the CLDR; a bare dollar is that of the United States (UN usage)."""
    names = {}
    for code, name in Locale.parse("en").currencies.items():
        if "(" not in name:
            names[name.lower()] = code
            names[get_currency_name(code, count=2, locale="en").lower()] = code
    names |= {"dollars": "USD", "united states dollars": "USD", "pounds sterling": "GBP"}
    return re.compile(rf"\s+(?P<n>{_spaced(names)})\b", re.I), names


def prepare(text: str) -> tuple[str, list[Mention]]:
    """Returns the shadow of a paragraph, names and dates filled, and the dates."""
    dark = fill_all(shadow(text), _NAMES)
    mentions = find_dates(_EDITIONS.sub("\ue000" * 4, dark), "en", fill)
    for mention in mentions:
        dark = fill(dark, mention.start, mention.end)
    return dark, mentions


def read_english(text: str) -> Reading:
    """Returns the figures of a paragraph, what stays open, and the dates it names, each in the order of the text."""
    dark, mentions = prepare(text)
    found = ordinals(dark) + dates_stated(dark, mentions)

    def read(match: re.Match[str], value: Decimal, earlier: list[Found]) -> Found | Question | None:
        return _figure(text, dark, match, value, earlier)

    found, questions = collect(text, dark, found, _open_words(text, dark), _NUMBER, english_value, read, LISTS)
    return found, questions, mentions


def _figure(
    text: str, dark: str, match: re.Match[str], value: Decimal, earlier: list[Found]
) -> Found | Question | None:
    """Reads one number with what stands before and after it."""
    start, place = match.start(), match.end()
    if _FRACTION.match(dark, place):
        return Question(start, _FRACTION.match(dark, place).end(), "", FRACTION)  # type: ignore[union-attr]
    before = dark[max(0, start - 40) : start]
    if _ACRONYM.search(before) or _ONE_IN.match(dark, place):
        return None
    if _RATIO.search(before):
        return Question(start - len(_RATIO.search(before)[0]), place, "", FRACTION)  # type: ignore[index]
    sign = _SIGN.search(before)
    code = (_SIGNS[sign["s"]] if sign["s"] else sign["c"]) if sign else ""
    if sign and code in Locale.parse("en").currencies:
        start, before = start - len(sign[0]), before[: sign.start()]
    else:
        code = ""
    prefix = _PREFIX.search(before)
    qualifier: Qualifier = "exact"
    if prefix:
        start -= len(prefix[0])
        qualifier = grammar.BEFORE.get(re.sub(r"\s+", " ", (prefix["q"] or "").lower()), "exact")  # type: ignore[assignment]
    suffix = _SUFFIX.match(dark, place)
    if suffix:
        place = suffix.end()
        qualifier = grammar.AFTER[re.sub(r"\s+", " ", suffix["q"].lower())]  # type: ignore[assignment]
    item = _measured(dark, start, place, value, qualifier, code)
    item = item or _counted(text, dark, match, start, place, value, qualifier, earlier)
    if item and prefix and prefix["below"]:
        return Question(item.start, item.end, item.unit, UPPER_BOUND)
    ahead = dark[max(0, match.start() - 60) : match.start()]
    span = _RANGE.search(ahead) or _BETWEEN.search(ahead)
    if item and span and not span.groupdict().get("from"):
        return Question(match.start() - len(span[0]), item.end, item.unit, RANGE)
    return item


def _measured(dark: str, start: int, place: int, value: Decimal, qualifier: Qualifier, code: str) -> Found | None:
    """Reads a share or a sum of money."""
    percent = _PERCENT.match(dark, place)
    if percent:
        return Found(start, percent.end(), "percent", printed(value), "%", qualifier)
    pattern, names = _currency()
    name = pattern.match(dark, place)
    if name:
        code = code or names[re.sub(r"\s+", " ", name["n"].lower())]
        return Found(start, name.end(), "money", printed(value), code, qualifier)
    return Found(start, place, "money", printed(value), code, qualifier) if code else None


def _counted(
    text: str,
    dark: str,
    match: re.Match[str],
    start: int,
    place: int,
    value: Decimal,
    qualifier: Qualifier,
    earlier: list[Found],
) -> Found | None:
    """Reads a number that is followed by the noun it counts."""
    compound = _COMPOUND.match(dark, place)
    if compound:
        if compound["n"] not in grammar.COMPOUNDS or value < 2:
            return None
        return Found(start, compound.end(), "quantity", printed(value), compound["n"], qualifier)
    if (
        re.search(r"\b(?:these|those|first|last|next|past|previous|every|each)\s+$", dark[:start])
        and qualifier == "exact"
    ):
        return None
    sentence = sentence_around(dark, match.start())[0]
    # "In 12 countries, judges and prosecutors were trained": the comma closes the place, it joins nothing.
    opening = bool(
        re.fullmatch(r"\s*(?:\w+,\s+)?(?:[Ii]n|[Aa]cross|[Ff]or|[Ww]ith|[Aa]t|[Ff]rom)\s+", dark[sentence:start])
    )
    noun = noun_after(dark, place, single=value == 1, commas=not opening)
    if noun and not (
        value == 1 and dark[noun.start : noun.end].lower() in ("year", "month", "week", "day", "hour", "time")
    ):
        return Found(start, noun.end, "quantity", printed(value), text[noun.start : noun.end], qualifier)
    if noun:
        return None
    unit = _antecedent(dark, start, place, [f for f in earlier if sentence <= f.start < start])
    return Found(start, place, "quantity", printed(value), unit, qualifier) if unit else None


def _antecedent(dark: str, start: int, place: int, earlier: list[Found]) -> str:
    """A number without a noun counts what its sentence counted before: "bringing the total to 1,647"; else ""."""
    total = _TOTAL.search(dark[max(0, start - 90) : start])
    if total and total["n"]:
        return str(total["n"])
    units = [f.unit for f in earlier if f.kind == "quantity"]
    joined = re.search(r"(?:,|\band)\s+$", dark[:start]) and _NEXT.match(dark, place)
    if units and (total or joined or _LEFT_OUT.match(dark, place)):
        return re.sub(r"^(?:new|additional|other|newly\s+\w+)\s+", "", units[-1])
    return ""


def _open_words(text: str, dark: str) -> list[Question]:
    """Words that mean a count and print none: "several", "a record number of"."""
    questions: list[Question] = []
    for pattern, reason in ((_RECORD, RECORD), (_VAGUE, VAGUE)):
        for match in pattern.finditer(dark):
            noun = noun_after(dark, match.end())
            if noun:
                questions.append(Question(match.start(), noun.end, text[noun.start : noun.end], reason))
    return questions


def _list_of(text: str, lead: str) -> str:
    """Returns what a list names: "the following Member States" is a list of Member States; else ""."""
    match = re.search(r"\bfollowing\s+", lead)
    noun = noun_after(lead, match.end()) if match else None
    return lead[noun.start : noun.end] if noun else ""


def _governs(text: str, mention: Mention) -> bool:
    before = text[max(0, mention.start - 90) : mention.start]
    if re.search(grammar.SINCE, before) or re.search(grammar.EXTENDED, before) or re.search(grammar.PLANNED, before):
        return False
    return not re.search(grammar.BASES, before)


def _opens(text: str, start: int, mention: Mention) -> bool:
    lead = text[start : mention.start].strip()
    return (
        lead in ("In", "During", "Throughout", "Over", "In the", "For") and text[mention.end : mention.end + 1] == ","
    )


def _moment(sentence: str) -> bool:
    return bool(re.search(grammar.MOMENT, sentence))


def _attached(text: str, figure: Found, mention: Mention) -> bool:
    between = text[figure.end : mention.start]
    return 0 <= mention.start - figure.end < 24 and bool(
        re.fullmatch(r"\s*\(?(?:in|for|during|of|for\s+the|in\s+the)?\s*(?:the\s+)?", between)
    )


_NAME = (
    r"(?:the\s+)?[A-Z][\w'’-]*(?:\s+(?:of(?:\s+the)?|the|de|for|on|and(?=\s+[A-Z][\w-]+\s*,)|[A-Z(][\w'’)-]*)){0,12}"
)
LISTS = ListGrammar(
    locale="en",
    colon=":",
    end=".\n",
    strong=";",
    weak=",",
    join=grammar.JOIN,
    body=_NAME,
    body_end="",
    regions=grammar.REGIONS,
    place_tail="",
    place_edge=(r"\b", r"\b"),
    what=_list_of,
    first_name=lambda name: re.sub(r"^(?:In|The|For|From)\s+", "", name),
)
CLOCK = Clock(
    sentence_marks=".!?;",
    clause_marks=",:()",
    governs=_governs,
    opens=_opens,
    moment=_moment,
    attached=_attached,
    looks_ahead=True,
)
