"""The signs of a text: what XML can hold, and stretches that run left to right inside a right-to-left text.

Years ("2018–2019") and symbols ("A/75/90") are wrapped in Unicode isolates where a text is made. HTML and PDF follow
them; Word does not, so a DOCX says the direction of each stretch itself.
"""

from __future__ import annotations

import re

from comity.modules.reports.printing.bidi import bare

#: Signs that XML 1.0 cannot hold.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LEFT_TO_RIGHT = re.compile("[\u2066\u2068]([^\u2066-\u2069]*)\u2069")
_LETTER = "A-Za-z\u00c0-\u024f"
#: Latin words, with the blanks between them and names such as COVID-19; or a number with its signs inside: 338,196,
#: 15.8, 2019/20; a blank groups thousands. Two numbers beside each other stay two.
_LATIN = re.compile(
    rf"[{_LETTER}][{_LETTER}0-9]*(?:[-/.:@'’&_][{_LETTER}0-9]+|[ ,]{{1,2}}[{_LETTER}][{_LETTER}0-9]*)*"
    r"|(?<![A-Za-z0-9])[0-9]+(?:[.,/:\u00a0\u202f–-][0-9]+| [0-9]{3}(?![0-9]))*%?"
)


def fit(text: str) -> str:
    """Returns the text without the signs that XML cannot hold."""
    return _UNFIT.sub("", text)


def stretches(text: str) -> list[tuple[str, bool]]:
    """Splits a right-to-left text: (stretch, True where it runs left to right whatever stands around it).

    What isolates hold runs left to right unless a right-to-left letter stands in it; so do Latin words and numbers.
    """
    out, end = [], 0
    for found in _LEFT_TO_RIGHT.finditer(text):
        out += _latin(text[end : found.start()])
        out += [(found[1], True)] if _is_left_to_right(found[1]) else _latin(found[1])
        end = found.end()
    out += _latin(text[end:])
    return [(bare(part), ltr) for part, ltr in out if bare(part)]


def _latin(text: str) -> list[tuple[str, bool]]:
    out, end = [], 0
    for found in _LATIN.finditer(text):
        out += [(text[end : found.start()], False), (found[0], True)]
        end = found.end()
    return [*out, (text[end:], False)]


def _is_left_to_right(text: str) -> bool:
    """No Hebrew or Arabic letter stands in it."""
    return not any("\u0590" <= sign <= "\u08ff" and sign.isalpha() for sign in text)
