"""Writing an index: passages in, by key out again. Needs no tables; one writer at a time, readers are never in the way.

    index = Index.create(folder)          # or Index.open(folder)
    index.add(passages); index.commit()
    embed(index, encoders()[0])           # meaning (`embedding`); may come later, in any number of steps
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self
from zlib import crc32

import numpy as np
import tantivy
from numpy.typing import NDArray

from comity.core.search import analysis, files
from comity.core.search.access import code_of
from comity.core.search.files import COLUMNS, ROW, Busy, State, Values
from comity.core.search.passages import Passage
from comity.core.search.vectors import PIECE, Vectors, quantised, signs

#: Memory of tantivy's writer in bytes: for following changes, and for building a whole index.
SMALL, LARGE = 32_000_000, 256_000_000
#: Numbers of words kept in memory.
_REMEMBERED = 300_000


def schema() -> tantivy.Schema:
    """The fields of an index. Words come analysed (`analysis`), so tantivy only parts them at spaces."""
    builder = tantivy.SchemaBuilder()
    for name in ("stems", "title"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("exact", tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("title_exact", tokenizer_name="whitespace", index_option="position")
    for name in ("id", "key"):
        builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("kept_title", "kept_text", "url"):
        # As bytes: a text field would make a term of each whole text.
        builder.add_bytes_field(name, stored=True, indexed=False)
    for name in COLUMNS:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("row", indexed=True, fast=True)
    return builder.build()


def kept(document: Any, name: str) -> str:
    """A text that a document of tantivy keeps as bytes; "" where it has none."""
    return bytes(document.get_first(name) or b"").decode()


def source_of(passage_id: str) -> str:
    """The name of the source that a passage comes from."""
    return passage_id.partition(":")[0]


def term_number(form: str, *, exact: bool = False) -> int:
    """The number by which `terms.u32` knows a stem or an exact form."""
    return crc32(("=" + form if exact else form).encode("utf-8", "surrogatepass"))


class _Numbers(dict[str, int]):
    """Form to number; texts repeat their words."""

    def __init__(self, *, exact: bool) -> None:
        super().__init__()
        self._exact = exact

    def __missing__(self, form: str) -> int:
        if len(self) >= _REMEMBERED:
            self.clear()
        self[form] = found = term_number(form, exact=self._exact)
        return found


_STEMS, _EXACT = _Numbers(exact=False), _Numbers(exact=True)


def tags(passage: Passage) -> dict[str, Any]:
    """What a passage has in each column; crime types and articles together, as one value."""
    return {
        "access": code_of(passage),
        "kind": passage.kind or None,
        "state": passage.state or None,
        "lang": passage.lang or None,
        "year": str(passage.year) if passage.year is not None else None,
        "crime_type": tuple(sorted(set(passage.crime_types))) or None,
        "article": tuple(sorted(set(passage.articles))) or None,
    }


_NO_ROWS = np.empty(0, dtype=np.uint32)


def _length(path: Path, size: int) -> int:
    return path.stat().st_size // size if path.exists() else 0


class Index:
    """The writer of one index folder. What was added counts after `commit`; `close` gives the folder free."""

    def __init__(self, folder: Path, *, memory: int, wait: bool = False) -> None:
        self.folder = folder
        self._stack = ExitStack()
        self._stack.enter_context(files.locked(folder / "write.lock", wait=wait))
        try:
            self.state = files.read_state(folder)
            self.values = Values(folder / "values.jsonl", self.state.values)
            with files.told_of_damage(folder):
                self.words = tantivy.Index.open(str(folder / "words"))
        except BaseException:
            self._stack.close()
            raise
        self._memory = memory
        self._writer: Any = None
        self._rows: list[Any] = []
        self._terms: list[Any] = []
        self._term_count = 0
        self._dead: list[int] = []
        self._added: dict[str, list[int]] = {}
        self._bury_tail()

    @classmethod
    def create(cls, folder: Path | str, *, memory: int = LARGE) -> Self:
        """An empty index in a folder, in the place of what lay there."""
        folder = Path(folder)
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "words").mkdir(parents=True)
        tantivy.Index(schema(), str(folder / "words"))
        files.write_state(folder, State())
        return cls(folder, memory=memory)

    @classmethod
    def open(cls, folder: Path | str, *, memory: int = SMALL, wait: bool = False) -> Self:
        """The index of a folder, to be changed. Raises Busy where another writes, Unusable where it is damaged."""
        return cls(Path(folder), memory=memory, wait=wait)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the folder; what was not committed is lost."""
        writer, self._writer = self._writer, None
        if writer is not None:
            writer.wait_merging_threads()
        self._stack.close()

    def _bury_tail(self) -> None:
        """What a writer that was killed left: rows whose numbers are never given again, and rows it took out.

        Whether tantivy had them taken out already is not known; their things have to be followed again anyway.
        """
        folder, state = self.folder, self.state
        there = _length(folder / "rows.bin", ROW.itemsize)
        self._dead.extend(range(state.rows, there))
        taken = np.fromfile(folder / "dead.u32", dtype=np.uint32) if (folder / "dead.u32").exists() else _NO_ROWS
        self._dead.extend(taken[state.dead :].tolist())
        self._next = self._start = max(there, state.rows)
        self._first = _length(folder / "terms.u32", 4)

    def _writing(self) -> Any:
        if self._writer is None:
            try:
                self._writer = self.words.writer(self._memory, 1)
            except ValueError as error:
                raise Busy(str(error)) from error
        return self._writer

    def add(self, passages: Iterable[Passage]) -> int:
        """Adds passages; returns how many. Those of a key that is there already stand beside them: see `replace`."""
        writer = self._writing()
        count = 0
        for passage in passages:
            writer.add_document(self._document(passage))
            count += 1
        return count

    def replace(self, source: str, keys: Sequence[str], passages: Iterable[Passage]) -> int:
        """Puts the passages in the place of all that there is of these keys of a source; returns how many."""
        self.remove(source, keys)
        return self.add(passages)

    def remove(self, source: str, keys: Sequence[str]) -> None:
        """Takes out all passages of these keys of a source."""
        writer = self._writing()
        searcher: Any = self.words.searcher()
        for key in keys:
            name = f"{source}:{key}"
            query = tantivy.Query.term_query(self.words.schema, "key", name, "basic")
            if found := self._addresses(searcher, query):
                self._dead.extend(searcher.fast_field_values("row", found))
            self._dead.extend(self._added.pop(name, ()))
            writer.delete_documents_by_term("key", name)

    @staticmethod
    def _addresses(searcher: Any, query: Any) -> list[Any]:
        limit = 256
        while len(hits := searcher.search(query, limit, count=False).hits) == limit:
            limit *= 8
        return [address for _score, address in hits]

    def _document(self, passage: Passage) -> Any:
        title = analysis.analyse(passage.title, passage.lang)
        text = analysis.analyse(passage.text, passage.lang)
        source_key = f"{source_of(passage.id)}:{passage.key}"
        document = tantivy.Document()
        # The title's words are words of the passage too: a phrase or word of it alone is found.
        for name, forms in (
            ("stems", title.stems + text.stems), ("exact", title.exact + text.exact),
            ("title", title.stems), ("title_exact", title.exact),
        ):  # fmt: skip
            document.add_text(name, " ".join(forms))
        for name, value in (
            ("id", passage.id), ("key", source_key),
        ):  # fmt: skip
            document.add_text(name, value)
        for name, value in (("kept_title", passage.title), ("kept_text", passage.text), ("url", passage.url)):
            document.add_bytes(name, value.encode("utf-8", "replace"))
        held = tags(passage)
        for name, value in held.items():
            for single in value if isinstance(value, tuple) else (() if value is None else (value,)):
                document.add_text(name, single)
        document.add_unsigned("row", self._next)
        numbers = {_STEMS[form] for form in {*title.stems, *text.stems}}
        numbers |= {_EXACT[form] for form in {*title.exact, *text.exact}}
        first = self._first + self._term_count
        self._rows.append((*(self.values.number(name, held[name]) for name in COLUMNS), first, len(numbers)))
        self._terms.append(np.fromiter(numbers, dtype=np.uint32, count=len(numbers)))
        self._term_count += len(numbers)
        self._added.setdefault(source_key, []).append(self._next)
        self._next += 1
        return document

    def commit(self, followed: dict[str, Any] | None = None) -> None:
        """Makes what was added and removed count, and keeps how far the log of changes was followed."""
        self._save_rows()
        if self._writer is not None:
            self._writer.commit()
            self.words.reload()
        if followed is not None:
            self.state.followed = followed
        files.write_state(self.folder, self.state)

    def _save_rows(self) -> None:
        folder, state = self.folder, self.state
        if self._rows:
            files.append(folder / "terms.u32", np.concatenate(self._terms), self._first)
            files.append(folder / "rows.bin", np.array(self._rows, dtype=ROW), self._start)
            self._first += self._term_count
        state.rows = self._start = self._next
        if self._dead:
            state.dead = files.append(folder / "dead.u32", np.array(self._dead, dtype=np.uint32), state.dead)
        self.values.save()
        state.values = self.values.count
        self._rows, self._terms, self._term_count, self._dead = [], [], 0, []
        self._added.clear()

    def uncovered(self, encoder: str, after: int = -1) -> NDArray[np.int64]:
        """The rows above `after` that have no vector of this encoder."""
        there = np.ones(self.state.rows, dtype=bool)
        there[: after + 1] = False
        there[files.mapped(self.folder / f"{encoder}.pieces", PIECE, self.state.pieces.get(encoder, 0))["row"]] = False
        there[files.mapped(self.folder / "dead.u32", np.uint32, self.state.dead)] = False
        return np.flatnonzero(there)

    def missing(self, encoder: str, limit: int, after: int = -1) -> list[tuple[int, str, str, str]]:
        """Up to `limit` passages without a vector of this encoder, oldest first: (row, language, title, text)."""
        rows = self.uncovered(encoder, after)[:limit].tolist()
        if not rows:
            return []
        searcher: Any = self.words.searcher()
        addresses = self._addresses(searcher, tantivy.Query.term_set_query(self.words.schema, "row", rows))
        langs = files.mapped(self.folder / "rows.bin", ROW, self.state.rows)["lang"]
        found = []
        for row, address in zip(searcher.fast_field_values("row", addresses), addresses, strict=True):
            document = searcher.doc(address)
            lang = self.values.lists["lang"][int(langs[int(row)])] or ""
            found.append((int(row), lang, kept(document, "kept_title"), kept(document, "kept_text")))
        return sorted(found)

    def add_vectors(self, encoder: str, pieces: NDArray[Any], vectors: NDArray[np.float32], sample: Vectors) -> None:
        """Adds the vectors of pieces of text (`vectors.PIECE` rows). `sample`: vectors that give the middle."""
        count = self.state.pieces.get(encoder, 0)
        middle = self.folder / f"{encoder}.middle"
        if not count:
            middle.write_bytes(sample.mean(axis=0).astype(np.float32).tobytes())
        centre = np.frombuffer(middle.read_bytes(), dtype=np.float32)
        scales, codes = quantised(vectors)
        pieces["scale"] = scales
        files.append(self.folder / f"{encoder}.bits", signs(vectors - centre), count)
        files.append(self.folder / f"{encoder}.i8", codes, count)
        self.state.pieces[encoder] = files.append(self.folder / f"{encoder}.pieces", pieces, count)
        files.write_state(self.folder, self.state)
