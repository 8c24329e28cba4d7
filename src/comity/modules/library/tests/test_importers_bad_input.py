"""Files that are no law or case, or cannot be read: each is refused with its reason, in the confined child process."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import docx
import pytest
from pypdf import PdfWriter

from comity.core.vault.errors import Unreadable
from comity.modules.library import importers


def refusal(path: Path, data: str | bytes) -> str:
    """Why the file is refused."""
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    with pytest.raises(Unreadable) as error:
        importers.read(path)
    return error.value.reason


AKN = '<akomaNtoso xmlns="{}"><act><meta/><body>{}</body></act></akomaNtoso>'
THREE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
SECTION = "<section><num>1</num><content><p>A lamp{}.</p></content></section>"
BILLION = "<!DOCTYPE x [<!ENTITY a0 'lol'>" + "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10)
) + "]>" + AKN.format(THREE, SECTION.format("&a9;"))
OUTSIDE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + AKN.format(THREE, SECTION.format("&e;"))
NO_SPACES = "المادة1" + "المصباحيضيءالبيتوالشارعوالزجاجنظيف" * 40


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.xml", AKN.format(THREE.replace("3.0", "9.9"), ""), "unknown Akoma Ntoso namespace http"),
        ("b.xml", BILLION, "declares entities"),
        ("c.xml", OUTSIDE, "declares entities"),
        ("d.xml", "<akomaNtoso><act>", "not well-formed"),
        ("e.xml", "<menu><dish>Soup</dish></menu>", "not a law or case: XML of an unknown kind (“menu”)"),
        ("f.xml", AKN.format(THREE, ""), "not a law or case: there is no text in it"),
        ("g.docx", b"PK\x03\x04 but no archive", "DOCX does not open"),
        ("h.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old Word"),
        ("i.rtf", "{\\rtf1 lamps}", "Rich Text"),
        ("j.png", b"\x89PNG\r\n\x1a\n\0\0\0", "not a law or case: no text"),
        ("k.txt", " \n", "the file is empty"),
        ("l.md", "---\nbookCollapseSection: true\n---\n", "not a law or case: only front matter"),
        ("LICENSE", "MIT License\n\nPermission is hereby granted, free of charge, to light lamps.", "a licence"),
        ("README.md", "# Lamps\n\nHow to install lamps.\n\n1. Buy.\n2. Light.\n", "not a law or case: no articles"),
        ("m.json", json.dumps([{"Numero_Dossier": "1", "Date": "2031-01-01"}]), "not a law or case: the JSON holds"),
        ("n.json", '{"title": "Lamps", ', "JSON cannot be read (line 1)"),
        ("o.csv", "name,colour,size,price\nlamp,red,1,2\n", "not a law or case: a table"),
        ("p.txt", NO_SPACES, "The Arabic text lost its spaces"),
        ("q.pdf", b"%PDF-1.7 and nothing more", "PDF does not open"),
    ],
)  # fmt: skip
def test_the_reason_is_told(tmp_path: Path, name: str, data: str | bytes, says: str) -> None:
    reason = refusal(tmp_path / name, data)
    assert says in reason
    assert len(reason) < 300


def test_nothing_from_outside_comes_into_a_text(tmp_path: Path) -> None:
    path = tmp_path / "x.xml"
    path.write_text('<!DOCTYPE x SYSTEM "file:///etc/passwd">' + AKN.format(THREE, SECTION.format(" lit")))
    assert "root:" not in str(importers.read(path))


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(600):
                part.write(b" " * 2**20)
    assert len(out.getvalue()) < 2**20
    assert "unpacks to 600 MB" in refusal(tmp_path / "bomb.docx", out.getvalue())


def test_a_bomb_that_lies_about_its_size_breaks_on_the_limit(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b" " * 300 * 2**20)
    data = out.getvalue().replace((300 * 2**20).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    assert refusal(tmp_path / "bomb.docx", data)


def test_a_damaged_docx_and_an_archive_of_other_things(tmp_path: Path) -> None:
    out = io.BytesIO()
    docx.Document().save(out)
    assert "DOCX does not open" in refusal(tmp_path / "half.docx", out.getvalue()[:-400])
    with zipfile.ZipFile(tmp_path / "photos.zip", "w") as archive:
        archive.writestr("lamp.txt", "light")
    with pytest.raises(Unreadable, match="ZIP archive, not a DOCX"):
        importers.read(tmp_path / "photos.zip")


def test_arabic_without_spaces_in_a_docx(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph(NO_SPACES)
    document.save(str(tmp_path / "x.docx"))
    with pytest.raises(Unreadable, match="lost its spaces"):
        importers.read(tmp_path / "x.docx")


def test_a_scan_needs_ocr_and_a_locked_pdf_its_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    writer = PdfWriter()
    writer.add_blank_page(width=200, height=200)
    out = io.BytesIO()
    writer.write(out)
    assert refusal(tmp_path / "scan.pdf", out.getvalue()).startswith("needs OCR")
    writer.encrypt("secret")
    out = io.BytesIO()
    writer.write(out)
    assert "password" in refusal(tmp_path / "locked.pdf", out.getvalue())


def test_a_record_that_breaks_the_contract_is_refused_by_the_parent(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    good = {"kind": "law", "state": "ALB", "identity": "x", "law": {}}
    path.write_text(json.dumps(good) + "\n" + json.dumps({**good, "state": "Albania"}) + "\n")
    told = importers.read(path)
    assert [r["identity"] for r in told["records"]] == ["x"]
    assert told["refused"][0]["reason"].startswith("state:")


def test_a_law_in_a_pdf_with_a_text_layer(tmp_path: Path) -> None:
    lines = ["Lamps Act 2031", "Section 1. Lamps are lit at", "dusk by the keeper.", "Section 2. So is oil."]
    path = tmp_path / "law.pdf"
    path.write_bytes(_pdf(lines))
    (record,) = importers.read(path)["records"]
    assert [p["key"] for p in record["provisions"]][-2:] == ["s-1", "s-2"]
    assert record["provisions"][-2]["texts"][0]["text"] == "Lamps are lit at dusk by the keeper."
    assert "keeper" in importers.text_of(path)


def _pdf(lines: list[str]) -> bytes:
    """A PDF of one page with these lines."""
    drawn = "BT /F1 12 Tf 50 700 Td 14 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R"
        " /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream",
    ]
    body, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    body += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    body += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{body.index('xref')}\n%%EOF"
    return body.encode()
