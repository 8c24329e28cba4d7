"""The package around a DOCX's text: parts that python-docx does not write, headers and footers, fixed bytes."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime, time

import docx
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.section import _Footer, _Header
from lxml import etree

from comity.core.texts.languages import direction
from comity.modules.reports.document import EditionDocument, Footnote
from comity.modules.reports.outputs import docx_styles, manifest
from comity.modules.reports.outputs.docx_styles import MARGIN, PAGE_HEIGHT, PAGE_WIDTH, TAGS
from comity.modules.reports.outputs.docx_xml import Text, el
from comity.modules.reports.outputs.signs import fit
from comity.modules.reports.outputs.words import Words, day_of

#: Zip files know no time before it; equal in every build.
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_CUSTOM_PROPERTIES = (
    '<ds:datastoreItem xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml" '
    'ds:itemID="{8C0A2A52-6D0B-4C8E-9C1F-5B1F6C2E7A10}"><ds:schemaRefs>'
    f'<ds:schemaRef ds:uri="{manifest.NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
)
_DROPPED = (RELATIONSHIP_TYPE.CUSTOM_XML, RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.SETTINGS)
_DROPPED_ENDS = (
    "/stylesWithEffects", "/webSettings", "/numbering", "/fontTable", "/extended-properties", "/theme",
)  # fmt: skip


def package(
    document: EditionDocument,
    said: Words,
    body: list[etree._Element],
    starts: list[int],
    notes: list[tuple[Footnote, bool]],
) -> bytes:
    """Returns the file's bytes: the text between the parts it needs, always the same for the same input."""
    file = docx.Document()
    _drop(file)
    _styles(file, document.lang)
    _properties(file, document, said)
    _section(file, document, said)
    content = file.element.body
    for part in body:
        content.insert(len(content) - 1, part)
    add = _Adding(file)
    add(
        "/word/numbering.xml",
        CONTENT_TYPE.WML_NUMBERING,
        RELATIONSHIP_TYPE.NUMBERING,
        docx_styles.numbering(starts, document.lang),
    )
    add("/word/fontTable.xml", CONTENT_TYPE.WML_FONT_TABLE, RELATIONSHIP_TYPE.FONT_TABLE, docx_styles.fonts())
    add("/word/settings.xml", CONTENT_TYPE.WML_SETTINGS, RELATIONSHIP_TYPE.SETTINGS, _settings(document.lang))
    add("/word/footnotes.xml", CONTENT_TYPE.WML_FOOTNOTES, RELATIONSHIP_TYPE.FOOTNOTES, _footnotes(document, notes))
    item = add("/customXml/item1.xml", CONTENT_TYPE.XML, RELATIONSHIP_TYPE.CUSTOM_XML, manifest.element(document))
    add("/customXml/itemProps1.xml", CONTENT_TYPE.OFC_CUSTOM_XML_PROPERTIES, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS,
        _CUSTOM_PROPERTIES, source=item)  # fmt: skip
    out = io.BytesIO()
    file.save(out)
    return _fixed(out.getvalue())


def _drop(file: Document) -> None:
    """Takes out what python-docx's own template brings and a report does not want: a picture, styles, settings."""
    for rels in (file.part.package.rels, file.part.rels):
        for key, relation in list(rels.items()):
            if relation.reltype in _DROPPED or relation.reltype.endswith(_DROPPED_ENDS):
                del rels[key]


class _Adding:
    """Adds parts with their relations, numbered in order."""

    def __init__(self, file: Document) -> None:
        self.file = file

    def __call__(
        self, name: str, kind: str, relation: str, content: str | etree._Element, source: Part | None = None
    ) -> Part:
        blob = content.encode() if isinstance(content, str) else etree.tostring(content)
        part = Part(PackURI(name), kind, b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + blob,
                    self.file.part.package)  # fmt: skip
        (source or self.file.part).relate_to(part, relation)
        return part


def _styles(file: Document, lang: str) -> None:
    root = file.styles.element
    for child in list(root):
        root.remove(child)
    root.extend(list(parse_xml(docx_styles.styles(lang))))


