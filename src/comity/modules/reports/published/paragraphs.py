"""Finds the numbered paragraphs of a report in plain text, whatever stands between and around them.

Paragraphs carry the numbers 1..N through the whole document; headings carry numbers that restart ("1." under each
letter), so the same "1." may be a heading or a paragraph. Footnotes, page numbers, running symbols and page breaks
stand between. Nothing here knows a language, except that Chinese joins lines without a space.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice

from .model import Paragraph

_NUMBERED = re.compile(r"^(\d{1,4})(?:[．、]|\.(?!\d))\s*(\S.*)$", re.S)
_ROMAN = re.compile(r"^([IVXLCⅠ-Ⅻ]{1,6})[.．、]\s*(\S.*)$")
_CHINESE = re.compile(r"^([一二三四五六七八九十]{1,3})[.．、]\s*(\S.*)$")
_LETTER = re.compile(r"^([A-Z])[.．]\s+(\S.*)$|^([A-Z])[.．、]\s*([^\x00-\x7f].*)$")
_FOOTNOTE = re.compile(
    r"^(?:[¹²³⁴-⁹⁰]+\s*\S|\*+\s*\S|\d{1,2}/?\s+(?:See|Ibid|Available|https?:|www\.|Official Records|见|同上))"
)
_SYMBOL = r"[A-Z]{1,5}(?:\.\d+)?(?:/[A-Z0-9.()-]+)+"
_FURNITURE = re.compile(
    rf"^(?:\d{{1,3}}|\d{{1,3}}/\d{{1,3}}|{_SYMBOL}|{_SYMBOL}\s+\d{{1,3}}/\d{{1,3}}|\d{{1,3}}/\d{{1,3}}\s+[\w.-]+"
    r"|(?:V\.|GE\.)?\d{2}-\d{5}(?:\s*\([A-Z]\))?(?:\s+\d+/\d+)?|[_\-–—*=\s]{3,}|-\s*\d+\s*-)$"
)
_TERMINAL = re.compile(r"[。！？；：.!?;:][”’\"')）\]¹²³⁴-⁹⁰\d]*$")
_CJK = re.compile(r"[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f“”]")
_SHORT = 160  # a heading is shorter than this many characters
_LOOK_AHEAD = 2000  # lines; a report that has no such paragraph further on has none
_MAX_GAP = 3  # paragraph numbers that may be missing between two found ones


@dataclass
class _Line:
    text: str
    after_blank: bool
    number: int | None = None  # of "12. text"
    body: str = ""


@dataclass
class _State:
    found: list[tuple[int, str, str]] = field(default_factory=list)
    path: list[tuple[int, str]] = field(default_factory=list)
    open_heading: bool = False
    expected: int = 1


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    blank = True
    for raw in text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n"):
        stripped = raw.replace("\ufeff", "").strip()
        if not stripped or _FURNITURE.match(stripped):
            blank = True
            continue
        line = _Line(stripped, blank)
        match = _NUMBERED.match(stripped)
        if match:
            line.number, line.body = int(match[1]), match[2].strip()
        lines.append(line)
        blank = False
    return lines


def _ended(text: str) -> bool:
    """Whether the text ends as a sentence does; only its last letters matter."""
    return bool(_TERMINAL.search(text[-40:]))


def _full_sentence(body: str) -> bool:
    return _ended(body) or len(body) > _SHORT


def _is_paragraph(lines: list[_Line], index: int, expected: int) -> bool:
    """Whether the numbered line at `index` is the next paragraph rather than a heading that restarts its numbers."""
    line = lines[index]
    number = line.number
    if number is None or not expected <= number <= expected + _MAX_GAP:
        return False
    later = (other for other in islice(lines, index + 1, index + _LOOK_AHEAD) if other.number is not None)
    if number > expected:
        # A number is missing. Believe it only if the missing one does not come later.
        return _full_sentence(line.body) and not any(o.number == expected and _full_sentence(o.body) for o in later)
    if _full_sentence(line.body):
        return True
    for other in later:
        if other.number == number:
            return False
        if other.number == number + 1:
            return True
    return True


def _roman(text: str) -> int:
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
    total = 0
    for char, following in zip(text, [*text[1:], ""], strict=True):
        value = values.get(char, 0)
        total += -value if values.get(following, 0) > value else value
    return total


def _heading(line: _Line, path: list[tuple[int, str]], romans: int) -> tuple[int, str] | None:
    """Returns the level (1 roman or Chinese numeral, 2 letter, 3 digit) and the text of a marked heading."""
    if len(line.text) > _SHORT * 2:
        return None
    match = _CHINESE.match(line.text)
    if match:
        return 1, match[2].strip()
    match = _ROMAN.match(line.text)
    # "I." to "C." may be letters too: a roman numeral is the next one in its row.
    if match and (len(match[1]) > 1 or _roman(match[1]) == romans + 1 or not match[1].isascii()):
        return 1, match[2].strip()
    match = _LETTER.match(line.text)
    if match:
        return 2, (match[2] or match[4]).strip()
    if line.number is not None:
        return 3, line.body
    return None


def _join(first: str, second: str) -> str:
    """Joins two halves of a sentence that a line or a page break had cut."""
    if not first:
        return second
    if _CJK.match(first[-1]) or _CJK.match(second[0]) or (first[-1] == "-" and second[0].islower()):
        return first + second
    return f"{first} {second}"


def _wrapped(state: _State, line: _Line) -> bool:
    """Whether the line goes on with an unfinished sentence, though it begins like a numbered one ("2019. It")."""
    return (
        line.number is not None
        and not line.after_blank
        and not state.open_heading
        and bool(state.found)
        and not _ended(state.found[-1][2])
    )


def _take_heading(state: _State, level: int, text: str) -> None:
    state.path = [(depth, title) for depth, title in state.path if depth < level] + [(level, text)]
    state.open_heading = True


def _take_loose(state: _State, line: _Line) -> None:
    """A line without a marker: the rest of a heading, the rest of a paragraph, or an unnumbered heading."""
    if state.open_heading and not line.after_blank and state.path:
        level, title = state.path[-1]
        state.path[-1] = (level, _join(title, line.text))
        return
    if not state.found:
        return
    number, heading, body = state.found[-1]
    cut = not _ended(body)
    if not state.open_heading and (cut or not line.after_blank or _ended(line.text)):
        state.found[-1] = (number, heading, _join(body, line.text))
    elif len(line.text) <= _SHORT:
        _take_heading(state, 4, line.text)


def find_paragraphs(text: str) -> list[Paragraph]:
    """Returns the paragraphs of a report in their order, page breaks healed, footnotes and page furniture left out."""
    lines = _lines(text)
    state = _State()
    romans = 0
    in_footnote = False
    for index, line in enumerate(lines):
        if _FOOTNOTE.match(line.text):
            in_footnote = True
            continue
        if _wrapped(state, line):
            _take_loose(state, line)
            continue
        if _is_paragraph(lines, index, state.expected):
            heading = " / ".join(title for _, title in state.path)
            state.found.append((line.number or 0, heading, line.body))
            state.expected = (line.number or 0) + 1
            state.open_heading = in_footnote = False
            continue
        marked = _heading(line, state.path, romans)
        if marked:
            level, title = marked
            romans += level == 1
            _take_heading(state, level, title)
            in_footnote = False
        elif not (in_footnote and not line.after_blank):
            in_footnote = False
            _take_loose(state, line)
    return [Paragraph(number, heading, re.sub(r"[ \t]+", " ", body)) for number, heading, body in state.found]
