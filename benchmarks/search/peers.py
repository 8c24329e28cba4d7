"""The engines beside ours. Each holds the passages' text as well, so that it could show what it found.

Only the standard library outside the constructors: the system's Python runs this for Debian's Xapian.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol

from benchmarks.search.corpus import CONFIGURATIONS, Asked, Row

#: Passages per transaction while something is imported.
BATCH = 500


class Engine(Protocol):
    """What is measured. `place` is a folder of the engine's own, or a database's address."""

    def __init__(self, place: str) -> None: ...

    def build(self, rows: Iterable[Row]) -> None:
        """Makes the index of these passages, from nothing, and leaves it ready to be asked."""

    def put(self, rows: list[Row]) -> None:
        """Takes these passages into the index, new or in place of old ones, and makes them findable."""

    def ask(self, asked: Asked, way: str, limit: int) -> list[int]:
        """Returns the numbers of the best passages that have "all" terms or "any" term, best first."""

    def bytes(self) -> int:
        """The size on disk."""


def words(text: str) -> list[str]:
    """The question's words, without signs that an engine's language of questions would read."""
    return re.findall(r"[^\W_]+", text)


def folder_size(folder: str) -> int:
    """The size of all files below a folder, in bytes."""
    return sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())


class Sqlite:
    """FTS5 with the tokenizer unicode61, ranked by its bm25; write-ahead log, so that readers do not wait."""

    def __init__(self, place: str) -> None:
        self._place = place
        Path(place).mkdir(parents=True, exist_ok=True)
        self._database = sqlite3.connect(Path(place) / "fts5.sqlite3", isolation_level=None, timeout=60)
        self._database.execute("PRAGMA journal_mode=WAL")
        self._database.execute("PRAGMA synchronous=NORMAL")
        self._database.execute("PRAGMA cache_size=-65536")

    def build(self, rows: Iterable[Row]) -> None:
        run = self._database.execute
        run("CREATE VIRTUAL TABLE passages USING fts5(text, tokenize='unicode61')")
        run("BEGIN")
        self._insert(rows)
        run("COMMIT")
        run("INSERT INTO passages(passages) VALUES ('optimize')")
        run("PRAGMA wal_checkpoint(TRUNCATE)")

    def put(self, rows: list[Row]) -> None:
        self._database.execute("BEGIN IMMEDIATE")
        self._insert(rows)
        self._database.execute("COMMIT")

    def _insert(self, rows: Iterable[Row]) -> None:
        self._database.executemany(
            "INSERT OR REPLACE INTO passages(rowid, text) VALUES (?, ?)", ((row.number, row.whole) for row in rows)
        )

    def ask(self, asked: Asked, way: str, limit: int) -> list[int]:
        joined = (" OR " if way == "any" else " ").join(f'"{word}"' for word in words(asked.text))
        found = self._database.execute(
            "SELECT rowid FROM passages WHERE passages MATCH ? ORDER BY rank LIMIT ?", (joined, limit)
        )
        return [number for (number,) in found]

    def bytes(self) -> int:
        return folder_size(self._place)


class Postgres:
    """A tsvector column in each passage's own language with a GIN index, ranked by ts_rank."""

    def __init__(self, place: str) -> None:
        import psycopg

        self._connection = psycopg.connect(place, autocommit=True)

    def build(self, rows: Iterable[Row]) -> None:
        run = self._connection.execute
        run("DROP TABLE IF EXISTS passages")
        run(
            "CREATE TABLE passages (number integer PRIMARY KEY, configuration regconfig NOT NULL, body text NOT NULL,"
            " terms tsvector GENERATED ALWAYS AS (to_tsvector(configuration, body)) STORED)"
        )
        with self._connection.cursor().copy("COPY passages (number, configuration, body) FROM STDIN") as copy:
            for row in rows:
                copy.write_row((row.number, CONFIGURATIONS[row.lang], row.whole))
        run("CREATE INDEX passages_terms ON passages USING gin (terms)")
        run("VACUUM ANALYZE passages")

    def put(self, rows: list[Row]) -> None:
        with self._connection.transaction(), self._connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO passages (number, configuration, body) VALUES (%s, %s::regconfig, %s)"
                " ON CONFLICT (number) DO UPDATE SET configuration = excluded.configuration, body = excluded.body",
                [(row.number, CONFIGURATIONS[row.lang], row.whole) for row in rows],
            )

    def ask(self, asked: Asked, way: str, limit: int) -> list[int]:
        query = "plainto_tsquery(%s::regconfig, %s)"
        if way == "any":
            query = f"replace({query}::text, ' & ', ' | ')::tsquery"
        found = self._connection.execute(
            f"SELECT number FROM passages, (SELECT {query} AS asked) AS question WHERE terms @@ asked"
            " ORDER BY ts_rank(terms, asked) DESC LIMIT %s",
            (CONFIGURATIONS[asked.lang], asked.text, limit),
        )
        return [number for (number,) in found]

    def bytes(self) -> int:
        told = self._connection.execute("SELECT pg_total_relation_size('passages')").fetchone()
        return int(told[0]) if told else 0

    def processes(self) -> list[int]:
        """The server's processes: its first one and all that it started."""
        told = self._connection.execute("SELECT pg_read_file('postmaster.pid')").fetchone()
        first = int(str(told[0]).split()[0]) if told else 0
        return [first, *map(int, Path(f"/proc/{first}/task/{first}/children").read_text().split())]


