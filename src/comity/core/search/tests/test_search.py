"""Who finds what, and how it is counted: against the rule of labels and against counting by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.core.actions.actor import PUBLIC, Actor, Grant, system
from comity.core.search import access
from comity.core.search.embedding import embed
from comity.core.search.engine import Engine
from comity.core.search.index import Index
from comity.core.search.passages import Passage, Question
from comity.core.search.tests.shelf import ACTORS, CURATOR, KENYAN, Bag, allowed, passage

WORDS = ("ransom", "hostage", "seizure", "property", "extradition", "witness")
REGIONS = {"KEN": "african", "PER": "grulac", "CHN": "asia-pacific"}
PAST, FUTURE = datetime(2020, 1, 1, tzinfo=UTC), datetime(2150, 1, 1, tzinfo=UTC)


def built(folder: Path, passages: list[Passage], *, meaning: bool = False) -> Engine:
    """An engine over a fresh index."""
    with Index.create(folder / "index") as index:
        index.add(passages)
        index.commit()
        if meaning:
            embed(index, Bag())
    return Engine(folder / "index", regions=lambda: REGIONS, models=lambda: (Bag(),))


@st.composite
def shelves(draw: st.DrawFn) -> list[Passage]:
    """Passages with any labels and tags."""
    return [
        passage(
            number,
            " ".join(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4))),
            label=draw(st.sampled_from(["public", "officials", "own_state", "secretariat", "unheard_of"])),
            owner_state=draw(st.sampled_from(["", "KEN", "PER"])),
            visible_from=draw(st.sampled_from([None, PAST, FUTURE])),
            kind=draw(st.sampled_from(["provision", "case"])),
            state=draw(st.sampled_from(["", *REGIONS])),
            lang=draw(st.sampled_from(["en", "fr"])),
            year=draw(st.sampled_from([None, 1999, 2010])),
            crime_types=draw(st.sampled_from([(), ("fraud",), ("fraud", "piracy")])),
            articles=draw(st.sampled_from([(), ("UNTOC:5", "UNTOC:6")])),
        )
        for number in range(draw(st.integers(1, 14)))
    ]


@st.composite
def actors(draw: st.DrawFn) -> Actor:
    """People with any mandates."""
    roles = ("focal_point", "authority_officer", "observer", "curator", "publisher", "administrator")
    grants = st.builds(Grant, st.sampled_from(roles), st.sampled_from(["", "KEN", "PER"]))
    return Actor("user", "user:1", 1, grants=tuple(draw(st.lists(grants, max_size=3))))


def anybody() -> st.SearchStrategy[Actor]:
    """People with any mandates, the public, and the system."""
    return actors() | st.sampled_from(ACTORS) | st.just(system("test"))


@st.composite
def filters(draw: st.DrawFn) -> dict[str, tuple[str, ...]]:
    """Any filters."""
    some = {
        "kind": ("provision", "case"), "state": tuple(REGIONS), "region": ("african", "grulac"), "lang": ("en", "fr"),
        "year": ("1999", "2010"), "crime_type": ("fraud", "piracy"), "article": ("UNTOC:5", "UNTOC:7"),
    }  # fmt: skip
    names = draw(st.sets(st.sampled_from(sorted(some)), max_size=2))
    return {name: tuple(sorted(draw(st.sets(st.sampled_from(some[name]), min_size=1)))) for name in sorted(names)}


def values_of(one: Passage, facet: str) -> set[str]:
    """What a passage has for a facet."""
    found: dict[str, set[str]] = {
        "kind": {one.kind}, "state": {one.state}, "region": {REGIONS.get(one.state, "")}, "lang": {one.lang},
        "year": {str(one.year or "")}, "crime_type": set(one.crime_types), "article": set(one.articles),
    }  # fmt: skip
    return found[facet] - {""}


def by_hand(passages: list[Passage], actor: Actor, words: list[str], chosen: dict[str, tuple[str, ...]]) -> set[str]:
    """The ids of what has to be found."""
    return {
        one.id
        for one in passages
        if allowed(actor, one)
        and (not words or set(words) & set(one.text.split()))
        and all(values_of(one, facet) & set(values) for facet, values in chosen.items())
    }


_often = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@_often
@given(shelves(), anybody(), st.lists(st.sampled_from(WORDS), max_size=3), filters())
def test_words_find_and_count_what_the_actor_may_see_and_nothing_else(
    tmp_path: Path, passages: list[Passage], actor: Actor, words: list[str], chosen: dict[str, tuple[str, ...]]
) -> None:
    engine = built(tmp_path, passages)
    answer = engine.search(actor, Question(" ".join(words), mode="words", filters=chosen, limit=100))
    found = by_hand(passages, actor, words, chosen)
    assert {hit.id for hit in answer.hits} == found
    assert answer.total == len(found)
    assert answer.passages == sum(allowed(actor, one) for one in passages)
    for facet, counts in answer.facets.items():
        others = {name: values for name, values in chosen.items() if name != facet}
        among = by_hand(passages, actor, words, others)
        expected: dict[str, int] = {}
        for one in passages:
            for value in values_of(one, facet) if one.id in among else ():
                expected[value] = expected.get(value, 0) + 1
        assert dict(counts) == expected
        assert [count for _value, count in counts] == sorted(expected.values(), reverse=True)


@_often
@given(shelves(), anybody(), st.lists(st.sampled_from(WORDS), min_size=1, max_size=3), filters())
def test_with_meaning_a_facet_counts_what_choosing_it_gives(
    tmp_path: Path, passages: list[Passage], actor: Actor, words: list[str], chosen: dict[str, tuple[str, ...]]
) -> None:
    engine = built(tmp_path, passages, meaning=True)
    question = Question(" ".join(words), filters=chosen, limit=100)
    answer = engine.search(actor, question)
    visible = {one.id for one in passages if allowed(actor, one)}
    assert by_hand(passages, actor, words, chosen) <= {hit.id for hit in answer.hits} <= visible
    assert answer.total == len(answer.hits)
    for facet, counts in answer.facets.items():
        for value, count in counts:
            clicked = Question(question.text, filters=chosen | {facet: (value,)}, limit=100)
            assert engine.search(actor, clicked).total == count
    for hit in answer.hits:
        assert {found.id for found in engine.similar(actor, hit.id)} <= visible


@given(shelves(), actors())
def test_an_access_code_says_what_the_label_says(passages: list[Passage], actor: Actor) -> None:
    for one in passages:
        assert access.sees(actor, access.code_of(one)) == allowed(actor, one)


def test_an_embargo_ends_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    end = timezone.now() + timedelta(hours=1)
    engine = built(tmp_path, [passage(1, "ransom", visible_from=end)], meaning=True)
    assert engine.search(PUBLIC, Question("ransom")).total == 0
    monkeypatch.setattr(timezone, "now", lambda: end + timedelta(seconds=1))
    answer = engine.search(PUBLIC, Question("ransom"))
    assert (answer.total, answer.passages, len(answer.hits)) == (1, 1, 1)


def test_what_its_source_no_longer_shows_is_neither_listed_nor_counted(tmp_path: Path) -> None:
    passages = [passage(number, "ransom", state="KEN") for number in range(8)]
    built(tmp_path, passages)
    engine = Engine(tmp_path / "index", visible=lambda actor, ids: set(ids) - {"shelf:3:en"}, models=tuple)
    answer = engine.search(PUBLIC, Question("ransom", limit=5))
    assert len(answer.hits) == 5 and "shelf:3:en" not in {hit.id for hit in answer.hits}
    assert answer.total == 7 and answer.facets["state"] == (("KEN", 7),)


def test_pages_follow_one_another_without_gap_or_repetition(tmp_path: Path) -> None:
    engine = built(tmp_path, [passage(number, "ransom " * (1 + number % 7)) for number in range(700)], meaning=True)
    seen = []
    for offset in range(0, 700, 100):
        seen += [hit.id for hit in engine.search(PUBLIC, Question("ransom", offset=offset, limit=100)).hits]
    assert len(seen) == len(set(seen)) == 700


def test_another_spelling_comes_only_from_what_the_actor_may_see(tmp_path: Path) -> None:
    engine = built(
        tmp_path,
        [
            passage(1, "The vessel Marigold was boarded.", label="secretariat"),
            passage(2, "Extradition of the accused"),
            passage(3, "تسليم المجرمين بين الدول", lang="ar"),
            passage(4, "Конфискация имущества", lang="ru"),
        ],
    )
    assert engine.search(PUBLIC, Question("marigld")).did_you_mean == ""
    assert engine.search(KENYAN, Question("marigld")).did_you_mean == ""
    assert engine.search(CURATOR, Question("marigld")).did_you_mean == "marigold"
    assert engine.search(PUBLIC, Question("marigold")).did_you_mean == ""
    assert engine.search(PUBLIC, Question("accused extraditon")).did_you_mean == "accused extradition"
    assert engine.search(PUBLIC, Question("تسلبم")).did_you_mean == "تسليم"
    assert engine.search(PUBLIC, Question("канфискация")).did_you_mean == "конфискация"
    assert engine.search(PUBLIC, Question("extradition")).did_you_mean == ""


def test_the_snippet_marks_the_words_in_any_form(tmp_path: Path) -> None:
    far = "Nothing of interest stands here. " * 40
    engine = built(tmp_path, [passage(1, far + "Whoever demands ransoms shall be punished. " + far)])
    pieces = engine.search(PUBLIC, Question("demanding ransom", mode="words")).hits[0].snippet
    assert [words for words, marked in pieces if marked] == ["demands", "ransoms"]
    assert sum(len(words) for words, _marked in pieces) < 320
    chinese = built(tmp_path, [passage(1, "以勒索财物为目的绑架他人的，处十年以上有期徒刑。", lang="zh")])
    hit = chinese.search(PUBLIC, Question("绑架", mode="words")).hits[0]
    assert ("绑架", True) in hit.snippet


def test_without_an_encoder_words_do_everything(tmp_path: Path) -> None:
    passages = [
        passage(1, "ransom for a hostage", state="KEN"), passage(2, "hostage and ransom", state="PER"),
        passage(3, "fishing licence", state="PER"),
    ]  # fmt: skip
    built(tmp_path, passages)
    engine = Engine(tmp_path / "index", models=tuple)
    answer = engine.search(PUBLIC, Question("ransom", mode="meaning"))
    assert {hit.key for hit in answer.hits} == {"1", "2"} and (answer.covered, answer.passages) == (0, 3)
    assert engine.similar(PUBLIC, "shelf:1:en")[0].key == "2"
    assert engine.closest("ransom", "en", {"a": "fishing", "b": "of ransoms"})[0][0] == "b"


@pytest.mark.parametrize("harm", ["absent", "empty", "version", "words", "rows"])
def test_a_damaged_index_is_told_and_never_raises(tmp_path: Path, harm: str) -> None:
    engine = built(tmp_path, [passage(1, "ransom")], meaning=True)
    folder = tmp_path / "index"
    match harm:
        case "absent":
            engine = Engine(tmp_path / "nowhere")
        case "empty":
            (folder / "state.json").write_text("")
        case "version":
            (folder / "state.json").write_text('{"version": 0}')
        case "words":
            (folder / "words" / "meta.json").write_text("{")
        case "rows":
            (folder / "rows.bin").write_bytes(b"x")
    answer = engine.search(PUBLIC, Question("ransom"))
    assert answer.hits == () and "prepared" in answer.problem
    assert engine.similar(PUBLIC, "shelf:1:en") == []
