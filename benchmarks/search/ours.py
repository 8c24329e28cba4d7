"""Our search, driven as the other engines are; without a node's tables, so that only the search is measured."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import django
import numpy as np
from numpy.typing import NDArray

from benchmarks.search.corpus import Asked, Row
from benchmarks.search.peers import folder_size, words

# The node's settings are loaded as in a web process; its database is never asked.
os.environ["DJANGO_SETTINGS_MODULE"] = "comity.site.settings"
django.setup()

from comity.core.actions.actor import PUBLIC  # noqa: E402
from comity.core.search.embedding import embed, embedded, kept_at, texts_of  # noqa: E402
from comity.core.search.encoder import Encoder, encoders  # noqa: E402
from comity.core.search.engine import Engine  # noqa: E402
from comity.core.search.index import Index  # noqa: E402
from comity.core.search.passages import Passage, Question  # noqa: E402
from comity.core.search.vectors import Kept  # noqa: E402

SOURCE = "benchmark"
#: Passages embedded at a step, and real vectors that borrowed ones are made of.
STEP, BORROWED = 2048, 10_000
#: Passages per commit of a build, as `comity search rebuild` does it; how far a ranking is read.
COMMITTED, RANKED = 50_000, 1000


def passage(row: Row) -> Passage:
    """A passage of the benchmark as a module would give it."""
    return Passage(
        id=f"{SOURCE}:{row.number}", key=str(row.number), kind=row.kind, url=f"library/{row.number}/", lang=row.lang,
        title=row.title, text=row.text, label=row.label, owner_state=row.state, state=row.state, year=row.year,
        crime_types=tuple(row.crimes), articles=tuple(row.articles),
    )  # fmt: skip


class Ours:
    """One index folder, one writer and one reader of it, who is the public: one passage in ten is not for it."""

    def __init__(self, place: str) -> None:
        self._place = Path(place)
        self._index: Any = None
        self._engine: Any = None

    def build(self, rows: Iterable[Row]) -> None:
        with Index.create(self._place) as index:
            passages = map(passage, rows)
            while index.add(islice(passages, COMMITTED)):
                index.commit()

    def put(self, rows: list[Row]) -> None:
        if self._index is None:
            self._index = Index.open(self._place)
        self._index.replace(SOURCE, [str(row.number) for row in rows], map(passage, rows))
        self._index.commit()

    def ask(self, asked: Asked, way: str, limit: int) -> list[int]:
        """Words side by side are any of them; all of them is said with AND. "hybrid" adds meaning and the facets."""
        text = asked.text if way != "all" else " AND ".join(words(asked.text))
        mode = "hybrid" if way == "hybrid" else "words"
        question = Question(text, asked_in=asked.lang, mode=mode, limit=limit, facets=way == "hybrid")
        if self._engine is None:
            self._engine = Engine(self._place)
        return [int(hit.id.partition(":")[2]) for hit in self._engine.search(PUBLIC, question).hits]

    def bytes(self) -> int:
        return folder_size(str(self._place))

    def embed(self, memory: Path, limit: int, borrowed: bool) -> dict[str, Any]:
        """Gives the first passages their vectors of the first model; those once made are kept in `memory`."""
        encoder: Encoder = encoders()[0]
        began = time.perf_counter()
        with Index.open(self._place) as index:
            kept = kept_at(memory, encoder.name)
            source = _Borrowing(encoder, kept) if borrowed else _Counting(encoder)
            embed(index, source, limit=limit, step=STEP, kept=None if borrowed else kept)
        return {
            "vectors": limit, "made": source.made, "borrowed": borrowed, "bytes": self.bytes(),
            "embedding_seconds": time.perf_counter() - began,
        }  # fmt: skip

    def prepare(self, texts: Iterable[tuple[str, str, str]], memory: Path, which: int) -> int:
        """Keeps the vectors of passages (title, text, language) by one model beforehand; returns how many it made."""
        encoder, passages = _Counting(encoders()[which]), iter(texts)
        while some := list(islice(passages, STEP)):
            pieces = [piece for title, text, lang in some for piece in texts_of(title, text, lang)]
            embedded(encoder, pieces, kept_at(memory, encoder.name))
            print(f"    {encoder.name}: {encoder.made:,} pieces of text embedded", file=sys.stderr)
        return encoder.made

    def rankings(
        self, documents: Sequence[tuple[str, str]], queries: Sequence[tuple[str, str]], memory: Path
    ) -> dict[str, Any]:
        """Ranks a collection in each way: {way: rankings}; words, then each model in turn added.

        The second model embeds some twenty pieces a second; what it once made is kept in the folder `memory`.
        """
        self.build(
            Row(number, lang, "provision", "CAN", 2000, "public", [], [], "", text)
            for number, (lang, text) in enumerate(documents)
        )
        found = {"Comity, words": self._ranked(queries, "words")}
        titles = ("Comity, hybrid", "Comity, hybrid with second model")
        for number, (title, encoder) in enumerate(zip(titles, encoders(), strict=False)):
            with Index.open(self._place) as index:
                embed(index, encoder, step=STEP, kept=kept_at(memory, encoder.name))
            if number == 0:
                found["Comity, meaning"] = self._ranked(queries, "meaning")
            found[title] = self._ranked(queries, "hybrid")
        return found

    def _ranked(self, queries: Sequence[tuple[str, str]], mode: str) -> list[list[int]]:
        """As `comity search evaluate` does it; rows of the index are places of documents."""
        engine, found = Engine(self._place), []
        for lang, text in queries:
            question = Question(text, asked_in=lang, mode=mode, limit=RANKED, facets=False)
            found.append([row for row, _score in islice(engine.ranking(PUBLIC, question), RANKED)])
        return found


class _Counting:
    """An encoder that knows how many texts it was given: others came from its memory."""

    def __init__(self, encoder: Encoder) -> None:
        self.name, self.dimensions, self._encoder, self.made = encoder.name, encoder.dimensions, encoder, 0

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.made += len(texts)
        return self._encoder.passages(texts)

    def question(self, text: str) -> NDArray[np.float32]:
        return self._encoder.question(text)


class _Borrowing(_Counting):
    """Real vectors for the first texts; all others get one of those with a little noise.

    So distances are spread as real ones are, on which the time of a question depends; what is found is wrong.
    """

    def __init__(self, encoder: Encoder, kept: Kept) -> None:
        super().__init__(encoder)
        self._kept = kept
        self._real: list[NDArray[np.float32]] = []
        self._rng = np.random.default_rng(1)

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if self.made < BORROWED:
            self.made += len(texts)
            self._real.append(embedded(self._encoder, list(texts), self._kept))
            return self._real[-1]
        if len(self._real) > 1:
            self._real = [np.concatenate(self._real)]
        rows = self._real[0][self._rng.integers(len(self._real[0]), size=len(texts))]
        rows = rows + self._rng.normal(0, 0.2 / self.dimensions**0.5, rows.shape).astype(np.float32)
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)
