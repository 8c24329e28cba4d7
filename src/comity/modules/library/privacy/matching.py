"""Finding known names in text, however they are written: case, diacritics, script variants, order, separators.

Text becomes words of folded letters. A name becomes the strings its parts make in every order, without
separators; it stands in a text where words that follow each other spell such a string from the beginning of a word
to the end of one. So "Al-Sayed", "al sayed" and "ALSAYED" are one, across lines, hyphens and joiners. Writing
without spaces (Chinese …) knows no word edges. Each place is compared with all names at once through a tree of
characters, so the time grows with the text, not with text times names.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from itertools import permutations
from typing import Any
from urllib.parse import unquote

#: Characters that are shown as nothing: joiners, soft hyphen, direction marks, tatweel, variation selectors.
_UNSEEN = re.compile("[\u00ad\u034f\u061c\u0640\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")  # fmt: skip  # noqa: E501
#: Letters without a decomposition, and those that writers use for one another.
_LETTERS = str.maketrans({
    "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ŋ": "n", "ŧ": "t",
    "ə": "e", "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ة": "ه", "ۀ": "ه", "ہ": "ه", "ھ": "ه", "ک": "ك", "گ": "ك",
    "ء": "", "ٲ": "ا", "ٵ": "ا", "ґ": "г", "є": "е", "ѐ": "е",
})  # fmt: skip
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"  # noqa: E501
_WORD = re.compile(rf"[{_UNSPACED}](?<=[^\W\d_])|[^\W\d_{_UNSPACED}]+")
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]")
#: Arabic words that are written in one with the next: and, so, with, for, like.
_PROCLITICS = "وفبلك"
#: Up to so many parts a name is looked for in every order; beyond, in its own, turned around and rotated.
_ALL_ORDERS = 5
#: A name of several parts that is shorter than this is not looked for within one word (Ma Li is not Mali).
_SHORT = 6
_END = ""


def fold(text: str) -> str:
    """A text without case, diacritics, unseen characters and variants of letters; letters keep their order."""
    plain = unicodedata.normalize("NFKD", _UNSEEN.sub("", text).casefold())
    if not plain.isascii():
        plain = "".join(sign for sign in plain if unicodedata.category(sign)[0] != "M")
        plain = unicodedata.normalize("NFC", plain.casefold()).translate(_LETTERS)
    return plain


def readable(text: str) -> str:
    """A text or address as a person reads it: percent signs and entities decoded."""
    decoded = html.unescape(text) if "&" in text else text
    return unquote(decoded) if "%" in decoded else decoded


class Forms:
    """Known forms of names, ready to be looked for. Keys say whose they are."""

    def __init__(self, forms: Iterable[tuple[str, str]]) -> None:
        """`forms` are pairs of a key and a form; initials and single signs are left out: they are no names."""
        self._tree: dict[str, Any] = {}
        self.usable = False
        for key, form in forms:
            for spelled, single in _spellings(form):
                node = self._tree
                for sign in spelled:
                    node = node.setdefault(sign, {})
                node.setdefault(_END, {})[key] = node.get(_END, {}).get(key, True) and single
                self.usable = True

    def found_in(self, text: str) -> set[str]:
        """The keys of the names that stand in the text."""
        return {key for key, _start, _end in self._places(fold(readable(text)))} if self.usable else set()

    def replaced_in(self, text: str, tombstone: str) -> str:
        """The text with a tombstone for each name as it is written there (not within percent signs or entities)."""
        written = unicodedata.normalize("NFC", text)
        folded = [(sign, place) for place, original in enumerate(written) for sign in fold(original)]
        merged: list[tuple[int, int]] = []
        for _key, start, end in sorted(self._places("".join(sign for sign, _place in folded)), key=lambda p: p[1:]):
            first, after = folded[start][1], folded[end - 1][1] + 1
            if merged and first < merged[-1][1]:
                first, after = merged[-1][0], max(after, merged[-1][1])
                merged.pop()
            merged.append((first, after))
        for first, after in reversed(merged):
            written = written[:first] + tombstone + written[after:]
        return written

    def _places(self, plain: str) -> list[tuple[str, int, int]]:
        """Key, first and last character of each name in a folded text."""
        spans = [match.span() for match in _WORD.finditer(plain)]
        found: list[tuple[str, int, int]] = []
        first = self._tree
        for place, (start, end) in enumerate(spans):
            if plain[start] in first:
                found += self._walk(plain, spans, place, 0)
            if plain[start] in _PROCLITICS and end - start > 3:
                found += self._walk(plain, spans, place, 1)
                if plain[start + 1] in _PROCLITICS:
                    found += self._walk(plain, spans, place, 2)
        return found

    def _walk(self, plain: str, spans: list[tuple[int, int]], start: int, skip: int) -> list[tuple[str, int, int]]:
        """Names spelled by the words from `start` on, leaving out its first `skip` letters."""
        found: list[tuple[str, int, int]] = []
        node: dict[str, Any] | None = self._tree
        begins = spans[start][0] + skip
        spaced = False
        for place in range(start, len(spans)):
            if place > start:
                spaced = spaced or _parts_words(plain[spans[place - 1][1] : spans[place][0]])
            for sign in plain[max(spans[place][0], begins) : spans[place][1]]:
                node = node.get(sign) if node else None
                if node is None:
                    return found
            for key, single in (node or {}).get(_END, {}).items():
                whole = not spaced if single else place > start or _long(plain, spans, start, place)
                if whole:
                    found.append((key, begins, spans[place][1]))
        return found


def _long(plain: str, spans: list[tuple[int, int]], start: int, place: int) -> bool:
    return spans[place][1] - spans[start][0] >= _SHORT or bool(_IS_UNSPACED.match(plain[spans[start][0]]))


def _parts_words(between: str) -> bool:
    """True where what stands between two words parts them for good: a space without a hyphen, a full stop …"""
    if not between.strip():
        return bool(between)
    return not re.fullmatch(r"['’ʼ`´·‧•\-\u2010-\u2015_\s]+", between) or between[0].isspace()


def parts_of(form: str) -> list[str]:
    """The parts of a name as they are compared: what spaces and signs part; hyphens and apostrophes join."""
    pieces = re.split(r"[^\w'’ʼ`´\-\u2010-\u2015]+|_+", fold(readable(form)))
    return [part for part in ("".join(_WORD.findall(piece)) for piece in pieces) if part]


def is_initials(form: str) -> bool:
    """True for forms that only hint at a name: "M.L.", "M L", "ML", a single sign."""
    parts = parts_of(form)
    if not parts:
        return True
    unspaced = [len(part) for part in parts if _IS_UNSPACED.match(part[0])]
    if unspaced:
        return sum(unspaced) < 2
    if all(len(part) == 1 for part in parts):
        return True
    letters = "".join(sign for sign in form if sign.isalpha())
    return len(parts) == 1 and len(letters) <= 3 and letters.isupper()


def _spellings(form: str) -> Iterable[tuple[str, bool]]:
    """The strings a form makes without separators, each with whether it is a name of one part."""
    if is_initials(form):
        return
    parts = parts_of(form)
    if len(parts) == 1:
        yield parts[0], not _IS_UNSPACED.match(parts[0][0])
        return
    if len(parts) <= _ALL_ORDERS:
        orders = set(permutations(parts))
    else:
        turned = [parts, parts[::-1]]
        orders = {tuple(one[n:] + one[:n]) for one in turned for n in range(len(one))}
    for order in orders:
        yield "".join(order), False
