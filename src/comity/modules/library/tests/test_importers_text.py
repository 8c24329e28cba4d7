"""All words of a file are found for the check of names, wherever in it they stand."""

from __future__ import annotations

import io
import json
from pathlib import Path

import docx
import pytest
from pypdf import PdfWriter

from comity.modules.library.importers import reading
from comity.modules.library.tests.test_importers_bad_input import _pdf


def _docx() -> bytes:
    document = docx.Document()
    document.core_properties.subject = "Invented Subject"
    document.sections[0].header.paragraphs[0].text = "Invented Header"
    paragraph = document.add_paragraph("Invented ")
    paragraph.add_run("Run")
    document.add_comment(paragraph.runs, "Invented Comment")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _noted_pdf() -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(_pdf(["Lamps are lit by the keeper."])))
    writer.add_metadata({"/Author": "Invented Author"})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.docx", _docx(), ["Invented Subject", "Invented Header", "Invented Run", "Invented Comment"]),
        ("b.pdf", _noted_pdf(), ["keeper", "Invented Author"]),
        ("c.json", json.dumps({"name": "Çelik"}).encode(), ["Çelik"]),
        ("d.jsonl", b'{"a": "x"}\n{"a": "\\u00c7elik"}\n', ["Çelik"]),
        ("e.html", b'<p title="Invented">A &amp; B</p><img alt="Drawn"><!-- Noted -->', ["A & B", "Drawn", "Noted"]),
        ("f.xml", b'<a b="Invented Value">text</a>', ["Invented Value", "text"]),
        ("g.md", b"---\ntitle: Invented\n---\nlaw", ["Invented", "law"]),
        ("h.txt", "Müller".encode("cp1252"), ["Müller"]),
        ("i.txt", "Müller".encode("utf-16"), ["Müller"]),
    ],
)
def test_the_words_are_found(tmp_path: Path, name: str, data: bytes, words: list[str]) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    text = reading.text(path)
    assert [word for word in words if word not in text] == []
