"""A translated DOCX comes back: altered numbers are named, texts come with their tokens."""

from __future__ import annotations

import copy
import io
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from comity.core.vault.errors import Unreadable
from comity.modules.reports import tokens
from comity.modules.reports.document import EditionDocument, NumberedParagraph, Run
from comity.modules.reports.outputs import docx, returned_file, returning
from comity.modules.reports.tests.returned_editing import (
    Change,
    back,
    edited,
    end,
    mark,
    needs_office,
    only,
    run,
    write_into,
)
from comity.modules.reports.tests.sample_editions import LANGS, figure, sample


@pytest.mark.parametrize("lang", LANGS)
def test_what_was_not_touched_comes_back_with_tokens_and_no_problem(lang: str) -> None:
    document = sample(lang)
    returned = returning.compare(docx.write(document), document)
    assert returned.problems == []
    assert list(returned.paragraphs) == [p.key for p in document.paragraphs()]
    assert (returned.title, returned.subtitle) == (document.title, document.subtitle)
    assert "{fig:laws}" in returned.summary
    assert len(returned.headings) == 7
    for paragraph in document.paragraphs():
        pieces = tokens.parse(returned.paragraphs[paragraph.key])
        slugs = [piece.slug for piece in pieces if isinstance(piece, tokens.FigureToken)]
        assert slugs == [run.figure.slug for run in paragraph.runs if run.figure]
    assert any(isinstance(piece, tokens.Note) for piece in tokens.parse(returned.paragraphs["p-001"]))


def test_an_altered_number_is_named_by_paragraph_and_figure() -> None:
    returned = back(write_into("fig_F25_1", "980"))
    problem = only(returned)
    assert (problem.kind, problem.paragraph, problem.figure, problem.key) == (
        "altered",
        6,
        "portal.new_entries",
        "fig_F25_1",
    )
    assert (problem.expected, problem.found) == ("908", "980")
    assert "908" in problem.message and "980" in problem.message and "portal.new_entries" in problem.message
    # The number never comes from the file: the token stands where it stood.
    assert "{fig:portal.new_entries}" in returned.paragraphs["p-006"] and "980" not in returned.paragraphs["p-006"]


def remove(name: str) -> Change:
    def change(root: etree._Element) -> None:
        for element in (end(root, name), mark(root, name)):
            element.getparent().remove(element)

    return change


def test_a_removed_bookmark_is_named() -> None:
    returned = back(remove("fig_F25_1"))
    problem = only(returned)
    assert (problem.kind, problem.paragraph, problem.figure) == ("removed", 6, "portal.new_entries")
    assert "908 个新条目" in returned.paragraphs["p-006"]
    assert "{fig:portal.users}" in returned.paragraphs["p-006"]


def test_a_bookmark_without_its_end_is_removed_and_the_text_stays() -> None:
    def change(root: etree._Element) -> None:
        end(root, "fig_F25_1").getparent().remove(end(root, "fig_F25_1"))

    returned = back(change)
    assert ("removed", "fig_F25_1") in {(p.kind, p.key) for p in returned.problems}
    assert "908 个新条目" in returned.paragraphs["p-006"]
    assert "秘书处继续应请求" in returned.paragraphs["p-006"]


def test_a_duplicated_bookmark_is_named_and_the_second_is_text() -> None:
    def change(root: etree._Element) -> None:
        start, stop = mark(root, "fig_F25_1"), end(root, "fig_F25_1")
        copies = [copy.deepcopy(e) for e in (start, start.getnext(), stop)]
        copies[0].set(qn("w:id"), "999")
        copies[2].set(qn("w:id"), "999")
        for element in reversed(copies):
            stop.addnext(element)
        stop.addnext(run(" 与 "))

    returned = back(change)
    problem = only(returned)
    assert (problem.kind, problem.paragraph, problem.figure) == ("duplicated", 6, "portal.new_entries")
    assert "{fig:portal.new_entries} 与 908" in returned.paragraphs["p-006"]


def test_a_moved_figure_is_named_with_both_paragraphs() -> None:
    def change(root: etree._Element) -> None:
        start, stop, target = mark(root, "fig_F25_1"), end(root, "fig_F25_1"), end(root, "_par_9")
        for element in (start, start.getnext(), stop):
            target.addprevious(element)

    returned = back(change)
    problem = only(returned)
    assert (problem.kind, problem.paragraph, problem.found) == ("moved", 6, "9")
    assert returned.paragraphs["p-009"].endswith("{fig:portal.new_entries}")


