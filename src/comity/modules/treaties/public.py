"""The door of the treaties module for other modules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from comity.core.texts.selectors import Shown
from comity.modules.treaties.models import Article
from comity.modules.treaties.selectors import states, titles
from comity.modules.treaties.selectors.statements import Said, statements
from comity.modules.treaties.selectors.status import status
from comity.modules.treaties.vocabulary import StatementKind

__all__ = [
    "ArticleOf",
    "Between",
    "Instrument",
    "PartiesOn",
    "Said",
    "articles",
    "between",
    "instruments",
    "instruments_with_articles",
    "is_party",
    "notifications",
    "participant_names",
    "parties",
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


def instruments_with_articles(lang: str) -> list[Instrument]:
    """Returns the instruments of which we know the articles, in their order."""
    known = set(Article.objects.filter(kind="article").values_list("instrument__code", flat=True))
    return [instrument for instrument in instruments(lang) if instrument.code in known]


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


@dataclass(frozen=True)
class PartiesOn:
    """Who is party to an instrument on a day (ISO3 codes in their order), and up to which day our sources reach.

    `since` maps a party to the day from which the instrument binds it, where our sources tell.
    """

    codes: tuple[str, ...]
    since: dict[str, date | None]
    source_ends: date | None


def parties(code: str, on: date) -> PartiesOn:
    """Returns the parties to the instrument on the day. Raises Http404 for an unknown code."""
    found = status(code, on)
    rows = [row for row in found.rows if row.is_party]
    return PartiesOn(tuple(row.iso3 for row in rows), {row.iso3: row.in_force for row in rows}, found.source_ends)


def notifications(iso3: str) -> list[Said]:
    """Returns what the State notified under the instruments, newest first, withdrawn ones included."""
    said = [s for s in statements(iso3=iso3) if s.kind == StatementKind.NOTIFICATION]
    return sorted(said, key=lambda s: s.made_on or date.min, reverse=True)
