"""One order out of several scores: BM25 of the words and cosines of one or two encoders.

A hybrid search goes in this order: words first; then, for each encoder, the question's vector is moved towards the
documents the words found (`moved`); with it the nearest vectors are sought, and the vectors of the words' best
documents looked up; at last both scores are joined (`fuse`). A document's cosine is that of its best piece.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np

from comity.core.search import weights
from comity.core.search.encoder import Vectors

Id = TypeVar("Id", bound=Any)


def moved(question: Vectors, found: Sequence[tuple[float, Vectors]], encoder: str) -> Vectors:
    """The question's vector, moved towards what the words found: a question of three words says little by itself.

    `found` are the documents that the words find first, best first, each with its BM25 score and the vectors of its
    pieces (one row each); those without vectors are left out by the caller. Only the first few are looked at. The
    piece of each that is nearest to the question counts. A translation of the document lies near that piece, so
    this is what carries a question into other languages. `encoder` is the name of the vectors' encoder.
    """
    feedback = _meaning(encoder).feedback
    nearest = np.zeros_like(question)
    for score, rows in found[: weights.FEEDBACK_DOCUMENTS]:
        if score > 0 and len(rows):
            nearest += (score / found[0][0]) ** 3 * rows[int(np.argmax(rows @ question))]
    length = float(np.linalg.norm(nearest))
    if not length:
        return question
    sum_: Vectors = question + np.float32(feedback / length) * nearest
    return sum_ / np.float32(np.linalg.norm(sum_) or 1.0)


def fuse(
    words: Mapping[Id, float],
    meanings: Mapping[str, Mapping[Id, float]],
    own: Container[Id] | None = None,
    sizes: Mapping[Id, int] | None = None,
) -> list[tuple[Id, float]]:
    """The candidates with their joint scores, best first, ties by id; scores are at least 0.

    `words` are BM25 scores of the candidates that hold any word of the question; `meanings` the cosines by the
    encoder's name (empty for words alone); `own` the candidates in the language of the question (None: all);
    `sizes` how many different terms each candidate has (None: not looked at).
    """
    best = max(words.values(), default=0.0)
    keys = set(words).union(*meanings.values())
    # By candidate what is known of its nearness, between 0 and 1: first from the words, then from each encoder.
    known = {key: [words.get(key, 0.0) / best if best > 0 else 0.0] for key in keys}
    joint = {key: shares[0] for key, shares in known.items()}
    for name, cosines in meanings.items():
        meaning = _meaning(name)
        # Where nothing is nearer than chance, nothing gains.
        reach = max(max(cosines.values(), default=0.0) - meaning.unrelated, 1e-9)
        for key, shares in known.items() if cosines else ():
            if key in cosines:
                shares.append(max(0.0, cosines[key] - meaning.unrelated) / reach)
                share = shares[-1]
            else:
                # Not embedded yet: as near as all else says. As 0, what has vectors would crowd out better finds.
                share = sum(shares) / len(shares)
            joint[key] += share * (meaning.own if own is None or key in own else meaning.other)
    if sizes is not None:
        # The best of many pieces is near to anything by chance: long documents have to show more.
        joint = {key: score * (1 + sizes[key] / weights.SHORT) ** -weights.LENGTH for key, score in joint.items()}
    return sorted(joint.items(), key=lambda pair: (-pair[1], pair[0]))


def _meaning(encoder: str) -> weights.Meaning:
    return weights.MEANINGS.get(encoder, weights.UNMEASURED)
