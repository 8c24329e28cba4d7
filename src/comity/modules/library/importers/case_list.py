"""A list of cases of the public SHERLOC database as CSV: title, number, address. Facts only, no names.

The State or body and the year stand in the address; "_irb" is an international or regional body. A title can name a
victim, so it is taken only where it is strictly a docket number (`docket.py`).
"""

from __future__ import annotations

import csv
import io
import re
from typing import Any

from comity.core.vault.errors import Unreadable
from comity.modules.library.importers.docket import docket

COLUMNS = frozenset({"title", "unodc_number", "url"})
_ADDRESS = re.compile(r"/case-law-doc/([a-z]+)/([a-z]{3}|_irb)/(?:((?:19|20)\d\d)/)?[^/]+$")
_CRIMES = {
    "traffickingpersonscrimetype": "trafficking-in-persons", "migrantsmugglingcrimetype": "smuggling-of-migrants",
    "drugcrimetype": "drug-offences", "moneylaunderingcrimetype": "money-laundering",
    "corruptioncrimetype": "corruption",
    "criminalgroupcrimetype": "organized-criminal-group", "illicitfirearmscrimetype": "trafficking-in-firearms",
}  # fmt: skip


def is_list(header: str) -> bool:
    """Whether the first line of a file names the columns of such a list."""
    return set(next(csv.reader([header]), [])) >= COLUMNS


def read(text: str) -> dict[str, Any]:
    """Every row as a record, and the rows that are refused with the place."""
    made: list[dict[str, Any]] = []
    refused: list[dict[str, str]] = []
    for line, row in enumerate(csv.DictReader(io.StringIO(text, newline="")), 2):
        try:
            made.append(_record(row))
        except Unreadable as error:
            refused.append({"place": f"row {line}", "reason": error.reason})
    if not made and not refused:
        raise Unreadable("not a law or case: the list is empty.")
    return {"records": made, "refused": refused, "notes": []}


def _record(row: dict[str, str]) -> dict[str, Any]:
    number, url = (row.get("unodc_number") or "").strip(), (row.get("url") or "").strip()
    found = _ADDRESS.search(url)
    if not number:
        raise Unreadable("the case has no number; give it one.")
    if found is None:
        raise Unreadable("the address does not name a State or body, as …/case-law-doc/crime/state/year/name does.")
    title = docket((row.get("title") or "").strip())
    record: dict[str, Any] = {
        "kind": "case",
        "state": "" if found[2] == "_irb" else found[2].upper(),
        "body": "International or regional body" if found[2] == "_irb" else "",
        "year": int(found[3]) if found[3] else None,
        "identity": f"sherloc:{url.split('/case-law-doc/')[1]}"[:300],
        "listing": True,
        "aliases": [{"scheme": "sherloc", "value": number}],
        "texts": [{"field": "title", "lang": "en", "value": title}] if title else [],
        "tags": [{"scheme": "crime_type", "value": _CRIMES[found[1]]}] if found[1] in _CRIMES else [],
        "sources": [{"title": "SHERLOC case-law database", "url": url}],
        "case": {"docket": title} if title else {},
    }
    return {name: value for name, value in record.items() if value or name == "case"}
