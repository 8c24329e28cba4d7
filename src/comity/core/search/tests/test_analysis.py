"""Words in six languages, and a few more: what is folded, what is stemmed, and that positions agree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.core.search import languages
from comity.core.search.analysis import analyse, fold, language, spans
from comity.core.search.pieces import pieces

LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh", "pt-BR", "de", "tr", "xx", "")


@given(st.text(max_size=200), st.sampled_from(LANGUAGES))
def test_forms_and_places_agree_for_any_text(text: str, lang: str) -> None:
    analysed = analyse(text, lang)
    assert len(analysed.exact) == len(analysed.stems) == len(spans(text, lang))
    assert all(analysed.exact) and all(analysed.stems)
    assert all(text[start:end] for start, end in spans(text, lang))


@given(st.text(max_size=60))
def test_an_upper_case_question_finds_the_same_words(text: str) -> None:
    folded = text.casefold()
    assert analyse(folded, "fr") == analyse(folded, "fr-CA")


@pytest.mark.parametrize(
    ("lang", "one", "other"),
    [
        ("en", "The MINISTER'S powers", "the ministers power"),
        ("fr", "Désignation", "désignations"),
        ("es", "los funcionarios públicos", "el funcionario público"),
        ("ru", "учёный", "ученый"),
        ("ru", "министерства", "министерством"),
        ("ar", "القَانُونِ", "قانون"),
        ("ar", "الأحكام", "الاحكام"),
        ("ar", "حقـــوق", "حقوق"),
        ("ar", "وبالقوانين", "القوانين"),
        ("ar", "للإنسان", "إنسان"),
        ("de", "Straße", "STRASSE"),
    ],
)
def test_forms_of_one_word_share_a_stem(lang: str, one: str, other: str) -> None:
    assert set(analyse(one, lang).stems) & set(analyse(other, lang).stems)


def test_the_exact_form_keeps_the_ending_and_drops_the_accent() -> None:
    assert analyse("Élections n° 12", "fr").exact == ["elections", "n", "12"]
    assert fold("Ёлка") == "елка"
    assert fold("йод") == "йод"
    assert fold("٣٤") == "34"
    assert fold("ＡＢＣ") == "abc"


def test_writing_without_spaces_gives_pairs_at_the_places_of_its_characters() -> None:
    analysed = analyse("刑法第5条", "zh")
    assert analysed.exact == ["刑", "法", "第", "5", "条"]
    assert analysed.stems == ["刑法", "法第", "第", "5", "条"]
    assert spans("刑法第5条", "zh") == [(place, place + 1) for place in range(5)]


def test_a_place_points_into_the_text_as_it_was_written() -> None:
    text = "Loi sur l’accès à l'information"
    words = ["Loi", "sur", "l", "accès", "à", "l", "information"]
    assert [text[start:end] for start, end in spans(text, "fr")] == words


@pytest.mark.parametrize(
    ("text", "hint", "lang"),
    [
        ("powers of the minister to inspect records", "", "en"),
        ("attributions du ministre en matière de dossiers", "", "fr"),
        ("facultades del ministro para inspeccionar los registros", "", "es"),
        ("полномочия министра", "", "ru"),
        ("صلاحيات الوزير", "", "ar"),
        ("部长的权力", "", "zh"),
        ("大臣の権限について", "", "ja"),
        ("corruption", "fr", "fr"),
        ("corruption", "", "en"),
        ("corruption", "ar", "en"),
        ("1952", "ru", "ru"),
        ("", "", "en"),
    ],
)
def test_a_language_is_guessed_and_a_hint_decides_where_the_words_do_not(text: str, hint: str, lang: str) -> None:
    assert languages.guess(text, hint) == lang
    assert languages.candidates(text, hint)[0] == lang
    assert len(languages.candidates(text, hint)) <= 3


def test_a_code_is_reduced_to_its_language() -> None:
    assert [language(code) for code in ("pt-BR", "zh_Hant", "EN", "")] == ["pt", "zh", "en", ""]


@given(st.text(max_size=400), st.integers(5, 40))
def test_pieces_lose_no_word_and_are_not_longer_than_two_sizes(text: str, size: int) -> None:
    found = pieces(text, "en", size)
    assert found
    words = [word for piece in found for word in analyse(piece, "en").exact]
    assert words == analyse(text, "en").exact
    assert all(len(spans(piece)) <= 2 * size for piece in found)


def test_pieces_end_where_sentences_end() -> None:
    text = "One two three four. Five six seven eight. Nine ten eleven twelve."
    assert pieces(text, "en", 4) == text.replace(". ", ".|").split("|")
