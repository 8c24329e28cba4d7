"""Where the counted noun stands after an English number."""

from __future__ import annotations

import re
from typing import NamedTuple

from . import english as grammar
from .numerals import ENGLISH_NUMBER
from .spans import FILL

_WORD = re.compile(rf"\s*(?P<w>{FILL}+|[^\W\d_][\w'’]*(?:[-–/][\w'’]+)*)")
_NUMBER = re.compile(rf"\s*(?:{ENGLISH_NUMBER})", re.I)
_COMMA = re.compile(r"\s*,\s*(?!and\b|or\b)", re.I)
_AND = re.compile(r"\s*,?\s+(?:and|or|as\s+well\s+as)\s+", re.I)
_OF = re.compile(r"\s+of(?=\s+[a-z])")
_FOR = re.compile(r"\s+for(?=\s+[a-z])")
_LONGEST = 12  # words of a noun phrase


class Noun(NamedTuple):
    """The place of a counted noun in the text and whether its head is a plural."""

    start: int
    end: int
    plural: bool


def is_plural(word: str) -> bool:
    """Whether a word looks like a plural noun."""
    low = word.lower().removesuffix("'").removesuffix("’")
    if low in grammar.IRREGULAR_PLURALS or low.rsplit("-", 1)[-1] in grammar.IRREGULAR_PLURALS:
        return True
    return (
        len(low) > 2
        and low.endswith("s")
        and not low.endswith(("ss", "us", "is", "'s", "’s"))
        and low not in grammar.NOT_PLURAL
    )


def _participle(word: str) -> bool:
    low = word.lower()
    return low.endswith(("ed", "ing")) and len(low) > 4 and low not in grammar.NOT_PARTICIPLE


def _phrase(text: str, place: int, *, single: bool) -> Noun | None:
    """Reads one noun phrase: for one thing up to the first word that cannot be part of it, else up to its plural."""
    start = end = -1
    previous = ""
    for _ in range(_LONGEST):
        if _NUMBER.match(text, place):
            break
        match = _WORD.match(text, place)
        if not match:
            break
        word, low = match["w"], match["w"].lower()
        if low in grammar.STOP or low == "and":
            break
        after_plural = is_plural(previous)
        compound = previous.lower() in grammar.COMPOUND_PLURALS
        if after_plural and not is_plural(word) and not (compound and not low.endswith("ed")):
            break
        if after_plural and previous.lower() in ("people", "persons", "women", "men", "children") and _participle(word):
            break
        if single and start >= 0 and (low.endswith("ed") or (is_plural(word) and low not in grammar.COMPOUND_PLURALS)):
            break
        if start < 0:
            following = _WORD.match(text, match.end())
            newly = following is not None and _participle(following["w"])  # "newly designated authorities"
            if low.endswith("ly") and not single and not newly:
                break
            start = match.start("w")
        end, previous = match.end(), word
        place = match.end()
    if start < 0:
        return None
    return Noun(start, end, is_plural(previous))


def _joined(text: str, first: Noun, *, commas: bool) -> int:
    """Returns the end of a row of plural nouns that are counted together ("laws, regulations and policies")."""
    place, end = first.end, first.end
    while True:
        comma = _COMMA.match(text, place) if commas else None
        joint = _AND.match(text, place)
        if joint:
            last = _phrase(text, joint.end(), single=False)
            good = last and last.plural and not _participle(text[last.start : last.end].split()[0])
            return last.end if last and good else end
        if not comma:
            return end
        item = _phrase(text, comma.end(), single=False)
        if not item or not item.plural:
            return end
        place = item.end


def _shared_head(text: str, first: Noun) -> Noun | None:
    """Modifiers in a row before one plural: "child protection, justice and security professionals"."""
    place = first.end
    for _ in range(5):
        joint = _AND.match(text, place)
        comma = None if joint else _COMMA.match(text, place)
        if not joint and not comma:
            return None
        item = _phrase(text, (joint or comma).end(), single=False)  # type: ignore[union-attr]
        if item is None:
            return None
        if item.plural:
            return Noun(first.start, item.end, True) if joint else None
        if joint:
            return None
        place = item.end
    return None


def noun_after(text: str, place: int, *, single: bool = False, commas: bool = True) -> Noun | None:
    """Returns the counted noun after a number that ends at `place`, or None where none follows.

    For any number but one the noun must have a plural head; nouns joined to it by commas and "and" are counted with it.
    """
    part = re.compile(r"\s+of\s+(?:the|these|those|its|their)\s+").match(text, place)
    if part:
        whole = _NUMBER.match(text, part.end())  # "five of the 12 offices"
        place, single = (whole or part).end(), False
    noun = _phrase(text, place, single=single)
    if noun and not noun.plural and not single:
        noun = _shared_head(text, noun)
    if noun is None or (not single and not noun.plural):
        return None
    head = text[noun.start : noun.end].rsplit(None, 1)[-1].lower()
    of = _OF.match(text, noun.end) if head in grammar.CONTAINERS else None
    of = of or (_FOR.match(text, noun.end) if head in grammar.CONTAINERS_FOR else None)
    if of:
        inner = _phrase(text, of.end(), single=True) or _phrase(text, of.end(), single=False)
        plural = _phrase(text, of.end(), single=False)
        inner = plural if plural and plural.plural else inner
        if inner:
            return Noun(noun.start, inner.end, noun.plural)
    if single:
        return noun
    return Noun(noun.start, _joined(text, noun, commas=commas), noun.plural)
