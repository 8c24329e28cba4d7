"""What only the node knows of an IATI file: whether it is its own, and what places its country codes mean."""

from __future__ import annotations

from typing import Any

from comity.modules.programmes.exporters.iati_identity import reporting_identifier, slug
from comity.modules.programmes.importers.cells import joined
from comity.modules.programmes.importers.iati_rows import KEEP
from comity.modules.programmes.importers.states import States


def settled(parsed: dict[str, Any], reporting: str = "") -> dict[str, Any]:
    """Returns the tables of an IATI file with plain cells; other files as they are.

    `reporting` is this node's organisation identifier, "" for the one of its settings.
    """
    if not parsed.get("iati"):
        return parsed
    node, states = reporting or reporting_identifier(), States()
    tables = [
        {**table, "rows": [[row[0], *[_cell(cell, node, states) for cell in row[1:]]] for row in table["rows"]]}
        for table in parsed["tables"]
    ]
    return {**parsed, "tables": tables}


def _cell(cell: Any, node: str, states: States) -> Any:
    if isinstance(cell, dict) and "of" in cell:
        chosen = cell["own"] if cell["of"] == node else cell["other"]
        if cell["of"] == node and cell["slug"] and not cell["own"]:
            chosen = cell["other"]
        if isinstance(chosen, dict) or not (cell["slug"] and chosen is cell["other"]):
            return _cell(chosen, node, states)
        return slug(chosen) if chosen else ""
    if isinstance(cell, dict) and "iso2" in cell:
        return _places(cell, states)
    return KEEP if cell == KEEP else cell


def _places(cell: dict[str, Any], states: States) -> Any:
    codes = []
    for iso2 in cell["iso2"]:
        code = states.of_iso2(iso2)
        if not code:
            return {"wrong": f"There is no country with the code “{iso2}” (ISO 3166-1)."}
        codes.append(code)
    return codes[0] if cell.get("one") else joined((*codes, *cell["more"]))
