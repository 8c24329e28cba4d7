"""What is written is read back without loss, and holds only what the reader may see."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest
import rispy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from pybtex.database import parse_string

from comity.core.actions.actor import PUBLIC
from comity.core.audit.models import Entry as AuditEntry
from comity.modules.library import exports
from comity.modules.library import vocabulary as v
from comity.modules.library.content import Content, from_plain
from comity.modules.library.exporters import akoma_ntoso, flat, jsonl, references
from comity.modules.library.exporters.entry import Entry
from comity.modules.library.importers.own_akoma_ntoso import record_of
from comity.modules.library.services.joining import join, same
from comity.modules.library.tests import making
from comity.modules.library.tests.cases import KINDS, large_case, law
from comity.modules.library.tests.strategies import contents, sound

SLOW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
_any_content = st.sampled_from(list(KINDS)).flatmap(contents)


def entry(content: Content, number: str = "KEN-2019-0001") -> Entry:
    return Entry(number, f"https://example.org/library/{number}/", content, "KE", "Kenya")


@SLOW
@given(content=_any_content)
def test_a_line_of_json_holds_every_field(content: Content) -> None:
    line = jsonl.line(entry(content))
    assert line.count("\n") == 1
    back = from_plain(json.loads(line))
    assert back == content.model_copy(update={"identity": back.identity})
    assert back.identity == (content.identity or "https://example.org/library/KEN-2019-0001/")


def test_the_largest_case_comes_back() -> None:
    case = large_case()
    assert case.case and (len(case.case.persons), len(case.case.charges)) == (34, 82)
    assert from_plain(json.loads(jsonl.line(entry(case)))) == case


def read_back(content: Content, backwards: bool = False) -> Content:
    """The law as its Akoma Ntoso documents give it, joined as an import joins them."""
    documents = akoma_ntoso.documents(entry(content))
    parts = []
    for _name, document in reversed(documents) if backwards else documents:
        plain = record_of(etree.fromstring(document))
        assert plain is not None
        parts.append(from_plain(plain))
    joined = parts[0]
    for part in parts[1:]:
        joined = join(joined, part)
    return joined


def by_language(content: Content) -> Content:
    """The same with texts in the order in which languages are joined."""
    fields = list(v.TextField.values)
    texts = sorted(content.texts, key=lambda t: (fields.index(t.field), t.lang))
    provisions = [
        p.model_copy(update={"texts": sorted(p.texts, key=lambda t: t.lang)}) for p in content.provisions
    ]
    return content.model_copy(update={"texts": texts, "provisions": provisions})


@pytest.mark.parametrize("backwards", [False, True])
def test_akoma_ntoso_comes_back_equal(backwards: bool) -> None:
    assert read_back(law(), backwards) == by_language(law())


@SLOW
@given(made=contents("law"))
def test_akoma_ntoso_keeps_tree_titles_dates_and_languages(made: Content) -> None:
    content = sound(made)
    back = read_back(content)
    assert back.law == content.law
    assert [(p.key, p.parent, p.kind, p.number) for p in back.provisions] == [
        (p.key, p.parent, p.kind, p.number) for p in content.provisions
    ]
    assert by_language(back).provisions == by_language(content).provisions
    assert {(t.field, t.lang, t.value) for t in back.texts} == {(t.field, t.lang, t.value) for t in content.texts}
    assert (back.languages(), back.tags, back.year) == (content.languages(), content.tags, content.year)


def test_akoma_ntoso_keeps_an_order_that_is_not_the_trees() -> None:
    keys = [("part-1", ""), ("s-1", ""), ("s-2", "part-1")]
    content = law(tags=[], provisions=[{"key": key, "parent": parent, "kind": "part"} for key, parent in keys])
    assert [(p.key, p.parent) for p in read_back(content).provisions] == keys


def test_akoma_ntoso_is_laid_out_as_the_standard_says() -> None:
    root = etree.fromstring(akoma_ntoso.documents(entry(law()))[0][1])
    space = {"a": akoma_ntoso.AKN}
    assert root.xpath("string(//a:FRBRWork/a:FRBRuri/@value)", namespaces=space) == "/akn/ke/act/2019/KEN-2019-0001"
    assert root.xpath("string(//a:FRBRlanguage/@language)", namespaces=space) == "eng"
    assert root.xpath("//a:part/a:section/@eId", namespaces=space) == ["s-1"]
    assert root.xpath("//a:section/a:intro/a:p/text()", namespaces=space) == ["No one does it.", "Never."]
    assert root.xpath("//a:keyword[@href='#s-1']/@value", namespaces=space) == ["UNTOC:5"]
    assert root.xpath("//a:hcontainer/@name", namespaces=space) == ["schedule"]


@SLOW
@given(content=_any_content)
def test_references_are_read_by_the_libraries_of_their_formats(content: Content) -> None:
    one = entry(content)
    read = rispy.loads(references.ris(one))
    assert len(read) == 1 and read[0]["id"] == one.number
    assert list(parse_string(references.bibtex(one), "bibtex").entries) == [one.number]
    assert references.csl(one)["id"] == one.number


def test_references_say_what_they_are() -> None:
    handbook = entry(from_plain(KINDS["publication"]), "INT-2021-0001")
    item = references.csl(handbook, "en")
    assert (item["type"], item["issued"]) == ("book", {"date-parts": [[2021, 5, 1]]})
    assert item["author"] == [{"literal": "Invented Author"}]
    made = parse_string(references.bibtex(handbook), "bibtex").entries["INT-2021-0001"]
    assert made.type == "book" and "Invented handbook" in made.fields["title"]
    assert rispy.loads(references.ris(handbook))[0]["type_of_reference"] == "BOOK"


def test_cells_are_no_formulas() -> None:
    row = flat.row(entry(from_plain(KINDS["publication"])), "en")
    text = exports.csv_text([row], list(flat.COLUMNS))
    cells = next(iter(list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))[1:]))
    assert "'=Invented handbook & guide" in cells
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


@pytest.mark.django_db
def test_an_export_holds_what_the_reader_may_see_and_is_audited(tmp_path: Path) -> None:
    making.world()
    making.shown(making.law(title="Public Act"))
    making.shown(making.law("BBB", title="Officials Act", audience="officials"))
    making.shown(making.law(title="Gone Act"), step="withdrawn")
    making.draft(making.law(title="Draft Act"))

    def written(actor: object, kind: str) -> str:
        out = io.StringIO()
        exports.write_text(actor, kind, exports.chosen(actor), out, lang="en")  # type: ignore[arg-type]
        return out.getvalue()

    for kind in ("jsonl", "csv", "ris", "bibtex", "csl"):
        text = written(PUBLIC, kind)
        assert "Public Act" in text
        assert "Officials Act" not in text and "Gone Act" not in text and "Draft Act" not in text
    assert not AuditEntry.objects.filter(verb=v.EXPORT).exists()
    assert "Officials Act" in written(making.FOCAL_A, "jsonl")
    made = AuditEntry.objects.get(verb=v.EXPORT)
    assert (made.actor, made.difference) == (making.FOCAL_A.reference, {"label": "officials"})
    assert exports.write_documents(PUBLIC, exports.chosen(PUBLIC), tmp_path / "laws.zip") == 1
    assert len(zipfile.ZipFile(tmp_path / "laws.zip").namelist()) == 2
    assert exports.write_documents(PUBLIC, exports.chosen(PUBLIC), tmp_path / "laws") == 1
    assert len(list((tmp_path / "laws").iterdir())) == 2
    assert same(making.law(), making.law())