class Xapian:
    """Terms with positions, stemmed beside unstemmed, in each passage's own language; BM25; Chinese in n-grams."""

    def __init__(self, place: str) -> None:
        import xapian

        # Larger parts than Xapian's own 10,000 write less; much larger ones are slower again.
        os.environ.setdefault("XAPIAN_FLUSH_THRESHOLD", "20000")
        Path(place).mkdir(parents=True, exist_ok=True)
        self._place, self._xapian = place, xapian
        self._stemmers = {lang: xapian.Stem(name) for lang, name in CONFIGURATIONS.items() if lang != "zh"}
        self._generators = {lang: self._generator(lang) for lang in CONFIGURATIONS}
        self._reader: Any = None
        self._writer: Any = None

    def _generator(self, lang: str) -> Any:
        generator = self._xapian.TermGenerator()
        generator.set_flags(self._xapian.TermGenerator.FLAG_CJK_NGRAM)
        if lang in self._stemmers:
            generator.set_stemmer(self._stemmers[lang])
        return generator

    def build(self, rows: Iterable[Row]) -> None:
        self._open_writer()
        for row in rows:
            self._writer.add_document(self._document(row))
        self._writer.commit()

    def put(self, rows: list[Row]) -> None:
        self._open_writer()
        for row in rows:
            self._writer.replace_document(row.number + 1, self._document(row))
        self._writer.commit()

    def _open_writer(self) -> None:
        if self._writer is None:
            flags = self._xapian.DB_CREATE_OR_OPEN | self._xapian.DB_NO_SYNC
            self._writer = self._xapian.WritableDatabase(self._place, flags)

    def _document(self, row: Row) -> Any:
        document = self._xapian.Document()
        document.set_data(row.whole)
        generator = self._generators[row.lang]
        generator.set_document(document)
        generator.set_termpos(0)
        generator.index_text(row.whole)
        return document

    def ask(self, asked: Asked, way: str, limit: int) -> list[int]:
        if self._reader is None:
            self._reader = self._xapian.Database(self._place)
        self._reader.reopen()
        parser = self._xapian.QueryParser()
        parser.set_default_op(self._xapian.Query.OP_OR if way == "any" else self._xapian.Query.OP_AND)
        if asked.lang in self._stemmers:
            parser.set_stemmer(self._stemmers[asked.lang])
            parser.set_stemming_strategy(parser.STEM_SOME)
        query = parser.parse_query(" ".join(words(asked.text)).lower(), parser.FLAG_CJK_NGRAM)
        while True:
            enquire = self._xapian.Enquire(self._reader)
            enquire.set_query(query)
            try:
                return [match.docid - 1 for match in enquire.get_mset(0, limit)]
            except self._xapian.DatabaseModifiedError:  # a writer overtook the reader: part of the time
                self._reader.reopen()

    def bytes(self) -> int:
        return folder_size(self._place)
