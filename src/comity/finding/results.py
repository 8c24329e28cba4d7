"""An answer as its page shows it: hits with names, facets with counts and addresses, chosen filters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from comity.core.search.analysis import analyse
from comity.core.search.passages import Answer, Hit, Question
from comity.finding import asking
from comity.finding.names import facet_titles, names

#: Values of a facet that are shown at once; the others unfold.
SHOWN = 6
COLUMNS = ("title", "kind", "state", "lang", "year", "articles", "text", "score", "url", "id")


@dataclass(frozen=True)
class Shown:
    """A hit with the names of its kind, State and language, and the full path of its page."""

    hit: Hit
    kind: str
    state: str
    language: str
    url: str
    by_meaning: bool


@dataclass(frozen=True)
class Value:
    """A value of a facet: its name, how many hits have it, and the address that takes or leaves it."""

    value: str
    name: str
    count: int
    url: str
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """A facet with the values that are shown at once and those that unfold."""

    name: str
    title: str
    values: list[Value]
    more: list[Value]


def shown_hits(hits: Iterable[Hit], question: Question, lang: str) -> list[Shown]:
    """The hits as a reader of `lang` sees them."""
    hits = list(hits)
    called = {
        "kind": names("kind", sorted({hit.kind for hit in hits}), lang),
        "state": names("state", sorted({hit.state for hit in hits if hit.state}), lang),
        "lang": names("lang", sorted({hit.lang for hit in hits}), lang),
    }
    return [
        Shown(
            hit=hit,
            kind=called["kind"][hit.kind],
            state=called["state"].get(hit.state, ""),
            language=called["lang"][hit.lang],
            url=f"/{lang}/{hit.url}",
            by_meaning=question.mode != "words" and _has_no_word_of(question.text, hit),
        )
        for hit in hits
    ]


def _has_no_word_of(text: str, hit: Hit) -> bool:
    """True where a question with words found the hit by its meaning alone: neither snippet nor title has one."""
    asked = set(analyse(text, hit.lang).stems)
    marked = any(is_marked for _words, is_marked in hit.snippet)
    return bool(asked) and not marked and asked.isdisjoint(analyse(hit.title, hit.lang).stems)


def facets(answer: Answer, question: Question, lang: str) -> list[Facet]:
    """The facets that help: those with a choice to make or one made."""
    found = []
    titles = facet_titles()
    for facet in asking.FACETS:
        counts = answer.facets.get(facet, ())
        called = names(facet, [value for value, _count in counts], lang)
        values = [_value(question, facet, value, called[value], count) for value, count in counts]
        if len(values) > 1 or any(value.chosen for value in values):
            # What was chosen stays in sight however few hits it has.
            values.sort(key=lambda value: not value.chosen)
            found.append(Facet(facet, titles[facet], values[:SHOWN], values[SHOWN:]))
    return found


def _value(question: Question, facet: str, value: str, name: str, count: int) -> Value:
    chosen = asking.is_chosen(question, facet, value)
    changed = (asking.without_value if chosen else asking.with_value)(question, facet, value)
    return Value(value, name, count, asking.query(changed), chosen)


def chips(question: Question, lang: str) -> list[dict[str, str]]:
    """The filters in force, each with the address that takes it away."""
    titles = facet_titles()
    chosen = [(facet, value) for facet in asking.FILTERS for value in question.filters.get(facet, ())]
    if question.lang:
        chosen.append(("lang", question.lang))
    return [
        {
            "facet": titles[facet],
            "name": names(facet, [value], lang)[value],
            "url": asking.query(asking.without_value(question, facet, value)),
        }
        for facet, value in chosen
    ]


def pages(answer: Answer, question: Question) -> dict[str, Any]:
    """Where this page stands among the others: numbers of the first and last hit, addresses of its neighbours."""
    page = asking.page_of(question)
    more = question.offset + len(answer.hits) < answer.total
    return {
        "first": question.offset + 1,
        "last": question.offset + len(answer.hits),
        "previous": asking.query(question, page=page - 1) if page > 1 else "",
        "next": asking.query(question, page=page + 1) if more and answer.hits and page < asking.LAST_PAGE else "",
        "ends_here": more and page == asking.LAST_PAGE,
    }


def without_filters(question: Question) -> Question:
    """The same words, asked of everything."""
    return replace(question, filters={}, lang="", offset=0)


def rows(hits: Iterable[Shown], address: str) -> list[dict[str, Any]]:
    """The hits as rows of a file; `address` is that of this node."""
    return [
        {
            "title": one.hit.title,
            "kind": one.hit.kind,
            "state": one.hit.state,
            "lang": one.hit.lang,
            "year": one.hit.year,
            "articles": one.hit.articles,
            "text": "".join(text for text, _marked in one.hit.snippet),
            "score": round(one.hit.score, 4),
            "url": address + one.url,
            "id": one.hit.id,
        }
        for one in hits
    ]