def test_an_unknown_figure_is_named_and_other_bookmarks_are_not() -> None:
    def change(root: etree._Element) -> None:
        for name, ident in (("fig_X", "991"), ("_GoBack", "992"), ("mine", "993")):
            start = parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="{ident}" w:name="{name}"/>')
            mark(root, "_par_2").addnext(start)
            start.addnext(parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="{ident}"/>'))

    problem = only(back(change))
    assert (problem.kind, problem.paragraph, problem.key) == ("unknown", 2, "fig_X")


def test_a_paragraph_that_is_missing_is_named_with_its_figures() -> None:
    returned = back(lambda root: mark(root, "_par_6").getparent().getparent().remove(mark(root, "_par_6").getparent()))
    problem = only(returned)
    assert (problem.kind, problem.paragraph) == ("missing", 6)
    assert "portal.new_entries" in problem.message and "portal.users" in problem.message
    assert "p-006" not in returned.paragraphs and "p-007" in returned.paragraphs


def test_a_heading_and_a_summary_that_are_missing_are_named() -> None:
    def change(root: etree._Element) -> None:
        for name in ("_head_0", "_summary"):
            line = mark(root, name).getparent()
            line.getparent().remove(line)

    assert [p.kind for p in back(change).problems] == ["missing", "missing"]


def test_a_paragraph_that_lost_its_bookmark_is_found_by_the_count() -> None:
    def change(root: etree._Element) -> None:
        remove("_par_7")(root)
        remove("_par_8")(root)

    returned = back(change)
    assert returned.problems == []
    assert "{fig:reach.total}" in returned.paragraphs["p-008"]


def test_an_added_paragraph_is_named_and_not_taken() -> None:
    def change(root: etree._Element) -> None:
        line = mark(root, "_par_4").getparent()
        added = copy.deepcopy(line)
        for element in list(added):
            if element.tag != qn("w:pPr"):
                added.remove(element)
        added.append(run("新段落"))
        line.addnext(added)

    returned = back(change)
    assert (only(returned).kind, only(returned).found) == ("added", "新段落")
    assert len(returned.paragraphs) == 12


def split(root: etree._Element) -> None:
    """Enter is pressed behind the first figure of paragraph 6."""
    line = mark(root, "_par_6").getparent()
    second = copy.deepcopy(line.find(qn("w:pPr")))
    rest = list(end(root, "fig_F25_1").itersiblings())
    new = parse_xml(f"<w:p {nsdecls('w')}/>")
    new.append(second)
    new.extend(rest)
    line.addnext(new)


def test_a_paragraph_split_in_two_comes_back_as_one_and_is_named() -> None:
    returned = back(split)
    assert (only(returned).kind, only(returned).paragraph) == ("split", 6)
    assert "{fig:portal.new_entries} 个新条目" in returned.paragraphs["p-006"]
    assert len(returned.paragraphs) == 12


def test_two_paragraphs_joined_come_back_as_two_and_are_named() -> None:
    def change(root: etree._Element) -> None:
        first, second = (mark(root, f"_par_{n}").getparent() for n in (9, 10))
        first.extend([e for e in second if e.tag != qn("w:pPr")])
        second.getparent().remove(second)

    returned = back(change)
    assert (only(returned).kind, only(returned).paragraph) == ("joined", 10)
    assert returned.paragraphs["p-009"] == returned.paragraphs["p-010"]


def test_paragraphs_in_another_order_are_named() -> None:
    def change(root: etree._Element) -> None:
        mark(root, "_par_9").getparent().addprevious(mark(root, "_par_10").getparent())

    assert [(p.kind, p.paragraph) for p in back(change).problems] == [("order", 9)]


def test_tracked_changes_count_as_accepted() -> None:
    def change(root: etree._Element) -> None:
        start = mark(root, "fig_F25_1")
        old = start.getnext()
        deleted = parse_xml(f'<w:del {nsdecls("w")} w:id="800" w:author="T"/>')
        inserted = parse_xml(f'<w:ins {nsdecls("w")} w:id="801" w:author="T"/>')
        old.addprevious(deleted)
        old.find(qn("w:t")).tag = qn("w:delText")
        deleted.append(old)
        deleted.addnext(inserted)
        inserted.append(run("980"))
        end(root, "_par_6").addprevious(parse_xml(etree.tostring(inserted).decode().replace("980", "补充。")))

    returned = back(change)
    assert (only(returned).kind, only(returned).found) == ("altered", "980")
    assert returned.paragraphs["p-006"].endswith("补充。")


def test_content_controls_and_links_lose_no_text() -> None:
    def change(root: etree._Element) -> None:
        first = mark(root, "_par_2").getnext()
        control = parse_xml(f'<w:sdt {nsdecls("w")}><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent/></w:sdt>')
        first.addprevious(control)
        control.find(qn("w:sdtContent")).append(first)
        link = parse_xml(f'<w:hyperlink {nsdecls("w")} w:anchor="x"/>')
        link.append(run("链接"))
        end(root, "_par_2").addprevious(link)

    returned = back(change)
    assert returned.problems == []
    assert returned.paragraphs["p-002"].startswith("届时，虚构公约有 {fig:parties}")
    assert returned.paragraphs["p-002"].endswith("链接")


def test_a_paragraph_mark_deleted_with_tracking_joins() -> None:
    def change(root: etree._Element) -> None:
        split(root)
        properties = mark(root, "_par_6").getparent().find(qn("w:pPr"))
        properties.append(parse_xml(f'<w:rPr {nsdecls("w")}><w:del w:id="900" w:author="T"/></w:rPr>'))

    assert back(change).problems == []


def test_text_typed_outside_the_bookmarks_of_a_paragraph_belongs_to_it() -> None:
    def change(root: etree._Element) -> None:
        mark(root, "_par_5").addprevious(run("首先，"))
        end(root, "_par_5").addnext(run("最后。"))

    returned = back(change)
    assert returned.problems == []
    assert returned.paragraphs["p-005"].startswith("首先，") and returned.paragraphs["p-005"].endswith("最后。")


def test_a_file_of_another_state_of_the_edition_is_named_first() -> None:
    document = sample("zh")
    returned = returning.compare(docx.write(document), replace(document, digest="e" * 64))
    assert only(returned).kind == "edition"


def test_a_file_in_another_language_is_compared_by_its_numbers() -> None:
    english, chinese = sample("en"), sample("zh")
    content = docx.write(replace(chinese, lang="zh"))
    assert [p for p in returning.compare(content, english, lang="zh").problems if p.kind != "edition"] == []
    changed = edited(content, write_into("fig_F25_1", "980"))
    assert [(p.kind, p.paragraph) for p in returning.compare(changed, english, lang="zh").problems] == [("altered", 6)]


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04" + b"\0" * 40, "zip"])
def test_what_is_no_docx_is_refused_with_a_reason(content: bytes | str) -> None:
    if content == "zip":
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("a.txt", "a")
        content = out.getvalue()
    with pytest.raises(Unreadable, match="DOCX"):
        returning.compare(content, sample())  # type: ignore[arg-type]


def test_damaged_text_and_a_bomb_are_refused() -> None:
    content = docx.write(sample())
    with pytest.raises(Unreadable, match="damaged"):
        returning.compare(content[: len(content) // 2], sample())
    for inside, reason in ((b"<w:document", "damaged"), (b" " * (returned_file.MAX_TEXT + 1), "larger")):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("word/document.xml", inside)
        with pytest.raises(Unreadable, match=reason):
            returning.compare(out.getvalue(), sample())


def test_entities_are_not_read() -> None:
    out = io.BytesIO()
    w = nsdecls("w")
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "word/document.xml",
            f'<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/hostname">]><w:document {w}><w:body><w:p><w:r>'
            "<w:t>a&e;b</w:t></w:r></w:p></w:body></w:document>",
        )
    returned = returning.compare(out.getvalue(), sample())
    assert returned.paragraphs == {} and {p.kind for p in returned.problems} == {"missing"}


MARKS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffe\uffff"
TEXT = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp"), exclude_characters=MARKS), max_size=30)


def document_of(lang: str, parts: list[tuple[str, str]]) -> EditionDocument:
    """A paragraph for each pair of texts, with a figure between them."""
    printed = figure("fig_F25_1", lang)
    body = tuple(
        NumberedParagraph(
            number,
            f"k{number}",
            (Run(a), Run("908", figure=replace(printed, key=f"fig_{number}", slug=f"s.{number}")), Run(b)),
        )
        for number, (a, b) in enumerate(parts, 1)
    )
    return replace(sample(lang), body=body, summary=())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lang=st.sampled_from(LANGS), parts=st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=4))
