"""Reads files of laws and cases into records. Files are read in a child process with limits (`core.vault.sandbox`)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from comity.core.vault.errors import Unreadable
from comity.core.vault.sandbox import parse_safely
from comity.modules.library.importers.ocr import installed, wanted
from comity.modules.library.importers.ocr import read as read_scan
from comity.modules.library.importers.ocr import text as text_of_scan

_HERE = "comity.modules.library.importers"
#: Larger files are not opened.
MAX_BYTES = 64 * 2**20


def read(path: Path) -> dict[str, Any]:
    """Returns {"records": [plain content], "refused": [{"place", "reason"}], "notes": [str]} of a file.

    Raises Unreadable with the reason and the remedy. A scanned PDF is read with Tesseract where it is installed.
    Every record was checked against `content.Content`: the child process is not believed.
    """
    from comity.modules.library.content import from_plain, to_plain

    try:
        told = parse_safely(f"{_HERE}.reading:parse", path, limit=MAX_BYTES)
    except Unreadable as error:
        if not wanted(error) or not installed():
            raise
        told = read_scan(path)
    records, refused = [], list(told["refused"])
    for number, plain in enumerate(told["records"], 1):
        try:
            records.append(to_plain(from_plain(plain)))
        except ValueError as error:
            refused.append({"place": f"record {number}", "reason": str(error)})
    if not records and len(told["records"]) == 1:
        raise Unreadable(refused[-1]["reason"])
    return {"records": records, "refused": refused, "notes": list(told["notes"])}


def text_of(path: Path) -> str:
    """All words of a file, for the check of names before publication. Raises Unreadable."""
    try:
        return str(parse_safely(f"{_HERE}.reading:text", path, limit=MAX_BYTES))
    except Unreadable as error:
        if not wanted(error) or not installed():
            raise
        return text_of_scan(path)
