"""Long work of the search in the background: building the index anew, giving passages their vectors, tidying."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from comity.core.search import alerts, files, generations
from comity.core.search.embedding import embed, embed_known, kept_at
from comity.core.search.encoder import encoders
from comity.core.search.files import Busy, Unusable, read_state
from comity.core.search.following import batches, catch_up, position, prune
from comity.core.search.index import Index
from comity.core.search.reading import sources

log = logging.getLogger("comity.search")
#: Things read from a source at once, and passages after which a build writes what it has.
_THINGS, _COMMIT = 50, 50_000
#: Passages embedded between two looks at whether to go on: half a second with the first model, one with the second.
_STEPS = (256, 8)

Step = Callable[..., None]


def rebuild(progress: Any) -> dict[str, int]:
    """The job: builds the index anew while the old one serves. Started anew after a kill, it begins again."""
    try:
        return build(progress.step)
    except Busy:
        return {"passages": 0}


def build(step: Step = lambda done, total=0, message="": None) -> dict[str, int]:
    """Builds a new generation, follows what changed meanwhile, and lets it serve.

    `step(done, total)` is called after each piece of work and may raise to break it off: the old one then serves on.
    Raises Busy where another process is building.
    """
    generations.home().mkdir(mode=0o700, parents=True, exist_ok=True)
    with files.locked(generations.home() / "rebuild.lock"):
        folder = generations.fresh()
        start = position()
        with Index.create(folder) as index:
            count = _read_all(index, step)
            index.commit(start)
            for encoder in encoders():
                for row in embed_known(index, encoder.name, kept_at(generations.home(), encoder.name)):
                    step(row, index.state.rows)
            while catch_up(index):
                step(index.state.rows, index.state.rows)
        generations.serve(folder)
    generations.clean()
    return {"passages": count}


def _read_all(index: Index, step: Step) -> int:
    every = [(source, list(source.keys())) for source in sources().values()]
    total = sum(len(keys) for _source, keys in every)
    done = count = waiting = 0
    for source, keys in every:
        for part in batches(keys, _THINGS):
            passages = list(source.passages(part))
            alerts.arrived(passages)
            added = index.add(passages)
            done, count, waiting = done + len(part), count + added, waiting + added
            if waiting >= _COMMIT:
                index.commit()
                waiting = 0
            step(done, total)
    return count


def embed_all(progress: Any, second: bool = False) -> dict[str, int]:
    """The job: gives every passage that has none its vectors; with `second` those of the second, thorough model.

    Goes on where it was broken off, for what is there is never worked out again.
    """
    models = encoders()[1:] if second else encoders()[:1]
    done = 0
    for encoder in models[:1]:
        kept = kept_at(generations.home(), encoder.name)
        while True:
            try:
                with Index.open(generations.current(), wait=True) as index:
                    left = len(index.uncovered(encoder.name))
                    some = embed(index, encoder, limit=_STEPS[second], kept=kept, step=_STEPS[second])
            except Unusable:
                break
            done += some
            if not some:
                break
            progress.step(done, done + max(0, left - some))
    return {"passages": done}


def tidy(progress: Any) -> dict[str, int]:
    """The job: takes old changes out of the log and old generations from the folder."""
    generations.clean()
    return {"changes": prune()}


def status() -> dict[str, Any]:
    """What there is: the index that serves, its passages, and how many each encoder covers."""
    try:
        folder = generations.current()
        state = read_state(folder)
    except Unusable as error:
        return {"ready": False, "problem": str(error)}
    with_vectors = {}
    try:
        with Index.open(folder) as index:
            passages = index.words.searcher().num_docs
            with_vectors = {e.name: passages - len(index.uncovered(e.name)) for e in encoders()}
    except Busy:
        passages = state.rows
    except Unusable as error:
        return {"ready": False, "problem": str(error)}
    return {"ready": True, "generation": folder.name, "passages": passages, "covered": with_vectors}
