"""Measuring the search on a collection: the measures by hand, the reading of files, and a small collection whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from comity.core.search import evaluate as evaluation
from comity.core.search.evaluate import BadLine, evaluate
from comity.core.search.measures import Tally, ndcg, recall, reciprocal_rank
from comity.site.command import main

DOCS = [
    ("a:en", "en", "Whoever steals the property of another goes to prison."),
    ("a:fr", "fr", "Quiconque vole le bien d’autrui va en prison."),
    ("b:en", "en", "Ships of this State carry its flag on the high seas."),
    ("b:fr", "fr", "Les navires de cet État arborent son pavillon en haute mer."),
    ("c:en", "en", "Records of the court are kept for ten years."),
]
QUERIES = [
    ("q1", "en", "stealing property of others"),
    ("q2", "fr", "pavillon des navires"),
    ("q3", "en", "never judged"),
]
QRELS = ["q1 0 a:en 1", "q1\t0\ta:fr\t1", "q2 0 b:fr 2", "q2 0 c:en 0", "q1 0 absent 1"]


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    for name, rows in (("docs", DOCS), ("queries", QUERIES)):
        lines = [json.dumps(dict(zip(("id", "lang", "text"), row, strict=True)), ensure_ascii=False) for row in rows]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8-sig")
    (tmp_path / "qrels.txt").write_text("\n".join(QRELS) + "\n\n", encoding="utf-8")
    return {name: tmp_path / f for name, f in
            (("docs", "docs.jsonl"), ("queries", "queries.jsonl"), ("qrels", "qrels.txt"))}  # fmt: skip


def test_the_measures_by_hand() -> None:
    ranking, grades = ["x", "a", "b"], {"a": 1, "b": 2, "z": 1}
    assert reciprocal_rank(ranking, grades) == 0.5
    assert recall(ranking, grades) == pytest.approx(2 / 3)
    assert ndcg(ranking, grades) == pytest.approx((1 / 1.58496 + 2 / 2) / (2 + 1 / 1.58496 + 1 / 2), abs=1e-4)
    tally = Tally()
    assert tally.told() == {"mrr": None, "ndcg_at_10": None, "recall_at_10": None, "queries": 0}
    tally.add(["x"], {"a": 0})
    tally.add(["a"], {"a": 1})
    assert tally.told() == {"mrr": 1.0, "ndcg_at_10": 1.0, "recall_at_10": 1.0, "queries": 1}


def test_words_find_what_holds_them_and_each_view_counts_its_own_queries(files: dict[str, Path]) -> None:
    told = evaluate(**files, mode="words")
    assert told["overall"]["queries"] == 2
    assert told["same_language"] == {"mrr": 1.0, "ndcg_at_10": 1.0, "recall_at_10": 1.0, "queries": 2}
    assert told["cross_language"]["queries"] == 1
    assert set(told["pairs"]) == {"en-en", "en-fr", "fr-fr"}


def test_meaning_finds_what_is_written_in_another_language(files: dict[str, Path]) -> None:
    if not evaluation._encoders("hybrid", False):
        pytest.skip("no encoder is installed")
    assert evaluate(**files, mode="hybrid")["cross_language"]["mrr"] == 1.0


@pytest.mark.parametrize(
    ("name", "line", "said"),
    [
        ("docs", "{", "line 6: not JSON"),
        ("docs", "[]", "line 6: not an object"),
        ("docs", '{"id": "x"}', 'line 6: "text" is missing'),
        ("docs", '{"id": "a:en", "text": "twice"}', "line 6: 'a:en' was there before"),
        ("queries", '{"id": 5, "text": ""}', 'line 4: "id" is missing or no text'),
        ("qrels", "q1 0 a:en", "line 7: not query, 0, document"),
        ("qrels", "q1 0 a:en yes", "line 7: not query, 0, document"),
    ],
)
def test_a_bad_line_is_named(files: dict[str, Path], name: str, line: str, said: str) -> None:
    with files[name].open("a", encoding="utf-8") as file:
        file.write(("" if name == "qrels" else "\n") + line + "\n")
    with pytest.raises(BadLine, match=f"{files[name].name}: {said}"):
        evaluate(**files, mode="words")


@pytest.mark.django_db
def test_the_command_prints_one_object_and_tells_a_bad_file_by_status_two(
    files: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    paths = [part for name, path in files.items() for part in (f"--{name}", str(path))]
    assert main(["search", "evaluate", *paths, "--mode", "words", "--json"]) == 0
    assert set(json.loads(capsys.readouterr().out)) == {"overall", "same_language", "cross_language", "pairs"}
    files["qrels"].write_bytes(b"q1 0 \xff 1\n")
    assert main(["search", "evaluate", *paths, "--mode", "words", "--json"]) == 2
    assert "line 1: not UTF-8" in capsys.readouterr().err
