"""PDF by typst: the sheet of one question, and the directory as a booklet. The text goes in as data, so nothing
in a record can become markup. Where a script's font is missing the sheet is refused, never printed as boxes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import typst

from comity.ui.fonts import SANS, FontMissing, fonts_for, installed

_TEMPLATE = Path(__file__).parent / "sheet.typ"


def pdf(document: dict[str, Any], *, available: frozenset[str] | None = None) -> bytes:
    """Returns the PDF of a document: `lang`, `dir`, `title`, `subtitle`, `notice`, `foot`, `blocks`.

    A block has `kind` (heading, text, facts, note, warning, entry) and its strings; every string may be a
    plain text or {"text", "lang"}. Raises FontMissing where a script cannot be set.
    """
    data = json.dumps(document, ensure_ascii=False)
    fonts = fonts_for(data, SANS, available)
    made = typst.compile(
        _TEMPLATE.read_bytes(),
        sys_inputs={"data": data, "fonts": json.dumps(fonts)},
        timestamp=0,
        font_paths=installed(),
        ignore_system_fonts=True,
    )
    assert isinstance(made, bytes)  # noqa: S101 (no output path was given)
    return made


__all__ = ["FontMissing", "pdf"]
