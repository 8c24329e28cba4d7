"""The text of one record while a parser reads it: a list of pieces, each below another, in reading order.

Keys are given when all is read, so that every number keeps its plain key ("art-5") and only a second piece of the
same number gets another ("art-5-2"), with a note. Numbers in a schedule begin anew, so their keys begin with its key.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from comity.modules.library.importers import numbers
from comity.modules.library.vocabulary import ProvisionKind as K

#: Pieces that hold other pieces.
GROUPS = frozenset({K.BOOK, K.PART, K.TITLE, K.CHAPTER, K.DIVISION, K.SUBDIVISION, K.SCHEDULE})
#: How the key of a piece begins, by its kind.
STEMS = {
    K.BOOK: "book", K.PART: "part", K.TITLE: "title", K.CHAPTER: "chap", K.DIVISION: "div", K.SUBDIVISION: "subdiv",
    K.SCHEDULE: "sched", K.PREAMBLE: "preamble", K.ARTICLE: "art", K.SECTION: "s", K.RULE: "rule", K.PARAGRAPH: "para",
}  # fmt: skip


@dataclass(eq=False)
class Piece:
    """One provision or group. `lines` are its paragraphs."""

    kind: K
    number: str = ""
    label: str = ""
    heading: str = ""
    parent: Piece | None = None
    lines: list[str] = field(default_factory=list)
    level: int = 0
    key: str = ""

    def is_group(self) -> bool:
        return self.kind in GROUPS

    def above(self) -> list[Piece]:
        """The pieces above this one, the nearest first."""
        pieces: list[Piece] = []
        piece = self.parent
        while piece is not None:
            pieces.append(piece)
            piece = piece.parent
        return pieces


class Draft:
    """Collects the pieces of one text in one language."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.pieces: list[Piece] = []
        self.notes: list[str] = []

    def add(self, kind: K, parent: Piece | None = None, **values: Any) -> Piece:
        """A new piece at the end."""
        piece = Piece(kind, parent=parent, **values)
        self.pieces.append(piece)
        return piece

    def say(self, text: str, parent: Piece | None, label: str = "") -> Piece:
        """Adds a paragraph that belongs to no numbered piece: to the piece without number that is open below
        `parent`, else to a new one (at the beginning of the text: the preamble)."""
        last = self.pieces[-1] if self.pieces else None
        if last is None or last.is_group() or last.number or last.parent is not parent:
            kind = K.PREAMBLE if not self.pieces else K.PARAGRAPH
            last = self.add(kind, parent, label=label)
        if text:
            last.lines.append(text)
        return last

    def cited(self) -> list[Piece]:
        """The pieces that people cite by number."""
        return [p for p in self.pieces if p.number and not p.is_group()]

    def provisions(self) -> list[dict[str, Any]]:
        """The pieces as `content.Provision` values, with their keys."""
        plain = [self._plain_key(piece) for piece in self.pieces]
        taken, reserved = set[str](), set(plain)
        twice: list[str] = []
        rows = []
        for piece, key in zip(self.pieces, plain, strict=True):
            piece.key = key
            count = 2
            while piece.key in taken:
                piece.key = f"{key}-{count}" if f"{key}-{count}" not in reserved | taken else piece.key
                count += 1
            if piece.key != key and piece.number and not piece.is_group():
                twice.append(f"{piece.label or piece.number} → {piece.key}")
            taken.add(piece.key)
            rows.append(self._row(piece))
        if twice:
            more = f" and {len(twice) - 5} more" if len(twice) > 5 else ""
            self.notes.append("Numbers that stand more than once, all kept: " + ", ".join(twice[:5]) + more + ".")
        return rows

    def _plain_key(self, piece: Piece) -> str:
        if piece.key:
            return piece.key
        stem = STEMS[piece.kind] + (f"-{numbers.stem(piece.number)}" if numbers.stem(piece.number) else "")
        schedule = next((p for p in piece.above() if p.kind == K.SCHEDULE), None)
        if piece.kind == K.SCHEDULE:
            return stem
        if piece.is_group():
            if not piece.number:
                stem = f"h-{self._place(piece)}"
            return self._below(piece.parent, stem)
        if piece.kind == K.PREAMBLE and piece.parent is None:
            return stem
        if not piece.number:
            return self._below(piece.parent, "text")
        return self._below(schedule, stem) if schedule else stem

    def _below(self, parent: Piece | None, stem: str) -> str:
        above = self._plain_key(parent) if parent else ""
        return f"{above}.{stem}"[-110:].lstrip(".-") if above else stem

    def _place(self, piece: Piece) -> int:
        """Which of the unnumbered headings below its parent this one is, from 1."""
        if not hasattr(self, "_places"):
            counts: Counter[int] = Counter()
            self._places: dict[int, int] = {}
            for other in self.pieces:
                if other.is_group() and not other.number and other.kind != K.SCHEDULE:
                    counts[id(other.parent)] += 1
                    self._places[id(other)] = counts[id(other.parent)]
        return self._places[id(piece)]

    def _row(self, piece: Piece) -> dict[str, Any]:
        text = {
            "lang": self.lang,
            "label": piece.label[:300],
            "heading": piece.heading,
            "text": "\n".join(piece.lines),
        }
        row: dict[str, Any] = {"key": piece.key, "kind": piece.kind.value}
        if piece.parent is not None:
            row["parent"] = piece.parent.key
        if piece.number:
            row["number"] = piece.number[:120]
        if any(text[name] for name in ("label", "heading", "text")):
            row["texts"] = [{name: value for name, value in text.items() if value}]
        return row
