"""Which period a figure has: the date that governs it in its clause, its sentence, or from the sentence before.

The rule, in this order:
(0) the date that stands right by the figure ("$5 in 2019");
(1) the nearest date before the figure in its own clause;
(2) the only date after it in its own clause, or, where dates close sentences, the next one before another figure;
(3) the nearest date in an earlier clause of the same sentence, then, where dates close sentences, the only later one;
(4) the date that opened an earlier sentence of the paragraph as an adverbial ("In 2019, ..."), if no sentence between
    has a date or a moment ("at the time of writing") of its own.
A base of comparison ("than in 2018"), the start of an open period ("since 2003"), a date put off to and a date planned
for govern nothing. Without any: null.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .dates import Mention
from .model import Found


@dataclass(frozen=True)
class Clock:
    """What a language says about dates: its marks, and tests on a mention in its text."""

    sentence_marks: str
    clause_marks: str
    governs: Callable[[str, Mention], bool]  # not a base of comparison, not "since", not part of a name
    opens: Callable[[str, int, Mention], bool]  # a mention is the adverbial that opens the sentence beginning here
    moment: Callable[[str], bool]  # the sentence speaks of the time of writing
    attached: Callable[[str, Found, Mention], bool]  # the date belongs to this figure by its place
    looks_ahead: bool = False  # a date at the end of a sentence may govern all of it ("trained ..., in 2019")


# A full stop that ends a sentence: before a space, or before the number of a footnote.
_FULL_STOP = r"\.(?=\s|$|[”\")’¹²³⁰-⁹]|(?<=[a-z)]\.)\d{1,2}(?:\s|$))"


class _Pieces:
    """A text cut at marks; a mark between two digits ("6.025", "3,000") or a full stop inside a word cuts nothing."""

    def __init__(self, text: str, marks: str) -> None:
        self.length = len(text)
        pattern = "|".join(_FULL_STOP if mark == "." else re.escape(mark) for mark in marks)
        self.cuts = [
            m.start()
            for m in re.finditer(pattern, text)
            if not (text[m.start() - 1 : m.start()].isdigit() and text[m.end() : m.end() + 1].isdigit())
        ]

    def around(self, place: int) -> tuple[int, int]:
        """Returns the start and end of the piece around a place."""
        index = bisect_left(self.cuts, place)
        start = self.cuts[index - 1] + 1 if index else 0
        return start, self.cuts[index] if index < len(self.cuts) else self.length


def periods(text: str, found: Sequence[Found], mentions: Sequence[Mention], clock: Clock) -> list[str | None]:
    """Returns the ISO interval of each figure, or null."""
    ruling = [m for m in mentions if clock.governs(text, m)]
    sentences = _Pieces(text, clock.sentence_marks)
    clauses = _Pieces(text, clock.clause_marks + clock.sentence_marks)
    in_turn = _in_turn(text, found, ruling, sentences)
    answers: list[str | None] = []
    for figure in found:
        if figure.kind == "date":
            answers.append(None)
            continue
        sentence = sentences.around(figure.start)
        answers.append(
            next((m.interval for m in ruling if clock.attached(text, figure, m)), None)
            or in_turn.get(figure.start)
            or _governing(figure, found, ruling, clauses.around(figure.start), sentence, clock)
            or _carried(text, figure, sentences, ruling, mentions, clock)
        )
    return answers


def _governing(
    figure: Found,
    found: Sequence[Found],
    ruling: Sequence[Mention],
    clause: tuple[int, int],
    sentence: tuple[int, int],
    clock: Clock,
) -> str | None:
    before = [m for m in ruling if clause[0] <= m.start and m.end <= figure.start]
    if before:
        return before[-1].interval
    inside = [m for m in ruling if m.start >= figure.end and m.end <= clause[1]]
    if len({m.interval for m in inside}) == 1:
        return inside[0].interval
    if inside and clock.looks_ahead and not any(figure.end <= f.start < inside[0].start for f in found):
        return inside[0].interval
    before = [m for m in ruling if sentence[0] <= m.start and m.end <= figure.start]
    if before:
        return before[-1].interval
    later = [m for m in ruling if figure.end <= m.start < sentence[1]] if clock.looks_ahead else []
    return later[0].interval if len({m.interval for m in later}) == 1 else None


def _carried(
    text: str,
    figure: Found,
    sentences: _Pieces,
    ruling: Sequence[Mention],
    mentions: Sequence[Mention],
    clock: Clock,
) -> str | None:
    """Returns the period that an earlier sentence of the paragraph opened with and none since took away."""
    sentence = sentences.around(figure.start)
    if any(sentence[0] <= m.start < figure.start for m in mentions):
        return None
    while sentence[0] > 0 and not clock.moment(text[slice(*sentence)]):
        sentence = sentences.around(sentence[0] - 1)
        opening = [m for m in ruling if sentence[0] <= m.start < sentence[1] and clock.opens(text, sentence[0], m)]
        if opening:
            return opening[0].interval
        if any(sentence[0] <= m.start < sentence[1] for m in mentions):
            return None
    return None


def _in_turn(text: str, found: Sequence[Found], ruling: Sequence[Mention], sentences: _Pieces) -> dict[int, str]:
    """Meetings in a row that were held "in May, September and December respectively" take the dates in turn."""
    answers: dict[int, str] = {}
    meetings = [f for f in found if f.kind == "ordinal"]
    for figure in meetings:
        start, end = sentences.around(figure.start)
        piece = text[start:end]
        if "分别" not in piece and "respectively" not in piece:
            continue
        row = [f for f in meetings if start <= f.start < end]
        dates = [m for m in ruling if start <= m.start < end]
        if len(row) == len(dates) > 1:
            answers |= {f.start: m.interval for f, m in zip(row, dates, strict=True)}
    return answers
