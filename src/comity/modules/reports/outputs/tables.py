"""The figures of an edition as rows: CSV for spreadsheets, JSON for programs."""

from __future__ import annotations

import json
from typing import Any

from comity.modules.reports.document import EditionDocument
from comity.modules.reports.outputs.manifest import placed_figures
from comity.modules.reports.outputs.words import words
from comity.modules.reports.printing import bare
from comity.ui.exports import csv_text, plain

#: Columns, with what each holds.
COLUMNS: dict[str, str] = {
    "key": "place in the document; equal in all languages",
    "slug": "name of the figure",
    "paragraph": "number of the paragraph; empty in the summary",
    "text": "what is printed",
    "value": "the exact number behind it, as a decimal",
    "kind": "count, money, percent or change",
    "unit": "what is counted; a currency code for money",
    "qualifier": "exact, more_than, at_least, nearly or about",
    "period": "ISO 8601 interval or day",
    "as_of": "day whose facts are counted",
    "basis": "computed from records, declared with a document, or overridden",
    "digest": "SHA-256 of the frozen snapshot",
}


def rows(document: EditionDocument) -> list[dict[str, Any]]:
    """Returns one row for each printed figure, in the order of reading."""
    return [
        {
            "key": figure.key,
            "slug": figure.slug,
            "paragraph": number,
            "text": bare(figure.text),
            "value": format(figure.value, "f"),
            "kind": figure.kind,
            "unit": figure.unit,
            "qualifier": figure.qualifier,
            "period": figure.period,
            "as_of": figure.as_of,
            "basis": figure.basis,
            "digest": figure.digest,
        }
        for number, figure in placed_figures(document)
    ]


def to_csv(document: EditionDocument) -> bytes:
    """Returns the rows as CSV; a cell that a spreadsheet would take for a formula gets a quote in front."""
    return csv_text(rows(document), list(COLUMNS)).encode()


def to_json(document: EditionDocument) -> bytes:
    """Returns one object: the edition, what is printed on its pages as a notice, and `figures`."""
    told = {
        "edition": document.code,
        "lang": document.lang,
        "title": document.title,
        "symbols": document.masthead.symbols,
        "status": document.status,
        "notices": words(document).notices,
        "as_of": document.as_of,
        "digest": document.digest,
        "figures": rows(document),
    }
    return (json.dumps(plain(told), ensure_ascii=False, indent=1) + "\n").encode()
