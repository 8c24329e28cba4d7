"""What is near to a question in meaning.

Near is a passage with a piece of text whose signs differ from the question's in few places, and are in any case the
nearest hundred. That is decided among all the actor may see in the language asked for, before any other filter: so
it does not depend on what is filtered, and counts of facets add up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comity.core.actions.actor import Actor
from comity.core.search.snapshot import Constraint, Mask, Snapshot
from comity.core.search.vectors import Vectors, nearest

#: Pieces that are near though their distance is not small; and the most that may be near.
_ALWAYS, _MOST = 100, 4000
#: Share of differing signs within which a piece is near (a cosine of about 0.55), and beyond which it is not though it
#: be among the nearest (0.16). Random texts differ in half.
_SHARE, _UNRELATED = 0.31, 0.45
#: How many of the nearest pieces get their exact cosine.
_EXACT = 1000


@dataclass(frozen=True)
class Near:
    """The near passages of one question for one encoder.

    `rows`: all of them in scope, each once; `fitting`: those that meet the constraints, nearest first; `cosines` of
    the best of these and of further candidates asked for; `places`: the place of their best pieces in the store.
    """

    rows: NDArray[np.int64]
    fitting: list[int]
    cosines: dict[int, float]
    places: dict[int, int]


def near(
    snapshot: Snapshot,
    name: str,
    question: Vectors,
    actor: Actor,
    scope: Sequence[Constraint],
    constraints: Sequence[Constraint],
    *,
    candidates: Sequence[int] = (),
    keep: int,
) -> Near:
    """Finds them; `scope` are the constraints that hold always, `constraints` all of them, `keep` how many get a score.

    `candidates` are rows that get their cosine in any case.
    """
    store = snapshot.stores[name]
    pieces = snapshot.piece_rows(name)
    dimensions = len(store.middle)
    distances = store.distances(question)
    in_scope = snapshot.piece_mask(name, actor, scope)
    distances[~in_scope] = dimensions + 1
    least = min(nearest(distances, _ALWAYS, dimensions), int(dimensions * _UNRELATED))
    limit = max(least, min(int(dimensions * _SHARE), nearest(distances, _MOST, dimensions)))
    places = np.flatnonzero(distances <= limit)
    rows = np.unique(pieces[places]).astype(np.int64)
    filters = [constraint for constraint in constraints if constraint not in scope]
    if filters and len(places):
        places = places[snapshot.row_mask(pieces[places].astype(np.int64), actor, filters)]
    order = places[np.argsort(distances[places], kind="stable")]
    fitting = list(dict.fromkeys(pieces[order].tolist()))
    if len(places) > _EXACT:
        places = np.sort(order[:_EXACT])
    best = _best(snapshot, name, question, places)
    best = dict(sorted(best.items(), key=lambda item: (-item[1][0], item[0]))[:keep])
    if wanted := [row for row in candidates if row not in best]:
        best |= _best(snapshot, name, question, _pieces_of(snapshot, name, wanted))
    cosines = {row: found[0] for row, found in best.items()}
    return Near(rows, fitting, cosines, {row: found[1] for row, found in best.items()})


def _pieces_of(snapshot: Snapshot, name: str, rows: Sequence[int]) -> NDArray[np.int64]:
    asked: Mask = np.zeros(snapshot.state.rows, dtype=bool)
    asked[list(rows)] = True
    return np.flatnonzero(asked[snapshot.piece_rows(name)])


def _best(
    snapshot: Snapshot, name: str, question: Vectors, places: NDArray[np.int64]
) -> dict[int, tuple[float, int]]:
    """By row its best piece: cosine and place."""
    cosines = snapshot.stores[name].cosines(question, places)
    order = np.argsort(cosines, kind="stable")
    rows = snapshot.piece_rows(name)[places[order]].tolist()
    return dict(zip(rows, zip(cosines[order].tolist(), places[order].tolist(), strict=True), strict=True))


def vectors_of(snapshot: Snapshot, name: str, rows: Sequence[int]) -> dict[int, Vectors]:
    """The vectors of the pieces of these rows, one row each; rows without vectors are left out."""
    store = snapshot.stores[name]
    found: dict[int, list[Vectors]] = {}
    for place in _pieces_of(snapshot, name, rows) if rows else ():
        found.setdefault(int(store.pieces["row"][place]), []).append(store.vector(int(place)))
    return {row: np.stack(vectors) for row, vectors in found.items()}


def vector_of(snapshot: Snapshot, name: str, row: int) -> Vectors | None:
    """The middle of a passage's pieces, of length one; None where it has no vector yet."""
    vectors = vectors_of(snapshot, name, [row]).get(row)
    if vectors is None:
        return None
    total = vectors.sum(axis=0)
    return np.asarray(total / max(float(np.linalg.norm(total)), 1e-9), dtype=np.float32)
