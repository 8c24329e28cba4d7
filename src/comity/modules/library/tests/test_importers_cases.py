"""Decisions of courts of every form, and the list of cases: what is read, and that a list names nobody."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from comity.modules.library.content import from_plain, to_plain
from comity.modules.library.importers import reading
from comity.modules.library.tests.test_importers_laws import fixture, keys, title, words


def read(path: Path, text: str) -> dict[str, Any]:
    path.write_text(text, encoding="utf-8")
    (record,) = reading.parse(path)["records"]
    return to_plain(from_plain(record))


def test_a_judgment_as_akoma_ntoso() -> None:
    case = fixture("judgment.xml")
    assert keys(case) == ["preamble", "h-1", "para-1", "para-2", "h-2", "para-3"]
    assert words(case, "para-2").splitlines() == ["It was seen:", "(a) by day;", "A quotation without number."]
    assert case["case"] == {
        "decided_on": "2031-02-03", "court": "The High Court of Invention", "docket": "T 12/2030",
        "citation": "[2031] EWHC 5 (Inv)",
    }  # fmt: skip
    assert (case["state"], case["year"]) == ("GBR", 2031)
    assert case["identity"] == "https://court.example/id/hc/2031/5"
    assert case["aliases"] == [{"scheme": "citation", "value": "[2031] EWHC 5 (Inv)"}]


CASSATION = """<!DOCTYPE html><html lang="fr"><head><link rel="canonical" href="https://cour.example/decision/1"></head>
<body><nav>Menu</nav><main><article class="decision-detaillee-item-article"><div class="decision-content">
<h1>5 décembre 2031<br>Cour de cassation<br>Pourvoi n° 31-17.635</h1>
<div class="decision-header"><p>Chambre des lampes</p><p>ECLI:FR:CCASS:2031:LA00001</p></div>
<div><h3 class="decision-accordeon--titre"><button>Motivation</button></h3>
<p class="decision-accordeon--contenu">COUR DE CASSATION<br> ___<br>1. La lampe éclaire.<br>Elle est claire.<br>
2. Le verre aussi.</p>
<h3 class="decision-accordeon--titre"><button>Dispositif</button></h3>
<p class="decision-accordeon--contenu">REJETTE le pourvoi.</p></div></div><div>Décision attaquée</div></article></main>
</body></html>"""


def test_a_judgment_as_a_page_of_the_court(tmp_path: Path) -> None:
    case = read(tmp_path / "x.html", CASSATION)
    assert keys(case) == ["h-1", "h-1.text", "para-1", "para-2", "h-2", "h-2.text"]
    assert words(case, "para-1") == "La lampe éclaire.\nElle est claire."
    assert case["case"] == {
        "decided_on": "2031-12-05", "court": "Cour de cassation, Chambre des lampes", "docket": "31-17.635",
        "citation": "ECLI:FR:CCASS:2031:LA00001",
    }  # fmt: skip
    assert (case["state"], case["identity"]) == ("FRA", "ECLI:FR:CCASS:2031:LA00001")
    assert case["sources"] == [{"url": "https://cour.example/decision/1"}]


CONSEIL = """﻿<?xml version="1.0" encoding="UTF-8" ?><Document><Donnees_Techniques><Identification>X.xml</Identification>
</Donnees_Techniques><Dossier><Nom_Juridiction>Section des lampes</Nom_Juridiction>
<Numero_Dossier>448988</Numero_Dossier><Date_Lecture>2031-07-26</Date_Lecture>
<Numero_ECLI>ECLI:FR:CEORD:2031:1</Numero_ECLI><Type_Decision>Ordonnance</Type_Decision></Dossier><Decision><Texte_Integral>
<p>Vu la procédure suivante :</p><p>1. Une lampe.</p><p>2. Deux lampes.</p><p>ORDONNE :</p>
<p>Article 1er : La requête est rejetée.</p></Texte_Integral></Decision></Document>"""


def test_an_administrative_decision_as_xml_and_as_text(tmp_path: Path) -> None:
    case = read(tmp_path / "x.xml", CONSEIL)
    assert keys(case) == ["preamble", "para-1", "para-2"]
    assert case["case"]["decided_on"] == "2031-07-26"
    assert (case["state"], case["identity"]) == ("FRA", "ECLI:FR:CEORD:2031:1")
    plain = "Vu la procédure suivante :\nLa lampe.\nConsidérant ce qui suit :\n1. Une.\n2. Deux.\n"
    plain += "ORDONNE :\nArticle 1er : Rejet."
    case = read(tmp_path / "x.txt", plain)
    assert case["kind"] == "case"
    assert keys(case) == ["preamble", "para-1", "para-2"]
    assert words(case, "para-2").endswith("Article 1er : Rejet.")


def test_a_chinese_case_by_its_headings(tmp_path: Path) -> None:
    case = read(tmp_path / "x.md", "# 灯的买卖\n\n## 基本案情\n\n甲买灯。\n\n灯不亮。\n\n## 裁判结果\n\n乙还钱。\n")
    assert case["kind"] == "case"
    assert keys(case) == ["h-1", "h-1.text", "h-2", "h-2.text"]
    assert words(case, "h-1.text") == "甲买灯。\n灯不亮。"
    assert title(case) == "灯的买卖"


LIST = """title,unodc_number,url,crime_type_in_address
Criminal Case No. 12/2019,ALB001,https://l.example/cld/case-law-doc/traffickingpersonscrimetype/alb/2019/criminal_case.html,x
"Queen v. Invented Person, no. 18",IRBx041,https://l.example/cld/case-law-doc/drugcrimetype/_irb/2023/q.html,x
Case 7,FRA002,https://l.example/cld/case-law-doc/drugcrimetype/fra/case_7.html,x
Case 8,FRA003,https://l.example/elsewhere/case_8.html,x
,,https://l.example/cld/case-law-doc/drugcrimetype/fra/2001/case_9.html,x
"""


def test_the_list_of_cases_is_taken_as_facts(tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    path.write_text(LIST, encoding="utf-8-sig")
    told = reading.parse(path)
    first, second, third = (to_plain(from_plain(record)) for record in told["records"])
    assert (first["state"], first["year"], first["listing"]) == ("ALB", 2019, True)
    assert first["aliases"] == [{"scheme": "sherloc", "value": "ALB001"}]
    assert first["tags"] == [{"scheme": "crime_type", "value": "trafficking-in-persons"}]
    assert title(first) == "Criminal Case No. 12/2019"
    assert "texts" not in second
    assert "Invented" not in str(second)
    assert "state" not in second
    assert second["body"]
    assert "year" not in third
    assert [r["place"] for r in told["refused"]] == ["row 5", "row 6"]


@pytest.mark.parametrize("name", ["act-3.xml", "judgment.xml"])
def test_all_words_of_a_file_are_told_for_the_check_of_names(name: str) -> None:
    from comity.modules.library.tests.test_importers_laws import HERE

    text = reading.text(HERE / name)
    assert "lamp" in text
    assert ("Lamps Act, 2011" if name == "act-3.xml" else "The Crown v A.B.") in text