def test_every_text_comes_back_as_it_was_sent(lang: str, parts: list[tuple[str, str]], tmp_path: Path) -> None:
    document = document_of(lang, parts)
    path = tmp_path / "made.docx"
    path.write_bytes(docx.write(document))
    returned = returning.compare_read(returned_file.read(path), document)
    assert returned.problems == []
    for number, (before, behind) in enumerate(parts, 1):
        pieces = [tokens.Text(before), tokens.FigureToken(f"s.{number}"), tokens.Text(behind)]
        expected = tokens.write(pieces).replace("\t", " ").strip()
        assert returned.paragraphs[f"k{number}"] == " ".join(part for part in expected.split(" ") if part)


@needs_office
@pytest.mark.parametrize("lang", LANGS)
def test_bookmarks_survive_libreoffice(lang: str, tmp_path: Path) -> None:
    document = sample(lang)
    (tmp_path / "sent.docx").write_bytes(docx.write(document))
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to",
         "docx:MS Word 2007 XML", "--outdir", tmp_path / "saved", tmp_path / "sent.docx"],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    saved = (tmp_path / "saved" / "sent.docx").read_bytes()
    assert returning.compare(saved, document) == returning.compare(docx.write(document), document)
    changed = edited(saved, write_into("fig_F25_1", "980"))
    assert (only(returning.compare(changed, document)).kind, only(returning.compare(changed, document)).found) == (
        "altered", "980",
    )  # fmt: skip
