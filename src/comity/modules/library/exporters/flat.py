"""CSV of the fields that have one value: for spreadsheets, not for importing back."""

from __future__ import annotations

from typing import Any

from comity.modules.library.exporters.entry import Entry
from comity.modules.library.vocabulary import TagScheme, TextField

#: Columns, with what each holds.
COLUMNS: dict[str, str] = {
    "number": "number on this node",
    "kind": "law, case, publication or guide",
    "state": "three-letter code of the State",
    "body": "international or regional body, where no State",
    "year": "of adoption, decision or publication",
    "title": "title in the language asked for, else the original",
    "title_lang": "language of that title",
    "short_title": "short title",
    "type": "type of the law, kind of the publication, level of the latest ruling",
    "status": "status of the law, obligation of the guide entry",
    "official_number": "official number of a law, docket of a case",
    "issued_by": "who issued a law, the court, or the publisher",
    "dated": "day of adoption, decision or publication",
    "in_force_on": "day of entry into force of a law",
    "consolidated_as_of": "day the law's text stands at",
    "languages": "languages of its texts",
    "provisions": "number of provisions",
    "persons": "number of entries for persons of a case",
    "charges": "number of charges of a case",
    "articles": "treaty articles it is tagged to, the whole or a provision",
    "crime_types": "crime types",
    "issues": "cross-cutting issues",
    "keywords": "keywords",
    "aliases": "older and foreign numbers",
    "source": "source",
    "source_url": "address of the source",
    "listing": "true where only facts of a listing are held",
    "fictitious": "true for demonstration records",
    "url": "address on this node",
}


def row(entry: Entry, lang: str = "") -> dict[str, Any]:
    """Returns one row in the columns of `COLUMNS`."""
    content = entry.content
    law, case, publication, guide = content.law, content.case, content.publication, content.guide
    title, short = content.text(TextField.TITLE, lang), content.text(TextField.SHORT_TITLE, lang)
    source = content.sources[0] if content.sources else None
    return {
        "number": entry.number,
        "kind": content.kind,
        "state": content.state,
        "body": content.body,
        "year": content.year,
        "title": entry.title(lang),
        "title_lang": title.lang if title else "",
        "short_title": short.value if short else "",
        "type": (law and law.type) or (publication and publication.kind) or (case and case.latest_ruling) or "",
        "status": (law and law.status) or (guide and guide.obligation) or "",
        "official_number": (law and law.official_number) or (case and case.docket) or "",
        "issued_by": (law and law.issued_by) or (case and case.court) or (publication and publication.publisher) or "",
        "dated": dated(entry),
        "in_force_on": law.in_force_on if law else None,
        "consolidated_as_of": law.consolidated_as_of if law else None,
        "languages": content.languages(),
        "provisions": len(content.provisions),
        "persons": len(case.persons) if case else 0,
        "charges": len(case.charges) if case else 0,
        "articles": _tags(entry, TagScheme.ARTICLE),
        "crime_types": _tags(entry, TagScheme.CRIME_TYPE),
        "issues": _tags(entry, TagScheme.ISSUE),
        "keywords": _tags(entry, TagScheme.KEYWORD),
        "aliases": [f"{alias.scheme} {alias.value}" for alias in content.aliases],
        "source": source.title if source else "",
        "source_url": source.url if source else "",
        "listing": content.listing,
        "fictitious": content.fictitious,
        "url": entry.url,
    }


def dated(entry: Entry) -> Any:
    """The day the record is of: adoption, decision or publication; None where not stated."""
    content = entry.content
    if content.law:
        return content.law.adopted_on
    if content.case:
        return content.case.decided_on
    return content.publication.published_on if content.publication else None


def _tags(entry: Entry, scheme: str) -> list[str]:
    return sorted({tag.value for tag in entry.content.tags if tag.scheme == scheme})
