"""CSV: one file of a table, or one file of all tables with a column that names the table of each row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from comity.modules.programmes.content import plain
from comity.modules.programmes.importers.csv_file import KIND
from comity.modules.programmes.tables import Table, tables
from comity.ui.exports import csv_text

_Rows = Iterable[tuple[Table, Mapping[str, Any]]]


def one_file(rows: _Rows) -> str:
    """Returns all rows in one CSV, with the columns of the tables that have any."""
    made = [{KIND: table.name, **_plain(row)} for table, row in rows]
    present = {row[KIND] for row in made}
    columns = dict.fromkeys(
        [KIND, *(column.name for name, table in tables().items() if name in present for column in table.columns)]
    )
    return csv_text(made, list(columns))


def files(rows: _Rows) -> dict[str, str]:
    """Returns a CSV for each table with rows, by file name."""
    made: dict[str, list[dict[str, Any]]] = {}
    for table, row in rows:
        made.setdefault(table.name, []).append(_plain(row))
    return {f"{name}.csv": csv_text(found, [c.name for c in tables()[name].columns]) for name, found in made.items()}


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: plain(value) for name, value in row.items()}
