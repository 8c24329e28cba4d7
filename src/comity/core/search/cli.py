"""`comity search QUERY` and its verbs.

The first word is a verb where it is one; `comity search -- rebuild` searches for the word itself.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import time
from collections.abc import Sequence
from itertools import islice
from typing import Any

#: A node with at most so many things builds its index when it is first searched.
_SMALL = 5000
_MODES = ("hybrid", "words", "meaning")


class _QueryOrVerb(argparse._SubParsersAction):
    """Sub-commands of which one, named QUERY, takes whatever is no verb."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.choices = _Anything(self.choices)

    def __call__(self, parser: Any, namespace: Any, values: Any, option_string: str | None = None) -> None:
        if values[0] in {"--", "QUERY"} or values[0] not in self._name_parser_map:
            rest = values[1:] if values[0] == "--" else values
            values = ["QUERY", *(["--"] if values[0] == "--" else []), *rest]
        super().__call__(parser, namespace, values, option_string)


class _Anything(dict[str, Any]):
    """The verbs' parsers, and any other word too."""

    def __init__(self, parsers: dict[str, Any]) -> None:
        super().__init__()
        self._parsers = parsers

    def __contains__(self, _word: object) -> bool:
        return True

    def __iter__(self) -> Any:
        return iter(self._parsers)

    def items(self) -> Any:
        return self._parsers.items()


def add_commands(subparsers: Any) -> None:
    """Adds the `search` command."""
    search = subparsers.add_parser(
        "search", help="find laws, cases and everything else", description="`comity search -- rebuild` finds the word."
    )
    _options(search)
    verbs = search.add_subparsers(dest="verb", required=True, metavar="QUERY|VERB", action=_QueryOrVerb)
    query = verbs.add_parser("QUERY", help="find passages in any language; the word of a verb after `--`")
    what = 'words, "phrases", state:KEN, year:2000..2010, AND OR NOT'
    query.add_argument("words", nargs="+", metavar="QUERY", help=what)
    _options(query, again=True)
    query.set_defaults(run=_search)
    rebuild = verbs.add_parser("rebuild", help="build the index anew while the old one serves")
    rebuild.set_defaults(run=_rebuild)
    embed = verbs.add_parser("embed", help="have every passage covered by meaning, in the background")
    embed.add_argument("--second", action="store_true", help="by the second, thorough model: ten passages a second")
    embed.set_defaults(run=_embed)
    status = verbs.add_parser("status", help="what the index holds")
    status.add_argument("--json", action="store_true")
    status.set_defaults(run=_status)
    if importlib.util.find_spec("comity.core.search.evaluate"):
        from comity.core.search.evaluate import add_evaluate

        add_evaluate(verbs)


def _options(parser: Any, *, again: bool = False) -> None:
    """The options of a question: before it or after it; given twice, the later one counts."""
    default: Any = argparse.SUPPRESS if again else ""
    parser.add_argument("--in", dest="lang", metavar="LANG|any", default=default, help="only texts in this language")
    parser.add_argument("--mode", choices=_MODES, default=argparse.SUPPRESS if again else "hybrid")
    parser.add_argument("--kind", default=default, help="only this kind")
    parser.add_argument("--state", metavar="ISO3", default=default, help="only this State")
    parser.add_argument("--limit", type=int, default=argparse.SUPPRESS if again else 10, help="hits at most")
    parser.add_argument("--json", action="store_true", default=argparse.SUPPRESS if again else False)


def _search(options: argparse.Namespace) -> int:
    from comity.core.search import engine
    from comity.core.search.passages import Question

    if options.limit < 1:
        print("comity: --limit must be at least 1", file=sys.stderr)
        return 2
    if not _ready():
        return 1
    filters = {"kind": (options.kind,), "state": (options.state.upper(),)}
    question = Question(
        " ".join(options.words),
        lang=options.lang,
        mode=options.mode,
        filters={facet: values for facet, values in filters.items() if values[0]},
        limit=options.limit,
    )
    answer = engine.search(options.actor, question)
    if answer.problem:
        print(f"comity: {answer.problem}", file=sys.stderr)
    if options.json:
        print(json.dumps(_plain(answer), ensure_ascii=False))
        return 0
    for hit in answer.hits:
        about = " · ".join(filter(None, (hit.kind, hit.state, hit.lang)))
        print(f"{hit.title}  [{about}]\n    {_snippet(hit.snippet)}\n    {hit.url}")
    if answer.did_you_mean:
        print(f"Did you mean: {answer.did_you_mean}")
    print(f"{answer.total} found in {answer.milliseconds:.0f} ms", file=sys.stderr)
    return 0


def _plain(answer: Any) -> dict[str, Any]:
    hits = [
        {
            "id": hit.id, "kind": hit.kind, "state": hit.state, "lang": hit.lang, "title": hit.title,
            "snippet": _snippet(hit.snippet), "score": hit.score, "url": hit.url, "year": hit.year,
            "articles": list(hit.articles),
        }
        for hit in answer.hits
    ]  # fmt: skip
    return {
        "hits": hits, "total": answer.total, "ms": round(answer.milliseconds, 2),
        "facets": {facet: [list(pair) for pair in values] for facet, values in answer.facets.items()},
        "did_you_mean": answer.did_you_mean, "problem": answer.problem,
        "covered": answer.covered, "passages": answer.passages,
    }  # fmt: skip


def _snippet(pieces: Sequence[tuple[str, bool]]) -> str:
    return "".join(words for words, _marked in pieces)


def _ready() -> bool:
    """Brings the index up to date; builds it where the node is small. False where there is none to search."""
    from comity.core.search import generations, jobs
    from comity.core.search.files import Busy, Unusable, read_state
    from comity.core.search.following import follow, take_waiting
    from comity.core.search.reading import sources

    try:
        read_state(generations.current())
        take_waiting()
        follow(limit=20)
        return True
    except Unusable:
        keys = [key for source in sources().values() for key in islice(source.keys(), _SMALL + 1)]
        if len(keys) > _SMALL:
            print("comity: there is no search index yet; run `comity search rebuild`.", file=sys.stderr)
            return False
    try:
        jobs.build()
    except Busy:
        print("comity: the search index is being built; try again in a few minutes.", file=sys.stderr)
        return False
    return True


def _rebuild(options: argparse.Namespace) -> int:
    from comity.core.search import jobs
    from comity.core.search.files import Busy

    started = told = time.monotonic()

    def step(done: int, total: int = 0, message: str = "") -> None:
        nonlocal told
        if time.monotonic() - told > 5:
            told = time.monotonic()
            print(f"{done} of {total}", file=sys.stderr, flush=True)

    try:
        found = jobs.build(step)
    except Busy:
        print("comity: the index is being built by another process.", file=sys.stderr)
        return 1
    print(f"{found['passages']} passages in {time.monotonic() - started:.1f} s")
    return 0


def _embed(options: argparse.Namespace) -> int:
    from comity.core.workflow import jobs

    key = "search:embed:second" if options.second else "search:embed"
    job = jobs.put("search:embed", {"second": options.second}, key=key, actor="system:search")
    print(f"Job {job.pk} waits; `comity jobs` shows how far it is.")
    return 0


def _status(options: argparse.Namespace) -> int:
    from comity.core.search import jobs

    told = jobs.status()
    if options.json:
        print(json.dumps(told))
    elif told["ready"]:
        print(f"{told['passages']} passages, covered by meaning: {told['covered']}")
    else:
        print(told["problem"])
    return 0 if told["ready"] else 1
