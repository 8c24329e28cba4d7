"""Numerals and number words of Chinese and English, read into exact decimals.

Sources of the rules: the positional system of Chinese numerals (十 百 千 multiply inside a section, 万 and 亿 close
one), and the United Nations Editorial Manual for numbers in English (words, comma or space between thousands,
"million" and "billion" after a decimal).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

DIGITS = r"\d{1,3}(?:[,，\u00a0\u2009\u202f ]\d{3})+(?![\d])(?:\.\d+)?|\d+(?:\.\d+)?"


def words(text: str) -> tuple[str, ...]:
    """Returns the words of a list that is written with spaces between."""
    return tuple(text.split())


CHINESE_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
CHINESE_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_CN_WORD = r"[零〇一二两三四五六七八九十百千万亿]+(?:点[零〇一二三四五六七八九]+[百千万亿]*)?"
CHINESE_NUMBER = rf"(?:(?:{DIGITS})(?:\s*[十百千万亿]+(?:\s*\d[\d,]*(?:\.\d+)?\s*[十百千万亿]+)*)?|{_CN_WORD})"

_UNITS = words(
    """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen
    """
)
ENGLISH_WORDS = {w: i for i, w in enumerate([*_UNITS, "seventeen", "eighteen", "nineteen"])}
ENGLISH_WORDS |= {w: 10 * i for i, w in enumerate(words("twenty thirty forty fifty sixty seventy eighty ninety"), 2)}
ENGLISH_SCALES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
ENGLISH_SCALES |= {"dozen": 12}

_ORDINAL_WORDS = words(
    """
    first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
    """
)
_ORDINAL_WORDS += words("thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth")
ENGLISH_ORDINALS = {w: i for i, w in enumerate(_ORDINAL_WORDS, 1)}
ENGLISH_ORDINALS |= {
    w: 10 * i
    for i, w in enumerate(words("twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth"), 2)
}
ENGLISH_ORDINALS |= {"hundredth": 100}


def alternatives(words: Iterable[str]) -> str:
    """Returns a regular expression for any of the words, the longest first."""
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


_W = alternatives([*ENGLISH_WORDS])
_S = alternatives([*ENGLISH_SCALES])
_SIMPLE = rf"(?:{_W})(?:-(?:{_W}))?"
_SPELT = rf"(?:{_SIMPLE}|(?:a|an|half\s+a)(?=\s+(?:{_S})\b))(?:\s+(?:{_S})\b(?:(?:\s+and)?\s+{_SIMPLE}\b)?)*"
ENGLISH_NUMBER = rf"(?:(?:{DIGITS})(?:[\s-]+(?:{_S})\b)?|\b(?:{_SPELT})\b)"


def printed(value: Decimal) -> str:
    """Returns a decimal as a string without exponent or needless zeros: 6.025E8 is "602500000"."""
    return format(value.normalize(), "f")


def _digits(text: str) -> Decimal:
    return Decimal(re.sub(r"[,，\s]", "", text))


def chinese_value(text: str) -> Decimal | None:
    """Returns the value of a Chinese numeral: 194 万 is 1940000, 二十一 is 21, 12 亿 3,000 万; None if it is none."""
    text = re.sub(r"[,，\s]", "", text)
    tokens = re.findall(r"\d+(?:\.\d+)?|[零〇一二两俩三四五六七八九]+|[十百千万亿点]", text)
    if not tokens or "".join(tokens) != text:
        return None
    total, section, current = Decimal(0), Decimal(0), None
    point = False
    for mark in tokens:
        if mark == "点":
            point = True
        elif mark in CHINESE_SCALES:
            scale = CHINESE_SCALES[mark]
            if scale < 10**4:
                section += (Decimal(1) if current is None else current) * scale
            elif scale == 10**4:
                total, section = total + (section + (current or 0)) * scale, Decimal(0)
            else:
                total, section = (total + section + (current or 0)) * scale, Decimal(0)
            current = None
        else:
            figure = "".join(str(CHINESE_DIGITS[c]) for c in mark) if mark[0] in CHINESE_DIGITS else mark
            if point and current is not None:
                current, point = Decimal(f"{current}.{figure}"), False
            else:
                current = Decimal(figure)
    return total + section + (current or 0)


def english_value(text: str) -> Decimal | None:
    """Returns the value of an English numeral ("1.94 million", "3,000", "twenty-one", "a hundred and five") or None."""
    match = re.fullmatch(rf"({DIGITS})(?:[\s-]+({_S}))?", text.strip(), re.I)
    if match:
        scale = ENGLISH_SCALES[match[2].lower()] if match[2] else 1
        return _digits(match[1]) * scale
    total, current = Decimal(0), Decimal(0)
    words = [w for w in re.split(r"[\s-]+", text.strip().lower()) if w and w != "and"]
    for word in words:
        if word in ("a", "an"):
            current += 1 if current == 0 else 0
        elif word == "half":
            current = Decimal("0.5")
        elif word in ENGLISH_WORDS:
            current += ENGLISH_WORDS[word]
        elif word in ("hundred", "dozen"):
            current *= ENGLISH_SCALES[word]
        elif word in ENGLISH_SCALES:
            total, current = total + current * ENGLISH_SCALES[word], Decimal(0)
        else:
            return None
    if "half" in words and current == Decimal("1.5"):
        return None
    return total + current if words else None


def english_ordinal(text: str) -> int | None:
    """Returns the number of an English ordinal: "fifth", "twenty-first", "75th"; None if it is none."""
    text = text.strip().lower()
    match = re.fullmatch(r"(\d{1,3})(?:st|nd|rd|th)", text)
    if match:
        return int(match[1])
    total = 0
    for word in re.split(r"[\s-]+", text):
        if word in ENGLISH_ORDINALS:
            return total + ENGLISH_ORDINALS[word] if word != "hundredth" or not total else total * 100
        if word not in ENGLISH_WORDS:
            return None
        total += ENGLISH_WORDS[word]
    return None
