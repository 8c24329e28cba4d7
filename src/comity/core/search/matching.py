"""A question's words against an index: which passages hold them, and which of those come first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from tantivy import Occur, Query

from comity.core.actions.actor import Actor
from comity.core.search import analysis
from comity.core.search.snapshot import Constraint, Snapshot, _one_of
from comity.core.search.weights import EXACT, STEMS, TITLE
from comity.core.search.word_query import Asked, Node

#: A word that stands in more than an eighth of all passages finds nothing by itself where the question has a rarer
#: one, and one that stands in more than a quarter does not count for the order either: it says next to nothing and
#: costs half the time of a search among a million. Words in fewer than a thousand passages are never left out.
_COMMON, _EVERYWHERE, _NEVER = 8, 4, 1000


@dataclass(frozen=True)
class Terms:
    """The words of a text as terms: stems in each language it may be in, and exact forms."""

    stems: tuple[str, ...]
    exact: tuple[str, ...]

    @classmethod
    def of(cls, text: str, langs: Sequence[str]) -> Terms:
        """The terms of a text in these languages, each once, in their order."""
        stems: dict[str, None] = {}
        exact: dict[str, None] = {}
        for lang in langs or ("",):
            analysed = analysis.analyse(text, lang)
            for form, stem in zip(analysed.exact, analysed.stems, strict=True):
                stems[stem] = None
                # A single character of a script without spaces says too little; its pairs are the stems.
                if not (len(form) == 1 and len(stem) > 1):
                    exact[form] = None
        return cls(tuple(stems), tuple(exact))


@dataclass
class Matcher:
    """The words of one question for one snapshot: `scored` gives the order, `counted` what is found at all."""

    snapshot: Snapshot
    asked: Asked
    langs: tuple[str, ...]
    terms: Terms = field(init=False)
    telling: Terms = field(init=False)
    scored: Any = field(init=False)
    counted: Any = field(init=False)
    #: Where tantivy keeps the rows that it found.
    addresses: dict[int, Any] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.terms = Terms.of(self.asked.words, self.langs)
        self.telling = self._telling(self.terms)
        if self.asked.strict:
            self.scored = self.counted = self._tree(self.asked.tree)
        elif self.asked.tree.kind == "everything":
            self.scored = self.counted = Query.const_score_query(Query.all_query(), 0.0)
        else:
            self.scored = _any(self._scored_terms(self.terms, self.telling))
            self.counted = _any(
                [self._term("stems", stem) for stem in self.telling.stems]
                + [self._term("exact", form) for form in self.telling.exact]
            )

    def _term(self, name: str, form: str, boost: float = 1.0) -> Any:
        query = Query.term_query(self.snapshot.schema, name, form, "freq")
        return query if boost == 1.0 else Query.boost_query(query, boost)

    def _telling(self, terms: Terms) -> Terms:
        """The terms without those that are everywhere; all of them where nothing else is asked."""
        searcher = self.snapshot.searcher
        most = max(_NEVER, searcher.num_docs // _COMMON)
        stems = tuple(stem for stem in terms.stems if 0 < searcher.doc_freq("stems", stem) <= most)
        exact = tuple(form for form in terms.exact if 0 < searcher.doc_freq("exact", form) <= most)
        return Terms(stems, exact) if stems or exact else terms

    def _scored_terms(self, terms: Terms, telling: Terms) -> list[Any]:
        searcher = self.snapshot.searcher
        most = max(_NEVER, searcher.num_docs // _EVERYWHERE)
        told = set(telling.stems)
        stems = [stem for stem in terms.stems if stem in told or not told or searcher.doc_freq("stems", stem) <= most]
        clauses = [self._term("stems", stem, STEMS) for stem in stems]
        clauses += [self._term("exact", form, EXACT) for form in telling.exact]
        return clauses + [self._term("title", stem, TITLE) for stem in telling.stems]

    def _tree(self, node: Node) -> Any:
        match node.kind:
            case "words":
                terms = Terms.of(node.text, self.langs)
                return _any(self._scored_terms(terms, terms))
            case "phrase":
                return self._phrase(node.text, "exact")
            case "title" if node.values == ("phrase",):
                return self._phrase(node.text, "title_exact")
            case "title":
                terms = Terms.of(node.text, self.langs)
                return _any([self._term("title", stem) for stem in terms.stems])
            case "field":
                return _one_of(self.snapshot.schema, node.text, frozenset(node.values))
            case "or":
                return _any([self._tree(part) for part in node.parts])
            case "not":
                return self._all((node,))
            case _:
                return self._all(node.parts)

    def _all(self, parts: Sequence[Node]) -> Any:
        clauses = [(Occur.MustNot, self._tree(part.parts[0])) for part in parts if part.kind == "not"]
        wanted = [(Occur.Must, self._tree(part)) for part in parts if part.kind != "not"]
        return Query.boolean_query((wanted or [(Occur.Must, Query.all_query())]) + clauses)

    def _phrase(self, text: str, name: str) -> Any:
        forms: list[Any] = [*analysis.analyse(text, self.langs[0] if self.langs else "").exact]
        if len(forms) > 1:
            return Query.phrase_query(self.snapshot.schema, name, forms)
        return self._term(name, forms[0]) if forms else Query.empty_query()

    def within(self, clauses: list[tuple[Any, Any]], *, scored: bool = False) -> Any:
        """The question's query under the clauses of `Snapshot.query_for`."""
        query = self.scored if scored else self.counted
        return Query.boolean_query([(Occur.Must, query), *clauses]) if clauses else query

    def best(
        self, actor: Actor, hidden: list[str], constraints: Sequence[Constraint], count: int
    ) -> dict[int, float]:
        """The best `count` rows with their scores, best first, of those the actor may see that meet the constraints.

        Without constraints tantivy is asked without a filter, which lets it pass over what cannot come first (six
        times faster), and what the actor may not see is left out; where that leaves too few, the filter goes in.
        """
        searcher = self.snapshot.searcher
        if not self.asked.strict and not constraints and self.asked.tree.kind == "words":
            limit = count + count // 2 + 20
            hits = searcher.search(self.scored, limit, count=False).hits
            found = self._kept(hits, actor)
            if len(found) >= count or len(hits) < limit:
                return dict(list(found.items())[:count])
        query = self.within(self.snapshot.query_for(hidden, constraints), scored=True)
        hits = searcher.search(query, count, count=False).hits
        return self._kept(hits, actor)

    def _kept(self, hits: list[tuple[float, Any]], actor: Actor) -> dict[int, float]:
        addresses = [address for _score, address in hits]
        rows = np.array(self.snapshot.rows_at(addresses), dtype=np.int64)
        if not len(rows):
            return {}
        self.addresses.update(zip(rows.tolist(), addresses, strict=True))
        mask = self.snapshot.row_mask(rows, actor)
        if not self.asked.strict and self.asked.tree.kind == "words" and self.telling is not self.terms:
            mask[mask] &= self.snapshot.holding(rows[mask], self.telling.stems, self.telling.exact)
        return {int(row): hits[place][0] for place, row in enumerate(rows) if mask[place]}

    def further(self, actor: Actor, clauses: list[tuple[Any, Any]]) -> Iterator[tuple[int, float]]:
        """All rows that are found, in the order of the words, without their scores."""
        searcher, limit, done = self.snapshot.searcher, 500, 0
        query = self.within(clauses, scored=True)
        while hits := searcher.search(query, limit, count=False, offset=done).hits:
            yield from ((row, 0.0) for row in self._kept(hits, actor))
            done += len(hits)


def _any(clauses: list[Any]) -> Any:
    if not clauses:
        return Query.empty_query()
    return clauses[0] if len(clauses) == 1 else Query.boolean_query([(Occur.Should, clause) for clause in clauses])
