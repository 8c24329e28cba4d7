"""Numbers as laws print them, and keys made of them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.modules.library.importers import markers, numbers
from comity.modules.library.importers.drafting import Draft
from comity.modules.library.vocabulary import ProvisionKind as K


@pytest.mark.parametrize(
    ("text", "lang", "number", "stem"),
    [
        ("1er", "fr", "1", "1"),
        ("L. 111-1", "fr", "L. 111-1", "l-111-1"),
        ("65 A bis", "fr", "65 A bis", "65-a-bis"),
        ("41.1", "en", "41.1", "41.1"),
        ("64A", "en", "64A", "64a"),
        ("Único", "es", "1", "1"),
        ("2º.- Se", "es", "2", "2"),
        ("XIV. Of", "en", "14", "14"),
        ("Twenty-two: of", "en", "22", "22"),
        ("one hundred and four", "en", "104", "104"),
        ("الأولى", "ar", "1", "1"),
        ("الثانية عشرة", "ar", "12", "12"),
        ("الخامسة والثلاثون", "ar", "35", "35"),
        ("(١٢) مكرراً", "ar", "12 مكرر", "12-bis"),
        ("الأولى بعد المائة", "ar", "101", "101"),
    ],
)
def test_a_number_is_read_and_makes_a_key(text: str, lang: str, number: str, stem: str) -> None:
    taken = numbers.take(text, lang)
    assert taken is not None
    assert (taken[0], numbers.stem(taken[0])) == (number, stem)


@pytest.mark.parametrize(
    ("text", "lang", "kind", "number", "rest"),
    [
        ("Article 5. Lamps", "en", K.ARTICLE, "5", "Lamps"),
        ("Section 12 Lamps", "en", K.SECTION, "12", "Lamps"),
        ("§ 3 Lamps", "de", K.SECTION, "3", "Lamps"),
        ("Rule 7: Lamps", "en", K.RULE, "7", "Lamps"),
        ("Artículo 2° bis.- Lámparas", "es", K.ARTICLE, "2 bis", "Lámparas"),
        ("Статья 4. Лампы", "ru", K.ARTICLE, "4", "Лампы"),
        ("المادة (3): نور", "ar", K.ARTICLE, "3", "نور"),
        ("第十条　灯", "zh", K.ARTICLE, "10", "灯"),
    ],
)
def test_the_beginning_of_a_provision(text: str, lang: str, kind: K, number: str, rest: str) -> None:
    mark = markers.cited(text, lang)
    assert mark is not None
    assert (mark.kind, mark.number, mark.rest) == (kind, number, rest)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Article 5 of the Convention", "en"),
        ("artículo 142 bis, del Código", "es"),
        ("Artículo 5, inciso 2", "es"),
        ("第五条规定的灯", "zh"),
        ("Lamps", "en"),
        ("Section 3 : Des lampes", "fr"),
    ],
)
def test_a_reference_begins_nothing(text: str, lang: str) -> None:
    assert markers.cited(text, lang) is None


@pytest.mark.parametrize(
    ("text", "lang", "kind", "number", "rest"),
    [
        ("Chapter II: Lamps", "en", K.CHAPTER, "2", "Lamps"),
        ("Livre Ier : Des lampes", "fr", K.BOOK, "1", "Des lampes"),
        ("Section 3 : Des lampes", "fr", K.DIVISION, "3", "Des lampes"),
        ("TÍTULO SEGUNDO", "es", K.TITLE, "2", ""),
        ("PRIMERA PARTE", "es", K.PART, "1", ""),
        ("الباب الأول المصابيح", "ar", K.TITLE, "1", "المصابيح"),
        ("第二编 灯", "zh", K.PART, "2", "灯"),
        ("Annexe 1", "fr", K.SCHEDULE, "1", ""),
    ],
)
def test_the_beginning_of_a_group(text: str, lang: str, kind: K, number: str, rest: str) -> None:
    mark = markers.group(text, lang, heading=True)
    assert mark is not None
    assert (mark.kind, mark.number, mark.rest) == (kind, number, rest)


_DIGITS = "零一二三四五六七八九"


def _chinese(value: int) -> str:
    """The number as it is written, for 1 to 999."""
    hundreds, tens, ones = value // 100, value // 10 % 10, value % 10
    words = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        words += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        words += "零"
    return words + (_DIGITS[ones] if ones else "")


@given(st.integers(1, 999))
def test_chinese_numbers_come_back(value: int) -> None:
    assert numbers.han(_chinese(value)) == value


@given(st.lists(st.tuples(st.sampled_from([K.ARTICLE, K.SECTION, K.PARAGRAPH]), st.text(max_size=12)), max_size=12))
def test_keys_are_unique_and_fit_for_addresses(pieces: list[tuple[K, str]]) -> None:
    draft = Draft("en")
    group = draft.add(K.CHAPTER, None, number="1")
    for kind, number in pieces:
        draft.add(kind, group, number=number)
    keys = [row["key"] for row in draft.provisions()]
    assert len(set(keys)) == len(keys)
    assert all(re.fullmatch(r"[\w.()-]{1,120}", key) for key in keys)
