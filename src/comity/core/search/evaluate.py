"""`comity search evaluate`: how well the search finds what others say is relevant.

The collection gets an index of its own in a temporary folder and is searched by the same engine as the node's.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from comity.core.search.measures import Tally

MODES = ("hybrid", "words", "meaning")
#: How far down a ranking is read; what stands lower counts as not found.
READ = 1000


class BadLine(Exception):
    """A line that cannot be read; the message names the file, the line and the reason."""


class Text(NamedTuple):
    """A document or a query."""

    id: str
    lang: str
    text: str
    title: str


def add_evaluate(verbs: Any) -> None:
    """Adds `evaluate` to the verbs of `comity search`."""
    parser = verbs.add_parser("evaluate", help="measure the search on a collection with known relevance")
    for name, what in (
        ("docs", 'JSON Lines of {"id", "lang", "text"}'), ("queries", "the same"),
        ("qrels", "lines of query, 0, document, grade"),
    ):  # fmt: skip
        parser.add_argument(f"--{name}", type=Path, required=True, metavar="FILE", help=what)
    parser.add_argument("--mode", choices=MODES, default="hybrid")
    parser.add_argument("--second", action="store_true", help="with the second encoder too: slow")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    try:
        told = evaluate(options.docs, options.queries, options.qrels, mode=options.mode, second=options.second)
    except BadLine as problem:
        print(f"comity: {problem}", file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps(told, ensure_ascii=False))
        return 0
    views = {name.replace("_", " "): told[name] for name in ("overall", "same_language", "cross_language")}
    for name, row in (views | told["pairs"]).items():
        if row["queries"]:
            found = "MRR {mrr:.4f}  nDCG@10 {ndcg_at_10:.4f}  recall@10 {recall_at_10:.4f}  {queries} queries"
            print(f"{name:15} {found.format(**row)}")
    return 0


def evaluate(docs: Path, queries: Path, qrels: Path, *, mode: str = "hybrid", second: bool = False) -> dict[str, Any]:
    """Measures the search on a collection; raises BadLine for what cannot be read.

    `second` adds the second encoder to the first. Same and cross: the ranking restricted to the documents in, or not
    in, the query's language, over the queries that have a relevant document there; pairs: query's language first.
    """
    asked = list(_texts(queries))
    grades = _grades(qrels)
    with tempfile.TemporaryDirectory(prefix="comity-evaluate-") as folder:
        ids, langs = _indexed(Path(folder), docs, mode, second)
        return _measured(Path(folder), asked, grades, ids, langs, mode, second)


def _indexed(folder: Path, docs: Path, mode: str, second: bool) -> tuple[list[str], dict[str, str]]:
    """Builds the index; the documents' ids in the order of its rows, and their languages."""
    from comity.core.search.embedding import embed
    from comity.core.search.index import Index
    from comity.core.search.passages import Passage

    langs: dict[str, str] = {}

    def passages() -> Iterator[Passage]:
        for place, one in enumerate(_texts(docs)):
            langs[one.id] = one.lang
            yield Passage(f"evaluate:{place}", str(place), "", "", one.lang, one.title, one.text, "public")

    with Index.create(folder) as index:
        index.add(passages())
        index.commit()
        for encoder in _encoders(mode, second):
            print(f"comity: {len(langs)} documents get their vectors by {encoder.name}", file=sys.stderr)
            embed(index, encoder)
    return list(langs), langs


def _measured(
    folder: Path, asked: list[Text], grades: dict[str, dict[str, int]], ids: list[str], langs: dict[str, str],
    mode: str, second: bool,
) -> dict[str, Any]:  # fmt: skip
    from comity.core.actions.actor import PUBLIC
    from comity.core.search.engine import Engine
    from comity.core.search.passages import Question

    engine = Engine(folder, models=lambda: _encoders(mode, second))
    overall, same, cross = Tally(), Tally(), Tally()
    pairs: defaultdict[str, Tally] = defaultdict(Tally)
    for query in asked:
        # What is relevant and not in the collection cannot be found: it does not count.
        judged = grades.get(query.id, {}).items()
        wanted = {found: grade for found, grade in judged if found in langs and grade > 0}
        if not wanted:
            continue
        question = Question(query.text, asked_in=query.lang, mode=mode, limit=READ, facets=False)
        ranking = [ids[row] for row, _score in islice(engine.ranking(PUBLIC, question), READ)]
        overall.add(ranking, wanted)
        for lang in sorted({langs[found] for found in wanted}):
            pairs[f"{query.lang}-{lang}"].add(*_within(ranking, wanted, langs, {lang}))
        same.add(*_within(ranking, wanted, langs, {query.lang}))
        cross.add(*_within(ranking, wanted, langs, set(langs.values()) - {query.lang}))
    return {
        "overall": overall.told(),
        "same_language": same.told(),
        "cross_language": cross.told(),
        "pairs": {name: pairs[name].told() for name in sorted(pairs)},
    }


def _within(
    ranking: list[str], wanted: dict[str, int], langs: dict[str, str], among: set[str]
) -> tuple[list[str], dict[str, int]]:
    """The ranking and the grades, restricted to documents in these languages."""
    kept = [found for found in ranking if langs[found] in among]
    return kept, {found: grade for found, grade in wanted.items() if langs[found] in among}


def _encoders(mode: str, second: bool) -> tuple[Any, ...]:
    from comity.core.search.encoder import encoders

    return () if mode == "words" else encoders()[: 2 if second else 1]


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a file that are not blank, with their numbers."""
    try:
        with path.open("rb") as file:
            for number, raw in enumerate(file, start=1):
                try:
                    line = raw.decode("utf-8-sig" if number == 1 else "utf-8").strip()
                except UnicodeDecodeError:
                    raise BadLine(f"{path}: line {number}: not UTF-8") from None
                if line:
                    yield number, line
    except OSError as error:
        raise BadLine(f"{path}: {error.strerror or error}") from error


def _texts(path: Path) -> Iterator[Text]:
    """Documents or queries; without a language it is guessed. Raises BadLine."""
    from comity.core.search import analysis, languages

    seen: set[str] = set()
    for number, line in _lines(path):
        try:
            told = json.loads(line)
        except (ValueError, RecursionError):
            raise BadLine(f"{path}: line {number}: not JSON") from None
        if not isinstance(told, dict):
            raise BadLine(f"{path}: line {number}: not an object")
        for name in ("id", "text"):
            if not isinstance(told.get(name), str) or (name == "id" and not told[name]):
                raise BadLine(f'{path}: line {number}: "{name}" is missing or no text')
        lang, title = told.get("lang") or "", told.get("title") or ""
        if not isinstance(lang, str) or not isinstance(title, str):
            raise BadLine(f'{path}: line {number}: "lang" or "title" is no text')
        if told["id"] in seen:
            raise BadLine(f"{path}: line {number}: {told['id']!r} was there before")
        seen.add(told["id"])
        # A lone surrogate can stand in JSON and nowhere else.
        text = told["text"].encode("utf-8", "replace").decode("utf-8")
        yield Text(told["id"], analysis.language(lang) or languages.guess(text), text, title)
    if not seen:
        raise BadLine(f"{path}: nothing in it")


def _grades(path: Path) -> dict[str, dict[str, int]]:
    """What is relevant, by query: document and grade. Raises BadLine."""
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for number, line in _lines(path):
        parts = line.split()
        try:
            query, _zero, document, grade = parts
            found[query][document] = int(grade)
        except ValueError:
            raise BadLine(f"{path}: line {number}: not query, 0, document and a whole number") from None
    if not found:
        raise BadLine(f"{path}: nothing in it")
    return dict(found)
