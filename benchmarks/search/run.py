"""Runs the whole measurement of the search and writes `benchmarks/results/search.md`."""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.report import machine
from benchmarks.search import corpus, processes, quality
from benchmarks.search.law_texts import source
from benchmarks.search.processes import FOLDER
from benchmarks.search.results import percentile, write_results

SIZES = (10_000, 100_000, 1_000_000)
ENGINES = ("ours", "fts5", "xapian", "postgres")
#: Questions that warm up, questions that are timed, passages of the import that runs meanwhile.
WARM, TIMED, IMPORTED = 60, 240, 10_000


def main(options: Sequence[str] = ()) -> int:
    """Measures what the options ask for. Results of less than the whole stay in `build/`."""
    asked = _options(options)
    before, began = machine(), time.monotonic()
    if asked.prepare:
        return _prepare(asked)
    lacking = {name: told for name in asked.engines if (told := processes.missing(name))}
    print("".join(f"{told}\n" for told in lacking.values()), end="")
    engines = [name for name in asked.engines if name not in lacking]
    found: dict[str, Any] = {"machine": before, "options": vars(asked), "speed": [], "quality": {}}
    found["left_out"] = list(lacking.values())
    if source() == "invented":
        found["left_out"].append("No laws lie beside the tree: all sentences are invented")
    for name in asked.quality:
        found["quality"][name] = _quality(name, engines)
    path = corpus.prepare(FOLDER, max(asked.passages) + IMPORTED) if asked.passages else FOLDER
    for size in asked.passages:
        for name in engines:
            found["speed"].append(_speed(name, path, size, asked))
            (FOLDER / "found.json").write_text(json.dumps(found), encoding="utf-8")
    found["minutes"] = (time.monotonic() - began) / 60
    (FOLDER / "found.json").write_text(json.dumps(found), encoding="utf-8")
    write_results(found, FOLDER)
    return 0


def _options(options: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks search", description=__doc__)
    parser.add_argument("--passages", type=int, nargs="*", default=list(SIZES), help="sizes of the index")
    parser.add_argument("--engines", nargs="+", default=list(ENGINES), choices=ENGINES)
    parser.add_argument("--vectors", type=int, default=250_000, help="passages covered by meaning")
    parser.add_argument(
        "--borrowed-vectors", action="store_true", help="most vectors are copies of real ones, for speed alone"
    )
    parser.add_argument(
        "--keep", nargs="+", default=[], choices=ENGINES,
        help="keep these indexes and take what an earlier run kept; the import of that run stands in it too",
    )  # fmt: skip
    parser.add_argument(
        "--prepare", action="store_true",
        help="only make the texts and vectors beforehand; may be broken off, and goes on where it was",
    )  # fmt: skip
    known = quality.COLLECTIONS
    parser.add_argument("--quality", nargs="*", default=list(known), choices=known, help="collections for the quality")
    return parser.parse_args(list(options))


def _say(text: str) -> None:
    print(f"[{time.strftime('%H:%M:%S')}] {text}", flush=True)


def _series(path: Path, series: str) -> Path:
    """Writes questions for a worker: none is asked twice, so that no memory of answers helps."""
    questions = corpus.questions(path, WARM + TIMED, series)
    file = FOLDER / f"questions-{series}.json"
    file.write_text(json.dumps({"warm": questions[:WARM], "timed": questions[WARM:]}), encoding="utf-8")
    return file


def _prepare(asked: argparse.Namespace) -> int:
    """Texts and vectors, which are no part of what is measured."""
    _say("Texts")
    path = corpus.prepare(FOLDER, max(asked.passages) + IMPORTED)
    collections = [str(_collection(known)) for name in asked.quality if (known := quality.load(name))]
    _say("Vectors")
    with processes.place("ours", FOLDER / "index") as (place, _server):
        limit = 0 if asked.borrowed_vectors else min(max(asked.passages), asked.vectors)
        told = processes.run("ours", place, "prepare", str(FOLDER), str(path), str(limit), *collections)
    _say(f"{told['made']:,} pieces of text embedded")
    return 0


def _collection(collection: quality.Collection) -> Path:
    """Writes a collection for a worker."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    file = FOLDER / f"{collection.name}.json"
    file.write_text(json.dumps({"documents": collection.documents, "queries": collection.queries}), encoding="utf-8")
    return file


def _speed(name: str, path: Path, size: int, asked: argparse.Namespace) -> dict[str, Any]:
    ways = ["all", "any"]
    title = processes.TITLES[name]
    keep = name in asked.keep
    with processes.place(name, FOLDER / f"index-{size}", keep) as (place, server):
        with processes.Watch(server or list) as built_in:
            built = _built(name, place, path, size)
        if name == "ours" and asked.vectors:
            _say(f"{title}: vectors for {min(size, asked.vectors):,}")
            how = "borrowed" if asked.borrowed_vectors else "real"
            built |= processes.run(name, place, "embed", str(FOLDER), str(min(size, asked.vectors)), how)
            ways.append("hybrid")
        _say(f"{title}: built in {built['seconds']:.0f} s; questions alone")
        with processes.Watch(server or list) as asked_in:
            alone = processes.run(name, place, "ask", str(_series(path, "alone")), *ways)
        _say(f"{title}: questions while an import runs")
        with processes.Importing(name, place, path, max(asked.passages), IMPORTED) as importing:
            beside = processes.run(name, place, "ask", str(_series(path, "beside")), *ways)
    if server:
        built["peak_mb"], alone["peak_mb"] = built_in.peak, asked_in.peak
    _say(f"{title}: " + ", ".join(f"{way} p95 {percentile(alone, way, 0.95):.1f} ms" for way in ways))
    return {"engine": name, "size": size, "build": built, "alone": alone, "beside": beside, "import": importing.told}


def _built(name: str, place: str, path: Path, size: int) -> dict[str, Any]:
    """Builds the index, unless it was kept by an earlier run."""
    note = Path(place) / processes.BUILT
    if note.exists():
        _say(f"{processes.TITLES[name]}: {size:,} passages kept from an earlier run")
        return dict(json.loads(note.read_text(encoding="utf-8"))) | {"kept": True}
    _say(f"{processes.TITLES[name]}: builds {size:,} passages")
    built = processes.run(name, place, "build", str(path), str(size))
    if Path(place).is_dir():
        note.write_text(json.dumps(built), encoding="utf-8")
    return built


def _quality(name: str, engines: Sequence[str]) -> dict[str, Any]:
    """Returns the measures of each way of ranking, by its title."""
    collection = quality.load(name)
    if collection is None:
        print(f"Quality on {name} is left out: it does not lie in {quality.folder(name).parent.name}/ beside the tree.")
        return {}
    _say(f"Quality on {name}")
    found = {"plain BM25, Snowball stems": quality.measure(collection, quality.plain_bm25(collection))}
    file = _collection(collection)
    for engine in engines:
        with processes.place(engine, FOLDER / "index") as (place, _server):
            for way, rankings in processes.run(engine, place, "rank", str(file)).items():
                _say(f"{way or processes.TITLES[engine]}: ranked")
                found[way or processes.TITLES[engine]] = quality.measure(collection, rankings)
    return found
