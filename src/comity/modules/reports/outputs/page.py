"""The edition as one web page in a file: each number leads to its own page on the node."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

from django.template.loader import render_to_string
from django.utils import translation

from comity.core.texts.languages import direction
from comity.modules.reports.document import EditionDocument
from comity.modules.reports.outputs.words import words

_STYLE = Path(__file__).parent / "page.css"


def write(document: EditionDocument, *, base: str) -> bytes:
    """Returns the page in UTF-8. `base` is the address of the node, before the language."""
    with translation.override(document.lang):
        made = render_to_string(
            "reports/file.html",
            {
                "document": document,
                "notices": words(document).notices,
                "dir": direction(document.lang),
                # A file stands alone: its style comes with it, as a link to itself.
                "style": f"data:text/css;base64,{b64encode(_STYLE.read_bytes()).decode()}",
                "base": f"{base.rstrip('/')}/{document.lang}",
            },
        )
    return made.encode()
