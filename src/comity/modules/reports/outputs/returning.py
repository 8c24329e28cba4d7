"""A translated DOCX comes back: its texts with the figures' tokens put back, and every number that was altered.

A number never comes from the file: a token stands in its place and the registry prints it. So an altered number is
named, and then has no effect. Nothing is stored here; the caller decides, with the problems before them.
"""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from comity.core.vault.sandbox import parse_safely
from comity.modules.reports import tokens
from comity.modules.reports.document import EditionDocument, Heading, PrintedFigure
from comity.modules.reports.outputs import docx
from comity.modules.reports.outputs.returned_numbers import Glue, same_number
from comity.modules.reports.outputs.returned_places import Piece, Place, Sorting, holds, sides, text_of
from comity.modules.reports.printing import bare

#: Largest file that is opened, in bytes.
LIMIT = 50 * 2**20
#: What reads the file in the child process of the sandbox.
READER = "comity.modules.reports.outputs.returned_file:read"
_FIGURE = "fig_"
_BLANKS = re.compile(r"[ \t\n]+")


@dataclass(frozen=True)
class Problem:
    """What is wrong, and where. `paragraph` is its number, None outside the numbered ones; `figure` a slug or "".

    `kind`: altered, removed, duplicated, moved, unknown (figures); missing, split, joined, order, added (paragraphs);
    edition (the file was made from another edition, or before its figures changed).
    """

    kind: str
    paragraph: int | None
    figure: str
    key: str
    expected: str
    found: str
    message: str


