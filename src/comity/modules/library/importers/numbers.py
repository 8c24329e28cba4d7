"""Numbers of provisions as they are printed, in digits, words and Roman figures of several languages.

`take` reads the number at the start of a text; `stem` makes the part of a key from it: "L. 111-1" gives "l-111-1",
"第二百六十二条之一" was read as "262-1", "المادة الثانية عشرة" as "12".
"""

from __future__ import annotations

import re
import unicodedata

#: Latin words that follow a number inserted later.
_LATIN = (
    "bis ter quater quáter quinquies quinquiès sexies sexiès septies octies octiès nonies novies decies undecies"
    " duodecies terdecies quaterdecies quindecies quinquiesdecies sexdecies sexiesdecies septdecies septiesdecies"
    " octodecies octiesdecies novodecies noniesdecies vicies unvicies"
)
_AFTER = "|".join(sorted(_LATIN.split(), key=len, reverse=True))
_DIGITS = re.compile(
    r"(?P<number>(?:[LRDA]\.?\s?\*?\s?)?\d+(?:(?:\.|-{1,2}|–|/)\d+)*"
    rf"(?:-[A-Z]\b)?)\*?(?P<ordinal>ers?\b|ère\b|re\b|[ºª°]|(?:o|a|ro|do|to|th|st|nd|rd)(?=[\s.,:;\-–—]))?"
    rf"(?P<suffix>[A-Z]{{1,2}}(?![\w])"
    rf"|(?:[\s-]*(?:{_AFTER})\b(?:\s[A-Z](?=[\s.:\-–—]|$))?|\s[A-Z](?=\s*(?:$|(?:{_AFTER})\b)))*)",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"(?:[LRDA]\.?\s?\*?\s?)?\d[\d.\-]*(?:er|º|°)?"
    rf"(?:[\s-]+(?:(?:{_AFTER})(?![^\W\d_])|[A-Z]{{1,2}}(?![\w])|\d+))*\.?",
    re.IGNORECASE,
)
_ROMAN = re.compile(r"(?=[IVXLC])(?:C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})(?:er|ère)?(?![\w])", re.IGNORECASE)
_HAN = {"零": 0, "〇": 0, "○": 0, "两": 2} | {digit: n for n, digit in enumerate("一二三四五六七八九", 1)}
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000}
HAN_NUMBER = r"[〇○零一二两三四五六七八九十百千\d]+"

_EN_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
)
_EN = _EN_WORDS.split()
_EN_TEN_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
_EN_TENS = {word: 10 * n for n, word in enumerate(_EN_TEN_WORDS.split(), 2)}
_EN_ORDINAL_WORDS = (
    "- first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
    " fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_EN_ORDINALS = _EN_ORDINAL_WORDS.split()
_EN_ANY = "|".join([*_EN, *_EN_TENS, *_EN_ORDINALS[1:], "hundred", "and"])
_ENGLISH = re.compile(rf"(?:(?:{_EN_ANY})\b[-\s]*)+(?<![-\s])", re.IGNORECASE)
_WORDS: dict[str, int] = {
    **{word: n for n, word in enumerate(_EN)},
    **{word: n for n, word in enumerate(_EN_ORDINALS) if n},
    **dict.fromkeys(("premier", "première", "unique", "único", "unico", "única", "unica"), 1),
    **dict.fromkeys(("primero", "primera", "primer"), 1),
    **dict.fromkeys(("segundo", "segunda", "deuxième", "deuxieme"), 2),
    **dict.fromkeys(("tercero", "tercera", "terceiro", "terceira", "troisième"), 3),
    **dict.fromkeys(("cuarto", "cuarta", "quarto", "quarta", "quatrième"), 4),
    **dict.fromkeys(("quinto", "quinta", "cinquième"), 5),
    **dict.fromkeys(("sexto", "sexta", "sixième"), 6),
    **dict.fromkeys(("séptimo", "septimo", "séptima", "sétimo", "septième"), 7),
    **dict.fromkeys(("octavo", "octava", "oitavo", "huitième"), 8),
    **dict.fromkeys(("noveno", "novena", "nono", "neuvième"), 9),
    **dict.fromkeys(("décimo", "decimo", "décima", "dixième"), 10),
    **dict.fromkeys(("undécimo", "undecimo", "onzième"), 11),
    **dict.fromkeys(("duodécimo", "duodecimo", "douzième"), 12),
}
_AR_UNITS = {
    1: "الاولي الاول الحاديه الحادي واحده", 2: "الثانيه الثاني", 3: "الثالثه الثالث", 4: "الرابعه الرابع",
    5: "الخامسه الخامس", 6: "السادسه السادس", 7: "السابعه السابع", 8: "الثامنه الثامن", 9: "التاسعه التاسع",
    10: "العاشره العاشر", 20: "العشرون العشرين", 30: "الثلاثون الثلاثين", 40: "الاربعون الاربعين",
    50: "الخمسون الخمسين", 60: "الستون الستين", 70: "السبعون السبعين", 80: "الثمانون الثمانين",
    90: "التسعون التسعين", 100: "المائه المئه المايه",
}  # fmt: skip
_AR = {word: n for n, words in _AR_UNITS.items() for word in words.split()}
_AR_TEEN = frozenset({"عشره", "عشر"})
_AR_AGAIN = re.compile(r"^\s*(مكرراً|مكررًا|مكررا|مكرّر|مكرر)(?:\s*[(\"]?\s*([\d٠-٩]+|[أ-ي])\s*[)\"])?")
_AR_DIGITS = re.compile(r"^[\s:]*[(\[]?\s*([\d٠-٩۰-۹]+)\s*[)\]]?")


def arabic_plain(word: str) -> str:
    """The word with its letters in one form and without marks, to compare it."""
    word = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c) and c != "ـ")
    return word.translate(str.maketrans("أإآٱىة", "اااايه"))


