"""What a column of the table holds, and what a cell of it says.

A heading such as "Ratification, Acceptance(A), Accession(a)" is a legend: an act, and the mark that stands
behind its dates. Marks differ by case only: `A` is acceptance, `a` accession.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from comity.modules.treaties.importers.untc.dates import read_date

#: Order matters: the longer words hold the shorter ones.
_WORDS = (
    ("succession to signature", "succession_to_signature"),
    ("definitive signature", "definitive_signature"),
    ("provisional application", "provisional_application"),
    ("formal confirmation", "formal_confirmation"),
    ("consent to be bound", "consent_to_be_bound"),
    ("ratification", "ratification"),
    ("acceptance", "acceptance"),
    ("approval", "approval"),
    ("accession", "accession"),
    ("succession", "succession"),
    ("denunciation", "withdrawal"),
    ("withdrawal", "withdrawal"),
    ("signature", "signature"),
)
#: The marks the Treaty Collection explains in its introduction, for headings that do not repeat them.
_USUAL = {
    "A": "acceptance",
    "AA": "approval",
    "a": "accession",
    "c": "formal_confirmation",
    "d": "succession",
    "s": "definitive_signature",
    "P": "consent_to_be_bound",
    "n": "provisional_application",
}
CONSENT = frozenset(
    {
        "definitive_signature",
        "ratification",
        "acceptance",
        "approval",
        "accession",
        "succession",
        "consent_to_be_bound",
        "formal_confirmation",
    }
)
SIGNATURE = frozenset({"signature", "succession_to_signature"})
_CELL = re.compile(r"(\[?)\s*(\d{1,2}\s+[A-Za-z]{3,9}\.?\s+\d{4})\s*([A-Za-z]{1,2}\b)?\s*(\]?)")


@dataclass(frozen=True)
class Column:
    """One column: what a date without a mark means (None where every date needs one), and each mark."""

    heading: str
    plain: str | None
    marks: dict[str, str] = field(default_factory=dict)

    @property
    def known(self) -> bool:
        return self.plain is not None or bool(self.marks)

    @property
    def consents(self) -> bool:
        return self.plain in CONSENT or any(kind in CONSENT for kind in self.marks.values())


def read_heading(heading: str) -> Column:
    """Reads a legend. An unknown heading gives a column that is not `known`."""
    marks: dict[str, str] = {}
    plain: list[str] = []
    for part in re.split(r",\s*|\s+or\s+|\s*;\s*|\s*/\s*", heading):
        kind = next((kind for words, kind in _WORDS if words in part.lower()), None)
        if kind is None:
            continue
        mark = re.search(r"\(([A-Za-z]{1,2})\)\s*$", part)
        if mark:
            marks[mark[1]] = kind
        else:
            plain.append(kind)
    if not plain and len(marks) == 1:
        plain = list(marks.values())
    return Column(heading, plain[0] if plain else None, marks)


@dataclass(frozen=True)
class Entry:
    """One date of a cell: what was done, when, and whether the depositary put it in brackets."""

    kind: str
    on: date
    bracketed: bool


def read_cell(column: Column, words: str) -> list[Entry]:
    """Returns the acts in a cell. Raises ValueError, with the reason in words, where it cannot be read."""
    words = " ".join(words.split())
    if not words or words in {"-", "–", "…", "..."}:
        return []
    entries = []
    for opening, printed, mark, closing in _CELL.findall(words):
        kind = _kind(column, mark or "")
        if kind is None:
            raise ValueError(f'the mark "{mark}" behind {printed} is explained neither by the heading nor usual')
        try:
            on = read_date(printed)
        except ValueError:
            on = None
        if on is None:
            raise ValueError(f'"{printed}" is not a day')
        entries.append(Entry(kind, on, bool(opening or closing)))
    left = _CELL.sub("", words).strip(" ,;[]")
    if left or not entries:
        raise ValueError(f'"{(left or words)[:60]}" is not a date with a mark such as "3 Dec 1997 a"')
    return entries


def _kind(column: Column, mark: str) -> str | None:
    if not mark:
        return column.plain
    if mark in column.marks:
        return column.marks[mark]
    if column.plain in SIGNATURE:
        return {"d": "succession_to_signature", "s": "definitive_signature"}.get(mark)
    return _USUAL.get(mark)
