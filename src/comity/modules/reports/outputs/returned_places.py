"""Sorts the events of a DOCX that came back into the places they belong to: title, summary, headings, paragraphs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from comity.modules.reports.outputs import docx


@dataclass
class Piece:
    """A stretch of a place: kind "text", "figure" (the text is its key) or "note" (the text is its id)."""

    kind: str
    text: str


@dataclass
class Place:
    """One bookmarked part of the text: `_par_12`, `_head_3`, `_summary`; without a name where no bookmark is left.

    `numbered` where Word counts a number for it; `joined` where it has none of its own, since it follows another
    place in one paragraph.
    """

    name: str
    numbered: bool = False
    joined: bool = False
    pieces: list[Piece] = field(default_factory=list)


def is_place(bookmark: str) -> bool:
    """Tells whether a bookmark marks a part of the text."""
    return bookmark.startswith((docx.PARAGRAPH, docx.HEADING)) or bookmark in (docx.SUMMARY, docx.TITLE, docx.SUBTITLE)


class Sorting:
    """One pass over the events. `places` in order; `found` holds each figure's text by its key.

    Text in front of a bookmark belongs to it, as does text behind it in the same paragraph. `strange(kind, name,
    place)` is called for a bookmark that names no figure ("unknown") or one that was there before ("duplicated").
    """

    def __init__(self, known: set[str], prefix: str, strange: Callable[[str, str, str], None]) -> None:
        self.known, self.prefix, self.strange = known, prefix, strange
        self.places: list[Place] = []
        self.found: dict[str, str] = {}
        self._block: list[Place] = []
        self._ahead: list[Piece] = []
        self._open_places: list[str] = []
        self._open: dict[str, list[str]] = {}
        self._numbered = False

    def run(self, events: Sequence[Sequence[str]]) -> None:
        """Fills `places` and `found`."""
        for kind, value in events:
            if kind == "p":
                self._close()
                self._numbered = value == "numbered"
                self._block += [Place(self._open_places[-1])] if self._open_places else []
            elif kind == "start":
                self._start(value)
            elif kind == "end":
                self._end(value)
            elif kind == "t" and self._open:
                for text in self._open.values():
                    text.append(value)
            else:
                self._put(Piece("note" if kind == "note" else "text", value))
        self._close()

    def _put(self, piece: Piece) -> None:
        (self._block[-1].pieces if self._block else self._ahead).append(piece)

    def _start(self, name: str) -> None:
        place = self._block[-1].name if self._block else ""
        if is_place(name):
            if name.startswith(docx.HEADING):
                self._ahead = _without_label(self._ahead)
            self._open_places.append(name)
            self._block.append(Place(name))
        elif name not in self.known:
            if name.startswith(self.prefix):
                self.strange("unknown", name, place)
        elif name in self.found or name in self._open:
            self.strange("duplicated", name, place)
        else:
            self._open[name] = []
            self._put(Piece("figure", name))

    def _end(self, name: str) -> None:
        if name in self._open_places:
            self._open_places.remove(name)
        elif name in self._open:
            self.found[name] = "".join(self._open.pop(name))

    def _close(self) -> None:
        """A paragraph ends. A figure that goes on over its end is none: its text stays as text."""
        for name, text in self._open.items():
            for pieces in (self._ahead, *(place.pieces for place in self._block)):
                pieces[:] = [Piece("text", "".join(text)) if _is_figure(piece, name) else piece for piece in pieces]
        self._open.clear()
        if self._ahead and not self._block:
            self._block.append(Place(""))
        if self._block:
            self._block[0].pieces[:0] = self._ahead
        # A bookmark that ends at the very beginning of the next paragraph does not reach into it.
        block = [place for place in self._block if place.pieces]
        for number, place in enumerate(block):
            place.numbered, place.joined = self._numbered and not number, number > 0
        self.places += block
        self._block, self._ahead = [], []


def _is_figure(piece: Piece, name: str) -> bool:
    return piece.kind == "figure" and piece.text == name


def _without_label(pieces: list[Piece]) -> list[Piece]:
    """The printed label of a heading and the tab behind it are no part of its text."""
    for place in range(len(pieces) - 1, -1, -1):
        text = pieces[place].text
        if pieces[place].kind == "text" and "\t" in text:
            return [Piece("text", text.rpartition("\t")[2]), *pieces[place + 1 :]]
    return pieces


def text_of(pieces: list[Piece]) -> str:
    """The plain text of pieces, without figures and notes."""
    return " ".join("".join(piece.text for piece in pieces if piece.kind == "text").split())


def holds(pieces: list[Piece], key: str) -> bool:
    """Tells whether a figure stands in the pieces."""
    return any(_is_figure(piece, key) for piece in pieces)


def sides(pieces: list[Piece], key: str) -> tuple[str, str]:
    """The text right in front of and right behind a figure."""
    place = next(i for i, piece in enumerate(pieces) if _is_figure(piece, key))
    out = []
    for direction in (reversed(pieces[:place]), pieces[place + 1 :]):
        texts: list[str] = []
        for piece in direction:
            if piece.kind != "text":
                break
            texts.append(piece.text)
        out.append(texts)
    return "".join(reversed(out[0])), "".join(out[1])
