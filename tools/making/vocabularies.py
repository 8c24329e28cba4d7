"""Controlled vocabularies, from one hand-kept table."""

from __future__ import annotations

from typing import Any

from making.files import HAND, LANGUAGES, OWN_WORDING, Output, read_csv

EDITION = "2026-11"


def make(output: Output) -> None:
    """Writes vocabularies.json: English with its source, the other languages in our own wording."""
    vocabularies: dict[str, dict[str, Any]] = {}
    for row in read_csv(HAND / "vocabularies.csv"):
        vocabulary = vocabularies.setdefault(
            row["vocabulary"], {"code": row["vocabulary"], "edition": EDITION, "sources": [], "terms": []}
        )
        if row["source"] not in vocabulary["sources"]:
            vocabulary["sources"].append(row["source"])
        known = {term["code"] for term in vocabulary["terms"]}
        if row["code"] in known or (row["parent"] and row["parent"] not in known):
            raise SystemExit(
                f"vocabularies.csv: {row['vocabulary']} {row['code']} is twice there or below nothing"
            )
        labels = {lang: {"value": row[lang], "status": "unofficial"} for lang in LANGUAGES}
        labels["en"]["status"] = "original"
        term = {
            "code": row["code"],
            "parent": row["parent"] or None,
            "source": row["source"],
            "labels": labels,
        }
        vocabulary["terms"].append(term)
    content = {"translations_source": OWN_WORDING, "vocabularies": list(vocabularies.values())}
    output.json("core/texts/reference/vocabularies.json", content)
