"""Laws of every form, with invented texts: what is read, under which keys, and what is not taken for a provision."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import docx
import pytest

from comity.modules.library.content import from_plain, to_plain
from comity.modules.library.importers import reading

HERE = Path(__file__).parent / "fixtures" / "importers"


@pytest.fixture
def read(tmp_path: Path) -> Any:
    """Reads a text or bytes under a name; returns its only record, checked, and the notes."""

    def _read(text: str | bytes, name: str = "law.md") -> tuple[dict[str, Any], list[str]]:
        path = tmp_path / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        told = reading.parse(path)
        (record,) = told["records"]
        return to_plain(from_plain(record)), told["notes"]

    return _read


def fixture(name: str) -> dict[str, Any]:
    """The only record of a fixture, checked."""
    (record,) = reading.parse(HERE / name)["records"]
    return to_plain(from_plain(record))


def keys(record: dict[str, Any]) -> list[str]:
    return [p["key"] for p in record["provisions"]]


def words(record: dict[str, Any], key: str) -> str:
    (text,) = next(p for p in record["provisions"] if p["key"] == key)["texts"]
    return str(text.get("text", ""))


def title(record: dict[str, Any]) -> str:
    return str(next(t["value"] for t in record["texts"] if t["field"] == "title"))


def test_akoma_ntoso_3_with_a_vendors_elements_and_a_quoted_section() -> None:
    law = fixture("act-3.xml")
    assert keys(law) == ["preamble", "part-i", "part-i.chap-1", "s-1", "s-2", "sched", "sched.para-1"]
    assert (law["state"], law["year"], law["identity"]) == ("ZWE", 2011, "/akn/zw/act/2011/7@2016-05-06")
    assert law["law"] == {"type": "act", "consolidated_as_of": "2016-05-06"}
    assert title(law) == "Lamps Act, 2011"
    assert words(law, "s-1").splitlines() == [
        "(1) A lamp gives light [See the Candles Act.] .", "(2) It has—", "(a) a wick; and", "(b) oil."
    ]  # fmt: skip
    assert "4A Wax" in words(law, "s-2").replace("\n", " ")
    assert "not law" not in json.dumps(law)


def test_akoma_ntoso_2_with_a_schedule_among_the_components() -> None:
    law = fixture("by-law-2.xml")
    assert keys(law) == ["s-1", "sched-1", "sched-1.h-1", "sched-1.s-1"]
    assert (law["state"], law["law"]["type"]) == ("ZAF", "bylaw")
    assert law["texts"][0]["lang"] == "en"


def test_the_two_languages_of_canada_have_one_identity_and_the_same_keys() -> None:
    english, french = fixture("act-en.xml"), fixture("act-fr.xml")
    assert english["identity"] == french["identity"] == "CAN:L-99.1"
    assert keys(english) == keys(french) == ["h-1", "s-1", "part-1", "part-1.div-1", "s-2.1", "sched", "sched.text"]
    assert {t["lang"] for t in french["texts"]} == {"fr"}
    assert words(english, "s-2.1").splitlines() == ["(1) A lamp gives light.", "(2) It burns", "(a) oil; or"]
    assert words(english, "s-1").endswith("[2020, c. 1; 2021, c. 2]")
    assert english["law"] == french["law"] | {}
    assert english["law"]["status"] == "in_force"


FRENCH = """---
title: "Code des lampes"
identifier: "LAMPTEXT1"
country: "fr"
rank: "code"
publication_date: "1990-09-01"
last_updated: "2026-04-02"
status: "in_force"
---
# Code des lampes

## Partie législative

### Livre Ier : Dispositions générales

#### Titre Ier : De la lampe

##### Article L. 111-1

La lampe éclaire la maison et la rue.


   Elle est tenue par un gardien.

##### Article L. 111-1-1

Le verre est clair.

#### Titre II : Du verre

##### Article 2 bis

Le verre est propre dans les lampes.

##### Article 65 A bis

