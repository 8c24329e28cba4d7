"""The demonstration's editions: fictitious records, figures and texts of our own, marked as such on every page.

Last year's edition is issued; this year's is open, so that one can freeze, correct and compare.
"""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from comity.core.actions.actor import Actor, system
from comity.core.people.selectors import actor_of_command
from comity.core.texts.models import TextStatus
from comity.modules.reports.content import EditionContent, read
from comity.modules.reports.load_reference import define
from comity.modules.reports.models import Edition
from comity.modules.reports.services import declared, editions, freezing
from comity.modules.reports.services.declared import Declaration

_DATA = Path(__file__).resolve().parent / "reference" / "demonstration"
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
    editions.create(_person("curator@example.org"), content=_next_year(content))
    issued = editions.create(_WRITER, content=content)
    freezing.freeze(_WRITER, edition=issued)
    freezing.approve(_SECOND, edition=issued)


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
