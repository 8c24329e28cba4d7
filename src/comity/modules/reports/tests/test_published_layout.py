"""Paragraphs, numerals and dates of published reports; text that is no report."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from num2words import num2words

from comity.modules.reports.published import as_json, read
from comity.modules.reports.published.dates import find_dates
from comity.modules.reports.published.numerals import chinese_value, english_ordinal, english_value
from comity.modules.reports.published.paragraphs import find_paragraphs
from comity.modules.reports.published.spans import fill, shadow


@given(st.integers(0, 10**12))
def test_english_number_words(number: int) -> None:
    assert english_value(num2words(number, lang="en").replace(",", "")) == number
    assert english_value(f"{number:,}") == number


@given(st.integers(1, 150))
def test_english_ordinals(number: int) -> None:
    assert english_ordinal(num2words(number, to="ordinal", lang="en").replace("one hundred and ", "")) == (
        number if number <= 100 else number - 100
    )
    assert english_ordinal(num2words(number, to="ordinal_num", lang="en")) == number


def _chinese(number: int) -> str:
    """Writes a whole number below 10 ** 12 in Chinese words, by the rule of sections of four places."""
    digits = "零一二三四五六七八九"
    out = ""
    for scale, mark in ((10**8, "亿"), (10**4, "万"), (1, "")):
        section, number = divmod(number, scale)
        if not section:
            continue
        gap = bool(out) and section < 1000
        part = ""
        for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            digit, section = divmod(section, place)
            if digit:
                part += ("零" if gap and not part.endswith("零") else "") + digits[digit] + name
                gap = False
            elif part:
                gap = True
        out += part + mark
    return out or "零"


@given(st.integers(0, 10**12 - 1))
def test_chinese_number_words(number: int) -> None:
    assert chinese_value(_chinese(number)) == number


@given(st.decimals(1, 9999, places=3), st.sampled_from(["万", "亿", "千万", "百万"]))
def test_chinese_decimals_with_a_scale(number: Decimal, scale: str) -> None:
    factor = {"万": 10**4, "亿": 10**8, "千万": 10**7, "百万": 10**6}[scale]
    assert chinese_value(f"{number:,} {scale}") == number * factor


@pytest.mark.parametrize(
    ("lang", "text", "value", "interval"),
    [
        ("zh", "2018-2019 两年期", "2018/2019", "2018-01-01/2019-12-31"),
        ("zh", "２０２０ 年 2 月", "2020-02", "2020-02-01/2020-02-29"),
        ("zh", "2019年第三季度", "2019-07/2019-09", "2019-07-01/2019-09-30"),
        ("zh", "2019 年 9 月 30 日至 10 月 3 日", "2019-09-30/2019-10-03", "2019-09-30/2019-10-03"),
        ("en", "15 to 19 October 2019", "2019-10-15/2019-10-19", "2019-10-15/2019-10-19"),
        ("en", "30 September–3 October 2019", "2019-09-30/2019-10-03", "2019-09-30/2019-10-03"),
        ("en", "the biennium 2020–2021", "2020/2021", "2020-01-01/2021-12-31"),
        ("en", "December 2018", "2018-12", "2018-12-01/2018-12-31"),
        ("en", "the second half of 2021", "2021-07/2021-12", "2021-07-01/2021-12-31"),
    ],
)
def test_dates(lang: str, text: str, value: str, interval: str) -> None:
    assert [(m.value, m.interval) for m in find_dates(shadow(text), lang, fill)] == [(value, interval)]


def test_days_that_do_not_exist_are_no_dates() -> None:
    assert find_dates("2019 年 2 月 30 日", "zh", fill)[0].value == "2019-02"
    assert not [m for m in find_dates("2019 年 13 月 45 日", "zh", fill) if m.sort == "day"]


def test_a_heading_with_the_number_of_the_next_paragraph_is_a_heading() -> None:
    text = "I. First\n\n1. General\n\n1. The first one.\n\n2. Special\n\n2. The second one.\n3. The third one."
    assert [(p.number, p.heading, p.text) for p in find_paragraphs(text)] == [
        (1, "First / General", "The first one."),
        (2, "First / Special", "The second one."),
        (3, "First / Special", "The third one."),
    ]


def test_letters_and_roman_numerals_are_told_apart() -> None:
    lines = [
        "I. One",
        "C. Letter",
        "1. A sentence.",
        "II. Two",
        "I. Also a letter",
        "2. More.",
        "III. Three",
        "3. End.",
    ]
    text = "\n\n".join(lines)
    assert [p.heading for p in find_paragraphs(text)] == ["One / Letter", "Two / Also a letter", "Three"]


def test_a_missing_paragraph_number_does_not_lose_the_rest() -> None:
    text = "1. A sentence.\n2. Another sentence.\n4. The fourth sentence.\n5. The fifth sentence."
    assert [p.number for p in find_paragraphs(text)] == [1, 2, 4, 5]


def test_furniture_between_the_halves_of_a_sentence() -> None:
    text = "1. The first half of\n\n³ See A/75/1.\n\nA/99/999\n\n29-99999 3/15\n\nthe sentence.\n\n2. End."
    assert [p.text for p in find_paragraphs(text)] == ["The first half of the sentence.", "End."]


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="xx"):
        read("1. Text.", "xx")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_text_without_paragraphs_gives_empty_lists(lang: str) -> None:
    for text in ("", "\n\n", "No numbers here.", "\x00\ufeff"):
        assert as_json(read(text, lang)) == {"paragraphs": [], "figures": [], "unresolved": []}


_CHINESE = "第,届会议,5,万,亿,个,国家,的,，,。,、,和,《,》,2019 年,月,分之,一,两,多,以上,约,：,百,零,点"
_ENGLISH = (
    "one,in ,of ,the ,3000 ,million ,-,to ,half a ,first ,session ,held ,since ,Kenya, and ,.,;,$,%,(,A/75/1,[x](#)"
)
_PIECES = st.sampled_from(["1. ", "2. ", "\n", "¹", "².", ", ", "3,000 ", *_CHINESE.split(","), *_ENGLISH.split(",")])


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES, max_size=60), st.sampled_from(["zh", "en"]))
def test_any_text_is_read_and_every_span_stands_in_it(pieces: list[str], lang: str) -> None:
    report = read("1. " + "".join(pieces), lang)
    text = {p.number: p.text for p in report.paragraphs}
    for item in [*report.figures, *report.unresolved]:
        assert item.text in text[item.paragraph]
    for figure in report.figures:
        if figure.kind != "date":
            assert Decimal(figure.value).is_finite()


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.sampled_from(["zh", "en"]))
def test_junk_never_raises(text: str, lang: str) -> None:
    read(text, lang)
    read(f"1. {text}", lang)
