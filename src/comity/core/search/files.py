"""The plain files of an index beside tantivy's: append-only arrays, the values they number, and the state.

Everything is appended first and counts only once `state.json` (replaced atomically) says so: a reader takes the
prefix that the state names, so that readers need no lock and a killed writer leaves at most an unused tail.
"""

from __future__ import annotations

import fcntl
import json
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

log = logging.getLogger("comity.search")
#: Raised whenever what is written changes; an index of another version is built anew.
VERSION = 2

#: What is known of each passage besides its words; each column numbers the values of `values.jsonl`.
COLUMNS = ("access", "kind", "state", "lang", "year", "crime_type", "article")
#: A row: the columns, and where its terms lie in `terms.u32` (for telling whether a passage holds a word).
ROW = np.dtype([(name, "<u4") for name in COLUMNS] + [("first", "<u8"), ("count", "<u4")])


class Busy(Exception):
    """Another process is writing here."""


class Unusable(Exception):
    """The index is absent, damaged or of another version: it has to be built (anew)."""


@dataclass
class State:
    """What of the files counts. `followed` is the position in the log of changes (`following`)."""

    rows: int = 0
    dead: int = 0
    values: int = 0
    pieces: dict[str, int] = field(default_factory=dict)
    followed: dict[str, Any] = field(default_factory=dict)
    version: int = VERSION


def read_state(folder: Path) -> State:
    """The state of an index. Raises Unusable."""
    if (folder / "damaged").exists():
        raise Unusable(f"{folder} was found to be damaged.")
    try:
        told = json.loads((folder / "state.json").read_text(encoding="utf-8"))
        if told.get("version") != VERSION:
            raise Unusable(f"{folder} was made by another version.")
        return State(**told)
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise Unusable(f"{folder} holds no readable index: {error}") from error


def write_state(folder: Path, state: State) -> None:
    """Makes what was appended count."""
    replace(folder / "state.json", json.dumps(asdict(state)))


def replace(path: Path, text: str) -> None:
    """Writes a small file so that readers see the old one or the new one, never half."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)


def signature(folder: Path) -> tuple[int, int, int]:
    """Changes whenever the state does; cheap enough to ask before every search. Raises Unusable."""
    try:
        found = (folder / "state.json").stat()
    except OSError as error:
        raise Unusable(f"{folder} holds no index.") from error
    return found.st_ino, found.st_mtime_ns, found.st_size


@contextmanager
def told_of_damage(folder: Path) -> Iterator[None]:
    """Turns what tantivy and numpy say of damaged files into Unusable, and marks the index, so that it is built anew.

    A panic inside tantivy arrives as an exception that is no `Exception`.
    """
    try:
        yield
    except BaseException as error:
        if not isinstance(error, ValueError | OSError | IndexError) and type(error).__name__ != "PanicException":
            raise
        log.warning("The index in %s cannot be used.", folder, exc_info=True)
        if folder.is_dir():
            (folder / "damaged").touch()
        raise Unusable(f"{folder} is damaged: {error}") from error


@contextmanager
def not_of_the_index(what: str) -> Iterator[None]:
    """Around what a source or an encoder does: its error must not be taken for a damaged index."""
    try:
        yield
    except (ValueError, OSError, IndexError) as error:
        raise RuntimeError(f"{what} failed: {error}") from error


@contextmanager
def locked(path: Path, *, wait: bool = False) -> Iterator[None]:
    """Holds a lock that ends with the process. Raises Busy where another holds it and `wait` is not set."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError as error:
            raise Busy(str(path)) from error
        yield
    finally:
        os.close(descriptor)


def append(path: Path, values: NDArray[Any], length: int) -> int:
    """Appends rows after the first `length` ones that count (a tail left by a killed writer is overwritten).

    Returns the new length.
    """
    size = values.dtype.itemsize * int(np.prod(values.shape[1:], dtype=np.int64))
    with path.open("r+b" if path.exists() else "w+b") as file:
        file.truncate(length * size)
        file.seek(length * size)
        file.write(np.ascontiguousarray(values).tobytes())
    return length + len(values)


def mapped(path: Path, dtype: Any, length: int, width: int = 0) -> NDArray[Any]:
    """The first `length` rows of a file, read as they are touched. Raises Unusable where they are not there."""
    shape = (length, width) if width else (length,)
    if not length:
        return np.empty(shape, dtype=dtype)
    try:
        # As a plain array: every slice of a memmap pays for being one.
        return np.memmap(path, dtype=dtype, mode="r", shape=shape).view(np.ndarray)
    except (OSError, ValueError) as error:
        raise Unusable(f"{path} is damaged: {error}") from error


class Values:
    """The values that the columns number, column by column; 0 means "none" (for access: a passage that is gone)."""

    def __init__(self, path: Path, count: int) -> None:
        self._path = path
        self.count = 0
        self.lists: dict[str, list[Any]] = {name: [None] for name in COLUMNS}
        self._numbers: dict[str, dict[Any, int]] = {name: {None: 0} for name in COLUMNS}
        self._fresh: list[tuple[str, Any]] = []
        if count:
            self.read(count)

    def read(self, count: int) -> None:
        """Takes in what was added up to `count`. Raises Unusable."""
        try:
            lines = self._path.read_text(encoding="utf-8").splitlines()[self.count : count]
            if len(lines) != count - self.count:
                raise ValueError("lines are missing")
            for line in lines:
                name, value = json.loads(line)
                self._take(name, tuple(value) if isinstance(value, list) else value)
        except (OSError, ValueError, KeyError) as error:
            raise Unusable(f"{self._path} is damaged: {error}") from error

    def number(self, name: str, value: Any) -> int:
        """The number of a value in its column; a value met for the first time gets the next one."""
        found = self._numbers[name].get(value)
        if found is None:
            self._fresh.append((name, value))
            found = self._take(name, value)
        return found

    def _take(self, name: str, value: Any) -> int:
        self._numbers[name][value] = found = len(self.lists[name])
        self.lists[name].append(value)
        self.count += 1
        return found

    def save(self) -> None:
        """Appends what is new; the state then says how many lines count."""
        kept = self.count - len(self._fresh)
        lines = self._path.read_bytes().splitlines(keepends=True)[:kept] if kept else []
        size = sum(map(len, lines))
        with self._path.open("r+b" if self._path.exists() else "w+b") as file:
            file.truncate(size)
            file.seek(size)
            file.writelines(f"{json.dumps(pair)}\n".encode() for pair in self._fresh)
        self._fresh.clear()
