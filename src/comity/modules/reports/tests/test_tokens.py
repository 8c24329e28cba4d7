"""Tokens in the text of a paragraph: read, written back the same, and named where they are wrong."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.modules.reports.printing import Qualifier
from comity.modules.reports.tokens import (
    BadToken,
    FigureToken,
    Note,
    SymbolToken,
    Text,
    figures,
    parse,
    write,
)

SLUGS = st.from_regex(r"[a-z0-9]([a-z0-9_.-]{0,8}[a-z0-9])?", fullmatch=True)
OPTIONS = st.tuples(
    st.lists(st.sampled_from(["exact", "more-than", "at-least", "nearly", "about"]), max_size=1),
    st.lists(st.sampled_from(["words", "digits"]), max_size=1),
).flatmap(lambda two: st.permutations(two[0] + two[1]).map(tuple))
WORDS = st.text(min_size=1, max_size=20)
PIECES = st.one_of(
    WORDS.map(Text),
    st.builds(FigureToken, SLUGS, OPTIONS),
    st.sampled_from(["A/75/50", "E/CN.7/2019/CRP.13-E/CN.15/2019/CRP.9"]).map(SymbolToken),
    WORDS.filter(lambda t: t.strip() and not set(t) & set("{}")).map(Note),
)


@given(st.lists(PIECES, max_size=8))
def test_pieces_are_written_and_read_back(pieces):
    text = write(pieces)
    found = parse(text)
    assert write(found) == text
    assert [p for p in found if not isinstance(p, Text)] == [p for p in pieces if not isinstance(p, Text)]
    assert "".join(p.text for p in found if isinstance(p, Text)) == "".join(
        p.text for p in pieces if isinstance(p, Text)
    )


@given(st.text(alphabet="{}fignote:|,.a-x 5", max_size=40))
def test_any_text_is_kept_whole_or_refused_with_its_place(text):
    try:
        found = parse(text)
    except BadToken as refused:
        place = refused.position
    else:
        assert write(found) == text
        return
    assert text[place - 1] in "{}"


def test_a_paragraph():
    text = "In 2019, {fig:tip.trained|more-than,words} people{note: See {symbol} below.}".replace("{symbol}", "A/75/50")
    first, token, _, note = parse(text)
    assert first == Text("In 2019, ")
    assert token.slug == "tip.trained"
    assert (token.qualifier, token.style) == (Qualifier.MORE_THAN, "words")
    assert note.text == "See A/75/50 below."
    assert FigureToken("x").qualifier is None


def test_figures_are_counted_with_their_options_in_any_order():
    text = "{fig:a} {fig:a} {fig:b|words,about} {fig:b|about,words}"
    assert figures(text) == Counter({("a", ()): 2, ("b", ("about", "words")): 2})


@pytest.mark.parametrize(
    ("text", "position", "remedy"),
    [
        ("abc {fig:}", 5, "slug"),
        ("{fig:Sherloc users}", 1, "small letters"),
        ("{fig:a|roughly}", 1, "more-than"),
        ("{fig:a|}", 1, "unknown option"),
        ("{fig:a|about,nearly}", 1, "Keep one"),
        ("{figure:a}", 1, "no token"),
        ("ab {fig:a", 4, "not closed"),
        ("ab } c", 4, "opening"),
        ("{note: {fig:a}}", 1, "another brace"),
        ("{note: }", 1, "empty"),
        ("{symbol:A/B}", 1, "A/75/50"),
    ],
)
def test_a_malformed_token_is_named_with_place_and_remedy(text, position, remedy):
    with pytest.raises(BadToken, match=remedy) as error:
        parse(text)
    assert error.value.position == position
