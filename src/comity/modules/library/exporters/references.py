"""RIS, BibTeX and CSL-JSON: references for those who write. One way; nothing reads them back.

Types follow the formats' own lists: RIS has STAT and CASE, CSL legislation and legal_case; BibTeX has neither, so
laws, cases and guide entries are `misc`.
"""

from __future__ import annotations

import json
from typing import Any

import rispy
from pybtex.database import BibliographyData, Person
from pybtex.database import Entry as BibEntry
from pybtex.database.output.bibtex import Writer

from comity.modules.library.exporters.entry import Entry
from comity.modules.library.exporters.flat import dated

_RIS = {"law": "STAT", "case": "CASE", "guide": "GEN"}
_RIS_PUBLICATION = {"article": "JOUR", "handbook": "BOOK", "tool": "GEN"}
_CSL = {"law": "legislation", "case": "legal_case", "guide": "document"}
_CSL_PUBLICATION = {"article": "article-journal", "handbook": "book", "tool": "document"}
_BIB_PUBLICATION = {"article": "article", "handbook": "book", "tool": "misc"}
_WRITER = Writer(encoding="UTF-8")


def _facts(entry: Entry, lang: str) -> dict[str, Any]:
    """What the three formats share, by names of our own; empty values left out."""
    content = entry.content
    publication, title = content.publication, content.text("title", lang)
    abstract = content.text("abstract", lang) or content.text("summary", lang)
    edition = next((e for e in publication.editions if e.isbn), None) if publication else None
    day = dated(entry)
    facts = {
        "title": entry.title(lang),
        "lang": title.lang if title else "",
        "authors": publication.authors if publication else [],
        "year": (str(day.year) if day else "") or (str(content.year) if content.year else ""),
        "day": day,
        "publisher": (publication.publisher if publication else "") or (content.law.issued_by if content.law else ""),
        "journal": publication.journal if publication else "",
        "isbn": edition.isbn if edition else "",
        "court": content.case.court if content.case else "",
        "number": (content.law.official_number if content.law else "") or (content.case.docket if content.case else ""),
        "place": entry.state_name or content.body,
        "abstract": abstract.value if abstract else "",
        "url": content.sources[0].url if content.sources and content.sources[0].url else entry.url,
        "note": "Fictitious record for demonstration." if content.fictitious else "",
    }
    return {name: value for name, value in facts.items() if value}


def _type(entry: Entry, kinds: dict[str, str], publications: dict[str, str], other: str) -> str:
    publication = entry.content.publication
    if publication is None:
        return kinds.get(entry.content.kind, other)
    return publications.get(publication.kind, other)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def ris(entry: Entry, lang: str = "") -> str:
    """Returns the record as one RIS reference; its lines end in a line feed."""
    facts = {k: _one_line(f) if isinstance(f, str) else f for k, f in _facts(entry, lang).items()}
    names = {
        "title": "title", "authors": "authors", "year": "year", "publisher": "publisher", "isbn": "issn",
        "journal": "journal_name", "court": "secondary_authors", "number": "number", "place": "place_published",
        "abstract": "abstract", "lang": "language", "note": "notes",
    }  # fmt: skip
    reference: dict[str, Any] = {"type_of_reference": _type(entry, _RIS, _RIS_PUBLICATION, "RPRT"), "id": entry.number}
    for name, theirs in names.items():
        if name in facts:
            reference[theirs] = [facts[name]] if name in ("court", "note") else facts[name]
    reference["urls"] = [facts["url"]]
    day = dated(entry)
    if day:
        reference["date"] = day.strftime("%Y/%m/%d")
    text: str = rispy.dumps([reference], enforce_list_tags=True)
    return text.removeprefix("1.\n").rstrip("\n") + "\n\n"


def bibtex(entry: Entry, lang: str = "") -> str:
    """Returns the record as one BibTeX entry, in UTF-8; its key is the number."""
    facts = _facts(entry, lang)
    names = {
        "title": "title", "year": "year", "publisher": "publisher", "journal": "journal", "isbn": "isbn",
        "court": "organization", "number": "number", "place": "address", "abstract": "abstract", "url": "url",
        "lang": "language", "note": "note",
    }  # fmt: skip
    fields = [(theirs, _bib(facts[name], name == "title")) for name, theirs in names.items() if name in facts]
    persons = {"author": [Person(f"{{{_bib(author)}}}") for author in facts.get("authors", ())]}
    kind = _type(entry, {}, _BIB_PUBLICATION, "misc" if entry.content.publication is None else "techreport")
    made = BibEntry(kind, fields=fields, persons=persons if persons["author"] else {})
    text: str = _WRITER.to_string(BibliographyData({entry.number: made}))
    return text.rstrip("\n") + "\n\n"


def _bib(text: str, keep_case: bool = False) -> str:
    """One line without braces, which have a meaning of their own; a title in braces keeps its capitals."""
    plain = _one_line(text).replace("{", "(").replace("}", ")").replace("\\", "/")
    return f"{{{plain}}}" if keep_case else plain


def csl(entry: Entry, lang: str = "") -> dict[str, Any]:
    """Returns the record as one item of CSL-JSON."""
    facts = _facts(entry, lang)
    names = {
        "title": "title", "publisher": "publisher", "journal": "container-title", "isbn": "ISBN",
        "court": "authority", "number": "number", "place": "jurisdiction", "abstract": "abstract", "url": "URL",
        "lang": "language", "note": "note",
    }  # fmt: skip
    item: dict[str, Any] = {"id": entry.number, "type": _type(entry, _CSL, _CSL_PUBLICATION, "report")}
    item.update({theirs: facts[name] for name, theirs in names.items() if name in facts})
    if "authors" in facts:
        item["author"] = [{"literal": author} for author in facts["authors"]]
    day = facts.get("day")
    if day or "year" in facts:
        item["issued"] = {"date-parts": [[day.year, day.month, day.day] if day else [int(facts["year"])]]}
    return item


def csl_file(items: list[dict[str, Any]]) -> str:
    """Returns the items as one CSL-JSON document."""
    return json.dumps(items, ensure_ascii=False, indent=1) + "\n"
