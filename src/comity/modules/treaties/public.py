"""The door of the treaties module for other modules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from comity.core.texts.selectors import Shown
from comity.modules.treaties.selectors import states, titles
from comity.modules.treaties.selectors.statements import Said, statements
from comity.modules.treaties.selectors.status import status
from comity.modules.treaties.vocabulary import StatementKind

__all__ = [
    "ArticleOf",
    "Between",
    "Instrument",
    "Said",
    "articles",
    "between",
    "instruments",
    "is_party",
    "notifications",
    "participant_names",
]

Between = states.Between
participant_names = titles.participant_names


@dataclass(frozen=True)
class Instrument:
    """An instrument by code, with its names in the reader's language."""

    code: str
    title: Shown | None
    short: Shown


@dataclass(frozen=True)
class ArticleOf:
    """An article by number, with its title in the reader's language (None: a gap)."""

    number: str
    title: Shown | None
    notification: str


def instruments(lang: str) -> list[Instrument]:
    """Returns all instruments in their order."""
    return [Instrument(n.code, n.title, n.label) for n in titles.named(lang).values()]


def articles(code: str, lang: str) -> list[ArticleOf]:
    """Returns the articles of an instrument; an empty list where we know none."""
    return [
        ArticleOf(line.number, line.title, line.notification)
        for line in titles.article_tree(code, lang)
        if line.kind == "article"
    ]


def between(first: str, second: str, on: date) -> Between:
    """Returns what is in force between two States on a day. Raises Http404 for an unknown code."""
    return states.between(first, second, on)


def is_party(iso3: str, code: str, on: date) -> bool:
    """True where the State is party to the instrument on the day. Raises Http404 for an unknown code."""
    row = status(code, on).row(iso3)
    return bool(row and row.is_party)


def notifications(iso3: str) -> list[Said]:
    """Returns what the State notified under the instruments, newest first, withdrawn ones included."""
    said = [s for s in statements(iso3=iso3) if s.kind == StatementKind.NOTIFICATION]
    return sorted(said, key=lambda s: s.made_on or date.min, reverse=True)
