"""Searching. `search`, `similar` and `closest` ask the node's index; an `Engine` any folder's, and needs no tables."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Lock

import numpy as np
import tantivy
from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.core.people.models import Participant
from comity.core.search import generations, languages, reading
from comity.core.search.answering import Regions, Search, Visible, hit_of
from comity.core.search.encoder import Encoder, encoders
from comity.core.search.files import Unusable, signature, told_of_damage
from comity.core.search.index import kept
from comity.core.search.matching import Matcher, Terms
from comity.core.search.near import near, vector_of
from comity.core.search.passages import Answer, Hit, Question
from comity.core.search.snapshot import COLUMN_OF, Constraint, Snapshot
from comity.core.search.vectors import Vectors
from comity.core.search.word_query import Asked, Node, parse

#: Telling words of a passage by which similar ones are looked for where it has no vector.
_TELLING = 12


class Engine:
    """Searches the index of one folder.

    `folder` may be a function that gives the folder of the moment. `visible` says which ids an actor may see by the
    sources' own scopes, `regions` the regional group of each State; without them the index's labels decide, and there
    are no regions. Safe to use from several threads.
    """

    def __init__(
        self,
        folder: Path | str | Callable[[], Path],
        *,
        visible: Visible | None = None,
        regions: Regions = dict,
        models: Callable[[], tuple[Encoder, ...]] = encoders,
    ) -> None:
        self._folder: Callable[[], Path] = folder if callable(folder) else lambda: Path(folder)
        self._visible = visible
        self._regions = regions
        self._models = models
        self._held: Snapshot | None = None
        self._lock = Lock()

    def snapshot(self) -> Snapshot:
        """The index as it is now; opened anew only when it changed. Raises Unusable."""
        with self._lock:
            folder, held = self._folder(), self._held
            if held is None or held.folder != folder or held.signature != signature(folder):
                self._held = held = Snapshot(folder, held)
            return held

    def search(self, actor: Actor, question: Question) -> Answer:
        """What the actor finds. Never raises for anything that can be typed; without an index the answer says so."""
        started = time.perf_counter()
        try:
            search = self._prepared(actor, question)
            with told_of_damage(search.snapshot.folder):
                answer = search.answer()
        except Unusable:
            return Answer((), 0, {}, problem=_("The search is being prepared. Try again in a few minutes."))
        return replace(answer, milliseconds=(time.perf_counter() - started) * 1000)

    def ranking(self, actor: Actor, question: Question) -> Iterator[tuple[int, float]]:
        """The rows the actor finds with their scores, best first: for measuring the order. Raises Unusable."""
        return self._prepared(actor, question).ranking()

    def _prepared(self, actor: Actor, question: Question) -> Search:
        snapshot, asked, regions = self.snapshot(), parse(question.text), self._regions
        lang = "" if question.lang == "any" else question.lang
        scope = [Constraint("", "lang", frozenset({lang}))] if lang else []
        scope += [_constraint("", facet, values, regions) for facet, values in asked.filters]
        chosen = [
            _constraint(facet, facet, values, regions)
            for facet, values in question.filters.items()
            if facet in COLUMN_OF and values
        ]
        langs = (question.asked_in,) if question.asked_in else languages.candidates(asked.words, lang)
        models: list[Encoder] = []
        if question.mode != "words" and asked.tree.kind == "words":
            models = [model for model in self._models() if model.name in snapshot.stores]
        return Search(
            snapshot, actor, question, Matcher(snapshot, asked, langs), scope, scope + chosen, models,
            self._visible, regions,
        )  # fmt: skip

    def similar(
        self, actor: Actor, passage_id: str, *, other_states: bool = True, limit: int = 10
    ) -> list[Hit]:
        """Passages that mean nearly the same as one, best first; with `other_states` of other States than its own.

        Nothing for a passage that the actor may not see, or that is not in the index (yet).
        """
        try:
            snapshot = self.snapshot()
        except Unusable:
            return []
        row = _row_of(snapshot, actor, passage_id)
        if row is None or (self._visible is not None and not self._visible(actor, [passage_id])):
            return []
        state = snapshot.tag(row, "state")
        others = frozenset(value for value in snapshot.values.lists["state"] if value is not None and value != state)
        scope = [Constraint("", "state", others)] if other_states and state else []
        found = self._alike(snapshot, actor, row, scope, limit * 3)
        key = _kept(snapshot, row).key
        rows = [(r, score) for r, score in found if r != row]
        addresses = snapshot.addresses(r for r, _score in rows)
        hits = [hit_of(snapshot, r, score, addresses[r], Terms((), ())) for r, score in rows if r in addresses]
        seen = self._visible(actor, [hit.id for hit in hits]) if self._visible and hits else {hit.id for hit in hits}
        return [hit for hit in hits if hit.id in seen and hit.key != key][:limit]

    def _alike(
        self, snapshot: Snapshot, actor: Actor, row: int, scope: Sequence[Constraint], count: int
    ) -> list[tuple[int, float]]:
        for name in snapshot.stores:
            vector = vector_of(snapshot, name, row)
            if vector is not None:
                cosines = near(snapshot, name, vector, actor, scope, scope, keep=count + 1).cosines
                return sorted(cosines.items(), key=lambda pair: (-pair[1], pair[0]))
        matcher = _telling_words(snapshot, row)
        return list(matcher.best(actor, snapshot.hidden(actor), scope, count + 1).items())

    def closest(self, text: str, lang: str, candidates: Mapping[str, str]) -> list[tuple[str, float]]:
        """The candidates (name to text, in any language) with their nearness in meaning to a text, nearest first.

        Without an encoder nearness is the share of the text's words that a candidate holds. Nothing for no text.
        """
        if not text.strip() or not candidates:
            return []
        models = self._models()
        if models:
            names = list(candidates)
            rows = np.stack([_remembered(models[0], candidates[name]) for name in names])
            scores = dict(zip(names, (rows @ models[0].passages([text])[0]).tolist(), strict=True))
        else:
            wanted = set(Terms.of(text, (lang,)).stems)
            scores = {
                name: len(wanted.intersection(Terms.of(other, (lang,)).stems)) / max(1, len(wanted))
                for name, other in candidates.items()
            }
        return sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))


def _constraint(facet: str, name: str, values: Iterable[str], regions: Regions) -> Constraint:
    wanted = frozenset(map(str, values))
    if name == "region":
        wanted = frozenset(state for state, region in regions().items() if region in wanted)
    return Constraint(facet, COLUMN_OF[name], wanted)


def _row_of(snapshot: Snapshot, actor: Actor, passage_id: str) -> int | None:
    query = tantivy.Query.term_query(snapshot.schema, "id", passage_id, "basic")
    hits = snapshot.searcher.search(query, 4, count=False).hits
    rows = np.array(snapshot.rows_at([address for _score, address in hits]), dtype=np.int64)
    seen = rows[snapshot.row_mask(rows, actor)] if len(rows) else rows
    return int(seen[-1]) if len(seen) else None


def _kept(snapshot: Snapshot, row: int) -> Hit:
    return hit_of(snapshot, row, 0.0, snapshot.addresses([row])[row], Terms((), ()))


def _telling_words(snapshot: Snapshot, row: int) -> Matcher:
    """A question made of the rarest words of a passage that stand elsewhere too."""
    document = snapshot.searcher.doc(snapshot.addresses([row])[row])
    lang = snapshot.tag(row, "lang") or ""
    stems = Terms.of(f"{kept(document, 'kept_title')} {kept(document, 'kept_text')}", (lang,)).stems
    often = {stem: snapshot.searcher.doc_freq("stems", stem) for stem in stems}
    rare = sorted((stem for stem in stems if often[stem] > 1), key=lambda stem: (often[stem], stem))[:_TELLING]
    return Matcher(snapshot, Asked(Node("words", " ".join(rare)), " ".join(rare)), ("",))


_memory: dict[tuple[str, str], Vectors] = {}


def _remembered(model: Encoder, text: str) -> Vectors:
    """The vector of a text that is compared again and again (an article of a treaty)."""
    if (model.name, text) not in _memory:
        if len(_memory) > 5000:
            _memory.clear()
        _memory[(model.name, text)] = model.passages([text])[0]
    return _memory[(model.name, text)]


def _node_regions() -> Mapping[str, str]:
    return dict(Participant.objects.exclude(regional_group="").values_list("iso3", "regional_group"))


#: The node's own.
_node = Engine(generations.current, visible=reading.visible, regions=_node_regions)
search = _node.search
similar = _node.similar
closest = _node.closest
