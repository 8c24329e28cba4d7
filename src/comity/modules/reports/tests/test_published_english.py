"""Reports in English: a fictitious one with every construct of the real ones, and single sentences."""

from __future__ import annotations

import random
import re
import textwrap

import pytest

from comity.modules.reports.published import Published, read

from .published_sample import invented_report

EXPECTED = """
2 104 countries exact 2029-01-01/2029-12-31
2 3 jurisdictions exact 2029-01-01/2029-12-31
2 8 subregions exact 2029-01-01/2029-12-31
2 5 regions exact 2029-01-01/2029-03-31
3 191 parties exact -
3 177 parties exact -
3 119 States_parties exact -
3 80 States_parties nearly 2029-01-01/2029-12-31
4 2940000 judges,_prison_staff,_academics,_teachers_and_young_people nearly -
4 180 countries more_than -
4 56000 people more_than -
4 200 tools_and_materials at_least -
5 438196 users exact 2029-01-01/2029-12-31
5 21.8 % exact 2029-01-01/2029-12-31
5 909 new_competent_authorities exact 2029-01-01/2029-12-31
5 1747 authorities exact 2029-01-01/2029-12-31
6 73 countries exact 2029-01-01/2029-12-31
6 4000 PEOPLE more_than 2029-01-01/2029-12-31
6 1300 criminal_investigations more_than 2029-01-01/2029-12-31
6 21 countries exact 2029-01-01/2029-12-31
6 2030-04-01 - exact -
6 49 requests_for_assistance exact -
7 22 countries exact -
7 2000000 checks about -
7 6 pillar exact -
7 3 regional_networks exact -
8 9 session exact 2029-12-16/2029-12-20
8 1 decision exact -
8 2034-06 - exact -
8 10 session exact 2029-05-01/2029-05-31
8 1 resumed_session exact 2029-09-01/2029-09-30
8 2 resumed_session exact 2029-12-01/2029-12-31
9 170 executive_summaries exact -
9 36 executive_summaries exact -
9 25 States_parties exact -
9 27 laws_and_regulations exact -
9 8 policies exact -
9 1 senior_global_adviser exact -
10 2013 - exact -
11 160 training_activities more_than 2029-01-01/2029-12-31
11 5000 criminal_justice_officials more_than 2029-01-01/2029-12-31
11 3 year exact 2029-01-01/2029-12-31
12 430000000 USD about 2029-01-01/2029-12-31
12 9800000 USD exact -
12 1.3 % exact -
12 2030-01/2030-12 - exact -
13 702500000 USD exact 2028-01-01/2029-12-31
13 797900000 USD exact 2030-01-01/2031-12-31
13 13.6 % exact 2030-01-01/2031-12-31
13 7 country_programmes exact -
13 11 regional_programmes exact -
13 6 new_global_programmes exact 2029-01-01/2029-12-31
14 3 edition exact 2029-01-01/2029-12-31
14 2029 - exact -
14 6 booklets exact 2029-01-01/2029-12-31
14 12 survey-based_indicators exact -
14 2030 - exact -
14 17 Sustainable_Development_Goal_indicators exact -
14 18300 users exact -
14 99 countries exact -
14 46 training_sites at_least -
14 1 regional_workshop exact -
14 2 pilot_training_workshops exact -
14 5 South-East_Asian_countries exact -
15 20 international_conventions_and_protocols exact -
"""


def _rows(report: Published) -> list[str]:
    return [
        " ".join(
            [str(f.paragraph), f.value, f.unit.replace(" ", "_") or "-", f.qualifier, f.period or "-"],
        )
        for f in report.figures
    ]


@pytest.fixture(scope="module")
def report() -> Published:
    return read(invented_report(), "en")


def test_every_figure_of_the_invented_report_and_no_other(report: Published) -> None:
    people = "criminal_justice_practitioners,_government_officials_and_civil_society_representatives"
    assert _rows(report) == EXPECTED.replace("PEOPLE", people).split("\n")[1:-1]


def test_paragraphs_and_headings(report: Published) -> None:
    heading = {p.number: p.heading for p in report.paragraphs}
    assert list(heading) == list(range(1, 16))
    assert heading[3] == (
        "Action taken by the Office in thematic areas / Countering organized crime / Participation in the Convention"
    )
    assert heading[12] == "Management and financial situation / Financial situation"
    assert "the criminal groups concerned" in report.paragraphs[6].text
    assert "www." not in " ".join(p.text for p in report.paragraphs)


def test_what_stays_open(report: Published) -> None:
    got = {(u.paragraph, u.reason, u.what, len(u.names)) for u in report.unresolved}
    assert got == {
        (6, "vague_words", "bilateral meetings", 0),
        (8, "record_without_number", "resolutions", 0),
        (10, "count_of_listed_names", "Member States", 6),
        (11, "count_of_listed_names", "areas", 3),
        (11, "count_of_listed_names", "", 4),
        (11, "upper_bound", "officers", 0),
        (11, "range", "judges", 0),
        (11, "fraction", "", 0),
        (13, "vague_words", "global programmes", 0),
    }


@pytest.mark.parametrize("width", [60, 79, 100])
def test_lines_may_be_wrapped_anywhere(report: Published, width: int) -> None:
    wrapped = "\n".join(
        textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False)
        if re.match(r"\d+\. ", line)
        else line
        for line in invented_report().split("\n")
    )
    assert _rows(read(wrapped, "en")) == _rows(report)


