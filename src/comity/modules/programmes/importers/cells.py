"""From the cells of a file to typed values. A cell arrives as a text, a number, a truth value, nothing, or as
{"day": "2019-05-06"} or {"wrong": why} from the reader of the file."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from typing import Any

from babel.dates import get_month_names
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from comity.core.people.names import fold
from comity.core.texts.languages import UN_LANGUAGES
from comity.modules.programmes.importers.states import States
from comity.modules.programmes.tables import Column
from comity.ui.exports import restored

_YES = frozenset({"yes", "true", "1", "x"})
_NO = frozenset({"no", "false", "0", ""})
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:T00:00(?::00)?)?")
_FIGURES = re.compile(r"\d{1,4}\s*[./-]\s*\d{1,2}\s*[./-]\s*\d{1,4}")
_WORDS = (
    re.compile(r"(?P<day>\d{1,2})\.?\s+(?:de\s+)?(?P<month>[^\W\d]+)\.?,?\s+(?:de\s+)?(?P<year>\d{4})"),
    re.compile(r"(?P<month>[^\W\d]+)\.?\s+(?P<day>\d{1,2}),?\s+(?P<year>\d{4})"),
    re.compile(r"(?P<year>\d{4})\s*年\s*(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日"),
)
_FIRST, _LAST = 1900, 2200
#: A spreadsheet keeps numbers in binary: what it adds beyond this many decimals is no digit that somebody typed.
_NOISE = Decimal("1e-9")


class Wrong(ValueError):
    """A cell that cannot be taken; the message says why and what to write."""


def value_of(cell: Any, column: Column, states: States) -> Any:
    """Returns the typed value of a cell; the column's own empty value for an empty cell. Raises Wrong."""
    if isinstance(cell, dict) and "wrong" in cell:
        raise Wrong(str(cell["wrong"]))
    if isinstance(cell, str):
        cell = restored(cell).strip()
    if cell is None or cell == "":
        return column.default
    match column.holds:
        case "day":
            return _day(cell)
        case "whole":
            return _whole(cell)
        case "decimal":
            return _decimal(cell, column.places)
        case "yes_no":
            return _yes_no(cell)
        case "codes":
            return codes(_text(cell))
        case "choice":
            return _choice(_text(cell), column)
        case "state":
            return states.code(_text(cell))
        case _:
            return _text(cell)


def _text(cell: Any) -> str:
    """A cell as a text. A code typed as digits comes as a number: 16 and not 16.0."""
    if isinstance(cell, dict):
        return str(cell["day"])
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return format(Decimal(repr(cell)), "f").removesuffix(".0")
    return str(cell).replace("\r\n", "\n")


def codes(text: str) -> tuple[str, ...]:
    """The codes of a cell, each once: between |, else between semicolons, else between commas."""
    sign = next((sign for sign in "|;" if sign in text), ",")
    return tuple(dict.fromkeys(code.strip() for code in text.split(sign) if code.strip()))


def joined(values: tuple[str, ...]) -> str:
    """The cell that `codes` reads back."""
    if any(sign in code for code in values for sign in ",;"):
        return f"|{'|'.join(values)}|"
    return "; ".join(values)


def _plain_digits(text: str) -> str:
    """Digits of every script as 0-9, and the minus of typesetters as a hyphen."""
    return "".join(str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in text).replace("−", "-")


def _day(cell: Any) -> date:
    if isinstance(cell, dict):
        return _checked(*(int(part) for part in cell["day"].split("-")))
    if isinstance(cell, int | float):
        raise Wrong(_("“%(text)s” is a number, no date. Write the date as 2019-05-06.") % {"text": cell})
    text = _plain_digits(_text(cell))
    if found := _ISO.fullmatch(text):
        return _checked(*(int(part) for part in found.groups()))
    for pattern in _WORDS:
        if (found := pattern.fullmatch(text)) and (month := _month(found["month"])):
            return _checked(int(found["year"]), month, int(found["day"]))
    if _FIGURES.fullmatch(text):
        raise Wrong(
            _("“%(text)s”: it does not say which figure is the day and which the month. Write the date as 2019-05-06.")
            % {"text": text}
        )
    raise Wrong(_("“%(text)s” is no date. Write it as 2019-05-06.") % {"text": text[:40]})


