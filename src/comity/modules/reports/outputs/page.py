"""The edition as one web page in a file: each number leads to its own page on the node."""

from __future__ import annotations

from pathlib import Path

from django.template.loader import render_to_string
from django.utils import translation

from comity.core.texts.languages import direction
from comity.modules.reports.document import EditionDocument

_STYLE = Path(__file__).parent / "page.css"


def write(document: EditionDocument, *, base: str) -> bytes:
    """Returns the page in UTF-8. `base` is the address of the node, before the language."""
    with translation.override(document.lang):
        made = render_to_string(
            "reports/file.html",
            {
                "document": document,
                "dir": direction(document.lang),
                "base": f"{base.rstrip('/')}/{document.lang}",
                "style": _STYLE.read_text(encoding="utf-8"),
            },
        )
    return made.encode()
