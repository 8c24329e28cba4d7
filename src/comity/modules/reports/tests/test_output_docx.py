"""DOCX of an edition: native numbers, bookmarks, notes, direction, the same bytes."""

from __future__ import annotations

import io
import subprocess
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import docx as word
import pytest
from docx.oxml.ns import qn
from lxml import etree

from comity.modules.reports.document import EditionDocument, Footnote, Run
from comity.modules.reports.outputs import docx
from comity.modules.reports.tests.returned_editing import needs_office
from comity.modules.reports.tests.sample_editions import LANGS, NOTICE, long_sample, runs, sample


def part(content: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return etree.fromstring(archive.read(name))


def body(content: bytes) -> etree._Element:
    return part(content, "word/document.xml")


def words_of(element: etree._Element) -> str:
    return "".join(t.text or "" for t in element.iter(qn("w:t"))).replace("\u200e", "")


def between(root: etree._Element, name: str) -> str:
    """The text inside a bookmark."""
    out, inside = [], None
    for element in root.iter():
        if element.tag == qn("w:bookmarkStart") and element.get(qn("w:name")) == name:
            inside = element.get(qn("w:id"))
        elif element.tag == qn("w:bookmarkEnd") and element.get(qn("w:id")) == inside:
            return "".join(out).replace("\u200e", "")
        elif element.tag == qn("w:t") and inside:
            out.append(element.text or "")
    raise AssertionError(f"no bookmark {name}")


@pytest.mark.parametrize("lang", LANGS)
def test_each_figure_has_one_bookmark_around_its_printed_text(lang: str) -> None:
    document = sample(lang)
    root = body(docx.write(document))
    names = [m.get(qn("w:name")) for m in root.iter(qn("w:bookmarkStart")) if m.get(qn("w:name")).startswith("fig_")]
    assert names == [figure.key for figure in document.figures()]
    for figure in document.figures():
        assert between(root, figure.key) == figure.text
    idents = [m.get(qn("w:id")) for m in root.iter(qn("w:bookmarkStart"))]
    assert len(set(idents)) == len(idents)


@pytest.mark.parametrize("lang", LANGS)
def test_paragraphs_are_counted_by_word_in_one_list(lang: str) -> None:
    document = sample(lang)
    content = docx.write(document)
    listed = [p for p in body(content).iter(qn("w:p")) if p.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None]
    assert len(listed) == 12
    assert {p.find(f".//{qn('w:numId')}").get(qn("w:val")) for p in listed} == {"1"}
    assert all(not words_of(p).startswith(str(n)) for n, p in enumerate(listed, 1))
    level = part(content, "word/numbering.xml").find(f".//{qn('w:lvl')}")
    assert level.find(qn("w:numFmt")).get(qn("w:val")) == "decimal"
    assert level.find(qn("w:start")).get(qn("w:val")) == "1"


def test_numbers_that_do_not_follow_start_the_count_anew() -> None:
    document = sample()
    first, *rest = document.paragraphs()
    moved = replace(document, body=(replace(first, number=7), *(replace(p, number=p.number + 20) for p in rest)))
    numbering = part(docx.write(moved), "word/numbering.xml")
    assert numbering.find(f".//{qn('w:start')}").get(qn("w:val")) == "7"
    assert [s.get(qn("w:val")) for s in numbering.iter(qn("w:startOverride"))] == ["22"]


def test_arabic_runs_right_to_left_and_its_symbols_left_to_right() -> None:
    content = docx.write(sample("ar"))
    root = body(content)
    assert all(p.find(f"{qn('w:pPr')}/{qn('w:bidi')}") is not None for p in root.iter(qn("w:p")))
    assert all(t.find(f"{qn('w:tblPr')}/{qn('w:bidiVisual')}") is not None for t in root.iter(qn("w:tbl")))
    assert root.find(f".//{qn('w:sectPr')}/{qn('w:bidi')}") is not None
    for run in root.iter(qn("w:r")):
        rtl = run.find(f"{qn('w:rPr')}/{qn('w:rtl')}") is not None
        arabic = any("\u0600" <= sign <= "\u06ff" for sign in words_of(run))
        assert rtl or not arabic, words_of(run)
        assert not (rtl and any(sign.isascii() and sign.isalnum() for sign in words_of(run))), words_of(run)
    ranges = [t.text for t in root.iter(qn("w:t")) if "2018" in (t.text or "")]
    assert set(ranges) == {"\u200e2018–2019\u200e"}
    assert not any(sign in etree.tostring(root, encoding="unicode") for sign in "\u2066\u2067\u2068\u2069")


def test_chinese_names_its_font_and_language() -> None:
    content = docx.write(sample("zh"))
    styles = part(content, "word/styles.xml")
    assert styles.find(f".//{qn('w:rPrDefault')}//{qn('w:rFonts')}").get(qn("w:eastAsia")) == "Noto Serif CJK SC"
    assert styles.find(f".//{qn('w:lang')}").get(qn("w:eastAsia")) == "zh-CN"
    fonts = {f.get(qn("w:name")): f.find(qn("w:altName")).get(qn("w:val")) for f in part(content, "word/fontTable.xml")}
    assert fonts["Noto Serif CJK SC"] == "SimSun"


def test_masthead_summary_and_labels_are_there() -> None:
    document = sample()
    made = word.Document(io.BytesIO(docx.write(document)))
    cells = [cell.text for row in made.tables[0].rows for cell in row.cells]
    assert cells == [
        "Example Organization",
        "A/99/999",
        "General Assembly",
        "Distr.: General\n24 April 2020\nOriginal: English",
    ]
    assert made.tables[1].cell(0, 0).paragraphs[0].text == "Summary"
    headings = [p for p in made.paragraphs if p.style.name.lower().startswith("heading")]
    assert [p.text for p in headings][:4] == [
        "I.\tIntroduction",
        "II.\tAction taken by the fictitious Commission and its secretariat in the period",
        "A.\tOrganized crime",
        "1.\tTraining",
    ]
    assert [p.style.name[-1] for p in headings] == ["1", "1", "2", "3", "3", "2", "1"]
    properties = made.core_properties
    assert (properties.title, properties.language, properties.identifier) == (document.title, "en-GB", "FICT-2020")
    assert properties.subject == "A/99/999"


def test_a_translation_tells_its_language_and_the_original_one() -> None:
    made = word.Document(io.BytesIO(docx.write(sample("zh"))))
    lines = made.tables[0].cell(1, 1).text.split("\n")
    assert len(lines) == 4
    english = word.Document(io.BytesIO(docx.write(replace(sample("zh"), lang="en"))))
    assert english.tables[0].cell(1, 1).text.split("\n")[-1] == "Original: English"


@pytest.mark.parametrize("lang", LANGS)
def test_notices_stand_on_every_page(lang: str) -> None:
    made = word.Document(io.BytesIO(docx.write(sample(lang))))
    section = made.sections[0]
    assert section.different_first_page_header_footer
    for footer in (section.footer, section.first_page_footer):
        text = words_of(footer._element)
        assert NOTICE[lang] in text
        assert "FICT-2020" in text
        assert [f.get(qn("w:instr")).strip() for f in footer._element.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]
    assert "A/99/999" in words_of(section.header._element)


def test_footnotes_are_native_and_numbered_by_word() -> None:
    content = docx.write(sample())
    marks = [m.get(qn("w:id")) for m in body(content).iter(qn("w:footnoteReference"))]
    notes = {n.get(qn("w:id")): n for n in part(content, "word/footnotes.xml")}
    assert marks == ["1", "2"]
    assert words_of(notes["2"]).strip() == "Available at www.example.org."
    assert {n.get(qn("w:type")) for n in notes.values()} == {None, "separator", "continuationSeparator"}
    assert notes["1"].find(f".//{qn('w:footnoteRef')}") is not None


def test_a_footnote_with_a_number_of_its_own_keeps_it_and_a_second_mention_is_its_number() -> None:
    document = sample()
    first = replace(next(document.paragraphs()), runs=(Run("a"), Run("7", footnote=7), Run("b"), Run("7", footnote=7)))
    content = docx.write(replace(document, body=(first,), footnotes=(Footnote(7, "Seven."),)))
    reference = body(content).find(f".//{qn('w:footnoteReference')}")
    assert reference.get(qn("w:customMarkFollows")) == "1"
    assert between(body(content), "_par_1") == "a7b7"
    assert len(list(body(content).iter(qn("w:footnoteReference")))) == 1


def test_the_manifest_lists_the_figures() -> None:
    document = sample("zh")
    root = part(docx.write(document), "customXml/item1.xml")
    assert (root.get("edition"), root.get("digest")) == ("FICT-2020", document.digest)
    figures = {f.get("key"): f for f in root if f.tag.endswith("figure")}
    new = figures["fig_F25_1"]
    assert (new.get("slug"), new.get("value"), new.get("paragraph")) == ("portal.new_entries", "908", "6")
    assert figures["fig_F9_1"].get("qualifier") == "more_than"
    assert figures["fig_S_1"].get("paragraph") == ""


@pytest.mark.parametrize("lang", LANGS)
def test_the_same_edition_gives_the_same_bytes(lang: str) -> None:
    first = docx.write(sample(lang))
    time.sleep(2.1)  # The clock of ZIP files counts in steps of two seconds.
    assert docx.write(sample(lang)) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"
        assert "docProps/app.xml" not in archive.namelist()


@pytest.mark.parametrize("key", ["1fig", "fig F", "f" * 41, "fig-1", ""])
def test_a_key_that_word_cannot_take_is_refused(key: str) -> None:
    document = sample()
    first = next(document.paragraphs())
    figure = replace(next(document.figures()), key=key)
    with pytest.raises(ValueError, match="bookmark"):
        docx.write(replace(document, body=(replace(first, runs=(Run("1", figure=figure),)),)))


def test_a_figure_that_stands_twice_is_refused() -> None:
    document = sample()
    first = next(document.paragraphs())
    with pytest.raises(ValueError, match="twice"):
        docx.write(replace(document, body=(replace(first, runs=runs("{fig_S_1}{fig_S_1}", "en")),)))


def test_signs_that_xml_cannot_hold_are_left_out() -> None:
    document = sample()
    first = replace(next(document.paragraphs()), runs=(Run("a\x00b\x0bc <&> \ufffe d\ne"),))
    content = docx.write(replace(document, body=(first,)))
    assert between(body(content), "_par_1") == "abc <&>  de"
    assert body(content).find(f".//{qn('w:br')}") is not None


def test_a_long_report_has_a_bookmark_for_each_figure() -> None:
    document = long_sample()
    content = docx.write(document)
    assert sum(m.get(qn("w:name")).startswith("fig_") for m in body(content).iter(qn("w:bookmarkStart"))) == 142


def printed(document: EditionDocument, folder: Path) -> list[str]:
    """The lines of the pages that LibreOffice makes of the DOCX."""
    (folder / "made.docx").write_bytes(docx.write(document))
    profile = f"-env:UserInstallation=file://{folder}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, folder / "made.docx"],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    text = subprocess.run(["pdftotext", "-layout", folder / "made.pdf", "-"], check=True, capture_output=True).stdout
    return text.decode().splitlines()


@needs_office
def test_libreoffice_counts_the_same_numbers_and_shows_labels(tmp_path: Path) -> None:
    lines = [line.strip() for line in printed(sample("zh"), tmp_path)]
    starts = [line.split(".")[0] for line in lines if line[:1].isdigit() and "." in line[:3]]
    numbers = [int(start) for start in starts if start.isdigit()]
    # The labels "1." and "2." of the two third-level headings stand among the numbers of the paragraphs.
    assert [n for n in range(1, 13) if n not in numbers] == []
    assert any(line.startswith("二.") and "虚构委员会" in line for line in lines)
    assert sum("演示" in line for line in lines) == sum("FICT-2020" in line for line in lines) >= 2
