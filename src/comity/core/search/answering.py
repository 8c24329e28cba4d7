"""One search from the question as read to the answer: found, put in order, checked, counted."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from comity.core.actions.actor import Actor
from comity.core.search import counting
from comity.core.search.embedding import texts_of
from comity.core.search.encoder import Encoder
from comity.core.search.files import not_of_the_index
from comity.core.search.fusion import fuse, moved
from comity.core.search.index import kept
from comity.core.search.matching import Matcher, Terms
from comity.core.search.near import Near, near, vectors_of
from comity.core.search.passages import Answer, Hit, Question
from comity.core.search.snapshot import Constraint, Snapshot
from comity.core.search.snippets import snippet
from comity.core.search.suggestions import did_you_mean

#: Candidates of the words and of each encoder that are put into one order.
CANDIDATES = 300
#: Passages among which the first that have vectors lend them to the question.
_LOOKED_AT = 20
#: Counting goes on beside finding: tantivy and numpy leave Python's lock while they work.
_beside = ThreadPoolExecutor(4, thread_name_prefix="search-count")

Visible = Callable[[Actor, Sequence[str]], set[str]]
#: Gives the regional group of each State.
Regions = Callable[[], Mapping[str, str]]


@dataclass
class Search:
    """One search of one snapshot. `scope` are the constraints of the question itself, `constraints` those and the
    chosen filters; `encoders` those that meaning is asked of (none: words alone)."""

    snapshot: Snapshot
    actor: Actor
    question: Question
    matcher: Matcher
    scope: list[Constraint]
    constraints: list[Constraint]
    encoders: Sequence[Encoder]
    visible: Visible | None
    regions: Regions
    _hidden: list[str] = field(init=False)
    _gone: list[int] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self._hidden = self.snapshot.hidden(self.actor)
        self._by_words = self.question.mode != "meaning" or not self.encoders

    def answer(self) -> Answer:
        """Does it all."""
        counted = None
        if self._by_words:
            counted = _beside.submit(
                counting.by_words, self.matcher, self._hidden, self.constraints, facets=self.question.facets
            )
        words = self._words() if self._by_words else {}
        nears = self._nears(words)
        hits = self._page(self._order(words, nears), nears)
        total, parts = counted.result() if counted else (0, {})
        extra, more = self._near_only(nears)
        total, counts = total + extra - len(self._gone), [parts, more, self._lost()]
        covered, passages = self.snapshot.coverage(self.actor)
        asked = self.matcher.asked
        meant = did_you_mean(self.matcher, self.actor, self._hidden, self.scope) if asked.words else ""
        facets = counting.joined(counts, self.regions()) if self.question.facets else {}
        return Answer(tuple(hits), max(total, 0), facets, meant, asked.problem, covered, passages)

    def ranking(self) -> Iterator[tuple[int, float]]:
        """Every row that is found with its score, best first, without counts, snippets or a look at the sources."""
        words = self._words() if self._by_words else {}
        return self._order(words, self._nears(words))

    def _words(self) -> dict[int, float]:
        wanted = self.question.offset + self.question.limit
        count = CANDIDATES if self.encoders else wanted
        return self.matcher.best(self.actor, self._hidden, self.constraints, count)

    def _nears(self, words: Mapping[int, float]) -> dict[str, Near]:
        if not self.encoders:
            return {}
        first = self._first(words) if self._by_words else []
        found = {}
        for encoder in self.encoders:
            name = encoder.name
            pieces = vectors_of(self.snapshot, name, [row for row, _score in first])
            with not_of_the_index(f"The encoder {name}"):
                question = encoder.question(self.matcher.asked.words)
            asked = moved(question, [(score, pieces[row]) for row, score in first if row in pieces], name)
            found[name] = near(
                self.snapshot, name, asked, self.actor, self.scope, self.constraints, candidates=list(words),
                keep=CANDIDATES,
            )  # fmt: skip
        return found

    def _first(self, words: Mapping[int, float]) -> list[tuple[int, float]]:
        """What the words find first whatever is filtered: what is near in meaning must not depend on filters."""
        if self.constraints:
            words = self.matcher.best(self.actor, self._hidden, (), _LOOKED_AT)
        return list(words.items())[:_LOOKED_AT]

    def _order(self, words: Mapping[int, float], nears: Mapping[str, Near]) -> Iterator[tuple[int, float]]:
        """Rows with their scores, best first: the fused candidates, then what else holds the words."""
        cosines = {name: found.cosines for name, found in nears.items()}
        own = sizes = None
        if self._by_words and nears:
            candidates = sorted(set(words).union(*cosines.values()))
            own, sizes = self.snapshot.rows_in(candidates, self.matcher.langs), self.snapshot.sizes(candidates)
        fused = fuse(words, cosines, own, sizes)
        return _each_once(itertools.chain(fused, self._rest(words, nears)))

    def _rest(self, words: Mapping[int, float], nears: Mapping[str, Near]) -> Iterator[tuple[int, float]]:
        """What was found too and is no candidate: further holders of the words, then what is less near."""
        if self._by_words and len(words) >= (CANDIDATES if nears else 1):
            yield from self.matcher.further(self.actor, self.snapshot.query_for(self._hidden, self.constraints))
        for found in nears.values():
            yield from ((row, 0.0) for row in found.fitting)

    def _page(self, order: Iterator[tuple[int, float]], nears: Mapping[str, Near]) -> list[Hit]:
        """The hits from `offset` on. What its source no longer shows to this actor is left out, and not counted."""
        limit = self.question.limit
        rest = itertools.islice(order, self.question.offset, None)
        found: list[Hit] = []
        while len(found) < limit and (part := list(itertools.islice(rest, limit - len(found)))):
            known = self.matcher.addresses
            addresses = known | self.snapshot.addresses(row for row, _score in part if row not in known)
            hits = {row: self._hit(row, score, addresses[row], nears) for row, score in part if row in addresses}
            if self.visible is not None and hits:
                with not_of_the_index("Asking a source what may be seen"):
                    seen = self.visible(self.actor, [hit.id for hit in hits.values()])
                self._gone += [row for row, hit in hits.items() if hit.id not in seen]
                hits = {row: hit for row, hit in hits.items() if hit.id in seen}
            found += hits.values()
        return found

    def _hit(self, row: int, score: float, address: object, nears: Mapping[str, Near]) -> Hit:
        piece = None
        for name, found in nears.items():
            if piece is None and row in found.places:
                piece = int(self.snapshot.stores[name].pieces["place"][found.places[row]])
        return hit_of(self.snapshot, row, score, address, self.matcher.terms, piece)

    def _near_only(self, nears: Mapping[str, Near]) -> tuple[int, counting.Counts]:
        """Counts of what is near in meaning and holds none of the words."""
        rows: NDArray[np.int64] = np.unique(np.concatenate([found.rows for found in nears.values()] or [_NONE]))
        if self._by_words and len(rows):
            telling = self.matcher.telling
            rows = rows[~self.snapshot.holding(rows, telling.stems, telling.exact)]
        return counting.by_rows(self.snapshot, self.actor, rows, self.constraints, facets=self.question.facets)

    def _lost(self) -> counting.Counts:
        """What has to be taken off the counts again: hits that their source no longer shows."""
        rows = np.array(self._gone, dtype=np.int64)
        _total, counts = counting.by_rows(
            self.snapshot, self.actor, rows, self.constraints, facets=self.question.facets
        )
        return {name: {value: -count for value, count in values.items()} for name, values in counts.items()}


def _each_once(rows: Iterator[tuple[int, float]]) -> Iterator[tuple[int, float]]:
    seen: set[int] = set()
    for row, score in rows:
        if row not in seen:
            seen.add(row)
            yield row, score


_NONE: NDArray[np.int64] = np.empty(0, dtype=np.int64)


def hit_of(snapshot: Snapshot, row: int, score: float, address: object, terms: Terms, piece: int | None = None) -> Hit:
    """A found passage as it is shown; `piece` is the piece of its text that is nearest in meaning, where known."""
    document = snapshot.searcher.doc(address)
    text, title = kept(document, "kept_text"), kept(document, "kept_title")
    lang = snapshot.tag(row, "lang") or ""
    best = ""
    if piece:
        pieces = texts_of(title, text, lang)
        best = pieces[piece] if piece < len(pieces) else ""
    year = snapshot.tag(row, "year")
    return Hit(
        id=document.get_first("id"),
        key=document.get_first("key").partition(":")[2],
        kind=snapshot.tag(row, "kind") or "",
        state=snapshot.tag(row, "state") or "",
        lang=lang,
        title=title,
        snippet=snippet(text, lang, terms.stems, terms.exact, best),
        score=round(float(score), 6),
        url=kept(document, "url"),
        year=int(year) if year else None,
        articles=snapshot.tag(row, "article") or (),
    )