Abrogé.
"""


def test_markdown_with_front_matter_in_french(read: Any) -> None:
    law, notes = read(FRENCH)
    assert keys(law) == [
        "h-1", "book-1", "book-1.title-1", "art-l-111-1", "art-l-111-1-1", "book-1.title-2", "art-2-bis",
        "art-65-a-bis",
    ]  # fmt: skip
    assert words(law, "art-l-111-1").count("\n") == 1
    assert (law["state"], law["identity"], law["year"]) == ("FRA", "fr:LAMPTEXT1", 1990)
    assert law["law"] == {"type": "code", "status": "in_force", "consolidated_as_of": "2026-04-02"}
    assert law["texts"][0] == {"field": "title", "lang": "fr", "value": "Code des lampes"}
    assert notes == ["Language told by the words: fr."]


AMENDING = """---
title: "Ley 1 de las lámparas"
identifier: "X-1"
country: "uy"
rank: "ley"
---
# Ley 1 de las lámparas

CAPÍTULO I

DE LAS LÁMPARAS

**ARTÍCULO 1°.-** Modifícase el artículo 67 de la ley de las velas, el que quedará redactado así:

"Artículo 67. Las velas se apagan.

Con agua".

**ARTÍCULO 2°.-** Incorpórase a la misma ley el siguiente:

Artículo 68 bis: Las velas son de cera,
conforme al
artículo 3 de la ley.

**ARTÍCULO 3º** — Comuníquese. *(Nota)***ARTÍCULO 4º.-** Derógase.
"""


def test_articles_that_a_law_quotes_are_not_its_own(read: Any) -> None:
    law, _ = read(AMENDING)
    assert keys(law) == ["chap-1", "art-1", "art-2", "art-3", "art-4"]
    assert '"Artículo 67. Las velas se apagan.\nCon agua".' in words(law, "art-1")
    assert words(law, "art-2").endswith("cera, conforme al artículo 3 de la ley.")


def test_two_articles_of_the_same_number_are_both_kept(read: Any) -> None:
    law, notes = read(
        "# Lamps Act\n\nArticle 5. Lamps are lit.\n\nArticle 5. Lamps are put out.\n\nArticle 5-2. Glass is clean.\n"
    )
    assert keys(law) == ["art-5", "art-5-3", "art-5-2"]
    assert words(law, "art-5-3") == "Lamps are put out."
    assert any("stand more than once" in note and "art-5-3" in note for note in notes)


CHINESE = """# 中华人民共和国灯法

1999年1月2日 灯会通过

2008年3月4日 灯会《关于修改〈灯法〉的决定》修正

<!-- INFO END -->

## 第一编 总则

### 第一章 灯的使用

第一条 灯应当明亮。

依照本法第二条的规定，灯应当清洁。

第二百六十二条之一　玻璃应当清洁：

（一）用水；

## 附则

