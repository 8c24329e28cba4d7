"""What may be printed of a value, how it looks in six languages, and that it can be read back."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.modules.reports.printing import (
    LANGUAGES,
    Claim,
    Dishonest,
    Kind,
    Qualifier,
    bare,
    claim,
    implied,
    isolated,
    printed,
    read_back,
)

STEPS = st.sampled_from(["0.1", "1", "5", "10", "50", "100", "1000", "10000", "100000", "1000000"])
VALUES = st.one_of(
    st.integers(-50, 3_000_000_000).map(Decimal),
    st.integers(-50, 10**12).map(lambda n: Decimal(n) / 100),
    st.integers(1, 5_000).map(lambda n: Decimal(n * 100_000)),
    st.integers(0, 1_200).map(Decimal),
)
GROWING = [Qualifier.MORE_THAN, Qualifier.AT_LEAST]


def said(value: Decimal, qualifier: Qualifier, step: str, kind: Kind) -> Claim | None:
    try:
        return claim(value, qualifier, step, kind)
    except Dishonest:
        return None


@given(VALUES, st.sampled_from(Qualifier), STEPS, st.sampled_from(Kind))
def test_what_is_claimed_is_implied_by_the_value(value, qualifier, step, kind):
    found = said(value, qualifier, step, kind)
    if found is None:
        return
    assert found.qualifier == qualifier
    number, one = found.number, Decimal(step)
    assert number % one == 0
    truth = {
        Qualifier.MORE_THAN: value > number > 0,
        Qualifier.AT_LEAST: value >= number > 0,
        Qualifier.NEARLY: 0 < value < number,
        Qualifier.ABOUT: abs(value - number) * 2 <= one,
        Qualifier.EXACT: value == number if kind is Kind.COUNT else abs(value - number) * 2 <= one,
    }
    assert truth[qualifier]
    # Nor is it weaker than the step allows.
    assert abs(value - number) <= one


@given(VALUES, st.sampled_from(Qualifier), STEPS, st.sampled_from(Kind))
def test_a_refused_claim_would_not_have_been_true(value, qualifier, step, kind):
    if said(value, qualifier, step, kind) is not None or value <= 0:
        return
    one = Decimal(step)
    down = value // one * one
    if qualifier is Qualifier.EXACT:
        assert kind is Kind.COUNT and value != down
    elif qualifier is Qualifier.ABOUT:
        assert value * 2 < one
    elif qualifier is Qualifier.AT_LEAST:
        assert down == 0
    else:
        assert value == down or (down == 0 and qualifier is Qualifier.MORE_THAN)


@settings(max_examples=600, deadline=None)
@given(
    VALUES,
    st.sampled_from(Qualifier),
    STEPS,
    st.sampled_from(Kind),
    st.sampled_from(LANGUAGES),
    st.sampled_from(["auto", "words", "digits"]),
    st.sampled_from(["USD", "EUR", "CHF", "JPY"]),
)
def test_what_was_printed_is_read_back(value, qualifier, step, kind, lang, style, currency):
    found = said(value, qualifier, step, kind)
    if found is None:
        return
    text = printed(found, lang, kind, currency, style)
    assert read_back(text, lang, kind) == found, text
    assert read_back(edited(text), lang, kind) == found, text


def edited(text: str) -> str:
    """The light edits of a translator's program: other blanks, digits of the script, marks of direction."""
    digits = {ord(c): "٠١٢٣٤٥٦٧٨٩"[int(c)] for c in "0123456789"}
    return "\u2068" + text.translate(digits).replace("\u202f", "\u2009").replace(" ", "\u00a0") + "\u2069 "


@settings(deadline=None)
@given(st.integers(11, 10**9), st.integers(11, 10**9), st.sampled_from(LANGUAGES), st.sampled_from(Kind))
def test_two_numbers_are_never_printed_alike(one, other, lang, kind):
    if one == other:
        return
    texts = {printed(Claim(Decimal(n), Qualifier.EXACT), lang, kind, "USD") for n in (one, other)}
    assert len(texts) == 2


def test_more_than_three_thousand_is_printed_only_if_it_is_true():
    assert printed(claim(Decimal(3214), "more_than", "1000"), "en") == "more than 3,000"
    with pytest.raises(Dishonest, match="3,000"):
        claim(Decimal(3000), "more_than", "1000")
    assert printed(claim(Decimal(3000), "at_least", "1000"), "en") == "at least 3,000"
    with pytest.raises(Dishonest):
        claim(Decimal(3000), "nearly", "1000")
    with pytest.raises(Dishonest):
        claim(Decimal(3214), "exact", "1000")
    with pytest.raises(Dishonest):
        claim(Decimal(400), "more_than", "1000")
    with pytest.raises(Dishonest):
        claim(Decimal(-3), "about", "1", "change")


def test_two_programmes_may_print_the_same_words():
    trained = claim(Decimal(3214), "more_than", "1000")
    officials = claim(Decimal(3871), "more_than", "1000")
    assert printed(trained, "fr") == printed(officials, "fr")


@pytest.mark.parametrize("step", ["", "0", "-10", "thousands", "NaN"])
def test_a_rounding_is_a_step(step):
    with pytest.raises(ValueError):
        claim(Decimal(5), "about", step)


