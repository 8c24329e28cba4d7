"""DOCX of an edition: native numbers and footnotes, a masthead, and a bookmark around each figure.

The file comes back from translators: `returning.py` finds figures and paragraphs by the bookmarks, whose names are
equal in all languages. The same edition gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from comity.core.texts.languages import direction
from comity.modules.reports.document import EditionDocument, Footnote, Heading, NumberedParagraph, Run
from comity.modules.reports.outputs import docx_package
from comity.modules.reports.outputs.docx_styles import INSET, WIDTH
from comity.modules.reports.outputs.docx_xml import Text, border, el
from comity.modules.reports.outputs.words import Words, words

#: Names of the bookmarks that are no figures; a leading underscore hides them in Word's list.
PARAGRAPH, HEADING, SUMMARY, TITLE, SUBTITLE = "_par_", "_head_", "_summary", "_title", "_subtitle"
_CELL = (("top", "60"), ("left", "0"), ("bottom", "60"), ("right", "0"))
_NAME = re.compile(r"[A-Za-z]\w{0,39}", re.ASCII)


def write(document: EditionDocument) -> bytes:
    """Returns the DOCX. Raises ValueError for a figure whose key Word cannot take as a bookmark, or used twice."""
    _refuse_names(document)
    said = words(document)
    body = _Body(document)
    parts = [*body.masthead(said), *body.title(), *body.summary(said), *body.text(), body.end()]
    return docx_package.package(document, said, parts, body.starts or [1], body.notes)


def _refuse_names(document: EditionDocument) -> None:
    seen: set[str] = set()
    for figure in document.figures():
        if not _NAME.fullmatch(figure.key):
            raise ValueError(f"“{figure.key}” cannot be a bookmark: letters, digits and _, at most 40, a letter first")
        if figure.key in seen:
            raise ValueError(f"the figure “{figure.key}” stands twice in the document")
        seen.add(figure.key)


class _Body:
    """Writes the parts of the text in order; keeps count of bookmarks, list restarts and footnotes."""

    def __init__(self, document: EditionDocument) -> None:
        self.document = document
        self.text_of = Text(document.lang)
        self.rtl = direction(document.lang) == "rtl"
        self.marks = 0
        #: First number of each stretch of consecutive numbers.
        self.starts: list[int] = []
        #: Footnotes in the order in which they are first mentioned, with the mark Word would not count itself.
        self.notes: list[tuple[Footnote, bool]] = []

    def paragraph(self, style: str, *content: etree._Element, more: Iterable[etree._Element] = ()) -> etree._Element:
        properties = el("pPr", el("pStyle", val=style), *more)
        if self.rtl:
            properties.append(el("bidi"))
        return el("p", properties, *content)

    def marked(self, name: str, content: Iterable[etree._Element]) -> list[etree._Element]:
        """The content between the two ends of a bookmark."""
        self.marks += 1
        ident = str(self.marks)
        return [el("bookmarkStart", id=ident, name=name), *content, el("bookmarkEnd", id=ident)]

    def masthead(self, said: Words) -> list[etree._Element]:
        head = self.document.masthead
        side = [self.paragraph("MastheadLine", *self.text_of(line)) for line in said.lines]
        house = self.paragraph("House", *self.text_of(said.house))
        symbol = self.paragraph("Symbol", *self.text_of(said.symbols, left_to_right=True))
        organ = self.paragraph("Organ", *self.text_of(head.organ))
        table = self.table(
            (6300, WIDTH - 6300),
            [([[house], [symbol]], 6), ([[organ], side], 18)],
        )
        below = [self.paragraph("Session", *self.text_of(line)) for line in head.session.splitlines()]
        below += [self.paragraph("AgendaItem", *self.text_of(line)) for line in head.agenda_item.splitlines()]
        return [table, self.paragraph("Session"), *below]

    def table(self, widths: tuple[int, ...], rows: list[tuple[list[list[etree._Element]], int]]) -> etree._Element:
        """A table without lines but for one below each row, as thick as said (eighths of a point)."""
        shape = el("tblPr", *([el("bidiVisual")] if self.rtl else []), el("tblW", w=str(sum(widths)), type="dxa"),
                   el("tblLayout", type="fixed"),
                   el("tblCellMar", *(el(side, w=width, type="dxa") for side, width in _CELL)),
                   el("tblLook", val="0000"))  # fmt: skip
        table = el("tbl", shape, el("tblGrid", *[el("gridCol", w=str(width)) for width in widths]))
        for cells, thick in rows:
            row = el("tr")
            for width, content in zip(widths, cells, strict=True):
                cell = el("tcPr", el("tcW", w=str(width), type="dxa"), el("tcBorders", border("bottom", thick)),
                          el("vAlign", val="bottom" if thick < 10 else "top"))  # fmt: skip
                row.append(el("tc", cell, *content))
            table.append(row)
        return table

    def title(self) -> list[etree._Element]:
        document = self.document
        parts = [self.paragraph("Title", *self.marked(TITLE, self.text_of(document.title)))]
        if document.subtitle:
            parts.append(self.paragraph("Subtitle", *self.marked(SUBTITLE, self.text_of(document.subtitle))))
        return parts

    def summary(self, said: Words) -> list[etree._Element]:
        if not self.document.summary:
            return []
        width = WIDTH - 2 * INSET
        sides = [border(side, 4) for side in ("top", "left", "bottom", "right")]
        margins = [el(side, w="220", type="dxa") for side in ("left", "right")]
        shape = el("tblPr", *([el("bidiVisual")] if self.rtl else []), el("tblW", w=str(width), type="dxa"),
                   el("tblInd", w=str(INSET), type="dxa"), el("tblBorders", *sides), el("tblLayout", type="fixed"),
                   el("tblCellMar", *margins), el("tblLook", val="0000"))  # fmt: skip
        cell = el(
            "tc",
            el("tcPr", el("tcW", w=str(width), type="dxa")),
            self.paragraph("SummaryHeading", *self.text_of(said.summary)),
            self.paragraph("SummaryText", *self.marked(SUMMARY, self.runs(self.document.summary))),
        )
        return [el("tbl", shape, el("tblGrid", el("gridCol", w=str(width))), el("tr", cell)), self.paragraph("Session")]

    def text(self) -> list[etree._Element]:
        parts, expected = [], None
        for place, part in enumerate(self.document.body):
            if isinstance(part, Heading):
                content = self.marked(f"{HEADING}{place}", self.text_of(part.text))
                label = [*self.text_of(part.label), el("r", el("tab"))] if part.label else []
                parts.append(self.paragraph(f"Heading{min(max(part.level, 1), 4)}", *label, *content))
                continue
            if part.number != expected:
                self.starts.append(part.number)
            expected = part.number + 1
            parts.append(self.numbered(part))
        return parts

    def numbered(self, part: NumberedParagraph) -> etree._Element:
        number = el("numPr", el("ilvl", val="0"), el("numId", val=str(len(self.starts))))
        content = self.marked(f"{PARAGRAPH}{part.number}", self.runs(part.runs))
        return self.paragraph("NumberedParagraph", *content, more=[number])

    def runs(self, runs: tuple[Run, ...]) -> list[etree._Element]:
        out: list[etree._Element] = []
        for run in runs:
            if run.footnote is not None:
                out.append(self.note(run.footnote, run.text))
            elif run.figure is not None:
                out += self.marked(run.figure.key, self.text_of(run.text))
            else:
                out += self.text_of(run.text)
        return out

    def note(self, number: int, text: str) -> etree._Element:
        """The mark of a footnote; where it is mentioned again, or has no text, its number alone."""
        note = next((note for note in self.document.footnotes if note.number == number), None)
        raised = el("rPr", el("rStyle", val="FootnoteReference"))
        if note is None or any(known.number == number for known, _own in self.notes):
            return el("r", raised, el("t", text or str(number)))
        own = number != len(self.notes) + 1
        self.notes.append((note, own))
        reference = el("footnoteReference", **({"customMarkFollows": "1"} if own else {}), id=str(len(self.notes)))
        return el("r", raised, reference, *([el("t", str(number))] if own else []))

    def end(self) -> etree._Element:
        """The short line below the last paragraph."""
        return self.paragraph("End", el("r", el("t", "_" * 12)))


__all__ = ["HEADING", "PARAGRAPH", "SUBTITLE", "SUMMARY", "TITLE", "write"]
