"""Reads a published report from a file, in the child process of the sandbox."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from comity.core.vault.errors import Unreadable
from comity.modules.reports.published.model import as_json
from comity.modules.reports.published.reading import read

#: Largest file that is opened, in bytes.
LIMIT = 20 * 2**20


def read_zh(path: Path) -> dict[str, Any]:
    """Reads a Chinese report. Raises Unreadable where the file is no text."""
    return _read(path, "zh")


def read_en(path: Path) -> dict[str, Any]:
    """Reads an English report. Raises Unreadable where the file is no text."""
    return _read(path, "en")


def _read(path: Path, lang: str) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("The file is not a text in UTF-8. Save the report as plain text in UTF-8 first.") from None
    found = as_json(read(text, lang))
    if not found["paragraphs"]:
        raise Unreadable("No numbered paragraphs were found. A report begins its paragraphs with 1., 2., 3. …")
    return found
