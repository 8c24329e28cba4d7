"""Text into tokens, the same way for what is indexed and what is asked: the one analysis of the whole search.

A token has two forms at the same position. The exact form is folded (NFKC, case, diacritics, Arabic and Cyrillic
spelling variants, digits of any script) but keeps its ending; it serves phrases, names and words in a language
other than the text's. The stem is that of the language (Snowball). Scripts that write no spaces (Chinese, Japanese,
Korean syllables, Thai, Lao, Khmer, Burmese) give a token per character: the exact form is the character, the stem
the pair it makes with the next one, so that no dictionary is needed and phrases still match by position.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import snowballstemmer

#: Language code to Snowball's algorithm.
_ALGORITHMS = {
    "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "eo": "esperanto", "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish",
    "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian",
    "it": "italian", "lt": "lithuanian", "nb": "norwegian", "ne": "nepali", "nl": "dutch", "nn": "norwegian",
    "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian",
    "st": "sesotho", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip

#: Forms kept for each language before its memory is emptied: some 100 MB at most for a node of many languages.
_REMEMBERED = 400_000

#: Scripts written without spaces between words; Hangul is added since its particles are glued to the noun.
_UNSPACED = "\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7a3\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\U00020000-\U0003ffff"  # noqa: E501


def _ranges(wanted: Callable[[str], bool]) -> str:
    """The characters below U+20000 for which `wanted` holds, as the inside of a regular expression's class."""
    found: list[list[int]] = []
    for code in range(0x20000):
        if wanted(chr(code)):
            if found and found[-1][1] == code - 1:
                found[-1][1] = code
            else:
                found.append([code, code])
    return "".join(rf"\U{first:08x}-\U{last:08x}" for first, last in found)


# Marks are part of a word (Python's \w leaves them out), as are the joiners of Persian and the soft hyphen.
_MARK = _ranges(lambda char: unicodedata.category(char)[0] == "M") + "\u00ad\u200c\u200d"
_TOKEN = re.compile(rf"[{_UNSPACED}](?<=\w)[{_MARK}]*|[^\W_{_UNSPACED}](?:[^\W_{_UNSPACED}]|[{_MARK}])*")
_HAS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_CYRILLIC = re.compile("[\u0400-\u052f]")

#: Left out of every form: tatweel, vowel points of Arabic and Hebrew, joiners, soft hyphen.
_DROPPED = re.compile("[\u0640\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0591-\u05c7\u00ad\u200c\u200d]")
_ACCENTS = re.compile("[\u0300-\u036f]")
#: In Cyrillic a breve or two dots make another letter; a stress mark does not.
_STRESS = re.compile("[\u0300-\u0305\u0307\u0309-\u036f]")
#: Letters without a decomposition, and letters that writers of the same language use for one another.
_LETTERS = str.maketrans({
    "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ё": "е",
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ک": "ك", "ہ": "ه",
})  # fmt: skip

_ARTICLES = ("وال", "بال", "كال", "فال", "ال", "لل")
_ENDINGS = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")


@dataclass(frozen=True, slots=True)
class Analysed:
    """The tokens of a text: `exact` and `stems` are equally long and agree in position."""

    exact: list[str]
    stems: list[str]


def language(code: str) -> str:
    """The bare language of a code, in lower case: "pt" for "pt-BR" or "PT_br"."""
    return re.split("[-_]", code, maxsplit=1)[0].lower()


def fold(token: str) -> str:
    """A word without the differences that readers overlook: width, case, diacritics, spelling variants, digits."""
    return _bare(_lowered(token))


def analyse(text: str, lang: str) -> Analysed:
    """The tokens of a text in the language `lang` ("" or one without a stemmer: stems are the exact forms)."""
    memory = _memory(language(lang))
    tokens = _TOKEN.findall(text)
    if text.isascii() or not _HAS_UNSPACED.search(text):
        forms = [memory[token] for token in tokens]
        return Analysed([form[0] for form in forms], [form[1] for form in forms])
    spans = [found.span() for found in _TOKEN.finditer(text)]
    exact = [memory[token][0] for token in tokens]
    stems = []
    for place, token in enumerate(tokens):
        if not _HAS_UNSPACED.match(token):
            stems.append(memory[token][1])
        elif _followed(tokens, spans, place):
            stems.append(exact[place] + exact[place + 1])
        else:
            stems.append(exact[place])
    return Analysed(exact, stems)


def spans(text: str, lang: str = "") -> list[tuple[int, int]]:
    """Where each token of `analyse(text, lang)` stands in the text: its first character and the one after its last."""
    return [found.span() for found in _TOKEN.finditer(text)]


def _followed(tokens: list[str], spans: list[tuple[int, int]], place: int) -> bool:
    """Whether the next token is a character of the same unspaced writing, directly after this one."""
    following = place + 1
    return (
        following < len(tokens)
        and spans[place][1] == spans[following][0]
        and _HAS_UNSPACED.match(tokens[following]) is not None
    )


def _lowered(token: str) -> str:
    return _DROPPED.sub("", unicodedata.normalize("NFKC", token).casefold())


def _bare(word: str) -> str:
    """A lowered word without accents, with one letter for variants and ASCII digits."""
    if word.isascii():
        return word
    marks = _STRESS if _CYRILLIC.search(word) else _ACCENTS
    bare = unicodedata.normalize("NFC", marks.sub("", unicodedata.normalize("NFD", word))).translate(_LETTERS)
    return "".join(char if char.isascii() or not char.isdecimal() else str(unicodedata.decimal(char)) for char in bare)


def _light(word: str) -> str:
    """The light stem of a bared Arabic word: "and", the article with its prepositions and the endings taken off.

    After light10 (Larkey, Ballesteros and Connell, 2007), the best in retrieval. Snowball's stemmer takes the ending
    off after an article only, so that "law" and "the law" would not meet. Prepositions without an article stay: they
    cannot be told from a first letter.
    """
    if word.startswith("و") and len(word) > 3:
        word = word[1:]
    for article in _ARTICLES:
        if word.startswith(article) and len(word) > len(article) + 1:
            word = word[len(article) :]
            break
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            word = word[: -len(ending)]
    return word


class _Memory(dict[str, tuple[str, str]]):
    """Word to its two forms; what is missing is worked out and kept: texts repeat their words."""

    def __init__(self, lang: str) -> None:
        super().__init__()
        self._lang = lang
        self._stemmer = snowballstemmer.stemmer(_ALGORITHMS[lang]) if lang in _ALGORITHMS else None

    def __missing__(self, token: str) -> tuple[str, str]:
        if len(self) >= _REMEMBERED:
            self.clear()
        if self._lang in ("tr", "az"):
            token = token.replace("I", "ı").replace("İ", "i")
        lowered = _lowered(token)
        # An exact form is never empty: positions must agree, and a lone mark is still a token.
        exact = sys.intern(_bare(lowered) or token)
        forms = (exact, sys.intern(self._stem(lowered) or exact))
        self[token] = forms
        return forms

    def _stem(self, lowered: str) -> str:
        # Stemmers expect their language's accents; the stem is bared after, so both spellings mostly meet.
        if self._lang == "ar":
            return _light(_bare(lowered))
        return _bare(self._stemmer.stemWord(lowered)) if self._stemmer else _bare(lowered)


@cache
def _memory(lang: str) -> _Memory:
    return _Memory(lang)
