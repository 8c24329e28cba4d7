"""DOCX: paragraphs, tables, footnotes, and the numbers that Word counts itself."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from comity.core.vault.errors import Unreadable
from comity.modules.library.importers import plain
from comity.modules.library.importers.outline import Block
from comity.modules.library.importers.records import Facts

#: What the parts of a document may unpack to; more is a bomb or no text.
MAX_UNPACKED = 200 * 2**20
MAX_TEXT = 64 * 2**20
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


#: The title of a British law on a line of its own.
_TITLE = re.compile(r".{5,180}\b(?:Bill|Act|Regulations|Order|Rules|Measure)(?: \([^)]{3,40}\))?(?: (?:19|20)\d\d)?")


def read(path: Path) -> tuple[dict[str, Any], list[str]]:
    """The record of a DOCX file, and notes. Raises Unreadable where it does not open or unpacks to too much."""
    document = _open(path)
    blocks = _blocks(document)
    title = (document.core_properties.title or "").strip()
    shown = next((b.text for b in blocks[:12] if b.level == 1), "")
    shown = shown or next((b.text for b in blocks[:40] if _TITLE.fullmatch(b.text)), "")
    facts = Facts(title=shown[:500])
    if title and any(title.casefold() == b.text.casefold() for b in blocks):
        facts.title = title
    return plain.read(blocks, facts)


def text(path: Path) -> str:
    """All words of the file: headers, comments, notes, deleted passages and properties too."""
    _sizes(path)
    lines: list[str] = []
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith(".xml"):
                try:
                    root = etree.fromstring(archive.read(name), _PARSER)
                except etree.XMLSyntaxError:
                    continue
                runs = (qn("w:t"), qn("w:delText"))
                said = ["".join(t.text or "" for t in p.iter(*runs)) for p in root.iter(qn("w:p"))]
                lines += said or [" ".join(root.itertext())]
    return "\n".join(line for line in lines if line.strip())


def _sizes(path: Path) -> dict[str, int]:
    """The sizes that the parts unpack to. Raises Unreadable where the file is no archive, or a bomb."""
    try:
        with zipfile.ZipFile(path) as archive:
            sizes = {info.filename: info.file_size for info in archive.infolist()}
    except (zipfile.BadZipFile, OSError, ValueError):
        raise Unreadable("The DOCX does not open: the file is damaged. Open it in Word and save it again.") from None
    texts = sum(size for name, size in sizes.items() if name.endswith((".xml", ".rels")))
    if sum(sizes.values()) > MAX_UNPACKED or texts > MAX_TEXT:
        raise Unreadable(
            f"The DOCX unpacks to {sum(sizes.values()) / 2**20:,.0f} MB, more than a document of text has: refused. "
            "Save it without pictures and attachments."
        )
    return sizes


def _open(path: Path) -> Document:
    if "word/document.xml" not in _sizes(path):
        raise Unreadable("This is a ZIP archive, not a DOCX. Unpack it and import the files in it.")
    try:
        return docx.Document(str(path))
    except MemoryError:
        raise
    except Exception:
        raise Unreadable("The DOCX does not open: the file is damaged. Open it in Word and save it again.") from None


def _blocks(document: Document) -> list[Block]:
    counter = _Numbers(document)
    notes = _footnotes(document)
    out: list[Block] = []
    for element in _paragraphs(document.element.body):
        if element.tag == qn("w:tr"):
            cells = (" ".join(_text(p, notes) for p in cell.iter(qn("w:p"))) for cell in element.iter(qn("w:tc")))
            line = " | ".join(filter(None, (" ".join(cell.split()) for cell in cells)))
            out.append(Block(line))
            continue
        words = " ".join(_text(element, notes).split())
        style, level = counter.style_of(element), 0
        if not words or re.match(r"toc \d", style):
            continue
        if found := re.match(r"heading (\d)", style, re.IGNORECASE):
            level = int(found[1])
        number = counter.next(element)
        out.append(Block(f"{number} {words}".strip() if not re.match(r"\d+[.\s]", words) else words, level))
    return [b for b in out if b.text]


def _paragraphs(body: etree._Element) -> Iterator[etree._Element]:
    for child in body:
        if child.tag in {qn("w:p"), qn("w:tr")}:
            yield child
        elif child.tag in {qn("w:tbl"), qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:smartTag")}:
            yield from _paragraphs(child)


def _text(paragraph: etree._Element, notes: dict[str, str]) -> str:
    parts = []
    for node in paragraph.iter(qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:noBreakHyphen"), qn("w:footnoteReference")):
        if node.tag == qn("w:t"):
            parts.append(node.text or "")
        elif node.tag == qn("w:noBreakHyphen"):
            parts.append("-")
        elif node.tag == qn("w:footnoteReference"):
            note = notes.get(node.get(qn("w:id"), ""), "")
            parts.append(f" [{note}] " if note else "")
        elif node.getparent().tag == qn("w:r"):
            parts.append(" ")
    return "".join(parts)


def _part(document: Document, kind: str) -> etree._Element | None:
    """The XML of a part that the document refers to ("numbering", "footnotes"), parsed without entities."""
    for relation in document.part.rels.values():
        if relation.reltype.endswith(f"/{kind}") and not relation.is_external:
            return etree.fromstring(relation.target_part.blob, _PARSER)
    return None


def _footnotes(document: Document) -> dict[str, str]:
    root = _part(document, "footnotes")
    if root is None:
        return {}
    return {
        note.get(qn("w:id"), ""): " ".join("".join(t.text or "" for t in note.iter(qn("w:t"))).split())
        for note in root.iterfind(qn("w:footnote"))
    }


class _Numbers:
    """Counts the numbered paragraphs as Word does, for decimal numbers and letters; bullets have no number."""

    def __init__(self, document: Document) -> None:
        self.levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self.lists: dict[str, str] = {}
        self.counts: Counter[tuple[str, int]] = Counter()
        self.styles = {s.get(qn("w:styleId"), ""): s for s in document.styles.element.iterfind(qn("w:style"))}
        root = _part(document, "numbering")
        for abstract in root.iterfind(qn("w:abstractNum")) if root is not None else ():
            name = abstract.get(qn("w:abstractNumId"), "")
            for level in abstract.iterfind(qn("w:lvl")):
                values = [_value(level, tag) for tag in ("w:numFmt", "w:lvlText", "w:start")]
                start = int(values[2]) if values[2].isdigit() else 1
                self.levels[name, int(level.get(qn("w:ilvl"), "0"))] = (values[0], values[1], start)
        for number in root.iterfind(qn("w:num")) if root is not None else ():
            self.lists[number.get(qn("w:numId"), "")] = _value(number, "w:abstractNumId")

    def style_of(self, paragraph: etree._Element) -> str:
        style = self.styles.get(_value(paragraph, "w:pPr/w:pStyle"))
        return _value(style, "w:name") if style is not None else ""

    def next(self, paragraph: etree._Element) -> str:
        """The number of this paragraph as printed, or ""."""
        found = self._place(paragraph)
        if found is None or (shape := self.levels.get(found)) is None:
            return ""
        name, level = found
        self.counts[found] += 1
        for other in [key for key in self.counts if key[0] == name and key[1] > level]:
            del self.counts[other]
        if shape[0] in {"bullet", "none"}:
            return ""

        def printed(match: re.Match[str]) -> str:
            place = (name, int(match[1]) - 1)
            style, _, start = self.levels.get(place, ("decimal", "", 1))
            return _printed(start + max(self.counts[place], 1) - 1, style)

        return re.sub(r"%(\d)", printed, shape[1])

    def _place(self, paragraph: etree._Element) -> tuple[str, int] | None:
        """The list and level that the paragraph or its style names."""
        number, level = _value(paragraph, "w:pPr/w:numPr/w:numId"), _value(paragraph, "w:pPr/w:numPr/w:ilvl")
        style = self.styles.get(_value(paragraph, "w:pPr/w:pStyle"))
        for _ in range(10):
            if number or style is None:
                break
            number = _value(style, "w:pPr/w:numPr/w:numId")
            level = level or _value(style, "w:pPr/w:numPr/w:ilvl")
            style = self.styles.get(_value(style, "w:basedOn"))
        name = self.lists.get(number)
        return (name, int(level or 0)) if name is not None and number != "0" else None


def _value(element: etree._Element, path: str) -> str:
    found = element.find("/".join(qn(step) for step in path.split("/")))
    return str(found.get(qn("w:val"), "")) if found is not None else ""


_ROMAN = (
    (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def _printed(number: int, style: str) -> str:
    if style in {"lowerLetter", "upperLetter"}:
        letter = chr(ord("a") + (number - 1) % 26) * (1 + (number - 1) // 26)
        return letter if style == "lowerLetter" else letter.upper()
    if style in {"lowerRoman", "upperRoman"}:
        roman = ""
        for value, sign in _ROMAN:
            while number >= value:
                roman, number = roman + sign, number - value
        return roman if style == "lowerRoman" else roman.upper()
    return str(number)
