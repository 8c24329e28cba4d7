"""PDF of an edition: PDF/A, tagged, readable, the same bytes."""

from __future__ import annotations

import io
import time
from dataclasses import replace

import pytest
from pypdf import PdfReader

from comity.core.texts.languages import UN_LANGUAGES
from comity.modules.reports.document import Run
from comity.modules.reports.outputs import pdf
from comity.modules.reports.outputs.words import words
from comity.modules.reports.tests.sample_editions import LANGS, NOTICE, sample
from comity.ui.fonts import FontMissing


def reader(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def text(content: bytes) -> str:
    return " ".join("\n".join(page.extract_text() for page in reader(content).pages).split())


def packed(words: str) -> str:
    """Without blanks: a reader guesses them from the distance of signs."""
    return "".join(words.split())


def test_english_reads_as_it_was_written() -> None:
    document = sample()
    said = text(pdf.write(document))
    for expected in ("Example Organization", "A/99/999", "Distr.: General 24 April 2020 Original: English", "Summary",
                     "I. Introduction", "2018–2019", "12."):  # fmt: skip
        assert packed(expected) in packed(said), expected
    for figure in document.figures():
        assert packed(figure.text) in packed(said), figure.text
    assert packed("1 See the fictitious document") in packed(said)


@pytest.mark.parametrize("lang", LANGS)
def test_it_is_tagged_pdf_a_with_language_title_and_notices_on_every_page(lang: str) -> None:
    document = sample(lang)
    made = reader(pdf.write(document))
    root = made.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 (an object of pypdf)
    assert "/StructTreeRoot" in root
    assert str(root["/Lang"]).split("-")[0] == lang
    metadata = root["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in metadata and "<pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert document.title in metadata
    assert all("/FontFile" in "".join(d) for d in _fonts(made))
    if lang != "ar":  # Arabic comes out of extraction in the order of drawing.
        joined = ["".join(page.extract_text().split()) for page in made.pages]
        assert all("".join(NOTICE[lang].split()) in page for page in joined)
    assert len(made.pages) >= 2


def _fonts(made: PdfReader) -> list[list[str]]:
    """The keys of the descriptor of each font in use."""
    out = []
    for page in made.pages:
        for font in page["/Resources"]["/Font"].values():
            for below in font.get_object().get("/DescendantFonts", []):
                out.append(list(below.get_object()["/FontDescriptor"].keys()))
    assert out
    return out


@pytest.mark.parametrize("lang", LANGS)
def test_the_same_edition_gives_the_same_bytes(lang: str) -> None:
    first = pdf.write(sample(lang))
    time.sleep(1.1)
    assert pdf.write(sample(lang)) == first


def test_figures_link_to_their_pages_only_where_a_base_is_given() -> None:
    def links(content: bytes) -> list[str]:
        found = [a.get_object() for page in reader(content).pages for a in page.get("/Annots", [])]
        return [str(a["/A"]["/URI"]) for a in found if "/A" in a and "/URI" in a["/A"]]

    document = sample()
    assert links(pdf.write(document)) == []
    expected = [f"https://node.example/en{figure.path}" for figure in document.figures()]
    assert sorted(set(links(pdf.write(document, base="https://node.example/en/")))) == sorted(set(expected))


def test_text_is_never_markup() -> None:
    document = sample()
    first = replace(next(document.paragraphs()), runs=(Run("#strong[x] $y$ *b* \\ @z <l> = h"),))
    said = text(pdf.write(replace(document, body=(first,), title="#panic() *T*")))
    assert "#strong[x] $y$ *b* \\ @z <l> = h" in said
    assert "#panic() *T*" in said


def test_an_edition_without_most_parts_is_set() -> None:
    document = sample()
    head = replace(document.masthead, symbols=(), issued_on=None, session="", agenda_item="", distribution="")
    bare = replace(document, masthead=head, summary=(), body=(), footnotes=(), notices=(), subtitle="", as_of=None)
    assert "Example Organization" in text(pdf.write(bare))


def test_a_missing_font_is_named_with_its_package() -> None:
    with pytest.raises(FontMissing, match="Noto Naskh Arabic") as missing:
        pdf.write(sample("ar"), available=frozenset({"Noto Serif"}))
    assert missing.value.package == "fonts-noto-core"
    with pytest.raises(FontMissing, match="Noto Serif CJK SC"):
        pdf.write(sample("zh"), available=frozenset({"Noto Serif"}))
    assert "I. Introduction" in text(pdf.write(sample(), available=frozenset()))


@pytest.mark.parametrize("lang", UN_LANGUAGES)
def test_every_language_has_its_masthead(lang: str) -> None:
    said = words(replace(sample(), lang=lang))
    assert len(said.lines) == (3 if lang == "en" else 4)
    assert all(said.lines) and said.house and said.summary
    assert pdf.write(replace(sample(), lang=lang)).startswith(b"%PDF-1.7")
