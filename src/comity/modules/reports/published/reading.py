"""Reads a whole report in one of the languages."""

from __future__ import annotations

from collections.abc import Callable

from .chinese_reader import CLOCK as CHINESE_CLOCK
from .chinese_reader import read_chinese
from .dates import Mention
from .english_reader import CLOCK as ENGLISH_CLOCK
from .english_reader import read_english
from .model import Figure, Found, Published, Question, Unresolved
from .paragraphs import find_paragraphs
from .periods import Clock, periods

_Reader = Callable[[str], tuple[list[Found], list[Question], list[Mention]]]
LANGUAGES: dict[str, tuple[_Reader, Clock]] = {"zh": (read_chinese, CHINESE_CLOCK), "en": (read_english, ENGLISH_CLOCK)}


_LONGEST = 4000  # letters of a paragraph that are read at once


def read(text: str, lang: str) -> Published:
    """Returns the paragraphs, figures and unresolved items of a report in plain text.

    `lang` is "zh" or "en"; ValueError for any other. Text in which nothing is numbered gives empty lists.
    """
    if lang not in LANGUAGES:
        raise ValueError(f"no grammar for the language {lang!r}; known: {', '.join(sorted(LANGUAGES))}")
    published = Published(paragraphs=find_paragraphs(text))
    for paragraph in published.paragraphs:
        for part in _parts(paragraph.text):
            _read_part(published, paragraph.number, part, *LANGUAGES[lang])
    return published


def _parts(text: str) -> list[str]:
    """Cuts a paragraph that is longer than any report has at the ends of sentences, so that reading stays quick."""
    parts = []
    while len(text) > _LONGEST:
        cut = max(text.rfind(mark, _LONGEST // 2, _LONGEST) for mark in ("。", ". ", "；", "; "))
        cut = cut + 1 if cut > 0 else _LONGEST
        parts.append(text[:cut])
        text = text[cut:]
    return [*parts, text]


def _read_part(published: Published, number: int, text: str, reader: _Reader, clock: Clock) -> None:
    found, questions, mentions = reader(text)
    for figure, period in zip(found, periods(text, found, mentions, clock), strict=True):
        span = text[figure.start : figure.end]
        published.figures.append(Figure(number, span, figure.kind, figure.value, figure.unit, figure.qualifier, period))
    for item in questions:
        span = text[item.start : item.end]
        published.unresolved.append(Unresolved(number, span, item.what, item.reason, item.names))
