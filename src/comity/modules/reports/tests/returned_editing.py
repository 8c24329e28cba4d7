"""What translators and their programs do to a DOCX, for the tests of what comes back."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml import etree

from comity.modules.reports.outputs import docx, returning
from comity.modules.reports.outputs.returning import Problem, Returned
from comity.modules.reports.tests.sample_editions import sample

needs_office = pytest.mark.skipif(
    shutil.which("soffice") is None,
    reason="LibreOffice (soffice) is not installed: Debian package libreoffice-writer-nogui",
)
Change = Callable[[etree._Element], None]


def edited(content: bytes, change: Change, name: str = "word/document.xml") -> bytes:
    """The file with one part changed, as a translator's program would."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as read, zipfile.ZipFile(out, "w") as made:
        for each in read.namelist():
            part = read.read(each)
            if each == name:
                root = etree.fromstring(part)
                change(root)
                part = etree.tostring(root)
            made.writestr(each, part)
    return out.getvalue()


def back(change: Change, lang: str = "zh") -> Returned:
    document = sample(lang)
    return returning.compare(edited(docx.write(document), change), document)


def mark(root: etree._Element, name: str) -> etree._Element:
    return next(m for m in root.iter(qn("w:bookmarkStart")) if m.get(qn("w:name")) == name)


def end(root: etree._Element, name: str) -> etree._Element:
    ident = mark(root, name).get(qn("w:id"))
    return next(m for m in root.iter(qn("w:bookmarkEnd")) if m.get(qn("w:id")) == ident)


def write_into(name: str, text: str) -> Change:
    """Types another text into a bookmark."""

    def change(root: etree._Element) -> None:
        start = mark(root, name)
        start.getnext().find(qn("w:t")).text = text
        while start.getnext().getnext().tag == qn("w:r"):
            start.getparent().remove(start.getnext().getnext())

    return change


def only(returned: Returned) -> Problem:
    assert len(returned.problems) == 1, returned.problems
    return returned.problems[0]


def run(text: str) -> etree._Element:
    return parse_xml(f'<w:r {nsdecls("w")}><w:t xml:space="preserve">{text}</w:t></w:r>')
