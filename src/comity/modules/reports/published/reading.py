"""Reads a whole report in one of the languages."""

from __future__ import annotations

from collections.abc import Callable

from .chinese_reader import CLOCK as CHINESE_CLOCK
from .chinese_reader import read_chinese
from .english_reader import CLOCK as ENGLISH_CLOCK
from .english_reader import read_english
from .dates import Mention
from .model import Figure, Found, Published, Question, Unresolved
from .paragraphs import find_paragraphs
from .periods import Clock, periods

_Reader = Callable[[str], tuple[list[Found], list[Question], list[Mention]]]
LANGUAGES: dict[str, tuple[_Reader, Clock]] = {"zh": (read_chinese, CHINESE_CLOCK), "en": (read_english, ENGLISH_CLOCK)}


def read(text: str, lang: str) -> Published:
    """Returns the paragraphs, figures and unresolved items of a report in plain text.

    `lang` is "zh" or "en"; ValueError for any other. Text in which nothing is numbered gives empty lists.
    """
    if lang not in LANGUAGES:
        raise ValueError(f"no grammar for the language {lang!r}; known: {', '.join(sorted(LANGUAGES))}")
    reader, clock = LANGUAGES[lang]
    published = Published(paragraphs=find_paragraphs(text))
    for paragraph in published.paragraphs:
        found, questions, mentions = reader(paragraph.text)
        for figure, period in zip(found, periods(paragraph.text, found, mentions, clock), strict=True):
            span = paragraph.text[figure.start : figure.end]
            published.figures.append(
                Figure(paragraph.number, span, figure.kind, figure.value, figure.unit, figure.qualifier, period)
            )
        for item in questions:
            span = paragraph.text[item.start : item.end]
            published.unresolved.append(Unresolved(paragraph.number, span, item.what, item.reason, item.names))
    return published
