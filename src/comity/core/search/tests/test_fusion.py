"""One order out of words and meaning."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.core.search.fusion import fuse, moved

NAME = "use-multilingual-v3"
scores = st.dictionaries(st.integers(0, 30), st.floats(0, 40), max_size=20)
cosines = st.dictionaries(st.integers(0, 30), st.floats(-1, 1), max_size=20)


@given(scores, cosines, st.sets(st.integers(0, 30)))
def test_every_candidate_stands_once_in_an_order_that_is_total(
    words: dict[int, float], near: dict[int, float], own: set[int]
) -> None:
    sizes = dict.fromkeys(range(31), 10)
    ranked = fuse(words, {NAME: near}, own, sizes)
    assert {key for key, _score in ranked} == set(words) | set(near)
    assert ranked == sorted(ranked, key=lambda pair: (-pair[1], pair[0]))
    turned = {NAME: dict(reversed(near.items()))}
    assert ranked == fuse(dict(reversed(words.items())), turned, own, sizes)
    assert all(score >= 0 for _key, score in ranked)


@given(st.dictionaries(st.integers(0, 30), st.floats(0.01, 40), max_size=20))
def test_words_alone_keep_their_order(words: dict[int, float]) -> None:
    shares = {key: score / max(words.values()) for key, score in words.items()}
    assert fuse(words, {}) == sorted(shares.items(), key=lambda pair: (-pair[1], pair[0]))


def test_what_is_nearer_in_meaning_comes_first_among_equals() -> None:
    assert [key for key, _score in fuse({1: 5.0, 2: 5.0}, {NAME: {1: 0.3, 2: 0.6}})] == [2, 1]


def test_meaning_weighs_more_in_another_language() -> None:
    words, near = {"first": 2.0, "own": 1.0}, {NAME: {"first": 0.2, "other": 0.7, "own": 0.2}}
    assert [key for key, _score in fuse(words, near, {"first", "own"})] == ["first", "other", "own"]
    assert [key for key, _score in fuse(words, near)] == ["first", "own", "other"]


def test_what_has_nothing_to_do_with_the_question_gains_nothing() -> None:
    assert dict(fuse({1: 2.0}, {NAME: {1: 0.01, 2: 0.05}})) == {1: 1.0, 2: 0.0}


def test_what_has_no_vector_yet_is_not_crowded_out() -> None:
    ranked = fuse({1: 9.0, 2: 5.0, 3: 1.0}, {NAME: {2: 0.5, 3: 0.6}})
    assert [key for key, _score in ranked][0] == 1
    assert fuse({1: 2.0, 2: 1.0}, {NAME: {}}) == fuse({1: 2.0, 2: 1.0}, {})


def test_of_two_that_are_equally_near_the_shorter_comes_first() -> None:
    ranked = fuse({1: 5.0, 2: 5.0}, {NAME: {1: 0.5, 2: 0.5}}, None, {1: 900, 2: 30})
    assert [key for key, _score in ranked] == [2, 1]


def test_the_question_moves_towards_the_nearest_piece_of_what_the_words_found() -> None:
    question = np.array([1.0, 0.0, 0.0], dtype=np.float32)
    pieces = np.array([[0.6, 0.8, 0.0], [0.0, 0.0, 1.0]], dtype=np.float32)
    asked = moved(question, [(7.0, pieces)], NAME)
    assert float(np.linalg.norm(asked)) == pytest.approx(1.0)
    assert float(asked @ pieces[0]) > float(question @ pieces[0])
    assert asked[2] == 0


def test_the_question_stays_where_nothing_was_found() -> None:
    question = np.array([0.6, 0.8], dtype=np.float32)
    assert moved(question, [], NAME) is question
    assert moved(question, [(0.0, np.eye(2, dtype=np.float32))], NAME) is question
