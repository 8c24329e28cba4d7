"""One engine in a process of its own: builds, answers or imports, and tells what it took as a line of JSON.

`python -m benchmarks.search.worker ENGINE PLACE build|embed|ask|import|rank|prepare …`; run.py starts it.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import cycle
from pathlib import Path
from typing import Any

from benchmarks.search import corpus
from benchmarks.search.peers import BATCH, Engine

#: Where each engine stands; "ours" is loaded late, since the system's Python has none of its packages.
ENGINES = {
    "ours": ("benchmarks.search.ours", "Ours"),
    "fts5": ("benchmarks.search.peers", "Sqlite"),
    "postgres": ("benchmarks.search.peers", "Postgres"),
    "xapian": ("benchmarks.search.peers", "Xapian"),
}
#: An engine that is slow is asked fewer questions: at most this many seconds for each series, but at least LEAST.
SECONDS, LEAST = 45.0, 100
TOP = 10


def engine(name: str, place: str) -> Any:
    """Opens an engine by name."""
    module, kind = ENGINES[name]
    return getattr(import_module(module), kind)(place)


def memory() -> dict[str, float]:
    """Peak of resident memory, and how much of it now belongs to no file, in MB (Linux)."""
    lines = Path("/proc/self/status").read_text().splitlines()
    told = dict(line.split(":", 1) for line in lines if line.startswith(("VmHWM", "RssAnon")))
    return {
        "peak_mb": int(told["VmHWM"].split()[0]) / 1024,
        "own_mb": int(told["RssAnon"].split()[0]) / 1024,
    }


def build(opened: Engine, path: str, count: str) -> dict[str, Any]:
    """Builds the index of the first passages of the file; the seconds include reading them."""
    began = time.perf_counter()
    opened.build(_told(corpus.read(Path(path), 0, int(count)), int(count)))
    return {"seconds": time.perf_counter() - began, "bytes": opened.bytes()} | memory()


def _told(rows: Iterator[corpus.Row], count: int) -> Iterator[corpus.Row]:
    began = time.monotonic()
    for number, row in enumerate(rows):
        if number and number % 100_000 == 0:
            print(f"    {number:,} of {count:,} read after {time.monotonic() - began:.0f} s", file=sys.stderr)
        yield row


def ask(opened: Engine, path: str, *ways: str) -> dict[str, Any]:
    """Asks each question once in each way, after others that warm up; returns milliseconds and empty answers."""
    series = json.loads(Path(path).read_text(encoding="utf-8"))
    found: dict[str, Any] = {}
    for way in ways:
        for asked in series["warm"]:
            opened.ask(corpus.Asked(*asked), way, TOP)
        times: list[float] = []
        empty, begun = 0, time.perf_counter()
        for asked in series["timed"]:
            if len(times) >= LEAST and time.perf_counter() - begun > SECONDS:
                break
            began = time.perf_counter()
            hits = opened.ask(corpus.Asked(*asked), way, TOP)
            times.append((time.perf_counter() - began) * 1000)
            empty += not hits
        found[way] = {"ms": times, "empty": empty}
    return {"ways": found} | memory()


def take(opened: Engine, path: str, begin: str, count: str) -> dict[str, Any]:
    """Imports these passages in batches, over and over, until its input is closed."""
    stop = threading.Event()
    threading.Thread(target=_wait, args=(stop,), daemon=True).start()
    rows = list(corpus.read(Path(path), int(begin), int(begin) + int(count)))
    batches = cycle([rows[at : at + BATCH] for at in range(0, len(rows), BATCH)])
    print("ready", flush=True)
    done, began = 0, time.perf_counter()
    while not stop.is_set():
        batch = next(batches)
        opened.put(batch)
        done += len(batch)
    return {"passages": done, "seconds": time.perf_counter() - began} | memory()


def _wait(stop: threading.Event) -> None:
    sys.stdin.read()
    stop.set()


def embed(opened: Any, memory: str, limit: str, how: str) -> dict[str, Any]:
    """Ours only: vectors for the first passages, real or borrowed; those once made are kept in the folder `memory`."""
    return dict(opened.embed(Path(memory), int(limit), how == "borrowed"))


def prepare(opened: Any, memory: str, path: str, limit: str, *collections: str) -> dict[str, Any]:
    """Ours only: vectors of the first passages, and those of the collections by both models, kept beforehand."""
    made = 0
    for collection in collections:
        documents = json.loads(Path(collection).read_text(encoding="utf-8"))["documents"]
        made += sum(opened.prepare((("", text, lang) for lang, text in documents), Path(memory), n) for n in (0, 1))
    rows = corpus.read(Path(path), 0, int(limit))
    return {"made": made + opened.prepare(((row.title, row.text, row.lang) for row in rows), Path(memory), 0)}


def rank(opened: Any, path: str) -> dict[str, Any]:
    """Builds the collection of a measurement of quality and ranks it wholly for every question (ours: in each way)."""
    collection = json.loads(Path(path).read_text(encoding="utf-8"))
    if hasattr(opened, "rankings"):
        return dict(opened.rankings(collection["documents"], collection["queries"], Path(path).parent))
    opened.build(
        corpus.Row(number, lang, "provision", "CAN", 2000, "public", [], [], "", text)
        for number, (lang, text) in enumerate(collection["documents"])
    )
    limit = len(collection["documents"])
    return {"": [opened.ask(corpus.Asked(*asked), "any", limit) for asked in collection["queries"]]}


def main() -> int:
    """Does what the arguments say."""
    name, place, what, *rest = sys.argv[1:]
    tasks: dict[str, Callable[..., dict[str, Any]]] = {
        "build": build, "embed": embed, "ask": ask, "import": take, "rank": rank, "prepare": prepare,
    }  # fmt: skip
    done = tasks[what](engine(name, place), *rest)
    print(json.dumps(done))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
