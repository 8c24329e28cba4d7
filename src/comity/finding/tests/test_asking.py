"""An address and the question it asks are the same thing in two forms; no address fails."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from comity.core.search.passages import Question
from comity.core.search.tests.notes import Notes
from comity.finding import asking

_words = st.text(max_size=40)
_params = st.dictionaries(
    st.sampled_from(["q", "in", "mode", "page", *asking.FACETS, "x"]),
    st.lists(_words | st.sampled_from(["-1", "0", "9" * 20, "٣", "UNTOC:5", "\x00", '"', "(((", "hybrid"]), max_size=3),
    max_size=8,
)  # fmt: skip


def address(params: dict[str, list[str]]) -> QueryDict:
    made = QueryDict(mutable=True)
    for name, values in params.items():
        made.setlist(name, values)
    return made


@given(params=_params)
def test_what_is_read_is_asked_again_by_its_own_address(params: dict[str, list[str]]) -> None:
    question = asking.read(address(params))
    again = asking.read(QueryDict(asking.query(question, page=asking.page_of(question))[1:]))
    assert again == question
    assert 1 <= asking.page_of(question) <= asking.LAST_PAGE


def test_values_are_added_and_taken_away() -> None:
    question = Question("x")
    narrowed = asking.with_value(asking.with_value(question, "state", "GHA"), "state", "KEN")
    assert narrowed.filters == {"state": ("GHA", "KEN")}
    assert asking.without_value(asking.without_value(narrowed, "state", "GHA"), "state", "KEN") == question
    assert asking.with_value(question, "lang", "fr") == replace(question, lang="fr")
    assert asking.query(Question("droit pénal", lang="fr", mode="words", filters={"year": ("2016",)}), page=3) == (
        "?q=droit+p%C3%A9nal&in=fr&mode=words&year=2016&page=3"
    )


@pytest.mark.parametrize(
    "query",
    [
        "q=%00%ff", pytest.param("q=" + "x" * 5000, id="long"), "q=((((", 'q="', "q=AND", "q=title:", "q=NOT",
        "q=a&page=-3", "q=a&page=abc", "q=a&page=50", "q=a&in=<b>", "q=a&mode=magic", "q=a&state=%00", "q=a&article=::",
        "q=a&year=20160101010101", "q=a&format=xml", "q=*&crime_type=x&crime_type=y", "kind=nothing", "year=soon",
        "format=csv",
    ],
)  # fmt: skip
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_bad_parameters_never_crash(client: Client, notes: Notes, query: str, lang: str) -> None:
    assert client.get(f"/{lang}/search/?{query}").status_code == 200


@pytest.mark.parametrize("query", ["", "to=notes:x&key=x", "to=x&key=%00", "to=treaties:a&key=:", "to=directory&key="])
def test_a_text_that_is_not_there_has_nothing_similar(client: Client, notes: Notes, query: str) -> None:
    assert client.get(f"/en/search/similar/?{query}").status_code == 404