def _numeral(dice: random.Random) -> tuple[str, str]:
    number = dice.randint(3, 999_999)
    style = dice.randint(0, 3)
    if style == 0:
        return f"{number:,}", str(number)
    if style == 1:
        return f"{number / 1000:.3f} million", str(number * 1000)
    if style == 2:
        return f"{number:,}".replace(",", "\u00a0"), str(number)
    words = ["twelve", "thirty-four", "one hundred and seven", "two thousand", "five"]
    values = ["12", "34", "107", "2000", "5"]
    pick = dice.randrange(5)
    return words[pick], values[pick]


@pytest.mark.parametrize("seed", range(6))
def test_other_numbers_and_qualifiers_come_out(report: Published, seed: int) -> None:
    dice = random.Random(seed)
    text = original = invented_report()
    words = {"more than": "more_than", "over": "more_than", "at least": "at_least", "nearly": "nearly", "some": "about"}
    words |= {"almost": "nearly", "approximately": "about", "": "exact", "about": "about"}
    wanted = {}
    rows = [f for f in report.figures if f.kind == "quantity" and re.match(r"\d[\d,]* ", f.text)]
    rows = [f for f in rows if original.count(f.text) == 1 and " or more " not in f.text]
    assert len(rows) >= 20
    for row in sorted(rows, key=lambda f: original.index(f.text), reverse=True):
        numeral, value = _numeral(dice)
        word, qualifier = dice.choice(list(words.items()))
        start = original.index(row.text)
        new = f"{word} {numeral} {row.text.split(' ', 1)[1]}".strip()
        text = text[:start] + new + text[start + len(row.text) :]
        wanted[report.figures.index(row)] = (value, qualifier)
    after = read(text, "en").figures
    assert len(after) == len(report.figures)
    for index, (old, new_one) in enumerate(zip(report.figures, after, strict=True)):
        value, qualifier = wanted.get(index, (old.value, old.qualifier))
        assert (new_one.value, new_one.qualifier, new_one.unit) == (value, qualifier, old.unit), new_one.text


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("Two coordination bodies comprising police and prosecutors helped 228 victims of trafficking.",
         ["2 coordination bodies exact", "228 victims of trafficking exact"]),
        ("Advice went to 308 child protection, justice and security professionals, and 32 countries were supported.",
         ["308 child protection, justice and security professionals exact", "32 countries exact"]),
        ("Users rose by 20.8 per cent. They accessed it from close to ninety countries.",
         ["20.8 % exact", "90 countries nearly"]),
        ("In 12 countries, judges and prosecutors were trained.", ["12 countries exact"]),
        ("Of the 187 parties, 169 had finalized their summaries.", ["187 parties exact", "169 parties exact"]),
        ("Five of the 12 offices closed and one third of the others moved.", ["5 offices exact", "12 offices exact"]),
        ("It cost €3.5 million, 12 million euros, 40,000 Swiss francs and $12,000.",
         ["3500000 EUR exact", "12000000 EUR exact", "40000 CHF exact", "12000 USD exact"]),
        ("Half a million people and more than two dozen cities took part.",
         ["500000 people exact", "24 cities more_than"]),
        ("Five rounds of informal consultations were held.", ["5 rounds of informal consultations exact"]),
        ("The first and second meetings of the group were held.", ["1 meetings exact", "2 meetings exact"]),
        ("It organized the sixth Operation Example.", ["6 Operation exact"]),
        ("250+ judges and no fewer than 12 prisons joined.", ["250 judges at_least", "12 prisons at_least"]),
        ("A module measures 12 survey-based Goal 16 indicators.", ["12 survey-based Goal 16 indicators exact"]),
        ("It works on the 2031 edition of the biennial report.", ["2031 edition exact"]),
    ],
)  # fmt: skip
def test_sentences(sentence: str, figures: list[str]) -> None:
    assert [f"{f.value} {f.unit} {f.qualifier}" for f in read(f"1. {sentence}", "en").figures] == figures


def test_commas_part_places_that_and_joins() -> None:
    text = (
        "1. It worked in East and Southern Africa, the Pacific, South and South-East Asia, and West and Central Africa."
    )
    assert read(text, "en").unresolved[0].names == (
        "East and Southern Africa",
        "the Pacific",
        "South and South-East Asia",
        "West and Central Africa",
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "Security Council resolutions 1373 (2001), 2178 (2014) and 2396 (2017) and Goals 5, 10 and 16 apply.",
        "See articles 5 and 11, chapter V, paragraph 12, page 30 and E/CN.15/2020/12 (A/74/130).",
        "The Fourteenth United Nations Congress and the seventy-fourth session of the General Assembly are named.",
        "The report was submitted to the General Assembly at its seventy-fourth session.",
        "One of the offices and one or more of the States, on the one hand, helped one another.",
        "The Group of 20, ISO 27001 standards, version 2.0 and COVID-19 cases are names.",
        "In the 2030 Agenda and by 2025 the third parties and the second cycle matter; one in three officers agrees.",
        "The directory2 names contact points.3 The meetings were useful.",
    ],
)
def test_what_is_no_figure(sentence: str) -> None:
    assert read(f"1. {sentence}", "en").figures == []
