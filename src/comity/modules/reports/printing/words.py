"""Words of numbers in the six languages: qualifiers, millions, and numerals written out.

Numerals come from num2words; it has no Chinese, so Chinese ones are made here. Arabic ones are in the masculine
nominative and Russian ones in the masculine; the gender of the counted noun is not known here. `spoken` reads both
genders of the small numerals, so a translator may put the right one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from num2words import num2words

from comity.modules.reports.printing.claims import Qualifier

#: Languages of documents of the United Nations.
LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
#: Numerals are written out below this; larger ones are printed in digits whatever style is asked for.
WORDS_BELOW = 1000

#: Qualifier -> words before the number, the first is printed, all are read. Chinese 多 behind it: see `digits`.
QUALIFIERS: dict[str, dict[Qualifier, tuple[str, ...]]] = {
    "en": {
        Qualifier.MORE_THAN: ("more than", "over"),
        Qualifier.AT_LEAST: ("at least", "no fewer than", "no less than", "not less than"),
        Qualifier.NEARLY: ("nearly", "almost"),
        Qualifier.ABOUT: ("about", "approximately", "around", "some"),
    },
    "fr": {
        Qualifier.MORE_THAN: ("plus de", "plus d'"),
        Qualifier.AT_LEAST: ("au moins",),
        Qualifier.NEARLY: ("près de", "presque"),
        Qualifier.ABOUT: ("environ", "quelque"),
    },
    "es": {
        Qualifier.MORE_THAN: ("más de",),
        Qualifier.AT_LEAST: ("al menos", "por lo menos", "como mínimo"),
        Qualifier.NEARLY: ("casi",),
        Qualifier.ABOUT: ("alrededor de", "aproximadamente", "cerca de", "unos", "unas"),
    },
    "ru": {
        Qualifier.MORE_THAN: ("более", "более чем", "свыше"),
        Qualifier.AT_LEAST: ("не менее", "по меньшей мере", "как минимум"),
        Qualifier.NEARLY: ("почти",),
        Qualifier.ABOUT: ("около", "примерно", "приблизительно"),
    },
    "ar": {
        Qualifier.MORE_THAN: ("أكثر من", "ما يزيد على", "ما يزيد عن"),
        Qualifier.AT_LEAST: ("ما لا يقل عن", "على الأقل"),
        Qualifier.NEARLY: ("ما يقرب من", "ما يقارب"),
        Qualifier.ABOUT: ("نحو", "حوالي", "زهاء"),
    },
    "zh": {
        Qualifier.MORE_THAN: ("逾", "超过", "多于"),
        Qualifier.AT_LEAST: ("至少", "不少于"),
        Qualifier.NEARLY: ("近", "将近", "接近"),
        Qualifier.ABOUT: ("约", "大约", "大概"),
    },
}

#: Words behind a Chinese number. 多 stands before 万 as well.
BEHIND = {"多": Qualifier.MORE_THAN, "余": Qualifier.MORE_THAN, "以上": Qualifier.AT_LEAST, "左右": Qualifier.ABOUT}


class Scale(NamedTuple):
    """A word for a power of ten: its forms by plural category of CLDR, "other" is always there."""

    power: int
    forms: dict[str, str]


#: What is printed, largest first. Spanish counts in thousands of millions (2.000 millones).
SCALES: dict[str, tuple[Scale, ...]] = {
    "en": (Scale(9, {"other": "billion"}), Scale(6, {"other": "million"})),
    "fr": (
        Scale(9, {"one": "milliard", "other": "milliards"}),
        Scale(6, {"one": "million", "other": "millions"}),
    ),
    "es": (Scale(6, {"one": "millón", "other": "millones"}),),
    "ru": (
        Scale(9, {"one": "миллиард", "few": "миллиарда", "many": "миллиардов", "other": "миллиарда"}),
        Scale(6, {"one": "миллион", "few": "миллиона", "many": "миллионов", "other": "миллиона"}),
    ),
    "ar": (Scale(9, {"other": "مليار"}), Scale(6, {"few": "ملايين", "other": "مليون"})),
    "zh": (Scale(8, {"other": "亿"}), Scale(4, {"other": "万"})),
}

#: What is read besides: word -> power of ten.
MORE_SCALES: dict[str, dict[str, int]] = {
    "en": {"thousand": 3, "trillion": 12, "millions": 6, "billions": 9},
    "fr": {"mille": 3},
    "es": {"mil": 3},
    "ru": {"тысяча": 3, "тысячи": 3, "тысяч": 3, "млн": 6, "млрд": 9},
    "ar": {"ألف": 3, "آلاف": 3, "بليون": 9, "بلايين": 9, "مليونا": 6},
    "zh": {"万亿": 12, "千万": 7, "百万": 6, "千": 3},
}


def qualifier_word(qualifier: Qualifier, lang: str) -> str:
    """Returns the words that stand before a number; "" for an exact one."""
    return "" if qualifier is Qualifier.EXACT else QUALIFIERS[lang][qualifier][0]


@lru_cache(maxsize=1)
def scale_words() -> dict[str, dict[str, int]]:
    """Returns for each language every word of a power of ten, printed or only read."""
    return {
        lang: {form: scale.power for scale in SCALES[lang] for form in scale.forms.values()} | MORE_SCALES[lang]
        for lang in LANGUAGES
    }


def numeral(number: int, lang: str, *, genitive: bool = False) -> str:
    """Writes 0 to 999 out in words; `genitive` for Russian after "более" and the like.

    Raises:
        ValueError: the number lies outside, or the language is none of the six.
    """
    if not 0 <= number < WORDS_BELOW or lang not in LANGUAGES:
        raise ValueError(f"no numeral for {number} in {lang}")
    if lang == "zh":
        return _chinese(number)
    text = str(num2words(number, lang=lang, **({"case": "g"} if genitive and lang == "ru" else {})))
    # The Arabic "and" is written together with the word behind it.
    return text.replace(" و ", " و")


def _chinese(number: int) -> str:
    if number < 10:
        # 两 and not 二 before a measure word: what is printed here counts something.
        return "零一两三四五六七八九"[number]
    digits = "零一二三四五六七八九"
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{digits[hundreds]}百" if hundreds else ""
    if tens:
        text += f"{digits[tens]}十" if tens > 1 or hundreds else "十"
    elif hundreds and ones:
        text += "零"
    return text + (digits[ones] if ones else "")


@lru_cache(maxsize=6)
def spoken(lang: str) -> dict[str, int]:
    """Returns the numerals of a language written out, folded by `fold`, with the number they say."""
    found: dict[str, int] = {}
    for number in range(WORDS_BELOW):
        for genitive in {False, lang == "ru"}:
            found[fold(numeral(number, lang, genitive=genitive), lang)] = number
    for word, number in _OTHER_FORMS.get(lang, {}).items():
        found[fold(word, lang)] = number
    return found


#: Forms of the small numerals that grammar asks for and num2words does not give.
_OTHER_FORMS = {
    "fr": {"une": 1},
    "es": {"una": 1, "un": 1},
    "ru": {"одна": 1, "одно": 1, "одной": 1, "две": 2},
    "ar": {"واحدة": 1, "اثنتان": 2, "اثنتين": 2, "اثنين": 2, "عشرين": 20, "ثلاثين": 30, "أربعين": 40, "خمسين": 50}
    | {"ستين": 60, "سبعين": 70, "ثمانين": 80, "تسعين": 90},
    "zh": {"二": 2, "〇": 0},
}

_ARABIC_MARKS = re.compile("[\u064b-\u0652\u0640]")


def fold(text: str, lang: str) -> str:
    """Brings words to the form in which they are compared: small letters, one space, no Arabic vowel signs or ة."""
    text = " ".join(text.casefold().replace("-", " ").replace("’", "'").replace(",", " ").split())
    if lang == "ar":
        text = re.sub(r"\bو ", "و", text)
        text = " ".join(word.removesuffix("ة") for word in _ARABIC_MARKS.sub("", text).split())
    if lang == "en":
        text = text.replace(" and ", " ")
    return text