def test_money_in_six_languages():
    found = claim(Decimal(602_481_000), "exact", "100000", "money")
    assert {lang: bare(printed(found, lang, "money", "USD")).replace("\u00a0", " ") for lang in LANGUAGES} == {
        "ar": "602.5 مليون دولار أمريكي",
        "en": "$602.5 million",
        "es": "602,5 millones de dólares estadounidenses",
        "fr": "602,5 millions de dollars des États-Unis",
        "ru": "602,5 миллиона долларов США",
        "zh": "6.025亿美元",
    }
    assert read_back("6.025 亿美元", "zh", "money") == found
    assert read_back("602,5 millions de dollars", "fr", "money") == found
    assert printed(claim(Decimal("3.5"), "exact", "0.01", "money"), "en", "money", "USD") == "$3.50"
    with pytest.raises(ValueError):
        printed(found, "en", "money")


CASES = [
    ("1940321", "more_than", "10000", "zh", "逾194万"),
    ("1940321", "more_than", "10000", "en", "more than 1.94 million"),
    ("1940321", "more_than", "10000", "es", "más de 1,94 millones"),
    ("55123", "more_than", "1000", "zh", "55,000多"),
    ("126", "more_than", "125", "zh", "逾125"),
    ("999999", "nearly", "10000", "zh", "近100万"),
    ("69", "nearly", "10", "zh", "近70"),
    ("69", "nearly", "10", "ar", "ما يقرب من 70"),
    ("5", "exact", "1", "en", "five"),
    ("5", "exact", "1", "fr", "5"),
    ("10", "exact", "1", "en", "10"),
    ("2100000", "more_than", "1000000", "ru", "более 2 миллионов"),
    ("2000000", "exact", "1000000", "ru", "2 миллиона"),
    ("1260", "exact", "1", "es", "1.260"),
    ("338196", "exact", "1", "zh", "338,196"),
    ("2000000000", "exact", "1", "es", "2.000 millones"),
    ("2000000000", "exact", "1", "fr", "2 milliards"),
]


@pytest.mark.parametrize(("value", "qualifier", "step", "lang", "text"), CASES)
def test_counts_as_printed(value, qualifier, step, lang, text):
    assert printed(claim(Decimal(value), qualifier, step), lang).replace("\u00a0", " ") == text


def test_numerals_in_words():
    two = claim(Decimal(2), "exact")
    assert [printed(two, lang, style="words") for lang in ("en", "es", "fr", "ru", "zh")] == [
        "two", "dos", "deux", "два", "两",
    ]  # fmt: skip
    assert printed(claim(Decimal(6), "more_than", "5"), "ru", style="words") == "более пяти"
    assert printed(claim(Decimal(31), "more_than", "10"), "zh", style="words") == "三十多"
    assert printed(claim(Decimal(102), "exact"), "zh", style="words") == "一百零二"
    assert printed(claim(Decimal("1.5"), "more_than"), "fr", style="words") == "plus d'un"
    assert read_back("ثلاث", "ar") == Claim(Decimal(3), Qualifier.EXACT)
    assert read_back("Vingt et un", "fr") == Claim(Decimal(21), Qualifier.EXACT)


def test_percentages():
    grown = claim(Decimal("20.8449"), "exact", "0.1", "change")
    assert printed(grown, "en", "change") == "20.8 per cent"
    assert printed(grown, "zh", "change") == "20.8%"
    assert printed(grown, "fr", "change") == "20,8\u00a0%"
    fallen = claim(Decimal("-3.25"), "exact", "0.1", "change")
    assert printed(fallen, "en", "change") == "-3.3 per cent"
    assert read_back("20.8", "en", "percent") is None
    assert read_back("百分之二十", "zh", "percent") is None


def test_an_altered_number_is_not_read_as_the_same():
    was = claim(Decimal(908), "exact")
    assert read_back("980", "zh") == Claim(Decimal(980), Qualifier.EXACT) != was
    assert read_back("более 908", "ru").qualifier == Qualifier.MORE_THAN
    assert read_back("908 органов", "ru") is None
    assert read_back("9,08", "en") is None
    assert read_back("602.5 thousand dollars", "en", "money").number == 602_500
    assert read_back("", "en") is None
    assert read_back("908", "de") is None


def test_a_claim_printed_by_others_is_compared_with_our_value():
    theirs = Claim(Decimal(3000), Qualifier.MORE_THAN)
    assert implied(theirs, Decimal(3001))
    assert not implied(theirs, Decimal(3000))
    assert implied(Claim(Decimal("20.8"), Qualifier.EXACT), Decimal("20.84"), "0.1", "percent")
    assert not implied(Claim(Decimal("20.8"), Qualifier.EXACT), Decimal("20.86"), "0.1", "percent")


def test_symbols_and_ranges_are_isolated_in_arabic_text():
    text = "الفترة 2018-2019 والوثيقة CAC/COSP/IRG/2020/3 والقرار 74/177"
    done = isolated(text)
    assert "\u20662018-2019\u2069" in done
    assert "\u2068CAC/COSP/IRG/2020/3\u2069" in done
    assert "\u206674/177\u2069" in done
    assert bare(done) == text
    assert isolated(done) == done
