"""Vectors of meaning kept small, and the nearest of them: signs first, then the nearest exactly.

A vector of d dimensions is kept as d signs (after taking away the mean of its kind) and as d whole numbers of eight
bits with a scale. A search counts differing signs over every piece of text that the filters allow (250,000 pieces of
512 dimensions: two milliseconds on one core), and works out the cosine of the nearest one or two thousand. No graph:
filters are exact, nothing has to be rebuilt when texts change, and the files are appended to.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
#: A piece of text that has a vector: its passage's row, which piece of the passage it is, and the vector's scale.
PIECE = np.dtype([("row", "<u4"), ("place", "<u2"), ("scale", "<f4")])


def signs(vectors: Vectors) -> NDArray[np.uint8]:
    """Which components are above zero, as bits."""
    return np.packbits(vectors > 0, axis=1)


def quantised(vectors: Vectors) -> tuple[NDArray[np.float32], NDArray[np.int8]]:
    """Vectors as whole numbers between -127 and 127 and the scale that gives the vector back."""
    scales = np.maximum(np.abs(vectors).max(axis=1), 1e-9).astype(np.float32) / 127
    return scales, np.rint(vectors / scales[:, None]).astype(np.int8)


@dataclass(frozen=True)
class Store:
    """The vectors of one encoder in one index, as a reader has them.

    `planes` holds the signs by words of 64: plane by plane is six times faster than piece by piece.
    """

    planes: NDArray[np.uint64]
    codes: NDArray[np.int8]
    pieces: NDArray[Any]
    middle: Vectors

    def distances(self, question: Vectors) -> NDArray[np.uint16]:
        """For each piece, in how many signs it differs from the question."""
        wanted = signs((question - self.middle)[None, :]).view(np.uint64)[0]
        found = np.zeros(len(self.pieces), dtype=np.uint16)
        for plane, word in zip(self.planes, wanted, strict=True):
            found += np.bitwise_count(plane ^ word)
        return found

    def cosines(self, question: Vectors, places: NDArray[np.int64]) -> Vectors:
        """The cosine of each of these pieces with the question."""
        # einsum keeps off the threads of the linear algebra library, which cost more than they give here.
        dots = np.einsum("ij,j->i", self.codes[places].astype(np.float32), question.astype(np.float32))
        return np.asarray(dots * self.pieces["scale"][places], dtype=np.float32)

    def vector(self, place: int) -> Vectors:
        """The vector of one piece."""
        return np.asarray(self.codes[place].astype(np.float32) * self.pieces["scale"][place], dtype=np.float32)


def nearest(distances: NDArray[np.uint16], count: int, dimensions: int) -> int:
    """The distance within which the nearest `count` lie (a few more where several are equally far)."""
    steps = np.cumsum(np.bincount(distances, minlength=dimensions + 1))
    return int(np.searchsorted(steps, count))


class Kept:
    """Vectors by the digest of the text they came from, for all indexes of a node: no text is embedded twice."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with closing(self._connect()) as connection, connection:
            connection.execute("CREATE TABLE IF NOT EXISTS v (digest BLOB PRIMARY KEY, vector BLOB) WITHOUT ROWID")

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path, timeout=30)

    @staticmethod
    def digest(text: str) -> bytes:
        """What a text is known by."""
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:16]

    def get(self, digests: Sequence[bytes]) -> dict[bytes, Vectors]:
        """The vectors that are there."""
        found: dict[bytes, Vectors] = {}
        with closing(self._connect()) as connection:
            for digest in set(digests):
                row = connection.execute("SELECT vector FROM v WHERE digest = ?", (digest,)).fetchone()
                if row:
                    found[digest] = np.frombuffer(row[0], dtype=np.float16).astype(np.float32)
        return found

    def put(self, vectors: dict[bytes, Vectors]) -> None:
        """Keeps vectors."""
        rows = [(digest, vector.astype(np.float16).tobytes()) for digest, vector in vectors.items()]
        with closing(self._connect()) as connection, connection:
            connection.executemany("INSERT OR REPLACE INTO v VALUES (?, ?)", rows)

    def sample(self, count: int = 2048) -> Vectors | None:
        """Some of the vectors, or None where there are too few to say what is usual."""
        with closing(self._connect()) as connection:
            rows = connection.execute("SELECT vector FROM v LIMIT ?", (count,)).fetchall()
        if len(rows) < 256:
            return None
        return np.stack([np.frombuffer(row[0], dtype=np.float16).astype(np.float32) for row in rows])
