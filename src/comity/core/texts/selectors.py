"""Choosing which of several language versions a reader is shown, and saying which one it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from comity.core.texts.languages import direction
from comity.core.texts.models import LocalisedText, Term, TextStatus

_RANK = {TextStatus.ORIGINAL: 0, TextStatus.OFFICIAL: 1, TextStatus.UNOFFICIAL: 2, TextStatus.MACHINE: 3}


@dataclass(frozen=True)
class Shown:
    """A text as it is shown: in which language, of which status, and whether it is what was asked for."""

    value: str
    lang: str
    status: str
    is_fallback: bool = False
    stale: bool = False

    @property
    def dir(self) -> str:
        """Writing direction of the text."""
        return direction(self.lang)

    def __str__(self) -> str:
        return self.value


def best(texts: Iterable[LocalisedText], lang: str) -> Shown | None:
    """Returns the text in `lang`, else the original, else English, else the most official; None where
    there is none (a gap). A text older than its original is marked stale."""
    rows = list(texts)
    if not rows:
        return None
    original = next((row for row in rows if row.status == TextStatus.ORIGINAL), None)

    def order(row: LocalisedText) -> tuple[bool, bool, bool, int]:
        return (row.lang != lang, row is not original, row.lang != "en", _RANK.get(TextStatus(row.status), 9))

    chosen = min(rows, key=order)
    stale = original is not None and chosen is not original and chosen.of_version < original.version
    return Shown(chosen.value, chosen.lang, chosen.status, chosen.lang != lang, stale)


def terms(vocabulary: str, lang: str) -> list[tuple[str, Shown | None]]:
    """Returns the vocabulary's terms in their order as (code, label in `lang`)."""
    rows = Term.objects.filter(vocabulary_id=vocabulary).prefetch_related("labels")
    return [(term.code, best(term.labels.all(), lang)) for term in rows]
