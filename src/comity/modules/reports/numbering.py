"""Labels of headings: I, A, 1, (a), and what stands for them in Arabic and Chinese documents of the United Nations.

Source: UN Editorial Manual, headings. The labels are printed as text; paragraph numbers are arabic in all languages.
"""

from __future__ import annotations

from collections.abc import Iterable

_CHINESE = "一二三四五六七八九十"
_ARABIC_FIRST = ("أولا", "ثانيا", "ثالثا", "رابعا", "خامسا", "سادسا", "سابعا", "ثامنا", "تاسعا", "عاشرا")
_ARABIC_LETTERS = ("ألف", "باء", "جيم", "دال", "هاء", "واو", "زاي", "حاء", "طاء", "ياء")
_ARABIC_SMALL = ("أ", "ب", "ج", "د", "ه", "و", "ز", "ح", "ط", "ي")
_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def labels(levels: Iterable[int], lang: str) -> list[str]:
    """Returns the label of each heading of a document, by the levels (1 to 4) of its headings in order."""
    counters = [0, 0, 0, 0]
    made = []
    for level in levels:
        counters[level - 1] += 1
        counters[level:] = [0] * (4 - level)
        made.append(label(level, counters[level - 1], lang))
    return made


def label(level: int, number: int, lang: str) -> str:
    """Returns the label of the `number`th heading of a level."""
    match level, lang:
        case 1, "zh":
            return f"{_chinese(number)}."
        case 1, "ar":
            return f"{_named(_ARABIC_FIRST, number)} -"
        case 1, _:
            return f"{roman(number)}."
        case 2, "ar":
            return f"{_named(_ARABIC_LETTERS, number)} -"
        case 2, _:
            return f"{_letter(number).upper()}."
        case 3, "ar":
            return f"{number} -"
        case 3, _:
            return f"{number}."
        case 4, "ar":
            return f"({_named(_ARABIC_SMALL, number)})"
    return f"({_letter(number)})"


def roman(number: int) -> str:
    """Returns a Roman numeral."""
    made = ""
    for value, sign in _ROMAN:
        made += sign * (number // value)
        number %= value
    return made


def _named(names: tuple[str, ...], number: int) -> str:
    """The name of a number where there is one, else its digits."""
    return names[number - 1] if number <= len(names) else str(number)


def _letter(number: int) -> str:
    return chr(ord("a") + number - 1) if number <= 26 else f"a{_letter(number - 26)}"


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _CHINESE[ones - 1]
    return ("" if tens == 1 else _CHINESE[tens - 1]) + "十" + (_CHINESE[ones - 1] if ones else "")
