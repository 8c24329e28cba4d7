"""A claim as it stands in a text of one of the six languages.

- Digits are 0 to 9 in all languages, Arabic included, with the separators that Babel (CLDR) has for the language; that
  is also Babel's choice for "ar". `read_back` reads Arabic-Indic and full-width digits as well.
- From a million on a number is printed with a word where that is exact with few decimals: two for millions and
  milliards (1.94 million, 602.5 million), three for 亿 and two for 万 (6.025亿, 194万). Else all digits are printed.
  Below a million Chinese keeps digits too (55,000), as the printed reports do.
- The style "auto" writes English counts below ten in words ("five") and everything else in digits; "words" writes
  counts below a thousand in words in all languages; "digits" never does. Shares and money are always in digits.
- English writes "per cent" (UN Editorial Manual); the others have the sign as Babel places it.
- English money has its sign in front ($602.5 million), the others the currency's name behind, as Babel has it.
- A change is printed without "+": the sentence says which way it went. A fall keeps its minus, so that a sentence of
  growth cannot hide it.
"""

from __future__ import annotations

from decimal import Decimal, localcontext
from typing import Literal, NamedTuple

from babel import Locale
from babel.numbers import format_decimal, get_currency_name, get_currency_symbol, get_minus_sign_symbol

from comity.modules.reports.printing.claims import Claim, Kind, Qualifier
from comity.modules.reports.printing.words import LANGUAGES, SCALES, WORDS_BELOW, numeral, qualifier_word

Style = Literal["auto", "words", "digits"]

#: Russian words that govern the genitive.
_GENITIVE = {Qualifier.MORE_THAN, Qualifier.AT_LEAST, Qualifier.ABOUT}
#: Russian plural category in the nominative -> the one whose form stands in the genitive.
_IN_GENITIVE = {"one": "few", "few": "many"}
#: A number of each Russian category, to ask Babel for its form.
_EXAMPLES = {"one": Decimal(1), "few": Decimal(2), "many": Decimal(5), "other": Decimal("1.5")}
_MILLION = Decimal(1_000_000)
NO_BREAK = "\u00a0"


class _Digits(NamedTuple):
    """A number without its sign as printed: digits, the word for its power of ten, what stands before the word."""

    text: str
    scale: str
    mantissa: Decimal


def printed(said: Claim, lang: str, kind: Kind | str = Kind.COUNT, currency: str = "", style: Style = "auto") -> str:
    """Prints a claim in a language.

    Args:
        said: what `claim` gave.
        lang: one of the six.
        kind: what the number counts.
        currency: ISO 4217 code; needed for money, ignored otherwise.
        style: see the head of this file.

    Raises:
        ValueError: none of the six languages, no such kind, or money without a currency.
    """
    if lang not in LANGUAGES:
        raise ValueError(f"no such language of documents: {lang}")
    kind, genitive = Kind(kind), lang == "ru" and said.qualifier in _GENITIVE
    if kind is Kind.MONEY and not currency:
        raise ValueError("money needs its currency")
    if kind is Kind.COUNT and _in_words(said.number, lang, style):
        return _qualified(said, numeral(int(said.number), lang, genitive=genitive), lang)
    digits = _digits(abs(said.number), lang, genitive=genitive, money=kind is Kind.MONEY)
    if kind is Kind.MONEY:
        text = _money(digits, lang, currency, genitive=genitive)
    else:
        text = _joined(digits, lang) + ("" if kind is Kind.COUNT else _percent_sign(lang))
    minus = get_minus_sign_symbol(locale=lang) if said.number < 0 else ""
    return _qualified(said, minus + text, lang, scaled=bool(digits.scale) or kind is not Kind.COUNT)


def _in_words(number: Decimal, lang: str, style: Style) -> bool:
    if number != number.to_integral_value() or number < 0 or style == "digits":
        return False
    return number < WORDS_BELOW if style == "words" else lang == "en" and number < 10


def _qualified(said: Claim, text: str, lang: str, *, scaled: bool = False) -> str:
    word = qualifier_word(said.qualifier, lang)
    if not word:
        return text
    if lang == "zh":
        # 3,000多, but 逾194万 and 逾125: 多 follows round numbers only.
        if said.qualifier is Qualifier.MORE_THAN and not scaled and said.number % 10 == 0:
            return f"{text}多"
        return f"{word}{text}"
    if lang == "fr" and word.endswith(" de") and text.startswith("un"):
        return f"{word[:-1]}'{text}"
    return f"{word} {text}"


def _digits(number: Decimal, lang: str, *, genitive: bool, money: bool) -> _Digits:
    for scale in SCALES[lang]:
        unit = Decimal(10) ** scale.power
        finest = unit / (1000 if scale.power == 8 else 100)
        if number >= max(unit, _MILLION) and number % finest == 0:
            mantissa = _plain(number / unit)
            word = scale.forms.get(_category(mantissa, lang, genitive=genitive), scale.forms["other"])
            return _Digits(_formatted(mantissa, lang), word, mantissa)
    number = _plain(number)
    cents = money and number.as_tuple().exponent == -1
    return _Digits(_formatted(number.quantize(Decimal("0.01")) if cents else number, lang), "", number)


def _plain(number: Decimal) -> Decimal:
    """Drops zeros behind the point and powers of ten: 6.0E+2 becomes 600."""
    with localcontext() as context:
        context.prec = 60
        short = number.normalize()
        return short.quantize(Decimal(1)) if int(short.as_tuple().exponent) > 0 else short


def _formatted(number: Decimal, lang: str) -> str:
    places = max(0, -int(number.as_tuple().exponent))
    return format_decimal(number, format="#,##0" + ("." + "0" * places if places else ""), locale=lang)


def _category(number: Decimal, lang: str, *, genitive: bool) -> str:
    found = str(Locale.parse(lang).plural_form(number))
    return _IN_GENITIVE.get(found, found) if genitive else found


def _joined(digits: _Digits, lang: str) -> str:
    return digits.text + (("" if lang == "zh" else " ") + digits.scale if digits.scale else "")


def _percent_sign(lang: str) -> str:
    if lang == "en":
        return " per cent"
    return str(Locale.parse(lang).percent_formats[None].pattern).split("#,##0")[1]


def _money(digits: _Digits, lang: str, currency: str, *, genitive: bool) -> str:
    number = _joined(digits, lang)
    if lang == "en":
        sign = get_currency_symbol(currency, locale=lang)
        # CHF 5 million, but $5 million and CA$5 million.
        return sign + (NO_BREAK if sign[-1].isalpha() else "") + number
    count = Decimal(100) if digits.scale else digits.mantissa
    if genitive and not digits.scale:
        count = _EXAMPLES[_category(count, lang, genitive=True)]
    name = get_currency_name(currency, count=count, locale=lang)
    if lang == "zh":
        return f"{number}{name}"
    if digits.scale and lang == "es":
        return f"{number} de {name}"
    if digits.scale and lang == "fr":
        return f"{number} d'{name}" if name[0].lower() in "aeiouéèêyh" else f"{number} de {name}"
    return f"{number} {name}"
