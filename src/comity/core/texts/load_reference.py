"""Loads the bundled vocabularies: English with its source, other languages in our own wording."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from comity.core.texts.bundled import merge_texts
from comity.core.texts.models import Term, TermLabel, Vocabulary

REFERENCE = Path(__file__).resolve().parent / "reference"


def load_reference() -> None:
    """Brings vocabularies and terms to the state of the bundled file; running again changes nothing.

    Terms are never removed (others may refer to them). Call it inside a transaction.
    """
    content = json.loads((REFERENCE / "vocabularies.json").read_text(encoding="utf-8"))
    Vocabulary.objects.bulk_create(
        [
            Vocabulary(code=v["code"], edition=v["edition"], source="; ".join(v["sources"])[:300])
            for v in content["vocabularies"]
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["edition", "source"],
    )
    labels: list[dict[str, Any]] = []
    for vocabulary in content["vocabularies"]:
        terms = _terms(vocabulary)
        for term in vocabulary["terms"]:
            for lang, label in term["labels"].items():
                source = term["source"] if lang == "en" else content["translations_source"]
                labels.append({"term_id": terms[term["code"]].pk, "lang": lang, **label, "source": source})
    merge_texts(TermLabel, ("term_id", "lang"), labels)


def _terms(vocabulary: dict[str, Any]) -> dict[str, Term]:
    """Adds the terms that are missing, parents before children; returns all by code."""
    code = vocabulary["code"]
    present = {term.code: term for term in Term.objects.filter(vocabulary_id=code)}
    for position, row in enumerate(vocabulary["terms"]):
        parent = present[row["parent"]] if row["parent"] else None
        term = present.get(row["code"])
        if term is None:
            present[row["code"]] = Term.objects.create(
                vocabulary_id=code, code=row["code"], parent=parent, order=position
            )
        elif (term.order, term.parent_id) != (position, parent.pk if parent else None):
            term.order, term.parent = position, parent
            term.save(update_fields=["order", "parent"])
    return present
