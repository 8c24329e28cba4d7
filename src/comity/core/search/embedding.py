"""Giving passages their vectors, in small steps that can be broken off anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from comity.core.search.encoder import Encoder
from comity.core.search.index import Index
from comity.core.search.pieces import pieces
from comity.core.search.vectors import PIECE, Kept, Vectors

#: A text of more pieces than this (a whole book as one passage) is known by its first ones.
_MOST_PIECES = 400
#: Texts given to the encoder at once.
_AT_ONCE = 64


def texts_of(title: str, text: str, lang: str) -> list[str]:
    """What of a passage is embedded: its text in pieces, or the title where there is no text."""
    return pieces(text, lang)[:_MOST_PIECES] if text.strip() else [title.strip() or "-"]


def embed(index: Index, encoder: Encoder, *, limit: int = 0, kept: Kept | None = None, step: int = 256) -> int:
    """Gives up to `limit` passages (0: all) that have none their vectors; returns how many passages it did."""
    done = 0
    while wanted := index.missing(encoder.name, min(step, limit - done) if limit else step):
        places, texts = _pieces(wanted)
        _add(index, encoder.name, places, embedded(encoder, texts, kept), kept)
        done += len(wanted)
        if limit and done >= limit:
            break
    return done


def embed_known(index: Index, encoder: str, kept: Kept, step: int = 1000) -> Iterator[int]:
    """Gives passages their vectors as far as these were worked out before; yields the row it has come to."""
    after = -1
    while wanted := index.missing(encoder, step, after):
        after = wanted[-1][0]
        places, texts = _pieces(wanted)
        digests = [Kept.digest(text) for text in texts]
        found = kept.get(digests)
        lacking = {place[0] for place, digest in zip(places, digests, strict=True) if digest not in found}
        whole = [(p, found[d]) for p, d in zip(places, digests, strict=True) if p[0] not in lacking]
        if whole:
            _add(index, encoder, [place for place, _vector in whole], np.stack([vector for _p, vector in whole]), kept)
        yield after


def _pieces(passages: list[tuple[int, str, str, str]]) -> tuple[list[tuple[int, int, float]], list[str]]:
    places, texts = [], []
    for row, lang, title, text in passages:
        for place, piece in enumerate(texts_of(title, text, lang)):
            places.append((row, place, 0.0))
            texts.append(piece)
    return places, texts


def _add(index: Index, encoder: str, places: list[tuple[int, int, float]], vectors: Vectors, kept: Kept | None) -> None:
    sample = kept.sample() if kept is not None and encoder not in index.state.pieces else None
    index.add_vectors(encoder, np.array(places, dtype=PIECE), vectors, vectors if sample is None else sample)


def embedded(encoder: Encoder, texts: list[str], kept: Kept | None) -> Vectors:
    """The vectors of texts, worked out only for those that were never seen."""
    if not texts:
        return np.empty((0, encoder.dimensions), dtype=np.float32)
    digests = [Kept.digest(text) for text in texts]
    found = kept.get(digests) if kept is not None else {}
    absent = {digest: text for digest, text in zip(digests, texts, strict=True) if digest not in found}
    wanted = list(absent.items())
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        rows = encoder.passages([text for _digest, text in part])
        fresh = {digest: row for (digest, _text), row in zip(part, rows, strict=True)}
        if kept is not None:
            kept.put(fresh)
        found |= fresh
    return np.stack([found[digest] for digest in digests])


def kept_at(folder: Path, encoder: str) -> Kept:
    """The node's memory of vectors of one encoder."""
    return Kept(folder / f"vectors-{encoder}.sqlite3")
