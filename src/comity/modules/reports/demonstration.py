"""The demonstration's editions: fictitious records, figures and texts of our own, marked as such on every page.

Last year's edition is issued; this year's is open, so that one can freeze, correct and compare.
"""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from comity.core.actions.actor import Actor, system
from comity.core.actions.labels import Label
from comity.core.counting.countable import Period
from comity.core.people.selectors import actor_of_command
from comity.modules.reports.content import EditionContent, read
from comity.modules.reports.load_reference import define
from comity.modules.reports.models import Edition, EditionStep
from comity.modules.reports.services import declared, editions, freezing
from comity.modules.reports.services.declared import Declaration
from comity.modules.reports.services.opening import TEXTS, following
from comity.modules.reports.vocabulary import EditionState

_DATA = Path(__file__).resolve().parent / "reference" / "demonstration"
_ISSUED_ON = date(2020, 5, 4)
_PERIOD, _AS_OF = Period(date(2020, 1, 1), date(2020, 12, 31)), date(2021, 5, 1)
#: The year where it stands alone, not in a range.
_YEAR = re.compile(r"(?<![-–/\d])2019(?![-–\d])")
#: Paragraphs about what happened in one year only.
_ONCE = frozenset({"p-terrorism-joined", "p-statistics"})
_WRITER, _SECOND = system("demonstration"), system("demonstration-second")


def load() -> None:
    """Loads the fictitious figures, declared counts and editions once; a node that has an edition is left alone."""
    if Edition.objects.filter(fictitious=True).exists():
        return
    define(_read("figures.json")["figures"], _WRITER.reference)
    for line in _read("declared.json")["declared"]:
        row = declared.declare(_WRITER, declaration=_declaration(line))
        declared.confirm(_SECOND, row=row)
    content = read(_read("edition.json"))
    last = editions.create(_WRITER, content=content)
    editions.create(_person("curator@example.org"), content=_next_year(last, content.periods))
    _issue(last)


def _issue(edition: Edition) -> None:
    """Freezes, approves and issues last year's edition. Its archive is built when somebody asks for it: building all
    languages here would keep the first page waiting."""
    freezing.freeze(_WRITER, edition=edition)
    freezing.approve(_SECOND, edition=edition)
    edition.paragraphs.update(cleared_by=_SECOND.reference, cleared_at=edition.known_at)
    edition.state, edition.label, edition.issued_on = EditionState.ISSUED, Label.PUBLIC, _ISSUED_ON
    edition.save(update_fields=["state", "label", "issued_on"])
    EditionStep.objects.create(edition=edition, state=edition.state, actor=_SECOND.reference, reason="Demonstration")


def _next_year(last: Edition, periods: dict[str, str]) -> EditionContent:
    """This year's edition as a drafter begins it: last year's texts with the year moved on, without the paragraphs
    whose events came once."""
    content = following(last, code="DEMO-2020", period=_PERIOD, as_of=_AS_OF).model_dump(mode="json")
    parts = {name: content.pop(name) for name in (*TEXTS, "sections")}
    data = content | json.loads(_YEAR.sub("2020", json.dumps(parts, ensure_ascii=False)))
    # Budgets are of two years: this year still reports on the same two.
    data["periods"] = periods
    data["symbols"] = [symbol.replace("/75/", "/76/") for symbol in last.symbols]
    for section in data["sections"]:
        section["paragraphs"] = [p for p in section["paragraphs"] if p["key"] not in _ONCE]
    return read(data)


def _read(name: str) -> Any:
    return json.loads((_DATA / name).read_text(encoding="utf-8"))


def _person(email: str) -> Actor:
    try:
        return actor_of_command(email)
    except ValueError:
        return _WRITER


def _declaration(line: dict[str, Any]) -> Declaration:
    ends = date.fromisoformat(line["ends"]) if line.get("ends") else None
    return Declaration(
        line["code"], line["title"], Decimal(str(line["value"])), date.fromisoformat(line["starts"]), line["document"],
        line.get("unit", ""), ends, fictitious=True,
    )  # fmt: skip
