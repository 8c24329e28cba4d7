"""Where the counted noun stands after a Chinese number and its classifier.

Chinese writes no spaces. The noun begins after the classifier, or after a modifier that ends in 的, and ends before
the first verb, function word, adverbial of scope, number or punctuation; 、 和 及 join nouns that are counted together.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from . import chinese as grammar
from .numerals import alternatives
from .spans import FILL

_STOP = re.compile(r"[。；：！？（）()\n“”;:?!|]|(?<!\d)[，,]|[，,](?!\d{3}(?!\d))")
_JOIN = re.compile(
    r"、|以及|(?<!共)和(?![平解谐]|约(?!\s*[\d一二两三四五六七八九十百千]))|(?<![参])与(?!会)|(?<![以涉普])及(?!时)"
)
_QUALIFIERS = alternatives([*grammar.BEFORE, *grammar.BELOW])
_HARD = re.compile(
    rf"(?:{alternatives([*grammar.VERBS, *[w for w in grammar.FUNCTION_WORDS if len(w) > 1]])})|{grammar.SCOPE}"
    rf"|(?:{_QUALIFIERS})?\s*(?:[0-9$€£]|(?:[{''.join(grammar.NUMERAL_LETTERS)}]+|几|若干|多)\s*[多余]?\s*(?:{alternatives(grammar.CLASSIFIERS)}))"
)
_SOFT = re.compile("[" + "".join(w for w in grammar.FUNCTION_WORDS if len(w) == 1) + "]")
_ASPECT = re.compile(r"[\u4e00-\u9fff]{2}了")
_KEEP = re.compile(alternatives(grammar.INSIDE_NOUNS))
_OPENS = re.compile(alternatives(grammar.OPENS_MODIFIER))
_VERB_FIRST = re.compile(alternatives(grammar.VERBS))
_LOCALIZER = re.compile(r"(?<=..)(?:[上中下内里]|之[中内上]|期间)$")
_REACH = 120  # letters; no counted noun stands further from its number


class Noun(NamedTuple):
    """The place of a counted noun in the text."""

    start: int
    end: int


def _boundary(text: str, first: bool) -> int:
    """Returns how many letters of a piece are noun. A verb as the first word belongs to the first piece's noun."""
    kept = {i for match in _KEEP.finditer(text) for i in range(match.start(), match.end())}
    places = [m.start() for m in _SOFT.finditer(text) if m.start() not in kept]
    places += [m.start() for m in _ASPECT.finditer(text)]
    hard = list(_HARD.finditer(text))
    places += [m.start() for m in hard if m[0] not in grammar.NOUN_VERBS]
    # The first match of a pattern may hide one that begins inside it; the nearest is enough.
    end = min((place for place in places if place > 0 or not first), default=len(text))
    closing = len(text[:end].rstrip())
    places = [m.start() for m in hard if m[0] in grammar.NOUN_VERBS and m.end() < closing]
    return min((place for place in places if place > 0 or not first), default=end)


def _coordinated(text: str, start: int, end: int) -> int:
    """Returns where the noun that begins at `start` ends, with the nouns joined to it."""
    place, last = start, start
    while True:
        match = _JOIN.search(text, max(place, start + 1), end)
        piece_end = match.start() if match else end
        length = _boundary(text[place:piece_end], first=place == start)
        words = text[place : place + length].strip()
        if not words or (place > start and words in grammar.ADJECTIVES):
            return last
        last = place + length
        if place + length < piece_end or match is None:
            return last
        place = match.end()


def _trim(text: str, start: int, end: int) -> Noun | None:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    match = _LOCALIZER.search(text[start:end])
    if match:
        end = start + match.start()
    return Noun(start, end) if end > start else None


def noun_after(text: str, place: int, *, single: bool = False) -> Noun | None:
    """Returns the counted noun after a classifier that ends at `place`, or None where none follows.

    `single` says that the number is 一, whose modifier may be a whole clause: it reaches to the last 的.
    """
    stop = _STOP.search(text, place, place + _REACH)
    end = stop.start() if stop else min(len(text), place + _REACH)
    start = place
    while True:
        mark = text.find("的", start, end)
        if mark < 0:
            return _trim(text, start, _coordinated(text, start, end))
        words = text[start:mark].strip()
        opens = _opens_modifier(words) or (single and bool(_VERB_FIRST.match(words)))
        if single and opens:
            mark = text.rfind("的", start, end)
        elif words and words not in grammar.ADJECTIVES and not opens and not _adjective(words, single):
            return _trim(text, start, _coordinated(text, start, mark))
        start = mark + 1


def _opens_modifier(words: str) -> bool:
    """A word like 关于 or 可 begins a modifier; 可持续 is a noun that only looks so."""
    match = _OPENS.match(words)
    return bool(match) and not (match is not None and len(match[0]) == 1 and _KEEP.match(words))


def _adjective(words: str, single: bool) -> bool:
    """A short word before 的 after a single 一 that is made of quality words (安全可靠) is taken for an adjective."""
    return single and len(words) <= 6 and any(words.endswith(a) for a in grammar.ADJECTIVES) and FILL not in words
