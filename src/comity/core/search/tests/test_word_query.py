"""The language of questions: what it finds, what it says of mistakes, and that nothing typed is an error."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.core.actions.actor import PUBLIC
from comity.core.search.embedding import embed
from comity.core.search.engine import Engine
from comity.core.search.index import Index
from comity.core.search.passages import Question
from comity.core.search.tests.shelf import Bag, passage
from comity.core.search.word_query import parse


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder = tmp_path_factory.mktemp("questions") / "index"
    with Index.create(folder) as index:
        index.add(
            [
                passage(1, "The court may order seizure of property.", state="KEN", year=1999, articles=("UNTOC:12",)),
                passage(2, "Property is returned by order of the minister.", state="PER", year=2005),
                passage(3, "The court hears witnesses.", state="KEN", year=2010, title="Protection of witnesses"),
                passage(4, "La cour ordonne la saisie des biens.", state="FRA", lang="fr", kind="case"),
                passage(5, "法院可以命令没收财产。", state="CHN", lang="zh", crime_types=("fraud",)),
            ]
        )
        index.commit()
        embed(index, Bag())
    return Engine(folder, models=lambda: (Bag(),), regions=lambda: {"KEN": "african"})


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("court property", "1 2 3"),
        ("court AND property", "1"),
        ("minister OR witnesses", "2 3"),
        ("court -seizure", "3"),
        ("court NOT seizure", "3"),
        ("NOT court", "2 4 5"),
        ('"seizure of property"', "1"),
        ("“order of the minister”", "2"),
        ('"of seizure property"', ""),
        ("(court OR minister) AND property", "1 2"),
        ("court AND (property OR witnesses) AND NOT seizure", "3"),
        ("title:witness", "3"),
        ('title:"protection of witnesses"', "3"),
        ("state:KEN", "1 3"),
        ("state:ken,per property", "1 2"),
        ("region:african court", "1 3"),
        ("lang:fr", "4"),
        ("kind:case", "4"),
        ("article:untoc:12", "1"),
        ("crime:fraud", "5"),
        ("year:1999", "1"),
        ("year:2000..2008", "2"),
        ("year:>=2005", "2 3"),
        ("year:..2005", "1 2"),
        ("property year:<2000", "1"),
        ("state:KEN OR state:FRA", "1 3 4"),
        ("没收", "5"),
        ('"命令没收"', "5"),
        ('"没收命令"', ""),
        ("ORDER of", "1 2 3"),
        ("well-known http://x", ""),
        ("", "1 2 3 4 5"),
        ("   ", "1 2 3 4 5"),
        ("!?", ""),
    ],
)
def test_what_a_question_finds(engine: Engine, text: str, keys: str) -> None:
    answer = engine.search(PUBLIC, Question(text, mode="words"))
    assert answer.problem == ""
    assert {hit.key for hit in answer.hits} == set(keys.split()) and answer.total == len(keys.split())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("(court", "parenthesis at character 1"),
        ("court)", "parenthesis at character 6"),
        ('"court', "quotation mark at character 1"),
        ("court AND", "after “AND”"),
        ("OR court", "OR"),
        ("court NOT", "after “NOT”"),
        ("()", "parenthesis"),
        ("year:soon", "year:2000..2010"),
        ("state:( court", "character"),
        ("(" * 60 + "court" + ")" * 60, "too many parentheses"),
    ],
)
def test_a_mistake_is_told_and_the_words_are_searched(engine: Engine, text: str, told: str) -> None:
    answer = engine.search(PUBLIC, Question(text, mode="words"))
    assert told in answer.problem
    if "court" in text:
        assert {"1", "3"} <= {hit.key for hit in answer.hits}


def test_operators_mean_what_they_say_with_meaning_too(engine: Engine) -> None:
    assert engine.search(PUBLIC, Question('"seizure of property"')).total == 1
    assert {hit.key for hit in engine.search(PUBLIC, Question("property -minister")).hits} == {"1"}


_pieces = st.sampled_from(
    ["(", ")", '"', "-", "NOT", "AND", "OR", "state:", "year:", "title:", "KEN", "2000..", "court", " ", ":", "«"]
)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60) | st.lists(_pieces, max_size=14).map("".join) | st.lists(_pieces, max_size=9).map(" ".join))
def test_nothing_typed_is_an_error(engine: Engine, text: str) -> None:
    parse(text)
    for mode in ("words", "hybrid", "meaning"):
        answer = engine.search(PUBLIC, Question(text, mode=mode))
        assert len(answer.hits) == answer.total
    odd = Question(text, mode="no such mode", lang=text, filters={"state": (text,), text: ("x",)})
    assert engine.search(PUBLIC, odd).total >= 0


def test_a_very_long_question_is_cut(engine: Engine) -> None:
    assert engine.search(PUBLIC, Question("court " * 5000, mode="words")).total == 2
    assert engine.search(PUBLIC, Question("court OR " * 5000, mode="words")).problem
