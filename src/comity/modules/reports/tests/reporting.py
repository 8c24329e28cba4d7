"""Definitions, editions and records for tests of reports. Everything here is fictitious."""

from __future__ import annotations

from datetime import date
from typing import Any

from comity.modules.programmes.tests.makers import CURATOR, SECOND, made, people, training
from comity.modules.reports import content, definition
from comity.modules.reports.models import Edition
from comity.modules.reports.services import editions, registry

__all__ = ["CURATOR", "LANGUAGES", "SECOND", "edition", "figure", "lantern", "made", "people", "training"]
LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
VERIFIED = {"field": "step", "in": ["attendance_entered", "verified"]}


def figure(slug: str, **said: Any) -> Any:
    """Defines a figure as the curator; by default the people trained by the programme P1."""
    base: dict[str, Any] = {"slug": slug, "meaning": {"en": slug}, "unit": {"en": "persons"}}
    if "parts" not in said:
        base |= {"counts": "programmes.attendance", "measure": "sum", "of": "count",
                 "where": {"all": [{"field": "programme", "is": "P1"}, VERIFIED]}}  # fmt: skip
    return registry.define(CURATOR, definition=definition.read({**base, **said}))


def edition(text: str, code: str = "E-2019", **said: Any) -> Edition:
    """Opens an edition of one paragraph "p1" that says `text` in every language."""
    data = {
        "code": code, "title": {"en": "Report"}, "period": "2019-01-01/2019-12-31", "as_of": "2020-05-01",
        "sections": [
            {"level": 1, "title": {"en": "Work"}, "paragraphs": [
                {"key": "p1", "mandates": ["74/177"], "texts": dict.fromkeys(LANGUAGES, text)},
            ]},
        ],
    }  # fmt: skip
    return editions.create(CURATOR, content=content.read({**data, **said}))


def lantern(trainings: int = 3, each: int = 20) -> None:
    """Records a programme P1 with trainings of `each` people in 2019."""
    made("programme", "P1", level="global", starts=date(2018, 1, 1))
    for number in range(trainings):
        training(f"EV-{number}", [people("KEN", each)])
