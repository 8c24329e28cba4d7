"""What a check says, and the text of a document as checks read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from comity.modules.reports.document import EditionDocument, Heading, Run

#: Stands in the text of a passage for a figure or the mark of a footnote.
BOUND = "\ufffc"
#: Key of the findings of a whole document.
WHOLE = "document"
SUMMARY = "summary"


class Code(models.TextChoices):
    """The checks of the text of an edition, before it is cleared."""

    UNBOUND = "unbound-number", _("A number typed by hand")
    FIGURES = "figures-differ", _("Other figures than in the original")
    PARAGRAPHS = "paragraphs-differ", _("Other paragraphs than in the original")
    HEADINGS = "headings-differ", _("Other headings than in the original")
    LONE_HEADING = "lone-heading", _("A heading without a second one beside it")
    SKIPPED_LEVEL = "heading-level", _("A level of headings is skipped")
    TOO_LONG = "word-limit", _("The text is too long")
    SYMBOL = "symbol", _("No document symbol")
    MANDATE = "no-mandate", _("A paragraph without mandate or programme")
    PERIOD = "no-period", _("A figure without period")


@dataclass(frozen=True)
class Finding:
    """One thing to repair: where, in which language, the text it is about, and what to do, for people.

    `paragraph` is the paragraph's key, or "summary", "footnote-3", "document"; `number` its printed number or None.
    """

    code: Code
    paragraph: str
    number: int | None
    lang: str
    text: str
    message: str


@dataclass(frozen=True)
class Passage:
    """A stretch of text to be checked, with `BOUND` where a figure or the mark of a footnote stands."""

    key: str
    number: int | None
    text: str


def passages(document: EditionDocument) -> Iterator[Passage]:
    """Yields the summary, the paragraphs and the footnotes of a document."""
    if document.summary:
        yield Passage(SUMMARY, None, _typed(document.summary))
    for paragraph in document.paragraphs():
        yield Passage(paragraph.key, paragraph.number, _typed(paragraph.runs))
    for note in document.footnotes:
        yield Passage(f"footnote-{note.number}", None, note.text)


def headings(document: EditionDocument) -> list[Heading]:
    """Returns the headings of a document in order."""
    return [part for part in document.body if isinstance(part, Heading)]


def reference(documents: Mapping[str, EditionDocument]) -> str:
    """Returns the language that the others are compared with: the original, else English, else the first."""
    originals = (document.masthead.original for document in documents.values())
    return next((lang for lang in (*originals, "en", *documents) if lang in documents), "")


def _typed(runs: Iterable[Run]) -> str:
    return "".join(BOUND if run.figure is not None or run.footnote is not None else run.text for run in runs)
