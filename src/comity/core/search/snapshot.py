"""An index as it was at one commit, for reading. Never changes; the next commit gives another one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import tantivy
from numpy.typing import NDArray

from comity.core.actions.actor import Actor
from comity.core.search import files
from comity.core.search.access import Codes
from comity.core.search.files import ROW, State, Unusable, Values
from comity.core.search.index import term_number
from comity.core.search.vectors import PIECE, Store

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Constraint:
    """One condition on a column: one of these values. `facet` is where it came from ("" for what always holds)."""

    facet: str
    column: str
    values: frozenset[str]


class Snapshot:
    """What readers ask: words of `searcher`, columns of rows, vectors of pieces. `open` it with the one before."""

    def __init__(self, folder: Path, before: Snapshot | None = None) -> None:
        """Raises Unusable where there is no index, or a damaged one."""
        self.folder = folder
        self.signature = files.signature(folder)
        self.state: State = files.read_state(folder)
        same = before if before is not None and before.folder == folder else None
        with files.told_of_damage(folder):
            self.index: Any = same.index if same else tantivy.Index.open(str(folder / "words"))
            self.index.reload()
            self.searcher: Any = self.index.searcher()
        self.schema = self.index.schema
        self.values: Values = same.values if same else Values(folder / "values.jsonl", 0)
        self.values.read(self.state.values)
        self.rows: NDArray[Any] = files.mapped(folder / "rows.bin", ROW, self.state.rows)
        self.alive = np.ones(self.state.rows, dtype=bool)
        self.alive[files.mapped(folder / "dead.u32", np.uint32, self.state.dead)] = False
        self.stores = {name: self._store(name, same) for name, count in self.state.pieces.items() if count}
        self._columns: dict[tuple[str, str], NDArray[Any]] = {}

    def _store(self, name: str, same: Snapshot | None) -> Store:
        count, folder = self.state.pieces[name], self.folder
        try:
            middle = np.fromfile(folder / f"{name}.middle", dtype=np.float32)
        except OSError as error:
            raise Unusable(f"{folder} is damaged: {error}") from error
        width = len(middle) // 64
        old = same.stores.get(name) if same else None
        known = len(old.pieces) if old else 0
        bits = files.mapped(folder / f"{name}.bits", np.uint64, count, width)
        planes = np.empty((width, count), dtype=np.uint64)
        if old:
            planes[:, :known] = old.planes
        planes[:, known:] = bits[known:].T
        codes = files.mapped(folder / f"{name}.i8", np.int8, count, len(middle))
        return Store(planes, codes, files.mapped(folder / f"{name}.pieces", PIECE, count), middle)

    @cached_property
    def _codes(self) -> Codes:
        """Every access code that occurs in the words, whether or not a passage has it still."""
        return Codes([code for code, _count in self.searcher.terms_with_prefix("access", "")])

    @cached_property
    def _numbered_codes(self) -> Codes:
        return Codes(list(self.values.lists["access"]))

    def hidden(self, actor: Actor) -> list[str]:
        """The access codes that the actor may not see now."""
        return self._codes.hidden(actor)

    @cached_property
    def _coverage(self) -> tuple[NDArray[Any], NDArray[Any]]:
        """Passages and covered passages by access code."""
        count = len(self.values.lists["access"])
        covered = np.zeros(self.state.rows, dtype=bool)
        if self.stores:
            covered[next(iter(self.stores.values())).pieces["row"]] = True
        every = np.bincount(self.rows["access"][self.alive], minlength=count)
        return every, np.bincount(self.rows["access"][self.alive & covered], minlength=count)

    def coverage(self, actor: Actor) -> tuple[int, int]:
        """How many of the passages that the actor may see are covered by meaning, and how many there are."""
        every, covered = self._coverage
        visible = self._seen(actor)[: len(every)]
        return int(covered[visible].sum()), int(every[visible].sum())

    def _seen(self, actor: Actor) -> Mask:
        """By number of access code, whether the actor sees it; number 0 is nobody's."""
        return self._numbered_codes.seen(actor)

    def _fits(self, constraint: Constraint) -> Mask:
        """By number of the column's value, whether it meets the constraint."""
        return np.array([_meets(value, constraint.values) for value in self.values.lists[constraint.column]])

    def piece_mask(self, name: str, actor: Actor, constraints: Iterable[Constraint]) -> Mask:
        """Which pieces of an encoder belong to living passages the actor may see that meet the constraints."""
        mask: Mask = self._seen(actor)[self._piece_column(name, "access")]
        mask &= self._piece_alive(name)
        for constraint in constraints:
            mask &= self._fits(constraint)[self._piece_column(name, constraint.column)]
        return mask

    def _piece_column(self, name: str, column: str) -> NDArray[Any]:
        found = self._columns.get((name, column))
        if found is None:
            found = self._columns[(name, column)] = self.rows[column][self.stores[name].pieces["row"]]
        return found

    def _piece_alive(self, name: str) -> Mask:
        found = self._columns.get((name, ""))
        if found is None:
            found = self._columns[(name, "")] = self.alive[self.stores[name].pieces["row"]]
        return found

    def piece_rows(self, name: str) -> NDArray[Any]:
        """The row of each piece of an encoder."""
        found = self._columns.get((name, "row"))
        if found is None:
            found = self._columns[(name, "row")] = np.ascontiguousarray(self.stores[name].pieces["row"])
        return found

    def row_mask(self, rows: NDArray[Any], actor: Actor, constraints: Iterable[Constraint] = ()) -> Mask:
        """Which of these rows are living passages the actor may see that meet the constraints."""
        mask = rows < self.state.rows
        safe = np.where(mask, rows, 0)
        mask &= self.alive[safe]
        mask &= self._seen(actor)[self.rows["access"][safe]]
        for constraint in constraints:
            mask &= self._fits(constraint)[self.rows[constraint.column][safe]]
        return mask

    def rows_in(self, rows: Sequence[int], langs: Collection[str]) -> set[int]:
        """Those of the rows whose text is in one of the languages."""
        fits = np.array([value in langs for value in self.values.lists["lang"]])
        return {row for row, own in zip(rows, fits[self.rows["lang"][rows]].tolist(), strict=True) if own}

    def sizes(self, rows: Sequence[int]) -> dict[int, int]:
        """How many different terms each of the rows has."""
        return dict(zip(rows, self.rows["count"][rows].tolist(), strict=True))

    def counts(self, rows: NDArray[Any], column: str) -> dict[str, int]:
        """How many of the rows have each value of a column."""
        values = self.values.lists[column]
        found: dict[str, int] = {}
        for number, count in enumerate(np.bincount(self.rows[column][rows], minlength=1)):
            if count and values[number] is not None:
                value = values[number]
                for single in value if isinstance(value, tuple) else (value,):
                    found[single] = found.get(single, 0) + int(count)
        return found

    def holding(self, rows: NDArray[Any], stems: Collection[str], exact: Collection[str]) -> Mask:
        """Which of the rows hold any of the stems or exact forms."""
        if not len(rows):
            return np.zeros(0, dtype=bool)
        wanted = {term_number(form) for form in stems} | {term_number(form, exact=True) for form in exact}
        counts = self.rows["count"][rows].astype(np.int64)
        starts = np.cumsum(counts) - counts
        places = np.repeat(self.rows["first"][rows].astype(np.int64) - starts, counts) + np.arange(counts.sum())
        terms = self._terms[places]
        matches = np.zeros(len(terms), dtype=bool)
        for number in wanted:
            matches |= terms == np.uint32(number)
        found = np.zeros(len(rows), dtype=bool)
        found[np.repeat(np.arange(len(rows)), counts)[matches]] = True
        return found

    @cached_property
    def _terms(self) -> NDArray[np.uint32]:
        path = self.folder / "terms.u32"
        return files.mapped(path, np.uint32, path.stat().st_size // 4 if path.exists() else 0)

    def addresses(self, rows: Iterable[int]) -> dict[int, Any]:
        """Where tantivy keeps the passages of these rows; those that are gone are left out."""
        wanted = [int(row) for row in rows]
        if not wanted:
            return {}
        query = tantivy.Query.term_set_query(self.schema, "row", wanted)
        found = [address for _score, address in self.searcher.search(query, len(wanted) + 8, count=False).hits]
        return {int(row): address for row, address in zip(self.rows_at(found), found, strict=True)}

    def rows_at(self, addresses: list[Any]) -> list[int]:
        """The rows of passages that tantivy found."""
        return list(self.searcher.fast_field_values("row", addresses)) if addresses else []

    def tag(self, row: int, column: str) -> Any:
        """What a row has in a column."""
        return self.values.lists[column][int(self.rows[column][row])]

    def query_for(self, hidden: list[str], constraints: Iterable[Constraint]) -> list[tuple[Any, Any]]:
        """The clauses that keep the words to what the actor may see and to the constraints."""
        query, occur = tantivy.Query, tantivy.Occur
        clauses = [(occur.Must, _one_of(self.schema, c.column, c.values)) for c in constraints]
        if hidden:
            clauses.append((occur.MustNot, query.term_set_query(self.schema, "access", hidden)))
        return clauses


def _one_of(schema: Any, column: str, values: Collection[str]) -> Any:
    query = tantivy.Query
    if not values:
        return query.empty_query()
    if len(values) == 1:
        return query.const_score_query(query.term_query(schema, column, next(iter(values)), "basic"), 0.0)
    return query.const_score_query(query.term_set_query(schema, column, sorted(values)), 0.0)


def _meets(value: Any, wanted: Collection[str]) -> bool:
    return any(single in wanted for single in value) if isinstance(value, tuple) else value in wanted


#: What a facet is counted on: regions are sums of States.
COLUMN_OF: Mapping[str, str] = {
    "kind": "kind", "state": "state", "region": "state", "lang": "lang", "crime_type": "crime_type",
    "article": "article", "year": "year",
}  # fmt: skip
