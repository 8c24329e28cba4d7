"""The question that an address asks, and the address of a question: what people share, save and export."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urlencode

from django.http import QueryDict

from comity.core.search.passages import Question
from comity.core.texts.languages import UN_LANGUAGES

#: Facets in the order of the page. The language has its own field, so it is no filter beside it.
FACETS = ("kind", "state", "region", "lang", "crime_type", "article", "year")
FILTERS = tuple(facet for facet in FACETS if facet != "lang")
MODES = ("hybrid", "words", "meaning")
#: Hits on a page, the last page that is shown, and the most hits that a file holds.
SIZE, LAST_PAGE, MOST_EXPORTED = 20, 50, 1000
_LONGEST_TEXT, _LONGEST_VALUE, _MOST_VALUES = 500, 80, 20
_LANGUAGE = re.compile(r"[a-z]{2,3}")


def read(params: QueryDict) -> Question:
    """Reads the address; what cannot be read is left out, so that no address fails."""
    language, mode = params.get("in", ""), params.get("mode", "")
    return Question(
        text=_clean(params.get("q", ""))[:_LONGEST_TEXT],
        lang=language if _LANGUAGE.fullmatch(language) else "",
        mode=mode if mode in MODES else "hybrid",
        filters={facet: values for facet in FILTERS if (values := _values(params.getlist(facet)))},
        offset=(_page(params.get("page", "")) - 1) * SIZE,
        limit=SIZE,
    )


def _clean(text: str) -> str:
    """Without signs that no text holds: PostgreSQL takes no NUL, and a line end is a space here."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _values(given: list[str]) -> tuple[str, ...]:
    cleaned = (_clean(value)[:_LONGEST_VALUE] for value in given[:_MOST_VALUES])
    return tuple(dict.fromkeys(value for value in cleaned if value))


def _page(given: str) -> int:
    return min(max(int(given), 1), LAST_PAGE) if given.isascii() and given.isdigit() and len(given) < 6 else 1


def page_of(question: Question) -> int:
    """The number of the page, from 1."""
    return question.offset // SIZE + 1


def is_asked(question: Question) -> bool:
    """True where there is anything to look for: words, or a filter to look through."""
    return bool(question.text or question.filters)


def query(question: Question, *, page: int = 1) -> str:
    """The part of an address that asks this question: "?q=…"; what is as usual is not named."""
    pairs = [("q", question.text)]
    if question.lang:
        pairs.append(("in", question.lang))
    if question.mode != "hybrid":
        pairs.append(("mode", question.mode))
    pairs += [(facet, value) for facet in FILTERS for value in question.filters.get(facet, ())]
    if page > 1:
        pairs.append(("page", str(page)))
    return "?" + urlencode(pairs)


def with_value(question: Question, facet: str, value: str) -> Question:
    """The question narrowed to a value of a facet; one of several where the facet has values already."""
    if facet == "lang":
        return replace(question, lang=value)
    values = (*question.filters.get(facet, ()), value)
    return replace(question, filters={**question.filters, facet: tuple(dict.fromkeys(values))})


def without_value(question: Question, facet: str, value: str) -> Question:
    """The question without this value of a facet."""
    if facet == "lang":
        return replace(question, lang="")
    left = {**question.filters, facet: tuple(v for v in question.filters.get(facet, ()) if v != value)}
    return replace(question, filters={name: values for name, values in left.items() if values})


def is_chosen(question: Question, facet: str, value: str) -> bool:
    """True where the question is narrowed to this value."""
    return question.lang == value if facet == "lang" else value in question.filters.get(facet, ())


def offered_languages(question: Question, found: tuple[str, ...] = ()) -> list[str]:
    """Languages that a reader may choose for documents: the six, those found, and the one asked for."""
    return list(dict.fromkeys([*UN_LANGUAGES, *sorted(found), *([question.lang] if question.lang else [])]))
