"""What a file holds, as plain tables. Runs in the child process: no database, no network.

Told: {"tables": [{"sheet", "columns", "rows": [[row number, cell, …]]}], "refused": [{"sheet", "row", "reason"}],
"notes": [text]}. A cell is a text, a number, true or false, null, {"day": "2019-05-06"} or {"wrong": why}. All that
the readers need is imported with this module, before the child is confined.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from comity.core.vault.errors import Unreadable
from comity.modules.programmes.importers import csv_file, iati, workbook

_ZIP = b"PK\x03\x04"
#: Old Excel and every workbook with a password lie in this container.
_CONTAINER = bytes.fromhex("d0cf11e0a1b11ae1")
_PASSWORD = "EncryptedPackage".encode("utf-16-le")


def parse(path: Path) -> dict[str, Any]:
    """Reads a workbook, a CSV or an IATI file, told apart by what stands in it. Raises Unreadable with the remedy."""
    with path.open("rb") as file:
        head = file.read(4096)
    if not head.strip(b"\xef\xbb\xbf \t\r\n"):
        raise Unreadable("The file is empty.")
    if head.startswith(_CONTAINER):
        if _PASSWORD in path.read_bytes():
            raise Unreadable("The workbook is locked with a password. Take the password off and save it again.")
        raise Unreadable("This is a workbook of old Excel (.xls). Save it again as .xlsx.")
    if head.startswith(_ZIP):
        return workbook.read(path)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") or head.startswith((b"\xff\xfe<", b"\xfe\xff\x00<")):
        return iati.read(path)
    if b"\x00" in head:
        raise Unreadable("This is no workbook (.xlsx), CSV or IATI file. Save it again as one of these.")
    return csv_file.read(path)
