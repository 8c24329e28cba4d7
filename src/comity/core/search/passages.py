"""What modules give to the search and what the search gives back: plain values, no tables.

A module's manifest names its sources (`ModuleConfig.search_sources`). A write queues the effect
`changed("library", keys)`; the index follows the outbox within seconds. The index is derived and disposable.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from comity.core.actions.actor import Actor
from comity.core.actions.decorator import Effect

#: Topic of the outbox message that says which things have to be indexed again.
CHANGED = "search:changed"


@dataclass(frozen=True)
class Passage:
    """One text in one language that a search can find: an article of a law, a summary of a case …

    `id` is unique in the node and begins with the source's name ("library:provision:12:fr"); `key` is the thing
    it belongs to, as the source knows it (indexed again as a whole); `url` is a path below `/LANG/` without the
    leading slash ("library/CAN-1985-0001/s-3/"). `label`, `owner_state` and `visible_from` are those of
    `comity.core.actions.labels`. `articles` are such as "UNTOC:5", `crime_types` codes of that vocabulary.
    """

    id: str
    key: str
    kind: str
    url: str
    lang: str
    title: str
    text: str
    label: str
    owner_state: str = ""
    visible_from: datetime | None = None
    state: str = ""
    year: int | None = None
    crime_types: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()


class SearchSource(Protocol):
    """What a module declares for each body of things that can be found."""

    #: Name, the beginning of every passage's id.
    name: str

    def kinds(self) -> dict[str, Any]:
        """The kinds of its passages with their translatable names."""
        ...

    def keys(self) -> Iterator[str]:
        """The keys of everything there is, for building an index anew; any order, each once."""
        ...

    def passages(self, keys: Sequence[str]) -> Iterable[Passage]:
        """The passages of these things as they are now, labelled; none for a thing that is gone."""
        ...

    def visible(self, actor: Actor, ids: Sequence[str]) -> set[str]:
        """Those of the passages' ids that the actor may see now, by the module's own scope."""
        ...


def changed(source: str, keys: Iterable[str]) -> Effect:
    """The effect a service queues when it changed these things of a source."""
    return Effect(CHANGED, {"source": source, "keys": sorted(set(keys))})


@dataclass(frozen=True)
class Question:
    """What is asked.

    `lang` restricts to documents in that language ("" or "any": all); `asked_in` is the language of the words
    ("" where unknown: guessed from script and words). `mode` is hybrid, words or meaning. `filters` maps a facet
    (kind, state, region, lang, crime_type, article, year) to the values of which one must hold; different facets
    must all hold. `facets` False skips counting.
    """

    text: str
    lang: str = ""
    asked_in: str = ""
    mode: str = "hybrid"
    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    offset: int = 0
    limit: int = 20
    facets: bool = True


@dataclass(frozen=True)
class Hit:
    """One found passage. `snippet` is text in pieces: (words, whether they are to be marked)."""

    id: str
    key: str
    kind: str
    state: str
    lang: str
    title: str
    snippet: tuple[tuple[str, bool], ...]
    score: float
    url: str
    year: int | None = None
    articles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What was found. `facets` maps a facet to (value, count), most first.

    `problem` is a friendly sentence where the question could not be read as written (it was then searched as
    plain words); `did_you_mean` is a corrected question or "". `covered` and `passages` say how many of the
    passages that this actor may see are covered by meaning.
    """

    hits: tuple[Hit, ...]
    total: int
    facets: dict[str, tuple[tuple[str, int], ...]]
    did_you_mean: str = ""
    problem: str = ""
    covered: int = 0
    passages: int = 0
    milliseconds: float = 0.0
