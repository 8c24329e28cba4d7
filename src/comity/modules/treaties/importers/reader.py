"""Opens a file from outside in the sandbox and gives back what it says."""

from __future__ import annotations

from pathlib import Path

from comity.core.vault.errors import Unreadable
from comity.core.vault.sandbox import parse_safely
from comity.modules.treaties.importers import table, untc
from comity.modules.treaties.importers.records import StatusTable, from_plain

_HERE = "comity.modules.treaties.importers"


def read(path: Path) -> list[StatusTable]:
    """Returns what a status page or a CSV table says. Raises Unreadable with place and remedy.

    A page is told from a table by its first character. Nothing of the file is parsed in this process.
    """
    if _is_page(path):
        return [from_plain(parse_safely(f"{_HERE}.untc:parse_plain", path, limit=untc.MAX_BYTES))]
    return [from_plain(one) for one in parse_safely(f"{_HERE}.table:parse_plain", path, limit=table.MAX_BYTES)]


def _is_page(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            start = file.read(1024)
    except OSError as error:
        raise Unreadable(f"The file cannot be opened ({error.strerror}). Check its name and its rights.") from None
    if not start.strip():
        raise Unreadable("The file is empty.")
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable("The file is UTF-16. Save it as UTF-8.")
    if start.startswith((b"%PDF", b"PK\x03\x04")):
        raise Unreadable("This is a PDF or an archive. Give a status page saved as HTML, or a CSV table.")
    return start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")
