"""Isolates of the bidirectional algorithm: symbols and ranges of years keep their order in Arabic text.

Without them "2018-2019" is laid out right to left in every engine tried (domain document, section 6).
Source: Unicode Standard Annex 9, explicit directional isolates.
"""

from __future__ import annotations

import re

from comity.modules.reports import symbols

FIRST_STRONG_ISOLATE = "\u2068"
LEFT_TO_RIGHT_ISOLATE = "\u2066"
POP_ISOLATE = "\u2069"

_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_RANGE = re.compile(r"(?<![\w/.-])\d{1,4}\s?[-–]\s?\d{1,4}(?![\w/-])")


def isolate(text: str) -> str:
    """Wraps a text so that its direction neither takes from nor gives to what stands around it.

    Digits and hyphens have no strong direction, so a text without letters is held left to right.
    """
    strong = any(letter.isalpha() for letter in text)
    return f"{FIRST_STRONG_ISOLATE if strong else LEFT_TO_RIGHT_ISOLATE}{text}{POP_ISOLATE}"


def bare(text: str) -> str:
    """Returns the text without any mark of direction."""
    return _CONTROLS.sub("", text)


def isolated(text: str) -> str:
    """Returns the text with every document symbol and every range of numbers isolated; doing it twice adds nothing."""
    if _CONTROLS.search(text):
        text = bare(text)
    spans = [(found.start, found.end) for found in symbols.found(text)]
    spans += [(found.start, found.end) for found in symbols.resolutions(text)]
    spans += [match.span() for match in _RANGE.finditer(text)]
    parts, at = [], 0
    for start, end in sorted(spans):
        if start >= at:
            parts += [text[at:start], isolate(text[start:end])]
            at = end
    return "".join([*parts, text[at:]])
