"""One list as it stands on the page, as a file: the same records, for the same reader, and the audit of it."""

from __future__ import annotations

from comity.core.actions.actor import Actor
from comity.core.actions.labels import Label
from comity.core.actions.reads import record_read
from comity.modules.programmes import vocabulary as v
from comity.modules.programmes.exporters import csv_files, workbook
from comity.modules.programmes.exporters.rows import rows
from comity.modules.programmes.kinds import Kind
from comity.modules.programmes.selectors.listing import Filters, listed
from comity.modules.programmes.tables import child_table_of, table_of
from comity.ui.exports import csv_text

#: Media types of the formats.
FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def list_file(actor: Actor, kind: Kind, filters: Filters, fmt: str) -> bytes:
    """Returns the records of a list as a CSV of the records, or as a workbook with their child rows beside.

    Raises ValueError where a text does not fit into a cell of a workbook.
    """
    found = listed(actor, kind, filters)
    labels = set(found.order_by().values_list("label", flat=True).distinct())
    for label in sorted(labels - {Label.PUBLIC}):
        record_read(actor, reference=f"programmes:export:{kind.name}.{fmt}", label=label, verb=v.EXPORT)
    own, children = table_of(kind), child_table_of(kind)
    if fmt == "xlsx":
        names = [own.name, *([children.name] if children else [])]
        return workbook.workbook(rows(actor, kind, found), names)
    made = csv_files.files((table, row) for table, row in rows(actor, kind, found) if table.name == own.name)
    empty = csv_text([], [column.name for column in own.columns])
    return made.get(f"{own.name}.csv", empty).encode()
