"""Reads the directory's own JSON. Runs in the child process: no database, no network."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from comity.core.vault.errors import Unreadable
from comity.modules.directory.records import FORMAT, VERSION


def parse(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Returns {"authorities": [{"row", "record"}], "networks": [{"row", "record"}]}.

    Raises Unreadable, naming the place, for what is not this format.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(f"Byte {error.start}: the file is not UTF-8. Save it again as UTF-8.") from None
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        raise Unreadable(
            f"Line {error.lineno}, column {error.colno}: the JSON is cut off or broken ({error.msg}). "
            "Fetch or export the file again."
        ) from None
    except RecursionError:
        raise Unreadable("The JSON is nested too deeply to be a directory.") from None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise Unreadable(f"This is no directory file: “format” is not “{FORMAT}”.")
    if document.get("version") != VERSION:
        raise Unreadable(f"Version {document.get('version')!r} is not known here; this node reads {VERSION}.")
    return {key: _rows(document, key) for key in ("authorities", "networks")}


def _rows(document: dict[str, Any], key: str) -> list[dict[str, Any]]:
    rows = document.get(key, [])
    if not isinstance(rows, list):
        raise Unreadable(f"“{key}” must be a list.")
    return [
        {"row": number, "record": row}
        if isinstance(row, dict)
        else {"row": number, "reason": f"entry {number} of “{key}” is no object"}
        for number, row in enumerate(rows, start=1)
    ]
