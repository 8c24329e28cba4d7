"""Puts together what every reader gives: one record as `content.to_plain` writes it, checked by the parent process.

Only what a file says goes in: no date, State or status is guessed, and a text that names no language is noted.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from comity.core.vault.errors import Unreadable
from comity.modules.library.importers import languages
from comity.modules.library.importers.drafting import Draft
from comity.modules.library.vocabulary import LawType

_CITED_AS = re.compile(
    r"(?:may|shall) be (?:called|cited as|cited for all purposes as)(?: as)? (?:the )?“?"
    r"([A-Z][^.;“”]{3,150}?)(?:”|[.;]|,? and (?:shall )?comes?|,? and shall|,? \[| or |$)"
)
#: What a title says of its law.
_TYPES = (
    (r"\bby-?laws?\b", LawType.BYLAW), (r"\bbill$|\bbill\b(?! of rights)", LawType.BILL),
    (r"\bconstitution\b|\bconstitución\b|دستور", LawType.CONSTITUTION), (r"\bcode\b|\bcódigo\b|مجلة", LawType.CODE),
    (r"\bregulations?\b|\border\b|\brules\b|\breglamento\b|\brèglement\b", LawType.REGULATION),
    (r"\bdecree\b|\bdecreto\b|\bdécret\b", LawType.DECREE), (r"\bact\b|\bley\b|\bloi\b|\blaw\b", LawType.ACT),
)  # fmt: skip
_LIST_OF_MONTHS = (
    "january february march april may june july august september october november december,"
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre,"
    "enero febrero marzo abril mayo junio julio agosto setiembre octubre noviembre diciembre,"
    "janeiro fevereiro março abril maio junho julho agosto septiembre outubro novembro dezembro,"
    "جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر"
)
_MONTHS = {word: n for row in _LIST_OF_MONTHS.split(",") for n, word in enumerate(row.split(), 1)}


_DAY_MONTH_YEAR = re.compile(r"(\d{1,2})(?:er|st|nd|rd|th)?\s+(?:de\s+)?([^\W\d]+)\.?,?\s+(?:de\s+)?(\d{4})")


@dataclass
class Facts:
    """What a file says about its law or case, besides the text."""

    lang: str = ""
    title: str = ""
    short_title: str = ""
    state: str = ""
    year: int | None = None
    identity: str = ""
    url: str = ""
    source: str = ""
    aliases: list[tuple[str, str]] = field(default_factory=list)
    law: dict[str, Any] = field(default_factory=dict)
    case: dict[str, Any] = field(default_factory=dict)


def law(facts: Facts, draft: Draft) -> dict[str, Any]:
    """The record of a law. Raises Unreadable where there is no text, or Arabic without spaces."""
    facts.title = facts.title or _own_title(draft)
    if not facts.law.get("type"):
        facts.law["type"] = next((t.value for words, t in _TYPES if re.search(words, facts.title, re.IGNORECASE)), "")
    return _record("law", facts, draft, _clean(facts.law))


def case(facts: Facts, draft: Draft) -> dict[str, Any]:
    """The record of a decision of a court; without a title its citation or docket number stands for it."""
    facts.title = facts.title or facts.case.get("citation", "") or facts.case.get("docket", "")
    return _record("case", facts, draft, _clean(facts.case))


def _record(kind: str, facts: Facts, draft: Draft, own: dict[str, Any]) -> dict[str, Any]:
    text = whole_text(draft)
    if not text.strip():
        raise Unreadable("not a law or case: there is no text in it, only a header or a title.")
    if languages.lost_its_spaces(text):
        raise Unreadable(
            "The Arabic text lost its spaces: the words run together, so that none can be found. "
            "Take the text from its original file, or export it anew."
        )
    if not facts.lang:
        facts.lang = draft.lang
    year = facts.year or _year(own.get("adopted_on") or own.get("decided_on") or "") or _year_of_title(facts.title)
    texts = [
        {"field": name, "lang": facts.lang, "value": value}
        for name, value in (("title", facts.title), ("short_title", facts.short_title))
        if value.strip()
    ]
    record: dict[str, Any] = {
        "kind": kind,
        "state": facts.state,
        "year": year,
        "identity": (facts.identity or f"text:{_digest(facts.title + text)}")[:300],
        "aliases": [{"scheme": scheme, "value": value[:200]} for scheme, value in facts.aliases if value],
        "texts": texts,
        "provisions": draft.provisions(),
        "sources": [{"title": facts.source[:300], "url": facts.url[:1000]}] if facts.source or facts.url else [],
        kind: own,
    }
    record["sources"] = [_clean(source) for source in record["sources"]]
    return {name: value for name, value in record.items() if value or name == kind}


def whole_text(draft: Draft) -> str:
    """Every word of a draft's pieces."""
    return "\n".join(part for p in draft.pieces for part in (p.label, p.heading, *p.lines) if part)


def _clean(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value.strip() if isinstance(value, str) else value for name, value in values.items() if value}


def _digest(text: str) -> str:
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:32]


def _year(day: str) -> int | None:
    return int(day[:4]) if day else None


def _year_of_title(title: str) -> int | None:
    found = re.search(r"[\s,(]((?:1[6-9]|20)\d\d)\)?(?: as amended)?$", title)
    return int(found[1]) if found else None


def _own_title(draft: Draft) -> str:
    """The title that an Act gives itself ("This Act may be cited as the …"), from its first provisions."""
    for piece in [p for p in draft.pieces if not p.is_group()][:4]:
        for line in piece.lines[:4]:
            found = _CITED_AS.search(line)
            if found:
                return " ".join(found[1].split()).strip(" ,")
    return ""


def iso(value: object) -> str:
    """A day as ISO text, or "" where the value is no whole date ("2002", "9999-01-01", "August 13, 1956" is one)."""
    if isinstance(value, date):
        value = value.isoformat()
    text = " ".join(str(value or "").split())[:40]
    found = re.match(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:T|$)", text)
    parts = [int(found[n]) for n in (1, 2, 3)] if found else []
    if not parts and (found := re.fullmatch(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})", text)):
        parts = [int(found[3]), int(found[2]), int(found[1])]
    if not parts and (found := _DAY_MONTH_YEAR.fullmatch(text)):
        parts = [int(found[3]), _MONTHS.get(found[2].lower(), 0), int(found[1])]
    if not parts and (found := re.fullmatch(r"([^\W\d]+)\s+(\d{1,2}),\s+(\d{4})", text)):
        parts = [int(found[3]), _MONTHS.get(found[1].lower(), 0), int(found[2])]
    try:
        return date(*parts).isoformat() if parts and 1000 <= parts[0] <= 2999 else ""
    except ValueError:
        return ""
