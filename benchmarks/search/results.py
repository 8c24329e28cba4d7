"""The report of the search's measurement: tables, gates, and what limits us."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.report import RESULTS, table, write
from benchmarks.search.processes import SETTINGS, TITLES
from benchmarks.search.quality import COLLECTIONS, SCOPES

Run = Mapping[str, Any]
NAMES = {"all": "all terms", "any": "any term", "hybrid": "hybrid, facets"}
WHOLE = 1_000_000

METHOD = f"""## What is measured

Passages of 20 to 120 words (mean about 60) in the six languages, put together anew from sentences of real laws
(Russian: from one text and invented words), with invented rare words and numbers; one in ten is not public. Each
question has one to four words, frequent, middling and rare, equally many in each language, and is asked once, by one
client, for the first ten; others warm up. The import beside it goes through 10,000 other passages in transactions
of 500, over and over, in a process of its own, until the questions have been answered.

- Ours answers the public, so it leaves out what the public may not see, reads the stored fields and marks the words
  in the text; the peers give numbers of passages and filter nothing. "hybrid, facets" adds meaning and the counts of
  all facets.
- SQLite FTS5: `unicode61`, `ORDER BY rank`; write-ahead log. A run of Chinese characters is one word to it.
- PostgreSQL: a `tsvector` column in each passage's own configuration (english, french, spanish, russian, arabic,
  simple), GIN, `ts_rank`; `{SETTINGS.replace("-c ", "")}`; nothing waits for the disk. Chinese as in SQLite.
- Xapian: stems beside words, positions, Chinese in n-grams, BM25; nothing waits for the disk.
- All hold the text. A build's time includes reading the file of passages. Memory is the peak of the process's
  resident memory, pages of files that it mapped included; for PostgreSQL the sum over the server's processes, shared
  pages counted once."""

LIMITS = """## What limits us

- A few milliseconds of Python for each question, however small the index: reading it, asking the rule of labels,
  suggesting other words, and marking the words of ten hits in their texts. The peers do none of this here, and below
  some 100,000 passages they are faster for it.
- Words: the number of passages that hold a frequent word; a question of common words only reads long lists.
- Hybrid: one comparison with each vector, and counting the facets of everything that matches.
- While an import runs, each commit opens new parts of the index, which the first question after it has to read."""


def percentile(told: Run, way: str, share: float) -> float:
    """The time in milliseconds that this share of a series' questions did not exceed."""
    times = sorted(told["ways"][way]["ms"])
    return float(times[min(len(times) - 1, int(share * len(times)))])


def write_results(found: Run, folder: Path) -> None:
    """Writes `results/search.md` from a whole run; from a smaller one a file of that name in `folder` only."""
    asked = found["options"]
    whole = WHOLE in asked["passages"] and len(asked["engines"]) == len(TITLES) and len(asked["quality"]) > 1
    parts = [METHOD, *_speed(found["speed"]), *_quality(found["quality"]), *_gates(found), LIMITS]
    parts += [f"{told}." for told in found["left_out"]]
    parts.append(f"The whole took {found['minutes']:.0f} minutes.")
    write(
        "search", "Search beside SQLite FTS5, PostgreSQL and Xapian", command(found["options"]), parts,
        found["machine"], RESULTS if whole else folder,
    )  # fmt: skip
    if not whole:
        print(f"A part of the measurement: kept in build/{folder.name}/search.md only.")


def command(options: Run) -> str:
    """The command that repeats a run with these options."""
    more = [] if options["passages"] == [10_000, 100_000, WHOLE] else ["--passages", *map(str, options["passages"])]
    more += [] if len(options["engines"]) == len(TITLES) else ["--engines", *options["engines"]]
    more += [] if options["vectors"] == 250_000 else ["--vectors", str(options["vectors"])]
    more += ["--borrowed-vectors"] if options["borrowed_vectors"] else []
    more += ["--keep", *options["keep"]] if options["keep"] else []
    more += [] if len(options["quality"]) == len(COLLECTIONS) else ["--quality", *options["quality"]]
    return "make benchmark ARGS=search" if not more else f'make benchmark ARGS="search {" ".join(more)}"'


