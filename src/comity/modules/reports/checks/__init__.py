"""Checks of the texts of an edition before it is cleared. They read documents only, never records."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from comity.modules.reports.checks import structure
from comity.modules.reports.checks.model import Code, Finding, reference
from comity.modules.reports.checks.unbound import unbound, unbound_numbers
from comity.modules.reports.document import EditionDocument

__all__ = ["Code", "Finding", "run", "unbound", "unbound_numbers"]


def run(documents: Mapping[str, EditionDocument], allowed: Collection[str] = frozenset()) -> list[Finding]:
    """Runs every check of texts.

    Args:
        documents: the edition by language code.
        allowed: numbers that may be typed by hand, as they are written.

    Returns:
        What was found, in the order of the checks; empty where nothing is to repair. Mandates and periods are the same
        in all languages and are reported once, for the original.
    """
    if not documents:
        return []
    original = documents[reference(documents)]
    found = [*unbound_numbers(documents, allowed), *structure.same_in_all_languages(documents)]
    for document in documents.values():
        found += structure.heading_levels(document)
        found += structure.document_symbols(document)
    return [
        *found,
        *structure.word_limit(documents),
        *structure.mandates(original),
        *structure.periods(original),
    ]
