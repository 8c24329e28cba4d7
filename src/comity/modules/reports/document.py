"""An edition in one language as one value: what every output is made of, and the checks read.

Nothing here knows how it was stored or how it will be drawn. Paragraph numbers are assigned when this value is made,
so they are the same in every language and every output.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

#: Who vouches for a printed number: a query over records, or a person with a document.
Basis = Literal["computed", "declared", "overridden"]


@dataclass(frozen=True)
class PrintedFigure:
    """One number as it stands in a text, and where it comes from.

    `key` names the place and is unique in a document and equal in all languages (`fig_F24_1`, at most 40 signs: a
    Word bookmark); `value` is the exact number behind it, `text` what is printed ("more than 3,000").
    """

    key: str
    slug: str
    text: str
    value: Decimal
    #: "count", "money", "percent" or "change"; a currency code for money.
    kind: str
    unit: str
    qualifier: str
    #: ISO interval ("2019-01-01/2019-12-31") or day.
    period: str
    as_of: date
    basis: Basis
    digest: str
    #: Path of the figure's page below the language, such as `/reports/editions/X/figures/Y/`.
    path: str


@dataclass(frozen=True)
class Run:
    """A stretch of text: plain, a figure, or the mark of a footnote (its number)."""

    text: str
    figure: PrintedFigure | None = None
    footnote: int | None = None


@dataclass(frozen=True)
class Heading:
    """A heading with its printed label ("II.", "A.", "1.", "(a)"); `level` 1 to 4."""

    level: int
    label: str
    text: str


@dataclass(frozen=True)
class NumberedParagraph:
    """A paragraph with the number that it has in all languages. `key` is stable over editions."""

    number: int
    key: str
    runs: tuple[Run, ...]
    #: What asked for it: symbols of resolutions and decisions, or codes of programmes.
    mandates: tuple[str, ...] = ()


@dataclass(frozen=True)
class Footnote:
    """A note at the foot of the page, numbered through the document."""

    number: int
    text: str


@dataclass(frozen=True)
class Masthead:
    """What stands above a document of the United Nations: organ, symbol, distribution, date, original language.

    Source: UN Editorial Manual, masthead and cover. Symbols are a list: one document may carry two.
    """

    organ: str
    symbols: tuple[str, ...]
    distribution: str
    issued_on: date | None
    #: Code of the language it was written in.
    original: str
    session: str = ""
    agenda_item: str = ""
    #: Whose document it is; "" prints none.
    organization: str = ""


@dataclass(frozen=True)
class EditionDocument:
    """An edition in one language. `notices` are printed on every page ("fictitious", "unofficial translation")."""

    code: str
    lang: str
    title: str
    subtitle: str
    masthead: Masthead
    summary: tuple[Run, ...]
    body: tuple[Heading | NumberedParagraph, ...]
    footnotes: tuple[Footnote, ...] = ()
    notices: tuple[str, ...] = ()
    #: Status of the text: "original", "official", "unofficial", "machine".
    status: str = "original"
    as_of: date | None = None
    #: SHA-256 over the frozen snapshots of the edition; "" before they are frozen.
    digest: str = ""

    def paragraphs(self) -> Iterator[NumberedParagraph]:
        """Yields the numbered paragraphs in order."""
        return (part for part in self.body if isinstance(part, NumberedParagraph))

    def figures(self) -> Iterator[PrintedFigure]:
        """Yields the printed figures in the order in which they are read, the summary's first."""
        for runs in (self.summary, *(paragraph.runs for paragraph in self.paragraphs())):
            yield from (run.figure for run in runs if run.figure is not None)
