"""Loads the bundled listing of trafficking cases: facts only, published, each with its source.

`reference/cases.csv` is made by `tools/reference.py`. Running again changes nothing; what the node itself changed
since stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from comity.core.actions.actor import system
from comity.modules.library.content import Content, from_plain
from comity.modules.library.importers import case_list
from comity.modules.library.models import Record
from comity.modules.library.services.bulk import write_new

_CASES = Path(__file__).resolve().parent / "reference" / "cases.csv"
_SCOPE = "trafficking-in-persons"


def load_reference() -> None:
    """Adds the cases that the node does not have yet; call it in a transaction."""
    known = set(Record.objects.exclude(identity="").values_list("identity", flat=True))
    write_new(system("reference"), contents=[content for content in cases() if content.identity not in known])


def cases() -> Iterator[Content]:
    """The bundled cases as records. They are tagged to trafficking in persons, the scope of the listing, besides the
    crime type of their address."""
    for plain in case_list.read(_CASES.read_text(encoding="utf-8"))["records"]:
        codes = dict.fromkeys([_SCOPE, *(tag["value"] for tag in plain.get("tags", ()))])
        yield from_plain({**plain, "tags": [{"scheme": "crime_type", "value": code} for code in codes]})
