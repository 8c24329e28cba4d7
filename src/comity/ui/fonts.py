"""The fonts that printed documents need: which script wants which, and what to install where one is missing."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import typst
from django.utils.translation import gettext as _

LATIN, ARABIC, CHINESE = "Noto Sans", "Noto Sans Arabic", "Noto Sans CJK SC"
SERIF_LATIN, SERIF_ARABIC, SERIF_CHINESE = "Noto Serif", "Noto Naskh Arabic", "Noto Serif CJK SC"
#: Debian package of each font.
PACKAGES = {
    LATIN: "fonts-noto-core",
    ARABIC: "fonts-noto-core",
    CHINESE: "fonts-noto-cjk",
    SERIF_LATIN: "fonts-noto-core",
    SERIF_ARABIC: "fonts-noto-core",
    SERIF_CHINESE: "fonts-noto-cjk",
}
#: Present in typst itself; has Latin, Greek and Cyrillic.
BUILT_IN = "Libertinus Serif"


@dataclass(frozen=True)
class Faces:
    """The fonts of one look, by script."""

    latin: str
    arabic: str
    chinese: str

    def usable(self, have: frozenset[str]) -> list[str]:
        """The fonts in the order in which a sign is looked for; the built-in one stands after the Latin one."""
        fonts = (self.latin, BUILT_IN, self.arabic, self.chinese)
        return [font for font in fonts if font in have or font == BUILT_IN]


#: For sheets and lists.
SANS = Faces(LATIN, ARABIC, CHINESE)
#: For reports, as United Nations documents are set.
SERIF = Faces(SERIF_LATIN, SERIF_ARABIC, SERIF_CHINESE)


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
def installed() -> typst.Fonts:
    """The fonts of this machine, found once: looking for them takes longer than setting a page."""
    return typst.Fonts()


@lru_cache(maxsize=1)
def families() -> frozenset[str]:
    """The font families typst finds on this machine."""
    return frozenset(installed().families())


def needed_fonts(text: str, faces: Faces = SANS) -> list[str]:
    """Returns the fonts without which the text cannot be set: for Arabic and for Chinese signs."""
    needed = []
    names = {unicodedata.name(sign, "").split(" ")[0] for sign in set(text) if ord(sign) > 0x24F}
    if "ARABIC" in names:
        needed.append(faces.arabic)
    if names & {"CJK", "HIRAGANA", "KATAKANA", "IDEOGRAPHIC", "FULLWIDTH"}:
        needed.append(faces.chinese)
    return needed


def fonts_for(text: str, faces: Faces, available: frozenset[str] | None = None) -> list[str]:
    """Returns the fonts to set the text with. Raises FontMissing where a script cannot be set.

    `available` are the families to choose from, those of this machine where none are given.
    """
    have = families() if available is None else available
    for font in needed_fonts(text, faces):
        if font not in have:
            raise FontMissing(font)
    return faces.usable(have)