第二百六十三条 本法自公布之日起施行。
"""


def test_chinese_laws_without_front_matter(read: Any) -> None:
    law, _ = read(CHINESE)
    assert keys(law) == ["preamble", "part-1", "part-1.chap-1", "art-1", "art-262-1", "h-1", "art-263"]
    assert law["provisions"][4]["number"] == "262-1"
    assert law["provisions"][4]["texts"][0]["label"] == "第二百六十二条之一"
    assert "第二条的规定" in words(law, "art-1")
    assert law["law"] == {"type": "act", "adopted_on": "1999-01-02", "consolidated_as_of": "2008-03-04"}
    assert law["identity"] == "中华人民共和国灯法@2008-03-04"


ARABIC = "<html lang='en'><head><title>x</title></head><body>{}</body></html>"


def _styled(style: str, text: str) -> str:
    """A paragraph as a word processor writes it to HTML: the letters of its style as numbers."""
    return f'<div class="x_{"".join(f"_{ord(c)}_" for c in style)}">{text}</div>'


def test_emirati_pages_are_read_by_their_styles(read: Any) -> None:
    page = ARABIC.format(
        _styled("قانون", "قانون اتحادي رقم 9 لسنة 2031")
        + _styled("عنوان", "تاريخ")
        + _styled("تاريخ", "صادر بتاريخ 3/2/2031 م")
        + _styled("الباب", "الباب الأول المصابيح")
        + _styled("المادة", "المادة الأولى – التعريفات")
        + _styled("فقرة", "المصباح يضيء.")
        + _styled("المادة", "المادة (2) مكرراً")
        + _styled("فقرة", "الزجاج نظيف.")
        + _styled("المادة", "المادة ١٢")
    )
    law, _ = read(page, "law.html")
    assert [k for k in keys(law) if k.startswith(("title", "art"))] == ["title-1", "art-1", "art-2-bis", "art-12"]
    assert law["law"] == {"type": "act", "official_number": "قانون اتحادي رقم 9 لسنة 2031", "adopted_on": "2031-02-03"}
    assert law["provisions"][-3]["texts"][0]["heading"] == "التعريفات"
    assert law["texts"][0]["lang"] == "ar"


def test_html_named_doc_is_read_as_html(read: Any) -> None:
    page = "<html><body><h1>Lamps Act</h1><h2>Part 1</h2><p>Section 1. Lamps are lit.</p><p>Section 2. So is oil.</p>"
    law, _ = read(page, "lamps.doc")
    assert keys(law) == ["part-1", "s-1", "s-2"]


def test_docx_with_counted_numbers(read: Any) -> None:
    document = docx.Document()
    document.add_heading("Lamps Act 2031", 1)
    document.add_paragraph("This Act may be cited as the Lamps Act 2031.")
    document.add_heading("1 Lighting", 2)
    document.add_paragraph("Lamps are lit at dusk.")
    document.add_paragraph("By the keeper;", style="List Number")
    document.add_paragraph("By the owner.", style="List Number")
    document.add_heading("2 Glass", 2)
    document.add_table(rows=1, cols=2).rows[0].cells[0].text = "Clear glass"
    out = io.BytesIO()
    document.save(out)
    law, _ = read(out.getvalue(), "lamps.docx")
    assert keys(law)[-2:] == ["s-1", "s-2"]
    assert words(law, "s-1").splitlines()[1:] == ["1. By the keeper;", "2. By the owner."]
    assert words(law, "s-2") == "Clear glass"
    assert title(law) == "Lamps Act 2031"


JSON: dict[str, Any] = {
    "sections": [
        {"section": 1, "section_title": "Lamps", "section_desc": "A lamp gives light.", "chapter": 1},
        {"section": "2A", "section_title": "Oil", "section_desc": "Oil\n\tburns.", "chapter": 1},
    ],
    "books": {
        "title": "Lamps Code", "language": "en", "issuance_date": "August 13, 1956", "sections": [{
            "section_title": "BOOK ONE: LAMPS", "articles": [{"article_number": "1", "text": "Lamps."}],
            "chapters": [{"chapter_title": "CHAPTER I: Oil", "articles": [{"article_number": "2", "text": "Oil."}]}],
        }],
    },
    "act": {
        "id": "zw-lamps", "type": "statute", "title": "Lamps Act", "status": "in_force",
        "url": "https://law.example/akn/zw/act/2014/4/eng@2016-12-31", "provisions": [
            {"provision_ref": "s1", "chapter": "Part I", "section": "1", "title": "Name", "content": "1. Name This."},
            {"provision_ref": "s1", "chapter": "Schedule 2", "section": "1", "title": "Fee", "content": "One."},
        ],
    },
    "ids": {"document": "دستور المصابيح", "language": "ara", "articles": [{"id": "الفصل 1", "text": "الفصل 1: نور"}]},
    "names": {
        "document": "Lamps", "sections": [{"First door": {"Chapter Twenty-two:": ["Chapter Twenty-Two: A", "b"]}}],
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ("sections", ["chap-1", "s-1", "s-2a"]),
        ("books", ["book-1", "art-1", "book-1.chap-1", "art-2"]),
        ("act", ["part-1", "s-1", "sched-2", "sched-2.s-1"]),
        ("ids", ["art-1"]),
        ("names", ["h-1", "art-22"]),
    ],
)
def test_json_is_read_by_its_shape(read: Any, shape: str, expected: list[str]) -> None:
    law, _ = read(json.dumps(JSON[shape]), "law.json")
    assert sorted(keys(law)) == sorted(expected)
    if shape == "act":
        assert (law["state"], law["identity"], words(law, "s-1")) == ("ZWE", "ZWE:zw-lamps", "This.")
    if shape == "names":
        assert words(law, "art-22") == "A\nb"


def test_our_own_lines_come_back_and_a_broken_one_is_refused_alone(tmp_path: Path) -> None:
    law = {"kind": "law", "state": "ALB", "identity": "x", "law": {"type": "act"}}
    path = tmp_path / "own.jsonl"
    path.write_text(json.dumps(law) + "\n{broken\n" + json.dumps(law | {"identity": "y"}) + "\n")
    told = reading.parse(path)
    assert [r["identity"] for r in told["records"]] == ["x", "y"]
    assert [r["place"] for r in told["refused"]] == ["line 2"]
