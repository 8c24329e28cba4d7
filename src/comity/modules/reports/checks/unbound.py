"""Numbers typed by hand: every number of a text is a figure, or one of the things that are none.

Digits are taken wherever they stand; number words from ten on ("fifty activities"), because smaller ones are also
manners of speaking ("one of the", "both").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache

from django.utils.translation import gettext as _

from comity.modules.reports.checks.known import Span, qualifier_before, spans
from comity.modules.reports.checks.model import Code, Finding, passages
from comity.modules.reports.document import EditionDocument
from comity.modules.reports.printing.words import fold, scale_words, spoken

_DIGITS = re.compile(r"\d+(?:[.,\u00a0\u202f\u2009 ]\d{3})*(?:[.,]\d+)?(?:\s?[千百万亿]+)?")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BETWEEN = re.compile(r"\s+(?:and |et |y |и |و)?|")
_HAN = re.compile(
    r"(?<![第零一二三四五六七八九十百千])(?!百分)[一二三四五六七八九两零十百千万亿]*[十百千][一二三四五六七八九两零十百千万亿]*"
)
#: What makes a single Chinese ten or hundred a count.
_COUNTED = "个名项次种份国人件起条"
#: Beginnings of the Russian ordinals that follow a ten: двадцать девятая.
_RUSSIAN_ORDINAL = re.compile(r"\s+(?:перв|втор|трет|четв[её]рт|пят|шест|седьм|восьм|девят)\w+")
#: "pour cent" and "por ciento" are no hundred.
_PER = re.compile(r"(?:pour|por)\s+$", re.IGNORECASE)


def unbound_numbers(documents: Mapping[str, EditionDocument], allowed: Collection[str]) -> Iterator[Finding]:
    """Yields a finding for each number that is neither a figure nor known to be something else.

    Args:
        documents: the edition by language.
        allowed: constants that the edition may print by hand, as they are written ("1540", "Goal 16").
    """
    for lang, document in documents.items():
        for passage in passages(document):
            for start, end in unbound(passage.text, lang, allowed):
                said = passage.text[start - len(qualifier_before(passage.text, start, lang)) : end].strip()
                message = _(
                    "“%(text)s” is typed by hand. Put a figure here, or add it to the constants of the edition."
                )
                yield Finding(Code.UNBOUND, passage.key, passage.number, lang, said, message % {"text": said})


def unbound(text: str, lang: str, allowed: Collection[str] = ()) -> list[Span]:
    """Returns where numbers stand in a text that are bound to nothing, in order."""
    text = _digits(text)
    known = sorted(spans(text, lang, allowed))
    every = [match.span() for match in _DIGITS.finditer(_without(text, known))]
    words = _chinese(text) if lang == "zh" else _words(text, lang)
    every += [span for span in words if not any(a < span[1] and span[0] < b for a, b in known)]
    return _joined(text, sorted(every))


def _joined(text: str, found: list[Span]) -> list[Span]:
    """Makes one of "602.5" and "million", of "hundred" and "twenty"."""
    joined: list[Span] = []
    for start, end in found:
        if joined and _BETWEEN.fullmatch(text[joined[-1][1] : start]) and not text[start].isdigit():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _digits(text: str) -> str:
    """Writes the digits of every script as 0 to 9, sign for sign."""
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)


def _without(text: str, known: list[Span]) -> str:
    signs = list(text)
    for start, end in known:
        # A sign that neither is a digit nor joins two.
        signs[start:end] = "\x00" * (end - start)
    return "".join(signs)


@lru_cache(maxsize=6)
def _large(lang: str) -> frozenset[str]:
    """Single words that say ten or more."""
    words = {word for word, number in spoken(lang).items() if number >= 10 and " " not in word}
    # "twenty-five" is folded to two words; its parts are found by themselves.
    return frozenset(words | {fold(word, lang) for word in scale_words()[lang]} | _HUNDREDS.get(lang, frozenset()))


_HUNDREDS = {"en": frozenset({"hundred", "hundreds", "thousands", "dozen", "dozens"}), "fr": frozenset({"cents"})}


def _words(text: str, lang: str) -> list[Span]:
    matches = (match for match in _WORD.finditer(text) if _says_ten_or_more(match.group(), lang))
    return [match.span() for match in matches if not _is_none(text, match, lang)]


def _says_ten_or_more(word: str, lang: str) -> bool:
    numbers, large = spoken(lang), _large(lang)
    parts = fold(word, lang).split()
    if lang == "ar" and parts and parts[0] not in large:
        parts[0] = parts[0].removeprefix("و")
    # All parts are numbers ("twenty-five"), so "twenty-ninth" is none.
    return all(part in numbers or part in large for part in parts) and any(part in large for part in parts)


def _is_none(text: str, match: re.Match[str], lang: str) -> bool:
    before = text[: match.start()]
    if _PER.search(before):
        return True
    if lang == "ru" and (after := _RUSSIAN_ORDINAL.match(text, match.end())):
        return not _says_number(after.group(), lang)
    # An Arabic ordinal has the article: التاسعة عشرة.
    return lang == "ar" and any(word.startswith("ال") for word in before.split()[-1:])


def _says_number(word: str, lang: str) -> bool:
    return fold(word, lang) in spoken(lang)


def _chinese(text: str) -> list[Span]:
    found = []
    for match in _HAN.finditer(text):
        after = text[match.end() : match.end() + 1]
        if after != "月" and (len(match.group()) > 1 or after in _COUNTED) and after:
            found.append(match.span())
    return found
