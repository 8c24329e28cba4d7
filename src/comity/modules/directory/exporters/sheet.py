"""PDF by typst: the sheet of one question, and the directory as a booklet. The text goes in as data, so nothing
in a record can become markup. Where a script's font is missing the sheet is refused, never printed as boxes."""

from __future__ import annotations

import json
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import gettext as _

_TEMPLATE = Path(__file__).parent / "sheet.typ"
LATIN, ARABIC, CHINESE = "Noto Sans", "Noto Sans Arabic", "Noto Sans CJK SC"
#: Debian package of each font.
PACKAGES = {LATIN: "fonts-noto-core", ARABIC: "fonts-noto-core", CHINESE: "fonts-noto-cjk"}
#: Present in typst itself; has Latin, Greek and Cyrillic.
BUILT_IN = "Libertinus Serif"


class FontMissing(Exception):
    """A font that the text needs is not on this machine; `reason` names the Debian package."""

    def __init__(self, font: str) -> None:
        super().__init__(font)
        self.package = PACKAGES[font]
        self.reason = _(
            "The PDF needs the font “%(font)s”, which is not on this server. The administrator installs the "
            "Debian package %(package)s; until then, print the page itself."
        ) % {"font": font, "package": self.package}


@lru_cache(maxsize=1)
def families() -> frozenset[str]:
    """The font families typst finds on this machine."""
    return frozenset(typst.Fonts().families())


def needed_fonts(text: str) -> list[str]:
    """Returns the fonts without which the text cannot be set: for Arabic and for Chinese signs."""
    needed = []
    names = {unicodedata.name(sign, "").split(" ")[0] for sign in set(text) if ord(sign) > 0x24F}
    if "ARABIC" in names:
        needed.append(ARABIC)
    if names & {"CJK", "HIRAGANA", "KATAKANA", "IDEOGRAPHIC", "FULLWIDTH"}:
        needed.append(CHINESE)
    return needed


def pdf(document: dict[str, Any], *, available: frozenset[str] | None = None) -> bytes:
    """Returns the PDF of a document: `lang`, `dir`, `title`, `subtitle`, `notice`, `foot`, `blocks`.

    A block has `kind` (heading, text, facts, note, warning, entry) and its strings; every string may be a
    plain text or {"text", "lang"}. Raises FontMissing where a script cannot be set.
    """
    have = families() if available is None else available
    data = json.dumps(document, ensure_ascii=False)
    for font in needed_fonts(data):
        if font not in have:
            raise FontMissing(font)
    fonts = [font for font in (LATIN, BUILT_IN, ARABIC, CHINESE) if font in have or font == BUILT_IN]
    made = typst.compile(_TEMPLATE.read_bytes(), sys_inputs={"data": data, "fonts": json.dumps(fonts)}, timestamp=0)
    assert isinstance(made, bytes)  # noqa: S101 (no output path was given)
    return made
