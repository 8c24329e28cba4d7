"""A shadow of a paragraph that is as long as its text: what is no figure is filled, so that places stay true."""

from __future__ import annotations

import re
from collections.abc import Iterable

FILL = "\ue000"  # stands for a letter of something that is a name: never a digit, never a boundary
_WIDE = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_WIDE |= {ord("％"): ord("%"), ord("．"): ord("."), ord("＄"): ord("$"), ord("￥"): ord("¥"), 0x3000: 0x20, 0xA0: 0x20}
_WIDE |= {0x2009: 0x20, 0x202F: 0x20, ord("’"): ord("'"), ord("‑"): ord("-")}

# What no report counts with: addresses, document symbols, pairs like 74/177, dead links. Every language has them.
_NAMES = (
    r"(?:https?://|www\.)[\w./~%?=&#:-]+[\w/]",
    r"\[[^\]\n]{1,80}\]\([^)\n]*\)",
    r"(?<![A-Za-z])[A-Z]{1,6}(?:\.\d+)?(?:/[A-Za-z0-9.]+(?:-[A-Za-z0-9]+)*)+(?:\s*\([IVXLC]+\))?",
    r"(?<![\d/.])\d{1,4}(?:/\d{1,4})+(?:\s*[A-Z]\b)?",
    r"\d{16,}",
    r"[A-Za-z]+(?:-[A-Za-z]+)*-\d+(?:\.\d+)?(?![\w%])",
)
_COMMON = re.compile("|".join(f"(?:{name})" for name in _NAMES))


def fill(text: str, start: int, end: int) -> str:
    """Returns the text with one span filled."""
    return text[:start] + FILL * (end - start) + text[end:]


def fill_all(text: str, patterns: Iterable[re.Pattern[str]]) -> str:
    """Returns the text with every match filled; where a pattern has a group "name", that group only."""
    for pattern in patterns:
        group: str | int = "name" if "name" in pattern.groupindex else 0
        text = pattern.sub(lambda m, g=group: fill(m[0], m.start(g) - m.start(), m.end(g) - m.start()), text)  # type: ignore[misc]
    return text


def fill_titles(text: str, opening: str, closing: str) -> str:
    """Returns the text with every title between the marks filled, nested ones too, the marks with them."""
    out, depth = list(text), 0
    for index, char in enumerate(text):
        depth += char == opening
        if depth:
            out[index] = FILL
        if char == closing and depth:
            depth -= 1
    # A title that is never closed is no title.
    return "".join(out) if depth == 0 else text


def shadow(text: str) -> str:
    """Returns the text with full-width digits and letters made narrow and the names of every language filled."""
    return fill_all(text.translate(_WIDE), [_COMMON])


def piece(text: str, place: int, marks: str) -> tuple[int, int]:
    """Returns the start and end of the piece of text around a place, bounded by any of the marks."""
    start = max(text.rfind(mark, 0, place) for mark in marks) + 1
    ends = [end for end in (text.find(mark, place) for mark in marks) if end >= 0]
    return start, min(ends, default=len(text))
