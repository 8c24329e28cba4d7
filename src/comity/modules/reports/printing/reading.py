"""Reads a printed number back, so that a text that was edited elsewhere can be compared with what was printed.

Light edits are read through: other blanks, Arabic-Indic or full-width digits, another word for the same qualifier, the
other gender of a numeral. What is not understood is None, which a comparison reports as altered; nothing is guessed.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

from comity.modules.reports.printing.bidi import bare
from comity.modules.reports.printing.claims import Claim, Kind, Qualifier
from comity.modules.reports.printing.words import BEHIND, LANGUAGES, QUALIFIERS, fold, scale_words, spoken

#: Separators of thousands (besides the blank) and of decimals.
_SEPARATORS = dict.fromkeys(("ar", "en", "zh"), (",", ".")) | {"es": (".", ","), "fr": ("", ","), "ru": ("", ",")}
_PERCENT = re.compile(
    r"\s*(?:%|per ?cent|pour ?cent|por ciento|процент(?:а|ов)?|في الما?ئة|بالما?ئة)$|^百分之(?=.)", re.IGNORECASE
)
_SAME = str.maketrans({"٬": ",", "٫": ".", "٪": "%", "−": "-", "‐": "-", "\u2011": "-", "’": "'"})


def read_back(text: str, lang: str, kind: Kind | str = Kind.COUNT) -> Claim | None:
    """Reads what `printed` wrote in this language for this kind of number.

    Args:
        text: the number with its qualifier, its sign of per cent or its currency, and nothing else.
        lang: the language of the text.
        kind: what the number counts. The currency of money is not compared here.

    Returns:
        Number and qualifier, or None where the text is no such number.
    """
    if lang not in LANGUAGES:
        return None
    kind, text = Kind(kind), plain(text)
    qualifier, text = _qualifier(text, lang)
    if kind in (Kind.PERCENT, Kind.CHANGE):
        text, marks = _PERCENT.subn("", text, count=1)
        if not marks:
            return None
    if not any(letter.isdigit() for letter in text):
        return _in_words(text, lang, qualifier) if kind is Kind.COUNT else None
    match = _number(lang).search(text)
    if match is None:
        return None
    before, tail = text[: match.start()], text[match.end() :].strip()
    negative, before = before.lstrip().startswith("-"), before.replace("-", "", 1).strip()
    behind, tail = _behind(tail, lang)
    power, tail = _scale(tail, lang)
    later, tail = _behind(tail, lang)
    said = [q for q in (qualifier, behind, later) if q is not Qualifier.EXACT]
    # Money has a sign or a name on one side; a count or a share has nothing on either.
    if len(said) > 1 or bool(before or tail) is not (kind is Kind.MONEY):
        return None
    value = Decimal(_western(match.group(), lang)).scaleb(power)
    return Claim(-value if negative else value, said[0] if said else Qualifier.EXACT)


def plain(text: str) -> str:
    """Returns the text in small letters with digits 0 to 9, blanks of one kind, and no marks of direction."""
    text = unicodedata.normalize("NFKC", bare(text)).translate(_SAME)
    text = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
    return " ".join(text.casefold().split())


def _qualifier(text: str, lang: str) -> tuple[Qualifier, str]:
    pairs = [(word, qualifier) for qualifier, words in QUALIFIERS[lang].items() for word in words]
    for word, qualifier in sorted(pairs, key=lambda pair: -len(pair[0])):
        word = plain(word)
        if text.startswith(word):
            rest = text[len(word) :]
            if lang == "zh" or word.endswith("'") or not rest[:1].isalpha():
                return qualifier, rest.strip()
    return Qualifier.EXACT, text


@lru_cache(maxsize=6)
def _number(lang: str) -> re.Pattern[str]:
    thousands, point = _SEPARATORS[lang]
    groups = "|".join(rf"(?:{re.escape(mark)}\d{{3}})+(?!\d)" for mark in (thousands, " ") if mark)
    return re.compile(rf"(?:\d{{1,3}}(?:{groups})|\d+)(?:{re.escape(point)}\d+)?(?![\d.,])")


def _western(digits: str, lang: str) -> str:
    thousands, point = _SEPARATORS[lang]
    digits = digits.replace(" ", "")
    return digits.replace(thousands, "").replace(point, ".")


def _behind(tail: str, lang: str) -> tuple[Qualifier, str]:
    if lang == "zh":
        for word, qualifier in BEHIND.items():
            if tail.startswith(word):
                return qualifier, tail.removeprefix(word).strip()
    return Qualifier.EXACT, tail


def _scale(tail: str, lang: str) -> tuple[int, str]:
    for word, power in sorted(scale_words()[lang].items(), key=lambda pair: -len(pair[0])):
        if tail.startswith(word):
            rest = tail.removeprefix(word)
            if lang == "zh" or not rest[:1].isalpha():
                return power, rest.strip()
    return 0, tail


def _in_words(text: str, lang: str, qualifier: Qualifier) -> Claim | None:
    if lang == "zh" and text.endswith("多") and qualifier is Qualifier.EXACT:
        text, qualifier = text.removesuffix("多"), Qualifier.MORE_THAN
    number = spoken(lang).get(fold(text, lang))
    return None if number is None else Claim(Decimal(number), qualifier)
