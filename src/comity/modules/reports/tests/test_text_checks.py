"""Checks of the texts of an edition: a number typed by hand, figures that differ, headings, length, symbols."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.modules.reports.checks import Code, run, unbound
from comity.modules.reports.document import (
    EditionDocument,
    Footnote,
    Heading,
    Masthead,
    NumberedParagraph,
    PrintedFigure,
    Run,
)
from comity.modules.reports.printing import LANGUAGES, Claim, Qualifier, printed


def figure(slug: str, text: str, qualifier: str = "exact", period: str = "2019-01-01/2019-12-31") -> Run:
    day = date(2020, 1, 1)
    one = PrintedFigure(
        f"fig_{slug}_1", slug, text, Decimal(50), "count", "States", qualifier, period, day, "computed", "", ""
    )
    return Run(text, figure=one)


def paragraph(number: int, *runs: Run | str, mandates: tuple[str, ...] = ("A/RES/74/177",)) -> NumberedParagraph:
    made = tuple(Run(run) if isinstance(run, str) else run for run in runs)
    return NumberedParagraph(number, f"p{number}", made, mandates)


def document(lang: str, *body, **more) -> EditionDocument:
    masthead = Masthead("Fictitious Assembly", ("A/75/50",), "General", date(2020, 1, 1), "en")
    return EditionDocument("E75", lang, "Report", "", masthead, (), body, **more)


def codes(*documents: EditionDocument, allowed=frozenset()) -> list[str]:
    return [finding.code for finding in run({one.lang: one for one in documents}, allowed)]


GOOD = document(
    "en",
    Heading(1, "I.", "Introduction"),
    paragraph(1, "In 2019, ", figure("states", "fifty"), " States met (see A/74/130)."),
    Heading(1, "II.", "Work"),
    Heading(2, "A.", "Here"),
    paragraph(2, "Pursuant to resolution 74/177 they met again on 13 April 2020."),
    Heading(2, "B.", "There"),
    paragraph(3, "Nothing further."),
)


def test_a_good_edition_has_no_finding():
    assert run({"en": GOOD}) == []
    assert run({}) == []


def test_a_number_typed_by_hand_is_reported_with_its_paragraph():
    bad = document("en", paragraph(25, "Support went to about 70 States parties."))
    (finding,) = run({"en": bad})
    assert finding.code == Code.UNBOUND
    assert (finding.paragraph, finding.number, finding.lang, finding.text) == ("p25", 25, "en", "about 70")
    assert "about 70" in finding.message
    assert codes(bad, allowed={"70"}) == []
    assert codes(bad, allowed={"7"}) == [Code.UNBOUND]
    # Also in footnotes and in the summary.
    note = document("en", paragraph(1, "Text."), footnotes=(Footnote(1, "In all, 31 of them."),))
    assert [f.paragraph for f in run({"en": note})] == ["footnote-1"]
    summary = replace(document("en", paragraph(1, "Text.")), summary=(Run("There were 31."),))
    assert [f.paragraph for f in run({"en": summary})] == ["summary"]


FREE = [
    ("en", "On 15-19 October 2019 and 2018-2019, under article 37, paragraphs 5 to 7 (a), of resolution 2396 (2017)"),
    ("en", "COVID-19, the twenty-ninth session, the 29th session, G20, indicator 16.4.2, one of the two, 2020-02-03"),
    ("fr", "Du 15 au 19 octobre 2019, le 1er mai 2020, la résolution 74/177, la vingt-neuvième session, l’article 37"),
    ("es", "Del 15 al 19 de octubre de 2019, el 13 de abril de 2020, el artículo 37, A/75/50, por ciento"),
    ("ru", "15–19 октября 2019 года, 13 апреля 2020 года, статья 37, двадцать девятая сессия, 29-я сессия"),
    ("ar", "في 13 نيسان/أبريل 2020 ومن 15 إلى 19 تشرين الأول/أكتوبر 2019 والمادة 37 والدورة التاسعة عشرة"),
    ("zh", "2019年10月15日至19日,第37条,第74/177号决议,第二十九届会议,百分之二,十分重要,2020-2021两年期,十二月"),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "text"), FREE)
def test_dates_symbols_articles_and_ordinals_are_no_figures(lang, text):
    assert [text[a:b] for a, b in unbound(text, lang)] == []


BOUND_TO_NOTHING = [
    ("en", "more than 2000 people, $602.5 million, fifty activities, one hundred and twenty, 5 rounds",
     ["2000", "602.5 million", "fifty", "hundred and twenty", "5"]),
    ("fr", "environ 70 États, cinquante activités, 1\u202f260 personnes", ["70", "cinquante", "1\u202f260"]),
    ("es", "unos 70 Estados y cincuenta actividades", ["70", "cincuenta"]),
    ("ru", "около 70 государств и более пятидесяти мероприятий", ["70", "пятидесяти"]),
    ("ar", "نحو ٧٠ دولة وخمسون نشاطا", ["٧٠", "وخمسون"]),
    ("zh", "约70个国家,五十项活动,逾194万人,十个国家,2000人", ["70", "五十", "194万", "十", "2000"]),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "text", "expected"), BOUND_TO_NOTHING)
def test_numbers_in_digits_and_words_are_found(lang, text, expected):
    assert [text[a:b] for a, b in unbound(text, lang)] == expected


@given(
    st.integers(10, 5_000_000).filter(lambda n: not 1900 <= n <= 2099),
    st.sampled_from(Qualifier),
    st.sampled_from(LANGUAGES),
)
def test_every_figure_as_we_print_it_would_be_found_if_typed(number, qualifier, lang):
    text = printed(Claim(Decimal(number), qualifier), lang)
    assert unbound(f"x {text} x", lang), text


def test_languages_must_show_the_same_figures_and_paragraphs():
    one = document("en", paragraph(1, "a ", figure("states", "50")), paragraph(2, "b"))
    assert codes(one, replace(one, lang="fr")) == []
    other = document("fr", paragraph(1, "a ", figure("states", "plus de 50", "more_than")), paragraph(2, "b"))
    findings = run({"en": one, "fr": other})
    assert [(f.code, f.paragraph, f.lang, f.text) for f in findings] == [(Code.FIGURES, "p1", "fr", "states")] * 2
    fewer = document("fr", paragraph(1, "a ", figure("states", "50")))
    (finding,) = run({"en": one, "fr": fewer})
    assert (finding.code, finding.number) == (Code.PARAGRAPHS, 2)
    turned = replace(one, lang="fr", body=one.body[::-1])
    assert codes(one, turned) == [Code.PARAGRAPHS]
    headed = replace(one, lang="fr", body=(Heading(1, "I.", "A"), *one.body, Heading(1, "II.", "B")))
    assert codes(one, headed) == [Code.HEADINGS]


def levels(*found: int) -> list[str]:
    return codes(document("en", *[Heading(level, "", f"h{n}") for n, level in enumerate(found)]))


def test_headings_skip_no_level_and_do_not_stand_alone():
    assert levels(1, 2, 2, 1, 2, 3, 3, 2) == []
    assert levels(1) == [Code.LONE_HEADING]
    assert levels(1, 2, 1) == [Code.LONE_HEADING]
    assert levels(1, 2, 2, 1, 2) == [Code.LONE_HEADING]
    assert levels(1, 3, 3, 1) == [Code.SKIPPED_LEVEL]
    assert levels(2, 2) == [Code.SKIPPED_LEVEL]


def test_length_is_counted_in_words_of_the_english_text():
    long = document("en", paragraph(1, "word " * 8_500))
    assert codes(long) == []
    over = document("en", paragraph(1, "word " * 8_500 + "word"))
    (finding,) = run({"en": over})
    assert (finding.code, finding.text) == (Code.TOO_LONG, "8501")
    assert codes(document("zh", paragraph(1, "字" * 9_000))) == []


def test_symbols_mandates_and_periods():
    masthead = replace(GOOD.masthead, symbols=("A/75/",))
    assert codes(replace(GOOD, masthead=masthead)) == [Code.SYMBOL]
    assert codes(document("en", paragraph(1, "See A/75/50/Add for it."))) == [Code.SYMBOL]
    assert codes(document("en", paragraph(1, "x", mandates=("A/X",)))) == [Code.SYMBOL]
    assert codes(document("en", paragraph(1, "x", mandates=("74/177", "GLO-Z99")))) == []
    bare = document("en", paragraph(1, "x", mandates=()))
    assert codes(bare, replace(bare, lang="fr")) == [Code.MANDATE]
    assert codes(document("en", paragraph(1, figure("states", "50", period="")))) == [Code.PERIOD]
