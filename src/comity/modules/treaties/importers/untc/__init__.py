"""Status pages of the UN Treaty Collection, saved as HTML.

`parse` is pure and knows nothing of any single instrument. A page is taken whole or not at all when its table
of participants is in doubt: cut off, or giving another number of parties than it states. Single rows that
cannot be read are refused by line while the rest is taken.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from comity.core.vault.errors import Unreadable
from comity.modules.treaties.importers.records import Refusal, StatusTable, to_plain
from comity.modules.treaties.importers.untc.cells import CONSENT, SIGNATURE
from comity.modules.treaties.importers.untc.grid import count, read_grid
from comity.modules.treaties.importers.untc.header import read_header
from comity.modules.treaties.importers.untc.notes import read_notes
from comity.modules.treaties.importers.untc.page import open_page
from comity.modules.treaties.importers.untc.statements import read_applications, read_statements

#: Larger than any page of the collection by far; checked before the file is opened.
MAX_BYTES = 16 * 2**20


def parse(path: Path) -> StatusTable:
    """Returns what the page says. Raises Unreadable, naming what is wrong and what to do."""
    root = open_page(path)
    header = read_header(root)
    notes = read_notes(root)
    grid = read_grid(root, notes)
    parties = count(grid.actions, CONSENT, header.as_of)
    stated = header.parties_stated
    in_doubt = sum(1 for refusal in grid.refused if refusal.content)
    if stated is not None and not parties <= stated <= parties + in_doubt:
        raise Unreadable(
            f"The page states {stated} parties, its table gives {parties}: rows are missing or were altered. "
            "Nothing was taken. Save the page again from treaties.un.org."
        )
    refused = list(grid.refused)
    signatories = count(grid.actions, SIGNATURE, header.as_of)
    if header.signatories_stated not in {None, signatories}:
        reason = f"the page states {header.signatories_stated} signatories, its rows give {signatories}"
        refused.append(Refusal("table", reason))
    statements, not_understood = read_statements(root, grid.actions, notes)
    applications, odd = read_applications(root)
    return StatusTable(
        instrument=header.instrument,
        source=f"untc-{header.instrument}",
        as_of=header.as_of,
        title=header.title,
        concluded_place=header.concluded_place,
        concluded_on=header.concluded_on,
        in_force_on=header.in_force_on,
        in_force_text=header.in_force_text,
        registration=header.registration,
        citation=header.citation,
        notes=header.notes,
        parties_stated=stated,
        signatories_stated=header.signatories_stated,
        parties=parties,
        signatories=signatories,
        actions=grid.actions,
        statements=statements,
        applications=applications,
        refused=(*refused, *not_understood, *odd),
    )


def parse_plain(path: Path) -> dict[str, Any]:
    """`parse` for the other side of a process border."""
    return to_plain(parse(path))
