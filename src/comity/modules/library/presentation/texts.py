"""Texts of a content as a reader of one language is shown them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from comity.core.texts.languages import direction
from comity.core.texts.models import TextStatus
from comity.core.texts.selectors import Shown, best
from comity.modules.library import vocabulary as v
from comity.modules.library.content import Content, Provision, ProvisionText
from comity.ui.dates import locale_of

#: Texts printed one after the other on a record's page, in this order; the title stands above them.
BODY = (
    v.TextField.SUMMARY, v.TextField.ABSTRACT, v.TextField.EXPLANATION, v.TextField.COMMENTARY, v.TextField.VICTIMS,
    v.TextField.FINDINGS, v.TextField.NOTE,
)  # fmt: skip


@dataclass(frozen=True)
class Piece:
    """A provision in one language, as shown. `label` is as printed, else its kind and number."""

    key: str
    kind: str
    number: str
    label: str
    heading: str
    text: str
    lang: str
    status: str
    is_fallback: bool = False
    stale: bool = False

    @property
    def dir(self) -> str:
        """Writing direction of the words."""
        return direction(self.lang)


def language_name(code: str, lang: str) -> str:
    """The name of a language in the reader's language; its code where Babel knows none."""
    name = locale_of(lang).languages.get(code, code)
    return str(name[:1].upper() + name[1:])


def listed_words(words: Iterable[Any], lang: str) -> str:
    """Joins words as the language does: with a comma, an Arabic comma, or a Chinese enumeration comma."""
    return {"ar": "، ", "zh": "、"}.get(lang, ", ").join(str(word) for word in words)


def text_of(content: Content, field: str, lang: str) -> Shown | None:
    """The text of a field for a reader of `lang`; None where there is none."""
    rows = [t for t in content.texts if t.field == field]
    return best(cast(Any, rows), lang)


def title_of(content: Content, number: str, lang: str) -> Shown:
    """The title, else the record's number: a record always has a line of text."""
    shown = text_of(content, v.TextField.TITLE, lang)
    return shown or Shown(number, "en", TextStatus.ORIGINAL)


def body_of(content: Content, lang: str) -> list[tuple[Any, Shown]]:
    """The texts of the page: each with its label."""
    found = []
    for field in BODY:
        if shown := text_of(content, field, lang):
            found.append((field.label, shown))
    return found


def piece_of(provision: Provision, lang: str) -> Piece:
    """The provision for a reader of `lang`: that language, else the original, else English, else any."""
    if not provision.texts:
        label = f"{v.ProvisionKind(provision.kind).label} {provision.number}".strip()
        return Piece(provision.key, provision.kind, provision.number, label, "", "", lang, TextStatus.ORIGINAL)

    def order(text: ProvisionText) -> tuple[bool, bool, bool]:
        return (text.lang != lang, text.status != TextStatus.ORIGINAL, text.lang != "en")

    return _piece(provision, min(provision.texts, key=order), lang)


def pieces_of(provision: Provision, lang: str) -> list[Piece]:
    """The provision in every language it has, the reader's first."""
    ordered = sorted(provision.texts, key=lambda t: (t.lang != lang, t.status != TextStatus.ORIGINAL, t.lang))
    return [_piece(provision, text, lang) for text in ordered]


def _piece(provision: Provision, text: ProvisionText, lang: str) -> Piece:
    label = text.label or f"{v.ProvisionKind(provision.kind).label} {provision.number}".strip()
    return Piece(
        provision.key, provision.kind, provision.number, label, text.heading, text.text, text.lang, str(text.status),
        is_fallback=text.lang != lang,
    )  # fmt: skip
