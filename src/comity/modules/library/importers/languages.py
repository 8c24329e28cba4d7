"""Codes of languages and countries, and the language of a text that does not say it."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from babel.core import get_global

#: What BCP 47 calls a language that is not known.
UNKNOWN = "und"
_HAN = re.compile(r"[\u4e00-\u9fff]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_HANGUL = re.compile(r"[\uac00-\ud7af]")
_ARABIC = re.compile(r"[\u0620-\u064a]")
_PERSIAN = re.compile(r"[پچژگک]")
_SCRIPTS = {
    "el": "[α-ωά-ώ]", "he": "[א-ת]", "hi": "[ऀ-ॿ]", "bn": "[ঀ-৿]", "th": "[ก-๛]", "ka": "[ა-ჰ]", "hy": "[ա-և]",
    "am": "[ሀ-፼]", "km": "[ក-៿]", "my": "[က-႟]", "ta": "[஀-௿]", "si": "[඀-෿]",
}  # fmt: skip
_LETTER = re.compile(r"[^\W\d_]")
#: The most frequent words of each language, of laws too. Detectors with models load native libraries, which the
#: child process does not allow; laws are long and full of such words.
_WORDS = {
    "en": "the of and to in shall which by this section act",
    "fr": "le la de les des du et dans par une est aux sur loi article",
    "es": "el la de los las y del en que una por se con artículo ley",
    "pt": "a o de os as do da dos e em que uma não artigo lei",
    "it": "il la di della e che gli delle nel è alla articolo legge",
    "ro": "și de la în a care prin sau pentru este articolul legea",
    "ca": "el la de els i amb per és dels una que llei article",
    "de": "der die und das den des ist oder von gesetz",
    "nl": "de het een van en wordt door dat artikel wet",
    "sv": "och att som en av för är enligt ska lag",
    "da": "og af til det der skal eller lov om efter",
    "nb": "og av til det som skal eller lov etter ikke",
    "fi": "ja on tai ei sekä mukaan laki jos joka tämän",
    "et": "ja on või ning seadus ei kui selle käesoleva isik",
    "lv": "un ir vai par uz kas no likums ar šā",
    "lt": "ir ar kad bei pagal įstatymas yra arba šio dėl",
    "pl": "i w na z się nie lub jest ustawa przez",
    "cs": "a v na se nebo je zákon podle který při",
    "sk": "a v na sa alebo je zákon podľa ktorý pri",
    "sl": "in v na se ali je zakon po člen za",
    "hr": "i u na se ili je zakon članak koji za",
    "sq": "dhe të në e për me që neni ligji është",
    "hu": "a az és hogy vagy nem törvény szerint egy kell",
    "tr": "ve bir bu ile için veya madde kanun olarak olan",
    "id": "dan yang di dengan atau untuk pasal ini dalam undang",
    "vi": "và của các có trong được theo điều luật cho",
    "sw": "na ya wa kwa katika au sheria kifungu ambayo ni",
    "cy": "y yn i a ddeddf hon mae gan neu sydd",
    "ru": "и в на не по или с статья закон для",
    "uk": "і в на та з або стаття закон що це",
    "bg": "и в на се по или закон член от за",
    "sr": "и у на се или је закон члан који за",
}
#: Former ISO codes that the Unicode data give to the present State.
_FORMER = frozenset({"FXX", "DDR", "BUR", "TMP", "ZAR", "YMD"})
#: Letters that one reads on average between two spaces; well-set Arabic has 4 to 6.
_LONGEST_AVERAGE = 11


def code(value: str) -> str:
    """The short code of a language: "eng", "fr-CA" and "en" give "en", "fr", "en"; "" for what is none."""
    primary = value.strip().lower().replace("_", "-").split("-")[0]
    if not re.fullmatch(r"[a-z]{2,3}", primary):
        return ""
    return str(get_global("language_aliases").get(primary, primary))


@cache
def _alpha3() -> dict[str, str]:
    aliases = get_global("territory_aliases").items()
    return {
        two[0]: three
        for three, two in aliases
        if re.fullmatch("[A-Z]{3}", three) and len(two) == 1 and three not in _FORMER
    }


def country(value: str) -> str:
    """The ISO3 code of a country named by code: "fr", "za-cpt", "GB-UKM", "FRA"; "" for what is none."""
    first = value.strip().upper().replace("_", "-").split("-")[0]
    if re.fullmatch("[A-Z]{3}", first):
        return first if first in _alpha3().values() else ""
    return _alpha3().get(first, "")


def guess(text: str) -> str:
    """The language of a text, from its script and, for scripts of many languages, from its words."""
    sample = text[:6000]
    letters = len(_LETTER.findall(sample)) or 1
    if len(_HANGUL.findall(sample)) / letters > 0.3:
        return "ko"
    if len(_KANA.findall(sample)) / letters > 0.1:
        return "ja"
    if len(_HAN.findall(sample)) / letters > 0.3:
        return "zh"
    if len(_ARABIC.findall(sample)) / letters > 0.5:
        return "fa" if len(_PERSIAN.findall(sample)) / letters > 0.02 else "ar"
    for lang, letters_of in _SCRIPTS.items():
        if len(re.findall(letters_of, sample)) / letters > 0.5:
            return lang
    words = Counter(re.findall(r"[^\W\d_]+", sample.lower()))
    scores = {lang: sum(words[word] for word in own.split()) for lang, own in _WORDS.items()}
    best = max(scores, key=scores.__getitem__)
    return best if scores[best] else UNKNOWN


def lost_its_spaces(text: str) -> bool:
    """Whether this is Arabic whose words run together, as some PDF and DOCX texts do."""
    letters = len(_ARABIC.findall(text))
    if letters < 200 or letters < 0.5 * len(_LETTER.findall(text)):
        return False
    return letters / (len(text.split()) or 1) > _LONGEST_AVERAGE