@dataclass
class Returned:
    """The texts of the file, as they are stored: figures are tokens `{fig:slug}`, footnotes `{note: text}`.

    `paragraphs` by the key of the paragraph, `headings` by the place of the heading in the document's body. What the
    file lacks is not in them.
    """

    title: str = ""
    subtitle: str = ""
    summary: str = ""
    paragraphs: dict[str, str] = field(default_factory=dict)
    headings: dict[int, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def compare(content: bytes, document: EditionDocument, *, lang: str = "") -> Returned:
    """Returns the texts of a DOCX that `docx.write` made and somebody changed, and what is wrong with it.

    `document` is the edition as it was sent; `lang` is the language the file is in now, where it is another one.
    Raises `core.vault.errors.Unreadable` where the file does not open.
    """
    with tempfile.NamedTemporaryFile(suffix=".docx") as file:
        file.write(content)
        file.flush()
        read = parse_safely(READER, Path(file.name), limit=LIMIT)
    return compare_read(read, document, lang=lang)


def compare_read(read: dict[str, Any], document: EditionDocument, *, lang: str = "") -> Returned:
    """The same for what `returned_file.read` told."""
    return _Comparison(read, document, lang or document.lang).result()


class _Comparison:
    """Sorts the file's text into its places, then compares."""

    def __init__(self, read: dict[str, Any], document: EditionDocument, lang: str) -> None:
        self.read, self.document, self.lang = read, document, lang
        self.figures = {figure.key: figure for figure in document.figures()}
        self.home = self._homes()
        self.returned = Returned()

    def result(self) -> Returned:
        self._edition()
        sorting = Sorting(set(self.figures), _FIGURE, self._strange)
        sorting.run(self.read["events"])
        named = self._named(sorting.places)
        self._texts(named)
        self._figures(named, sorting.found)
        self.returned.problems.sort(key=lambda p: (p.kind != "edition", p.paragraph or 0))
        return self.returned

    def _homes(self) -> dict[str, str]:
        """Figure -> the place where it belongs."""
        homes = {run.figure.key: docx.SUMMARY for run in self.document.summary if run.figure}
        for paragraph in self.document.paragraphs():
            homes |= {r.figure.key: f"{docx.PARAGRAPH}{paragraph.number}" for r in paragraph.runs if r.figure}
        return homes

    def _problem(self, kind: str, place: str, message: str, figure: PrintedFigure | None = None, found: str = "",
                 key: str = "") -> None:  # fmt: skip
        number = place.removeprefix(docx.PARAGRAPH)
        self.returned.problems.append(
            Problem(
                kind=kind,
                paragraph=int(number) if number.isascii() and number.isdecimal() else None,
                figure=figure.slug if figure else "",
                key=figure.key if figure else key,
                expected=bare(figure.text) if figure else "",
                found=found,
                message=message,
            )
        )

    def _edition(self) -> None:
        ours = (self.document.code, self.document.digest)
        if not self.read["edition"] or (self.read["edition"], self.read["digest"]) == ours:
            return
        message = _(
            "The file was made from edition %(theirs)s in another state than the %(ours)s that is open now. Check that "
            "it is the right file; numbers are compared with those of now."
        )
        self._problem("edition", "", message % {"theirs": self.read["edition"], "ours": self.document.code})

    def _strange(self, kind: str, name: str, place: str) -> None:
        """A bookmark that is no figure of the edition, or the second one of a figure."""
        figure = self.figures.get(name)
        if figure is None:
            message = _("The bookmark “%(key)s” is none of this edition's figures.") % {"key": name}
            self._problem(kind, place, message, key=name)
        else:
            message = _("The figure %(slug)s stands twice in the file; the second one is taken as plain text.")
            self._problem(kind, place, message % {"slug": figure.slug}, figure)

    def _named(self, places: list[Place]) -> dict[str, list[Piece]]:
        """Place -> its pieces; names what was split, joined, moved or added.

        A numbered paragraph that lost its bookmark is the one that follows, unless that one is there by name.
        """
        ordered = [f"{docx.PARAGRAPH}{paragraph.number}" for paragraph in self.document.paragraphs()]
        bookmarked = {place.name for place in places}
        named: dict[str, list[Piece]] = {}
        last = -1
        for place in places:
            name = place.name
            if not name and place.numbered:
                following = ordered[last + 1] if last + 1 < len(ordered) else ""
                if following in bookmarked or not following:
                    self._added(place)
                    continue
                name = following
            if name in named:
                named[name] += [Piece("text", " "), *place.pieces]
                if place.numbered:
                    self._shape("split", name)
            elif name:
                named[name] = place.pieces
                if name in ordered:
                    if place.joined:
                        self._shape("joined", name)
                    elif ordered.index(name) < last:
                        self._shape("order", name)
                    last = ordered.index(name)
        return named

    def _shape(self, kind: str, name: str) -> None:
        messages = {
            "split": _("The paragraph was split in two, so the numbers behind it move. It is taken as one."),
            "joined": _("The paragraph was joined with the one before it. They are taken as two."),
            "order": _("The paragraph stands in another place than in the edition. It keeps its number."),
        }
        self._problem(kind, name, messages[kind])

    def _added(self, place: Place) -> None:
        text = text_of(place.pieces)
        if not text:
            return
        message = _("The file has a paragraph that the edition does not have: “%(text)s”. It is not taken.")
        self._problem("added", "", message % {"text": text[:80]}, found=text)

    def _texts(self, named: dict[str, list[Piece]]) -> None:
        """Fills the texts of the result, and names the paragraphs that are missing."""
        out = self.returned
        out.title, out.subtitle, out.summary = (
            self._stored(named.get(n, [])) for n in (docx.TITLE, docx.SUBTITLE, docx.SUMMARY)
        )
        wanted = {docx.TITLE: self.document.title, docx.SUMMARY: self.document.summary}
        messages = {docx.TITLE: _("The title is missing in the file."), docx.SUMMARY: _("The summary is missing.")}
        for name in (name for name, there in wanted.items() if there and name not in named):
            self._problem("missing", "", messages[name])
        for place, part in enumerate(self.document.body):
            if isinstance(part, Heading):
                if (name := f"{docx.HEADING}{place}") in named:
                    out.headings[place] = self._stored(named[name])
                else:
                    message = _("The heading “%(text)s” is missing in the file.")
                    self._problem("missing", "", message % {"text": f"{part.label} {part.text}".strip()})
                continue
            name = f"{docx.PARAGRAPH}{part.number}"
            text = self._stored(named.get(name, []))
            if text:
                out.paragraphs[part.key] = text
            elif part.runs:
                slugs = ", ".join(run.figure.slug for run in part.runs if run.figure)
                message = _("The paragraph is missing in the file.")
                if slugs:
                    message = _("The paragraph is missing in the file, with its figures: %(slugs)s.") % {"slugs": slugs}
                self._problem("missing", name, message)

    def _stored(self, pieces: list[Piece]) -> str:
        """The text as it is stored."""
        parts: list[tokens.Piece] = []
        for piece in pieces:
            if piece.kind == "figure":
                parts.append(tokens.FigureToken(self.figures[piece.text].slug))
            elif piece.kind == "note":
                note = bare(self.read["notes"].get(piece.text, "")).replace("{", "(").replace("}", ")").strip()
                parts += [tokens.Note(f" {note}")] if note else []
            else:
                parts.append(tokens.Text(bare(piece.text)))
        return _BLANKS.sub(" ", tokens.write(parts)).strip()

    def _figures(self, named: dict[str, list[Piece]], found: dict[str, str]) -> None:
        """Names the figures that were altered, removed or moved."""
        glue = Glue(self.document, self.lang)
        for key, figure in self.figures.items():
            home = self.home[key]
            place = next((name for name, pieces in named.items() if holds(pieces, key)), "")
            words = {"slug": figure.slug, "expected": bare(figure.text)}
            if key not in found or not place:
                if home in named:
                    message = _("The bookmark of the figure %(slug)s (%(expected)s) was removed. Put it back, or take "
                                "the paragraph from the edition again.")  # fmt: skip
                    self._problem("removed", home, message % words, figure)
                continue
            if place != home:
                message = _("The figure %(slug)s was moved to another paragraph.") % words
                number = place.removeprefix(docx.PARAGRAPH)
                self._problem("moved", home, message, figure, found=number if number != place else "")
            before, behind = sides(named[place], key)
            shown = glue.around(key, found[key], (bare(before), bare(behind)))
            if shown != found[key] or not same_number(figure, found[key], self.document.lang, self.lang):
                message = _("The figure %(slug)s was altered: “%(expected)s” became “%(found)s”.")
                words["found"] = bare(shown).strip()
                self._problem("altered", home, message % words, figure, found=words["found"])
