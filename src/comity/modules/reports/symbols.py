"""Symbols of documents of the United Nations, numbers of resolutions, and their AKN4UN identifiers.

Grammar (domain document, section 4; research.un.org/en/docs/symbols): organ or series, subsidiary bodies, session or
year, nature, number, suffixes, separated by "/": E/CN.7/2019/CRP.13, CAC/COSP/IRG/2020/3, A/RES/74/177,
A/75/50/Add.1/Corr.2*. One document may carry two symbols, joined by "-".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

_NATURES = "CRP|DEC|INF|L|NGO|PRST|PV|RES|SR|WP"
_SUFFIXES = "Add|Amend|Corr|Rev|Summary"
_NUMBER = r"[0-9]+[A-Z]?"
_YEAR = r"\((?:19|20)[0-9]{2}\)"
_SYMBOL = re.compile(
    r"(?P<organ>[A-Z]{1,7})"
    rf"(?P<bodies>(?:/(?!(?:{_NATURES})\b|(?:{_SUFFIXES})\b|E?S-[0-9])[A-Z][A-Za-z]{{0,6}}(?:\.[0-9]+)?)*)"
    rf"(?P<before>/(?:{_NATURES})(?![.\w]))?"
    r"(?P<session>/(?:[0-9]{1,4}|E?S-[0-9]{1,3}|[0-9]{1,4}\([IVXLC]+\)))?"
    rf"(?P<nature>/(?:{_NATURES})(?:\.{_NUMBER})?)?"
    rf"(?P<number>/{_NUMBER})?"
    rf"(?P<year>\s?{_YEAR})?"
    rf"(?P<suffixes>(?:/(?:(?:{_SUFFIXES})\.[0-9]+|Summary))*)"
    r"(?P<stars>\*{0,3})"
)
_PIECE = r"[A-Za-z0-9.-]+(?:\([IVXLC]+\))?"
_CANDIDATE = re.compile(rf"(?<![\w/.-])[A-Z]{{1,7}}(?:/{_PIECE})+(?:\s{_YEAR}(?:/{_PIECE})*)?\*{{0,3}}", re.ASCII)
_JOINT = re.compile(r"-(?=[A-Z]{1,7}/)")
_RESOLUTION = re.compile(
    rf"(?<![\w/.-])(?:[0-9]{{1,4}}/[0-9]{{1,4}}(?:\s?[A-Z](?!\w))?(?![\w/])|[0-9]{{1,4}} {_YEAR})", re.ASCII
)


@dataclass(frozen=True)
class Symbol:
    """A document symbol in its parts; `str` prints it back. Parts that are not there are empty."""

    organ: str
    bodies: tuple[str, ...] = ()
    #: "RES" in A/RES/74/177: a nature that stands before the session.
    before: str = ""
    #: Session ("75", "S-32") or year ("2020").
    session: str = ""
    #: "CRP.13".
    nature: str = ""
    number: str = ""
    #: Year in brackets as of the Security Council, with what stands before it: " (2017)".
    year: str = ""
    suffixes: tuple[str, ...] = ()
    #: "*" of a document that was issued again for technical reasons.
    stars: str = ""

    def __str__(self) -> str:
        parts = [self.organ, *self.bodies, self.before, self.session, self.nature, self.number]
        main = "/".join(part for part in parts if part) + self.year
        return "/".join([main, *self.suffixes]) + self.stars


@dataclass(frozen=True)
class Found:
    """Where something stands in a text (offsets of Python) and what it is; `symbols` is empty for a resolution."""

    start: int
    end: int
    text: str
    symbols: tuple[Symbol, ...] = ()


def parse(text: str) -> tuple[Symbol, ...]:
    """Reads the symbol or the two symbols of one document.

    Raises:
        ValueError: no symbol; the message names the part and an example.
    """
    return tuple(_one(part) for part in _JOINT.split(text.strip()))


def _one(text: str) -> Symbol:
    match = _SYMBOL.fullmatch(text)
    # A bare organ with bodies names no document: a session, a year or a number belongs to it.
    if match is None or not (match["session"] or match["number"] or any(c.isdigit() for c in match["nature"] or "")):
        raise ValueError(_("“%(text)s” is no document symbol. Write it such as A/75/50.") % {"text": text[:80]})
    part = {name: (value or "").lstrip("/") for name, value in match.groupdict().items()}
    session, number = part["session"], part["number"]
    if session.isdigit() and not number and not part["nature"] and not part["bodies"] and not part["before"]:
        # A/520, of the years before sessions were numbered: a number and no session.
        session, number = "", session
    return Symbol(
        organ=part["organ"],
        bodies=tuple(filter(None, part["bodies"].split("/"))),
        before=part["before"],
        session=session,
        nature=part["nature"],
        number=number,
        year=part["year"],
        suffixes=tuple(filter(None, part["suffixes"].split("/"))),
        stars=part["stars"],
    )


def write(symbols: Sequence[Symbol]) -> str:
    """Prints the symbols of one document as they stand in its masthead."""
    return "-".join(str(symbol) for symbol in symbols)


def candidates(text: str) -> tuple[Found, ...]:
    """Returns what looks like a symbol; `symbols` is empty where it does not parse. Used to name spelling mistakes."""
    found = []
    for match in _CANDIDATE.finditer(text):
        said = match.group().rstrip(".-")
        if not any(letter.isdigit() for letter in said):
            continue
        try:
            read = parse(said)
        except ValueError:
            read = ()
        found.append(Found(match.start(), match.start() + len(said), said, read))
    return tuple(found)


def found(text: str) -> tuple[Found, ...]:
    """Returns the document symbols that stand in a text, in order."""
    return tuple(place for place in candidates(text) if place.symbols)


def resolutions(text: str) -> tuple[Found, ...]:
    """Returns numbers such as 74/177, 2019/23 or 2396 (2017), which name resolutions and decisions in any language."""
    return tuple(Found(*match.span(), match.group()) for match in _RESOLUTION.finditer(text))


#: Organs with a code in the examples of the guidelines; others get the letters of their own series.
_ACTORS = {"A": "ga"}
#: ISO 639-2 codes, as the guidelines list them.
_LANGUAGES = {"ar": "ara", "en": "eng", "es": "spa", "fr": "fra", "ru": "rus", "zh": "zho"}


def iri(symbol: Symbol | Sequence[Symbol], day: date | None, lang: str | None = None) -> str:
    """Returns the AKN4UN identifier of a document, of its text in `lang` where one is given.

    A symbol of nature RES or DEC names the resolution itself (`statement/deliberation`, number without the organ);
    every other one the document as it is issued (`collection/publication`, the whole symbol as its number). In a number
    "/" becomes "-" and a blank "_". The actor is the organ and its lettered bodies joined by "-"; the guidelines leave
    the codes of bodies to those who use them. Source: unsceb-hlcm.github.io, part 1, AKN4UN naming convention.

    Raises:
        ValueError: no date (the guidelines want the full one), two symbols, or no such language.
    """
    if not isinstance(symbol, Symbol):
        if len(symbol) != 1:
            raise ValueError(_("A document with two symbols has an identifier for each of them; ask for one."))
        symbol = symbol[0]
    if day is None:
        raise ValueError(_("%(symbol)s has no identifier before its date is known.") % {"symbol": symbol})
    if lang is not None and lang not in _LANGUAGES:
        raise ValueError(_("“%(lang)s” is none of the six languages.") % {"lang": lang})
    bodies = [body.lower().replace(".", "") for body in symbol.bodies]
    actor = "-".join(["un", _ACTORS.get(symbol.organ, symbol.organ.lower()), *bodies])
    if symbol.before in {"RES", "DEC"}:
        kind = "statement/deliberation"
        number = "/".join(filter(None, [symbol.session, symbol.number])) + symbol.year
        number = "/".join([number, *symbol.suffixes])
    else:
        kind, number = "collection/publication", str(symbol).rstrip("*")
    number = number.replace("/", "-").replace(" ", "_").replace("(", "").replace(")", "")
    work = f"/akn/un/{kind}/{actor}/{day.isoformat()}/{number}"
    return work if lang is None else f"{work}/{_LANGUAGES[lang]}@{day.isoformat()}"
