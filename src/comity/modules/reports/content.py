"""An edition as data: what a file of one holds, and what opening next year's from last year's takes over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field

from comity.core.actions.labels import Label
from comity.core.counting.countable import Period


class BadEdition(ValueError):
    """An edition's file that cannot be used; the message names the place and the remedy."""


class ParagraphContent(BaseModel):
    """A paragraph: its stable key, what asked for it, who owns it, its text by language."""

    model_config = ConfigDict(extra="forbid")
    key: str = Field(pattern=r"^[a-z0-9-]+$", max_length=60)
    mandates: list[str] = Field(default_factory=list)
    owner: str = ""
    texts: dict[str, str]


class SectionContent(BaseModel):
    """A heading and the paragraphs below it."""

    model_config = ConfigDict(extra="forbid")
    level: int = Field(ge=1, le=4)
    title: dict[str, str]
    paragraphs: list[ParagraphContent] = Field(default_factory=list)


class EditionContent(BaseModel):
    """A whole edition. `period` and the values of `periods` are ISO intervals (`2019-01-01/2019-12-31`); `periods` and
    `days` are those of single figures, by slug."""

    model_config = ConfigDict(extra="forbid")
    code: str = Field(pattern=r"^[A-Za-z0-9-]+$", max_length=60)
    title: dict[str, str]
    period: str
    as_of: date
    fictitious: bool = False
    original: str = "en"
    subtitle: dict[str, str] = Field(default_factory=dict)
    summary: dict[str, str] = Field(default_factory=dict)
    organization: dict[str, str] = Field(default_factory=dict)
    organ: dict[str, str] = Field(default_factory=dict)
    session: dict[str, str] = Field(default_factory=dict)
    agenda_item: dict[str, str] = Field(default_factory=dict)
    symbols: list[str] = Field(default_factory=list)
    previous: str = ""
    word_limit: int = 8500
    allowed: list[str] = Field(default_factory=list)
    periods: dict[str, str] = Field(default_factory=dict)
    days: dict[str, date] = Field(default_factory=dict)
    sections: list[SectionContent] = Field(default_factory=list)

    def fields(self) -> dict[str, Any]:
        """Returns the values of the edition's own row."""
        plain = self.model_dump(exclude={"period", "periods", "days", "sections"})
        period = interval(self.period)
        return {**plain, "period_start": period.start, "period_end": period.end, "label": Label.SECRETARIAT}

    def intervals(self) -> Iterator[tuple[str, Period]]:
        """Yields the figures with a period of their own."""
        for slug, text in self.periods.items():
            yield slug, interval(text)

    def bindings(self) -> Iterator[tuple[str, Period | None, date | None]]:
        """Yields the figures with a period or a day of their own."""
        periods = dict(self.intervals())
        for slug in dict.fromkeys([*periods, *self.days]):
            yield slug, periods.get(slug), self.days.get(slug)


def interval(text: str) -> Period:
    """Reads an ISO interval of days. Raises BadEdition where it is none."""
    try:
        start, end = (date.fromisoformat(part) for part in text.split("/"))
    except ValueError:
        raise BadEdition(_("“%(text)s” is no period. Write 2019-01-01/2019-12-31.") % {"text": text}) from None
    if end < start:
        raise BadEdition(_("“%(text)s” ends before it begins.") % {"text": text})
    return Period(start, end)


def read(data: Any) -> EditionContent:
    """Returns an edition of JSON data. Raises BadEdition, naming the place, where it is none."""
    try:
        found = EditionContent.model_validate(data)
        interval(found.period)
        list(found.intervals())
    except BadEdition:
        raise
    except ValueError as refused:
        errors: list[Any] = getattr(refused, "errors", list)()
        said = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in errors[:5]) or str(refused)
        raise BadEdition(said) from refused
    return found
