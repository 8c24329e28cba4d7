"""A figure as a definition: what it means, and the query that gives the number and its records. Never code or SQL."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field, model_validator

from comity.core.counting.asking import check_question, countable
from comity.core.counting.conditions import BadCondition
from comity.core.counting.countable import Period, Question
from comity.core.counting.vocabulary import PeriodRule
from comity.modules.reports.vocabulary import (
    COMPOSED,
    Disclosure,
    FigureKind,
    FigureMeasure,
    PeriodOf,
)

_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9_.-]*[a-z0-9])?")


class BadDefinition(ValueError):
    """A definition that cannot be used: the message names the figure and the remedy."""


class Definition(BaseModel):
    """One figure. Texts are {lang: text}; `where` is a condition over the fields of `counts`.

    `rounding` is the step to which the printed number is brought ("1000": thousands); `inside` names the figure whose
    people or things hold those of this one; figures of one `overlap_group` are never added up.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    slug: str
    meaning: dict[str, str]
    kind: FigureKind = FigureKind.COUNT
    currency: str = ""
    measure: FigureMeasure = FigureMeasure.COUNT
    counts: str = ""
    of: str = ""
    where: dict[str, Any] = Field(default_factory=dict)
    period_rule: PeriodRule = PeriodRule.WITHIN
    period: PeriodOf = PeriodOf.EDITION
    parts: tuple[str, ...] = ()
    unit: dict[str, str] = Field(default_factory=dict)
    rounding: str = "1"
    qualifier: str = "exact"
    overlap_group: str = ""
    inside: str = ""
    disclosure: Disclosure = Disclosure.PUBLIC
    #: Fields of `counts` by which a table of the figure is released.
    breakdown: tuple[str, ...] = ()
    owner: str = ""
    method: dict[str, str] = Field(default_factory=dict)

    @property
    def is_composed(self) -> bool:
        """True where the figure is made of other figures."""
        return self.measure in COMPOSED

    @property
    def is_declared(self) -> bool:
        """True where a person declared the number: it is shown as not computed."""
        return self.counts == "reports.declared"

    @model_validator(mode="after")
    def _whole(self) -> Definition:
        if not _SLUG.fullmatch(self.slug):
            raise ValueError(f"“{self.slug}” is no name of a figure: use small letters, digits, points and hyphens.")
        if not self.meaning.get("en"):
            raise ValueError(f"{self.slug}: the meaning in English is missing.")
        try:
            step = Decimal(self.rounding)
        except InvalidOperation:
            step = Decimal(0)
        if step <= 0:
            raise ValueError(f"{self.slug}: rounding is a step above zero, such as 1000.")
        if self.kind == FigureKind.MONEY and not self.currency:
            raise ValueError(f"{self.slug}: money needs a currency.")
        if self.is_composed:
            wanted = len(self.parts) >= 2 if self.measure == FigureMeasure.TOTAL else len(self.parts) == 2
            if not wanted or self.counts:
                raise ValueError(
                    f"{self.slug}: a figure made of figures names them in “parts”, and counts nothing itself."
                )
        elif not self.counts or self.parts:
            raise ValueError(f"{self.slug}: name in “counts” what is counted.")
        return self

    def question(self, period: Period | None, as_of: date, known_at: datetime | None) -> Question:
        """Returns the question that gives the number and its records."""
        return Question(
            where=self.where, measure=str(self.measure), of=self.of, period=period,
            period_rule=str(self.period_rule), as_of=as_of, known_at=known_at,
        )  # fmt: skip

    def content_digest(self) -> str:
        """Returns the SHA-256 of the part of the definition that decides the number."""
        deciding = {"slug", "measure", "counts", "of", "where", "period_rule", "parts", "kind", "currency"}
        plain = json.dumps(self.model_dump(mode="json", include=deciding), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(plain.encode()).hexdigest()


def read(data: Any) -> Definition:
    """Returns a definition of JSON data. Raises BadDefinition, in words, where it is none or cannot be asked."""
    try:
        found = data if isinstance(data, Definition) else Definition.model_validate(data)
    except ValueError as refused:
        raise BadDefinition(_said(refused)) from refused
    check(found)
    return found


def check(definition: Definition) -> None:
    """Raises BadDefinition where this node cannot ask the definition's question."""
    if definition.is_composed:
        return
    day = date(2000, 1, 1)
    try:
        thing = countable(definition.counts)
        period = None if definition.period == PeriodOf.NONE else Period(day, day)
        check_question(thing, definition.question(period, day, None))
        for name in definition.breakdown:
            if name not in thing.fields:
                raise BadCondition(_("There is no field “%(name)s” to break it down by.") % {"name": name})
    except BadCondition as refused:
        raise BadDefinition(f"{definition.slug}: {refused}") from refused


def _said(refused: ValueError) -> str:
    errors = getattr(refused, "errors", None)
    if errors is None:
        return str(refused)
    return "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}".strip(": ") for e in errors())
