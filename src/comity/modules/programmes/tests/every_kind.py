"""One record of every kind and more, with every field filled, for tests of exchange. Everything here is fictitious."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from comity.core.people.load_reference import load_reference
from comity.modules.programmes.checking import Known
from comity.modules.programmes.content import Draft
from comity.modules.programmes.kinds import KINDS
from comity.modules.programmes.services.bulk import write_new
from comity.modules.programmes.tests.makers import SYSTEM

ARABIC = "برنامج تجريبي لمكافحة الاتجار"
CHINESE = "虚构的培训"
DAY, LATER = date(2019, 5, 6), date(2019, 5, 10)
YEAR = {"starts": date(2019, 1, 1), "ends": date(2019, 12, 31)}
P1 = {"programme": "P1"}
OF_PROJECT = {"programme": "P1", "project": "J1"}

_ROWS: list[tuple[str, str, str, dict[str, Any], list[dict[str, Any]]]] = [
    ("rate", "EUR-2019", "recorded", {"currency": "EUR", "rate": Decimal("0.9"), "starts": date(2019, 1, 1)}, []),
    ("programme", "P1", "active",
     {"level": "global", "title": ARABIC, "lang": "ar", "theme": "=trafficking", "participant": None,
      "regions": ("Eastern Africa", "Region, with a comma"), "cycle": 2, "cycle_starts": date(2018, 1, 1),
      "manager": "Unit A", "mandates": ("A/RES/1/1",), "sdg_targets": ("16.4", "5.2"), "partners": ("Partner; one",),
      "starts": date(2015, 1, 1), "note": "First line\nsecond line"}, []),
    ("programme", "P2", "planned", {"level": "country", "parent": "P1", "participant": "KEN",
                                    "starts": date(2019, 2, 1)}, []),
    ("component", "C1", "planned", {**P1, "participant": "KEN", "starts": DAY}, []),
    ("lesson", "L1", "recorded", {**P1, "context": "Small States"}, []),
    ("project", "J1", "implementing",
     {**P1, "title": "Project one", "document": "Doc 1", "sector": "15130", "sdg_targets": ("16", "16.3"),
      "locations": ("KEN", "UGA", "TZA", "Lake region"), "partners": ("Ministry of Examples",), "lessons": ("L1",),
      "evaluation_type": "project", "evaluation_due": date(2020, 9, 30), "note": "+note", **YEAR}, []),
    ("project", "J2", "financially_closed", {**P1, "starts": date(2016, 1, 1), "ends": date(2018, 12, 31)}, []),
    ("request", "Q1", "accepted", {**OF_PROJECT, "participant": "UGA", "requester": "Ministry", "need": "Drafting",
                                   "need_source": "letter", "priority": "high", "answer": "Yes"}, []),
    ("assistance", "A1", "ongoing", {**OF_PROJECT, "participant": "UGA", "request": "Q1", "mode": "direct",
                                     "subregion": "Eastern Africa", "starts": DAY}, []),
    ("assistance", "A2", "planned", {**P1, "participant": None, "jurisdiction": "Islands of Lumen",
                                     "mode": "pilot"}, []),
    ("legislation", "G1", "adopted", {**OF_PROJECT, "participant": "UGA", "type": "law", "instrument": "UNTOC",
                                      "articles": ("5", "6"), "drafts": 2, "adopted_on": DAY, "evidence": "Gazette"},
     []),
    ("placement", "M1", "serving", {**OF_PROJECT, "role": "mentor", "post": "Kampala", "participant": "UGA",
                                    "starts": DAY}, []),
    ("event", "EV-1", "verified",
     {**OF_PROJECT, "title": "Training", "type": "training", "mode": "hybrid", "participant": "KEN", "place": "Nairobi",
      "subjects": ("trafficking",), "languages": ("en", "fr"), "starts": DAY, "ends": LATER, "overlap_group": "g"},
     [{"participant": "KEN", "audience": "prosecutors", "sex": "female", "count": 12, "basis": "named_list",
       "certificates": 10},
      {"participant": None, "audience": "judges", "sex": "not_recorded", "count": 5, "basis": "estimate",
       "certificates": 0}]),
    ("event", "EV-2", "planned", {**P1, "title": CHINESE, "lang": "zh"}, []),
    ("reach", "H1", "approved", {**P1, "audience": "youth", "participant": None, "mode": "indirect", "count": 1000,
                                 "method": "Counted clicks", "overlap_group": "doha", "evidence": "Log", **YEAR}, []),
    ("product", "T1", "published", {**P1, "type": "handbook", "edition": 2, "parts": 3, "symbol": "V.19-1",
                                    "languages": ("en", "ar"), "starts": DAY},
     [{"site": "Academy @ Lumen", "participant": "KEN", "since": DAY, "pilot": True},
      {"site": "Second", "participant": None, "since": None, "pilot": False}]),
    ("outcome", "O1", "submitted", {**OF_PROJECT, "type": "investigation", "participant": "KEN", "count": 3,
                                    "activity": "EV-1", "evidence": "Letter"}, []),
    ("operation", "N1", "completed", {**P1, "measure": "containers", "count": 7, "sequence": 4, "evidence": "Report",
                                      "starts": DAY, "ends": LATER}, [{"participant": "KEN"}, {"participant": "UGA"}]),
    ("result", "R1", "recorded", {**OF_PROJECT, "level": "outcome"}, []),
    ("result", "R2", "recorded", {**OF_PROJECT, "level": "output", "parent": "R1"}, []),
    ("indicator", "I1", "recorded", {**OF_PROJECT, "result": "R2", "measure": "unit", "unit": "people",
                                     "baseline": Decimal("10.5000"), "baseline_year": 2018}, []),
    ("indicator", "I2", "recorded", {**OF_PROJECT, "result": "R1", "measure": "qualitative",
                                     "direction": "descending"}, []),
    ("target", "TG1", "recorded", {**P1, "indicator": "I1", "participant": "KEN", "value": Decimal("20.0000"), **YEAR},
     []),
    ("actual", "AC1", "approved", {**P1, "indicator": "I1", "participant": "KEN", "value": Decimal("15.0000"),
                                   "evidence": "Lists", **YEAR},
     [{"dimension": "sex", "value": "female", "number": Decimal("9.0000")},
      {"dimension": "sex", "value": "male", "number": Decimal("6.0000")}]),
    ("evaluation", "E1", "final", {**OF_PROJECT, "type": "in_depth", "scope": "All", "planned_quarter": "2020 Q3",
                                   "budget": Decimal("1000.50"), "evaluators": "Two", "ratings": ("relevance:4",),
                                   **YEAR}, []),
    ("finding", "F1", "recorded", {**P1, "evaluation": "E1", "paragraph": "12", "criterion": "relevance",
                                   "theme": "funding", "sdg_targets": ("16.4",)}, []),
    ("recommendation", "K1", "responded", {**P1, "evaluation": "E1", "criterion": "impact", "theme": "other",
                                           "response": "partial", "response_reason": "Money", "due": LATER,
                                           "sdg_targets": ("16.4",)}, []),
    ("donor", "D1", "recorded", {"title": "Norway (fictitious gift)", "kind": "state", "participant": "NOR"}, []),
    ("donor", "D2", "recorded", {"title": "Foundation of Examples", "kind": "private", "participant": None}, []),
    ("agreement", "AG1", "recorded", {**OF_PROJECT, "donor": "D1", "reference": "No. 5"}, []),
    ("pledge", "PL1", "part_received", {**OF_PROJECT, "donor": "D1", "agreement": "AG1", "amount": Decimal("900.00"),
                                        "currency": "EUR", "starts": DAY, "purpose": "special", "earmarking": 3}, []),
    ("pledge", "PL2", "announced", {**P1, "donor": "D2", "amount": Decimal("1000000.55"), "currency": "USD",
                                    "starts": DAY, "purpose": "general", "earmarking": 1}, []),
    ("instalment", "IN1", "recorded", {**P1, "pledge": "PL1", "amount": Decimal("450.00"), "currency": "EUR",
                                       "starts": LATER}, []),
    ("money", "B1", "recorded", {**OF_PROJECT, "flow": "budget", "nature": "plan", "purpose": "special",
                                 "usd": Decimal("1000.01"), "starts": date(2018, 1, 1),
                                 "ends": date(2019, 12, 31)}, []),
    ("money", "B2", "recorded", {**OF_PROJECT, "flow": "delivery", "nature": "actual", "purpose": "special",
                                 "usd": Decimal("400.00"), **YEAR}, []),
    ("money", "B3", "recorded", {**P1, "flow": "delivery", "nature": "forecast", "purpose": "special",
                                 "usd": Decimal("99.00"), "forecast_on": DAY, **YEAR}, []),
]  # fmt: skip


def every_kind() -> None:
    """Loads the States and writes the records, with steps as they are given."""
    load_reference()
    known = Known()
    for name, code, step, said, children in _ROWS:
        kind = KINDS[name]
        values = {"title": f"{kind.title} {code}", "lang": "en", "note": "", "source": "", **said}
        titles = {"fr": "Deuxième titre", "ar": ARABIC} if values["lang"] == "en" and code in ("J1", "EV-1") else {}
        draft = Draft(kind, code, values, tuple(children), "public", "", titles, True)
        write_new(SYSTEM, drafts=[(draft, step)], known=known, file="fixture")
        known.add(draft)
    assert {row[0] for row in _ROWS} == set(KINDS)


def emptied() -> None:
    """Takes every record away."""
    for kind in KINDS.values():
        kind.model._default_manager.all().delete()


def contents() -> dict[str, Any]:
    """What stands in all records, to compare two nodes."""
    from comity.modules.programmes.content import as_plain, draft_of

    return {
        f"{kind.name}:{row.code}": (row.step, row.fictitious, as_plain(draft_of(row)))
        for kind in KINDS.values()
        for row in kind.model._default_manager.filter(superseded_at__isnull=True)
    }