def digits(text: str) -> str:
    """The text with the digits of any script as 0 to 9."""
    return "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in text)


def han(text: str) -> int | None:
    """The value of a Chinese number ("二百六十二" is 262), or None."""
    if text.isdigit() and digits(text).isascii():
        return int(digits(text))
    total, unit = 0, 0
    for char in text:
        if char in _HAN:
            unit = unit * 10 + _HAN[char] if text.isalpha() and not set(text) & set(_HAN_UNITS) else _HAN[char]
        elif char in _HAN_UNITS:
            total += (unit or 1) * _HAN_UNITS[char]
            unit = 0
        else:
            return None
    return total + unit


def roman(text: str) -> int | None:
    """The value of a Roman number, or None where it is none."""
    text = re.sub(r"(?i)(?<=I)(er|ère)$", "", text).upper()
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
    if not text or set(text) - set(values) or not _ROMAN.fullmatch(text):
        return None
    numbers = [values[c] for c in text]
    return sum(-n if n < after else n for n, after in zip(numbers, [*numbers[1:], 0], strict=True))


def whole(text: str) -> str:
    """The number that a heading consists of, however long ("67 bis-1 A", "67 D-1"), or ""."""
    text = " ".join(text.split())
    return re.sub(r"(?<=\d)(?:er|º|°)$", "", text).strip(" .") if _WHOLE.fullmatch(text) else ""


def take(text: str, lang: str) -> tuple[str, str] | None:
    """Returns the number that the text begins with ("2 bis", "12") and what follows it, or None."""
    if lang == "ar":
        return _take_arabic(text)
    text = text.lstrip()
    found = _DIGITS.match(text)
    if found:
        suffix = re.sub(r"\s+", " ", found["suffix"] or "").strip()
        number = digits(re.sub(r"\s+", " ", found["number"]).strip().rstrip("-–"))
        glue = "" if len(suffix) <= 2 and suffix.isupper() and not text[found.start("suffix")].isspace() else " "
        return (f"{number}{glue}{suffix}" if suffix else number), text[found.end() :]
    word = _ENGLISH.match(text) or re.match(r"[^\W\d_]+", text)
    if word and (value := _word(word[0])) is not None:
        return str(value), text[word.end() :]
    if word and (value := _WORDS.get(word[0].split()[0].lower())) is not None:
        return str(value), text[len(word[0].split()[0]) :]
    found = _ROMAN.match(text)
    if found and found[0] and (value := roman(found[0])) is not None:
        return str(value), text[found.end() :]
    return None


def _word(words: str) -> int | None:
    """English numbers in words: "twenty-two", "one hundred and four"."""
    total = 0
    for part in re.split(r"[-\s]+", words.lower()):
        if part == "hundred":
            total = (total or 1) * 100
        elif part != "and":
            value = _EN_TENS.get(part, _WORDS.get(part))
            if value is None:
                return None
            total += value
    return total or None


def _take_arabic(text: str) -> tuple[str, str] | None:
    found = _AR_DIGITS.match(text)
    if found:
        number, rest = digits(found[1]), text[found.end() :]
    else:
        value, rest = _arabic_words(text)
        if value is None:
            return None
        number = str(value)
    again = _AR_AGAIN.match(rest)
    if again:
        number += " مكرر" + (f" {digits(again[2])}" if again[2] else "")
        rest = rest[again.end() :]
    return number, rest


def _arabic_words(text: str) -> tuple[int | None, str]:
    """Ordinal words: units, "عشرة" after them, "و" before tens, "بعد المائة"."""
    total: int | None = None
    rest = text.lstrip(" :(")
    while found := re.match(r"[\u0621-\u0652\u0640]+", rest):
        word = arabic_plain(found[0])
        value = _AR.get(word)
        if value is None and word.startswith("و"):
            value = _AR.get(word[1:])
        if value is None and word in _AR_TEEN and total is not None and total < 10:
            value = 10
        if value is None and not (word == "بعد" and total is not None and "الما" in arabic_plain(rest[:12])):
            break
        total = (total or 0) + (value or 0)
        rest = rest[found.end() :].lstrip(" )")
    return total, rest


def stem(number: str) -> str:
    """The part of a key that a number makes: small letters, hyphens for the rest; full stops inside stay."""
    text = digits(re.sub(r"[ºª°*]", "", number))
    text = unicodedata.normalize("NFKC", text).replace(" مكرر", "-bis").lower()
    text = re.sub(r"(?<=\d)(er|ère)s?\b", "", text)
    text = re.sub(r"[^\w.]+|_+", "-", text)
    return re.sub(r"-{2,}", "-", re.sub(r"\.(?!\d)|(?<!\d)\.", "-", text)).strip("-.")[:60]


def first_int(number: str) -> int | None:
    """The whole number that a number begins with ("12 bis" is 12), or None."""
    found = re.search(r"\d+", digits(number))
    return int(found[0]) if found else None