def _checked(year: int, month: int, day: int) -> date:
    try:
        made = date(year, month, day)
    except ValueError:
        raise Wrong(_("There is no day %(text)s.") % {"text": f"{year}-{month:02d}-{day:02d}"}) from None
    if not _FIRST <= year <= _LAST:
        raise Wrong(_("The year %(year)d is not believed. Write the date as 2019-05-06.") % {"year": year})
    return made


def _month(word: str) -> int:
    return int(word) if word.isdigit() else _months().get(fold(word), 0)


@cache
def _months() -> dict[str, int]:
    """Month names of the six languages, whole and cut short; a name that means two months is left out."""
    found: dict[str, set[int]] = {}
    for lang in UN_LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, locale=lang).items():
                    found.setdefault(fold(name), set()).add(number)
    return {name: numbers.pop() for name, numbers in found.items() if name and len(numbers) == 1}


def _whole(cell: Any) -> int:
    if isinstance(cell, bool | dict):
        raise Wrong(_("“%(text)s” is no number.") % {"text": _text(cell)})
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = _plain_digits(_text(cell)).replace("\u00a0", "").replace("\u202f", "")
    if not re.fullmatch(r"[+-]?\d{1,15}", text):
        raise Wrong(
            _("“%(text)s” is no whole number in digits. Write it as 1260, without signs between the digits.")
            % {"text": _text(cell)[:40]}
        )
    if int(text) < 0:
        raise Wrong(
            _("%(number)d: a number of people or things is not below zero. Correct it.") % {"number": int(text)}
        )
    return int(text)


def _decimal(cell: Any, places: int) -> Decimal:
    if isinstance(cell, bool | dict):
        raise Wrong(_("“%(text)s” is no number.") % {"text": _text(cell)})
    text = _plain_digits(_text(cell))
    if not re.fullmatch(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?", text):
        raise Wrong(
            _("“%(text)s” is no number. Write it as 1260.50: a point before the decimals, nothing between thousands.")
            % {"text": text[:40]}
        )
    try:
        number = Decimal(text)
        rounded = number.quantize(Decimal(1).scaleb(-places))
    except InvalidOperation:
        raise Wrong(_("“%(text)s” is too large.") % {"text": text[:40]}) from None
    if abs(number - rounded) > (_NOISE if isinstance(cell, float) else 0):
        raise Wrong(
            _("“%(text)s” has more than %(places)d decimals. Round it.") % {"text": text[:40], "places": places}
        )
    return rounded


def _yes_no(cell: Any) -> bool:
    text = _text(cell).lower()
    if text in _YES or text in _NO:
        return text in _YES
    raise Wrong(_("“%(text)s” is neither yes nor no.") % {"text": text[:20]})


def _choice(text: str, column: Column) -> Any:
    for code, _title in column.choices:
        if text == str(code):
            return code
    found = _meanings(column, get_language() or "en").get(fold(text))
    if found is None:
        known = ", ".join(str(code) for code, _title in column.choices)
        raise Wrong(_("“%(text)s” is not one of: %(known)s.") % {"text": text[:40], "known": known})
    return found


@lru_cache(maxsize=200)
def _meanings(column: Column, lang: str) -> dict[str, Any]:
    """What a cell of choices may say: a code, its title in English or in the active language `lang`."""
    meanings: dict[str, Any] = {}
    for language in (lang, "en"):
        with override(language):
            for code, title in column.choices:
                meanings.setdefault(fold(str(title)), code)
    return {**meanings, **{fold(str(code)): code for code, _title in column.choices}}
