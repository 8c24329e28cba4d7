"""Records as rows of the tables that spreadsheets and CSV have: what goes out comes back in the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from comity.core.actions.actor import Actor
from comity.modules.programmes.importers.cells import joined
from comity.modules.programmes.kinds import KINDS, Kind
from comity.modules.programmes.selectors.records import current
from comity.modules.programmes.tables import TITLE_PREFIX, Table, child_table_of, table_of

_CHUNK = 500


def rows(actor: Actor, kind: Kind, chosen: QuerySet[Any] | None = None) -> Iterator[tuple[Table, dict[str, Any]]]:
    """Yields the rows of a kind that the actor may see, each record before its child rows, by code; of `chosen`, which
    a selector has narrowed to what the actor may see, where it is given."""
    table, children = table_of(kind), child_table_of(kind)
    found = (current(actor, kind) if chosen is None else chosen).order_by("code")
    if kind.child is not None:
        found = found.prefetch_related(kind.children)
    for row in found.iterator(chunk_size=_CHUNK):
        yield table, _record(table, row)
        if children is not None:
            for child in getattr(row, kind.children).all():
                yield children, _child(children, row, child)


def every_row(actor: Actor) -> Iterator[tuple[Table, dict[str, Any]]]:
    """Yields the rows of all kinds."""
    for kind in KINDS.values():
        yield from rows(actor, kind)


def _record(table: Table, row: Any) -> dict[str, Any]:
    titles = {f"{TITLE_PREFIX}{lang}": title for lang, title in row.other_titles.items()}
    said = {
        column.name: value(row, column.name) for column in table.columns if not column.name.startswith(TITLE_PREFIX)
    }
    return {**said, **{name: title for name, title in titles.items() if table.column(name)}}


def _child(table: Table, parent: Any, row: Any) -> dict[str, Any]:
    return {
        column.name: parent.code if column.name == table.parent else value(row, column.name) for column in table.columns
    }


def value(row: Any, name: str) -> Any:
    """A field as a cell: a State by its code, lists in one text, yes or no for a truth value."""
    found = getattr(row, row._meta.get_field(name).attname)
    if isinstance(found, tuple):
        return joined(found)
    if isinstance(found, bool):
        return "yes" if found else "no"
    return found
