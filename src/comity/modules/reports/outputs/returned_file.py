"""Reads a DOCX that came back, as plain events. Runs in the child process of `core.vault.sandbox`: the file is foreign.

The XML is walked rather than read with python-docx, whose `paragraph.text` leaves out content controls, links and
tracked insertions. Tracked changes count as accepted: what was inserted stays, what was deleted goes.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from comity.core.vault.errors import Unreadable

#: What the parts of a report may unpack to; more is a bomb or no report.
MAX_UNPACKED = 200 * 2**20
MAX_TEXT = 32 * 2**20
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_MANIFEST = "{urn:comity:reports}manifest"
#: What holds no text of the paragraph it stands in, or text that was deleted.
_SKIPPED = frozenset(
    {"del", "moveFrom", "pPr", "rPr", "sdtPr", "instrText", "delText", "drawing", "pict", "object", "tblPr", "tcPr",
     "trPr", "tblGrid", "sectPr", "rubyPr", "rt", "Fallback"}
)  # fmt: skip
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
#: Style of the numbered paragraphs, where the list itself was lost on the way.
_NUMBERED = "NumberedParagraph"

Event = list[str]


def read(path: Path) -> dict[str, Any]:
    """Returns `events` of the text, `notes` (id: text), and `edition` and `digest` of the manifest ("" without it).

    Events in order: ["p", "numbered" or ""] begins a paragraph, ["t", text], ["start", bookmark], ["end", bookmark],
    ["note", id]. Raises Unreadable where the file is no DOCX, is damaged, or unpacks to too much.
    """
    parts = _parts(path)
    if "word/document.xml" not in parts:
        raise Unreadable("This is no DOCX: it has no text of a document. Send the file saved by Word as .docx.")
    root = _parse(parts["word/document.xml"])
    if root.tag.startswith(_STRICT):
        raise Unreadable("This is a “Strict Open XML” file. Save it in Word as “Word document (.docx)” and send that.")
    body = root.find(f"{_W}body")
    if body is None:
        raise Unreadable("The DOCX has no text: the file is damaged. Open it in Word and save it again.")
    events = list(_Walk().events(body))
    notes = _notes(parts.get("word/footnotes.xml"))
    return {"events": events, "notes": notes, **_manifest(parts)}


def _parts(path: Path) -> dict[str, bytes]:
    """The XML parts that are read. Raises Unreadable."""
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
            if sum(info.file_size for info in infos) > MAX_UNPACKED:
                raise Unreadable("The DOCX unpacks to more than a report has: refused. Save it without pictures.")
            wanted = [i for i in infos if i.filename in ("word/document.xml", "word/footnotes.xml") or _is_item(i)]
            if sum(info.file_size for info in wanted) > MAX_TEXT:
                raise Unreadable("The text of the DOCX is larger than that of any report: refused.")
            return {info.filename: archive.read(info) for info in wanted}
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError, RuntimeError):
        raise Unreadable("The DOCX does not open: the file is damaged. Open it in Word and save it again.") from None
    except Exception as error:
        if type(error).__module__ in ("zlib", "lzma", "_lzma"):
            raise Unreadable(
                "The DOCX does not unpack: the file is damaged. Open it in Word and save it again."
            ) from None
        raise


def _is_item(info: zipfile.ZipInfo) -> bool:
    return info.filename.startswith("customXml/item") and info.filename.endswith(".xml")


def _parse(content: bytes) -> etree._Element:
    try:
        return etree.fromstring(content, _PARSER)
    except etree.XMLSyntaxError:
        raise Unreadable("The text of the DOCX is damaged. Open it in Word and save it again.") from None


class _Walk:
    """Walks the text in order."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        #: The mark at the end of the last paragraph was deleted: the next one goes on with it.
        self.joined = False

    def events(self, element: etree._Element) -> Iterator[Event]:
        for child in element:
            if not isinstance(child.tag, str):
                continue
            name = etree.QName(child).localname
            if name == "p":
                yield from self.paragraph(child)
            elif name in ("bookmarkStart", "bookmarkEnd"):
                yield from self.bookmark(child, name)
            elif name == "t":
                yield ["t", child.text or ""]
            elif name in _SIGNS:
                yield ["t", _SIGNS[name]]
            elif name == "footnoteReference":
                yield ["note", child.get(f"{_W}id", "")]
                if child.get(f"{_W}customMarkFollows") in ("1", "true", "on"):
                    return
            elif name not in _SKIPPED:
                yield from self.events(child)

    def paragraph(self, element: etree._Element) -> Iterator[Event]:
        if not self.joined:
            yield ["p", "numbered" if _is_numbered(element) else ""]
        self.joined = element.find(f"{_W}pPr/{_W}rPr/{_W}del") is not None
        yield from self.events(element)

    def bookmark(self, element: etree._Element, name: str) -> Iterator[Event]:
        ident = element.get(f"{_W}id", "")
        if name == "bookmarkStart":
            self.names[ident] = element.get(f"{_W}name", "")
            yield ["start", self.names[ident]]
        elif ident in self.names:
            yield ["end", self.names.pop(ident)]


def _is_numbered(paragraph: etree._Element) -> bool:
    number = paragraph.find(f"{_W}pPr/{_W}numPr/{_W}numId")
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    if style is not None and style.get(f"{_W}val") == _NUMBERED:
        return number is None or number.get(f"{_W}val") != "0"
    return False


def _notes(content: bytes | None) -> dict[str, str]:
    if content is None:
        return {}
    notes = {}
    for note in _parse(content).iterfind(f"{_W}footnote"):
        if note.get(f"{_W}type", "normal") == "normal":
            lines = [event[1] if event[0] == "t" else " " for event in _Walk().events(note) if event[0] in ("t", "p")]
            notes[note.get(f"{_W}id", "")] = " ".join("".join(lines).split())
    return notes


def _manifest(parts: dict[str, bytes]) -> dict[str, str]:
    for name, content in sorted(parts.items()):
        if name.startswith("customXml/"):
            try:
                root = etree.fromstring(content, _PARSER)
            except etree.XMLSyntaxError:
                continue
            if root.tag == _MANIFEST:
                return {"edition": root.get("edition", ""), "digest": root.get("digest", "")}
    return {"edition": "", "digest": ""}
