"""Vectors: nearest as by exact comparison, kept so that no text is worked out twice."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from comity.core.actions.actor import PUBLIC
from comity.core.search.embedding import embed, embed_known
from comity.core.search.engine import Engine
from comity.core.search.index import Index
from comity.core.search.near import near
from comity.core.search.passages import Question
from comity.core.search.snapshot import Constraint
from comity.core.search.tests.shelf import Bag, passage
from comity.core.search.vectors import Kept

WORDS = ["ransom", "hostage", "seizure", "property", "witness", "vessel", "licence", "court", "order", "customs"]


class Counting(Bag):
    """Counts what it works out."""

    def __init__(self) -> None:
        self.texts = 0

    def passages(self, texts: Sequence[str]) -> np.ndarray:
        self.texts += len(texts)
        return super().passages(texts)


def texts(count: int) -> list[str]:
    rng = np.random.default_rng(3)
    return [" ".join(rng.choice(WORDS, size=6)) for _number in range(count)]


def test_the_nearest_are_those_of_an_exact_comparison(tmp_path: Path) -> None:
    written, bag = texts(400), Bag()
    with Index.create(tmp_path / "index") as index:
        index.add([passage(number, text, state="KEN" if number % 3 else "PER") for number, text in enumerate(written)])
        index.commit()
        embed(index, bag)
    snapshot = Engine(tmp_path / "index").snapshot()
    vectors = bag.passages(written)
    constraint = [Constraint("state", "state", frozenset({"KEN"}))]
    for words in ("ransom hostage", "court order for seizure", "vessel"):
        question = bag.question(words)
        exact = vectors @ question
        for constraints in ([], constraint):
            found = near(snapshot, "bag", question, PUBLIC, (), constraints, keep=10)
            fits = [row for row in range(400) if not constraints or row % 3]
            best = sorted(fits, key=lambda row: -exact[row])[:10]
            assert len(set(best) & set(found.cosines)) >= 8
            assert all(abs(found.cosines[row] - exact[row]) < 0.01 for row in found.cosines)
            assert set(found.cosines) <= set(fits)
            assert set(found.fitting) == set(found.rows.tolist()) & set(fits)


def test_a_text_is_never_worked_out_twice(tmp_path: Path) -> None:
    bag, kept = Counting(), Kept(tmp_path / "kept.sqlite3")
    written = [passage(number, text) for number, text in enumerate(["ransom", "hostage", "ransom"])]
    with Index.create(tmp_path / "first") as index:
        index.add(written)
        index.commit()
        assert embed(index, bag, kept=kept) == 3
        assert bag.texts == 2
        assert embed(index, bag, kept=kept) == 0
    with Index.create(tmp_path / "second") as index:
        index.add([*written, passage(9, "vessel")])
        index.commit()
        list(embed_known(index, bag.name, kept))
        assert index.uncovered(bag.name).tolist() == [3]
        assert embed(index, bag, kept=kept) == 1
    assert bag.texts == 3


def test_covering_can_be_broken_off_and_goes_on(tmp_path: Path) -> None:
    bag = Bag()
    engine = Engine(tmp_path / "index", models=lambda: (bag,))
    with Index.create(tmp_path / "index") as index:
        index.add([passage(number, text) for number, text in enumerate(texts(30))])
        index.commit()
        assert engine.search(PUBLIC, Question("ransom")).covered == 0
        assert embed(index, bag, limit=10, step=4) == 10
        answer = engine.search(PUBLIC, Question("ransom"))
        assert (answer.covered, answer.passages) == (10, 30)
    with Index.open(tmp_path / "index") as index:
        index.replace("shelf", ["0"], [passage(0, "ransom and hostage")])
        index.commit()
        assert embed(index, bag, step=7) == 21
    answer = engine.search(PUBLIC, Question("ransom"))
    assert (answer.covered, answer.passages) == (30, 30)


def test_a_long_passage_is_found_by_its_best_piece(tmp_path: Path) -> None:
    bag = Bag()
    filler = "The licence of a vessel is issued by the customs office at the border. " * 30
    with Index.create(tmp_path / "index") as index:
        index.add([passage(1, filler + "Hostage takers who demand ransom. " + filler), passage(2, filler)])
        index.commit()
        embed(index, bag)
    engine = Engine(tmp_path / "index", models=lambda: (bag,))
    hit = engine.search(PUBLIC, Question("hostag ransomed", mode="meaning")).hits[0]
    assert hit.key == "1" and "ransom" in "".join(words for words, _marked in hit.snippet)
