"""Invented records for the tests of import and export."""

from __future__ import annotations

from typing import Any

from comity.modules.library.content import Content, from_plain

KINDS: dict[str, dict[str, Any]] = {
    "law": {
        "kind": "law", "state": "KEN", "year": 2019, "identity": "fixture:law",
        "law": {"type": "act", "official_number": "No. 7 of 2019", "status": "in_force", "adopted_on": "2019-03-01",
                "in_force_on": "2019-04-01", "issued_by": "Invented Parliament", "amends": ["Act 1 of 1999"]},
        "texts": [{"field": "title", "lang": "en", "value": "Invented Trafficking Act"},
                  {"field": "title", "lang": "fr", "value": "Loi inventée", "status": "official"},
                  {"field": "summary", "lang": "en", "value": "An invented act."}],
        "provisions": [
            {"key": "part-1", "kind": "part", "number": "I",
             "texts": [{"lang": "en", "label": "Part I", "heading": "Beginning"},
                       {"lang": "fr", "label": "Partie I", "heading": "Début", "status": "official"}]},
            {"key": "s-1", "parent": "part-1", "kind": "section", "number": "1",
             "texts": [{"lang": "en", "label": "Section 1", "heading": "Offence", "text": "No one does it.\nNever."},
                       {"lang": "fr", "label": "Article 1", "text": "Nul ne le fait.", "status": "official"}]},
            {"key": "s-1-a", "parent": "s-1", "kind": "paragraph", "number": "a",
             "texts": [{"lang": "en", "label": "(a)", "text": "Not by day;"}]},
            {"key": "schedule", "kind": "schedule", "texts": [{"lang": "fr", "heading": "Annexe", "text": "Rien."}]},
        ],
        "tags": [{"scheme": "article", "value": "UNTOC:5", "provision": "s-1"},
                 {"scheme": "crime_type", "value": "trafficking-in-persons"}],
        "sources": [{"title": "Invented gazette", "url": "https://example.org/gazette", "checked_on": "2026-01-02"}],
    },
    "publication": {
        "kind": "publication", "body": "Invented Office", "year": 2021, "identity": "fixture:publication",
        "publication": {"kind": "handbook", "authors": ["Invented Author"], "publisher": "Invented Press",
                        "published_on": "2021-05-01", "cites": ["KEN-2019-0001"],
                        "editions": [{"lang": "en", "year": 2021, "symbol": "INV/1", "isbn": "978-0-00-000000-0"}]},
        "texts": [{"field": "title", "lang": "en", "value": "=Invented handbook & guide"},
                  {"field": "abstract", "lang": "en", "value": "What it says."}],
    },
    "guide": {
        "kind": "guide", "body": "Invented Office", "identity": "fixture:guide",
        "guide": {"instrument": "UNTOC", "article": "5", "obligation": "mandatory", "samples": ["KEN-2019-0001/s-1"]},
        "texts": [{"field": "title", "lang": "es", "value": "Participación"},
                  {"field": "explanation", "lang": "es", "value": "Una explicación inventada."}],
        "tags": [{"scheme": "article", "value": "UNTOC:5"}],
    },
    "case": {
        "kind": "case", "state": "CAN", "year": 2012, "identity": "fixture:case",
        "case": {"decided_on": "2012-02-03", "court": "Invented Court", "docket": "12/2012"},
        "texts": [{"field": "title", "lang": "en", "value": "The Crown and X."},
                  {"field": "summary", "lang": "en", "value": "An invented case."}],
    },
}  # fmt: skip


def large_case(**changes: Any) -> Content:
    """A case with 34 defendants and 82 charges: the largest real ones have as many."""
    persons = [{"key": f"d{n}", "role": "defendant", "designation": f"D{n}", "age": 20 + n} for n in range(34)]
    charges = [
        {"key": f"c{n}", "persons": [f"d{n % 34}", f"d{(n + 1) % 34}"], "charge": f"Charge {n}", "verdict": "guilty"}
        for n in range(82)
    ]
    sentences = [
        {"key": f"s{n}", "person": f"d{n % 34}", "charge": f"c{n}", "kind": "imprisonment", "months": n}
        for n in range(82)
    ]
    plain = {**KINDS["case"], "identity": "fixture:large"}
    plain["case"] = {**plain["case"], "persons": persons, "charges": charges, "sentences": sentences}
    return from_plain({**plain, **changes})


def law(**changes: Any) -> Content:
    """The law of `KINDS` with other fields."""
    return from_plain({**KINDS["law"], **changes})