def _properties(file: Document, document: EditionDocument, said: Words) -> None:
    made = datetime.combine(day_of(document), time())
    properties = file.core_properties
    properties.title, properties.subject = fit(document.title)[:255], fit(said.symbols)[:255]
    properties.author = properties.last_modified_by = fit(document.masthead.organ)[:255]
    properties.identifier, properties.language = fit(document.code)[:255], TAGS.get(document.lang, document.lang)
    properties.comments = fit("\n".join(said.notices))[:255]
    properties.keywords, properties.category = "", ""
    properties.created = properties.modified = made
    properties.revision = 1


def _section(file: Document, document: EditionDocument, said: Words) -> None:
    """Page, headers and footers: the symbol above every page but the first, the notices below every page."""
    section = file.sections[0]
    section.different_first_page_header_footer = True
    text, rtl = Text(document.lang), direction(document.lang) == "rtl"
    symbol = text(said.symbols, left_to_right=True)
    _fill(section.header, [_line("Header", symbol, rtl)])
    _fill(section.first_page_header, [_line("FirstHeader", [], rtl)])
    for footer in (section.footer, section.first_page_footer):
        lines = [_line("Notice", text(notice), rtl) for notice in said.notices]
        _fill(footer, [*lines, _line("Footer", _identity(document, text), rtl)])
    place = section._sectPr
    for child in [c for c in place if etree.QName(c).localname in ("pgSz", "pgMar", "cols", "docGrid")]:
        place.remove(child)
    sides, bottom = {"left": str(MARGIN), "right": str(MARGIN)}, str(1300 + 280 * len(said.notices))
    measures = [
        el("pgSz", w=str(PAGE_WIDTH), h=str(PAGE_HEIGHT)),
        el("pgMar", **sides, top="1300", bottom=bottom, header="760", footer="640", gutter="0"),
    ]
    first = next(i for i, c in enumerate(place) if etree.QName(c).localname == "titlePg")
    for offset, measure in enumerate(measures):
        place.insert(first + offset, measure)
    if rtl:
        place.append(el("bidi"))


def _fill(place: _Header | _Footer, lines: list[etree._Element]) -> None:
    place.is_linked_to_previous = False
    root = place._element
    for child in list(root):
        root.remove(child)
    root.extend(lines)


def _line(style: str, content: list[etree._Element], rtl: bool) -> etree._Element:
    return el("p", el("pPr", el("pStyle", val=style), *([el("bidi")] if rtl else [])), *content)


def _identity(document: EditionDocument, text: Text) -> list[etree._Element]:
    """Which edition this is, the first signs of the digest of its figures, and the pages, which Word counts."""
    known = " · ".join(filter(None, (document.code, document.digest[:12])))
    return [*text(known, left_to_right=True), el("r", el("tab")), *text.pages()]


def _settings(lang: str) -> etree._Element:
    tag = TAGS.get(lang, lang)
    latin = tag if lang not in ("ar", "zh") else TAGS["en"]
    compat = el("compat", el("compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word",
                             val="15"))  # fmt: skip
    marks = el("footnotePr", el("footnote", id="-1"), el("footnote", id="0"))
    themes = el("themeFontLang", val=latin, eastAsia=TAGS["zh"], bidi=TAGS["ar"])
    return el("settings", el("zoom", percent="100"), marks, compat, themes)


def _footnotes(document: EditionDocument, notes: list[tuple[Footnote, bool]]) -> etree._Element:
    """The footnotes, after the two lines that Word draws above them."""
    rtl, text = direction(document.lang) == "rtl", Text(document.lang)
    root = el("footnotes")
    for ident, kind in (("-1", "separator"), ("0", "continuationSeparator")):
        root.append(el("footnote", _line("FootnoteText", [el("r", el(kind))], rtl), type=kind, id=ident))
    for place, (note, own) in enumerate(notes, start=1):
        number = el("t", str(note.number)) if own else el("footnoteRef")
        mark = el("r", el("rPr", el("rStyle", val="FootnoteReference")), number)
        content = [mark, el("r", el("t", " ")), *text(note.text)]
        root.append(el("footnote", _line("FootnoteText", content, rtl), id=str(place)))
    return root


def _fixed(content: bytes) -> bytes:
    """The same package with its parts in a fixed order and without the time of day."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as read, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in sorted(read.namelist(), key=lambda n: (n != "[Content_Types].xml", n != "_rels/.rels", n)):
            info = zipfile.ZipInfo(name, _ZIP_TIME)
            info.compress_type, info.external_attr, info.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, 3
            made.writestr(info, read.read(name))
    return out.getvalue()
