"""What the importer finds in a report that somebody else published: paragraphs, figures, open questions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["quantity", "money", "percent", "ordinal", "date"]
Qualifier = Literal["exact", "more_than", "at_least", "nearly", "about"]

# Why an item is offered as unresolved. Codes, so that the interface can say them in the reader's language.
VAGUE = "vague_words"  # "several", 几次: a count is meant, no number is printed
RECORD = "record_without_number"  # "a record number of": a comparison is claimed, no number is printed
LIST = "count_of_listed_names"  # names are listed, their number is not printed
RANGE = "range"  # "10 to 15 countries": two numbers for one count
UPPER_BOUND = "upper_bound"  # "fewer than 70": none of the five qualifiers says it honestly
FRACTION = "fraction"  # "one third of": no decimal value stands there


@dataclass(frozen=True)
class Paragraph:
    """A numbered paragraph; `heading` is its nearest heading with the parents before it, joined by " / "."""

    number: int
    heading: str
    text: str


@dataclass(frozen=True)
class Figure:
    """A figure that stands in a paragraph, numeral or number word.

    `text` is the exact span. `value` is a decimal as a string; an ISO date or interval for dates. `unit` is the
    counted noun as printed, an ISO 4217 code for money, "%" for shares and "" for dates. `period` is an ISO 8601
    interval of two days, or null where the text names none.
    """

    paragraph: int
    text: str
    kind: Kind
    value: str
    unit: str
    qualifier: Qualifier
    period: str | None


@dataclass(frozen=True)
class Unresolved:
    """Something counted that no printed number answers: `what` is counted, `reason` is one of the codes above."""

    paragraph: int
    text: str
    what: str
    reason: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Published:
    """All that was read from one report, in the order of the text."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    unresolved: list[Unresolved] = field(default_factory=list)


@dataclass(frozen=True)
class Found:
    """A figure inside one paragraph with its place, before the period is known."""

    start: int
    end: int
    kind: Kind
    value: str
    unit: str
    qualifier: Qualifier = "exact"


@dataclass(frozen=True)
class Question:
    """An unresolved item inside one paragraph with its place."""

    start: int
    end: int
    what: str
    reason: str
    names: tuple[str, ...] = ()


def as_json(published: Published) -> dict[str, Any]:
    """Returns the object that `comity reports published import --json` prints (contract of the command)."""
    return {
        "paragraphs": [{"number": p.number, "heading": p.heading, "text": p.text} for p in published.paragraphs],
        "figures": [
            {
                "paragraph": f.paragraph,
                "text": f.text,
                "kind": f.kind,
                "value": f.value,
                "unit": f.unit,
                "qualifier": f.qualifier,
                "period": f.period,
            }
            for f in published.figures
        ],
        "unresolved": [
            {"paragraph": u.paragraph, "text": u.text, "what": u.what, "reason": u.reason, "names": list(u.names)}
            for u in published.unresolved
        ],
    }