def _speed(runs: list[Run]) -> Iterator[str]:
    for size in dict.fromkeys(run["size"] for run in runs):
        among = [run for run in runs if run["size"] == size]
        ours = next((run for run in among if run["engine"] == "ours"), None)
        yield f"## {size:,} passages"
        rows = [row for run in among for row in _times(run, ours)]
        yield table(
            ("engine", "question", "p50 ms", "p95 ms", "p95 beside ours", "importing: p50 ms", "importing: p95 ms",
             "importing: p95 beside ours", "asked", "without answer"), rows,
        )  # fmt: skip
        yield table(
            ("engine", "index, s", "size, MB", "memory building, MB", "memory answering, MB",
             "imported per second meanwhile"),
            [_index(run) for run in among],
        )  # fmt: skip
        if ours and "vectors" in ours["build"]:
            told = ours["build"]
            kind = "passages covered by meaning"
            kind += " (most vectors borrowed: for speed alone)" if told["borrowed"] else ""
            yield (
                f"Ours with {told['vectors']:,} {kind}, which took {told['embedding_seconds']:.0f} s"
                f" ({told['made']:,} pieces of text embedded, others kept from before); the size includes them."
            )


def _times(run: Run, ours: Run | None) -> Iterator[tuple[object, ...]]:
    for way, told in run["alone"]["ways"].items():
        cells: list[str] = []
        for state in ("alone", "beside"):
            mine = percentile(run[state], way, 0.95)
            cells += [f"{percentile(run[state], way, 0.5):.2f}", f"{mine:.2f}"]
            ratio = mine / percentile(ours[state], way, 0.95) if ours else 0.0
            cells.append("" if not ours else f"{ratio:.1f} ×" if ratio >= 1 else f"{ratio:.2g} ×")
        yield TITLES[run["engine"]], NAMES[way], *cells, len(told["ms"]), told["empty"]


def _index(run: Run) -> tuple[object, ...]:
    """How an index was built, and what it takes."""
    built, told = run["build"], run["import"]
    return (
        TITLES[run["engine"]], f"{built['seconds']:.0f}{' (an earlier run)' if built.get('kept') else ''}",
        f"{built['bytes'] / 1e6:.0f}", f"{built['peak_mb']:.0f}", f"{run['alone']['peak_mb']:.0f}",
        f"{told['passages'] / told['seconds']:.0f}",
    )  # fmt: skip


def _quality(collections: Run) -> Iterator[str]:
    for name, ways in collections.items():
        if not ways:
            continue
        yield f"## Quality on `{name}`"
        head = ["ranking"]
        for scope in SCOPES:
            title = scope.replace("_language", "").replace("_", " ")
            head += [f"{title}: MRR", "nDCG@10", "recall@10"]
        rows = []
        for way, scopes in ways.items():
            cells = [f"{scopes[s][m]:.3f}" for s in SCOPES for m in ("mrr", "ndcg_at_10", "recall_at_10")]
            rows.append((way, *cells))
        yield table(head, rows)


def _gates(found: Run) -> Iterator[str]:
    """The gates of the issue, each with what was measured."""
    rows: list[tuple[str, str, str, str]] = []

    def gate(what: str, wanted: float, measured: float, at_least: bool) -> None:
        held = measured >= wanted if at_least else measured <= wanted
        sign = "at least" if at_least else "at most"
        rows.append((what, f"{sign} {wanted:g}", f"{measured:.3g}", "yes" if held else "NO"))

    ways = found["quality"].get("ca-bilingual", {})
    for title, same, across in (("Comity, hybrid", 0.58, 0.27), ("Comity, hybrid with second model", 0.6, 0.33)):
        if title in ways:
            gate(f"{title}: MRR on ca-bilingual, same language", same, ways[title]["same_language"]["mrr"], True)
            gate(f"{title}: MRR across languages", across, ways[title]["cross_language"]["mrr"], True)
            for scope, name in (("same_language", "same language"), ("cross_language", "across languages")):
                alone = ways["Comity, words"][scope]["mrr"]
                gate(f"{title}: MRR beside words alone, {name}", alone, ways[title][scope]["mrr"], True)
    largest = max((run["size"] for run in found["speed"]), default=0)
    among = {run["engine"]: run["alone"] for run in found["speed"] if run["size"] == largest}
    if "ours" in among:
        for way, most in (("all", 10), ("any", 10), ("hybrid", 40)):
            if way in among["ours"]["ways"]:
                gate(f"p95 ms, {NAMES[way]}, {largest:,}", most, percentile(among["ours"], way, 0.95), False)
    if {"ours", "postgres"} <= set(among):
        slower = percentile(among["postgres"], "any", 0.95) / percentile(among["ours"], "any", 0.95)
        gate("PostgreSQL's p95 beside ours, any term", 10, slower, True)
    if rows:
        yield "## Gates"
        yield table(("gate", "wanted", "measured", "held"), rows)
