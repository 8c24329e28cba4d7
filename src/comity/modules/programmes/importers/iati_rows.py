"""What an IATI file says, on its way to tables: rows by table, and counts of what is not taken. No database."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from comity.modules.programmes.exporters.iati_identity import own

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
#: A cell that leaves what stands in the record.
KEEP = {"keep": True}
LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")


@dataclass
class Rows:
    """Rows as they are read. A cell {"of", "own", "other"} is `own` where `of` is this node's identifier."""

    rows: dict[tuple[str, tuple[str, ...]], list[list[Any]]] = field(default_factory=lambda: defaultdict(list))
    refused: list[dict[str, Any]] = field(default_factory=list)
    not_taken: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def add(self, table: str, line: int, cells: Mapping[str, Any]) -> None:
        """Adds a row of a table; `line` is where it stands in the file."""
        self.rows[table, tuple(cells)].append([line, *cells.values()])

    def refuse(self, line: int, reason: str) -> None:
        """Notes something that is not taken and why."""
        self.refused.append({"sheet": "", "row": line, "reason": reason})

    def told(self) -> dict[str, Any]:
        """All of it as `reading` tells tables."""
        tables = [
            {"sheet": name, "columns": list(columns), "rows": rows} for (name, columns), rows in self.rows.items()
        ]
        notes = list(dict.fromkeys(self.notes))
        if self.not_taken:
            said = ", ".join(f"{name} ({count})" for name, count in sorted(self.not_taken.items()))
            notes.append(f"Not taken, as nothing here holds it: {said}.")
        return {"tables": tables, "refused": self.refused, "notes": notes, "iati": True}


@dataclass(frozen=True)
class Activity:
    """An activity on its way: its element, publisher, identifier, and what it becomes."""

    element: etree._Element
    of: str
    identifier: str
    kind: str
    lang: str
    #: Cells that say to which project and programme something belongs.
    belongs: Mapping[str, Any] = field(default_factory=dict)

    def code(self, element: etree._Element, *parts: str) -> dict[str, Any]:
        """The cell with the code of a record: our own attribute, else made of the identifier and `parts`."""
        return self.either(element.get(own("code"), ""), "-".join([self.identifier, *parts]), True)

    def either(self, mine: Any, other: Any, slug: bool = False) -> dict[str, Any]:
        """A cell that is `mine` where this node published the file, else `other`."""
        return {"of": self.of, "own": mine, "other": other, "slug": slug}

    def marks(self, element: etree._Element, step: str = "") -> dict[str, Any]:
        """Cells for step, label and mark of what is fictitious; of other publishers only the step that is given."""
        return {
            "step": self.either(element.get(own("step"), ""), step or KEEP),
            "label": self.either(element.get(own("label"), ""), KEEP),
            "fictitious": self.either(element.get(own("fictitious"), "no"), KEEP),
        }

    def titled(self, narratives: list[etree._Element], fallback: str = "") -> dict[str, Any]:
        """Cells for the title in the first language, and in the others that are kept."""
        found: dict[str, str] = {}
        for narrative in narratives:
            lang = (narrative.get(XML_LANG) or self.lang).split("-")[0].lower()
            text = " ".join(text_of(narrative).splitlines())
            if text:
                found.setdefault(lang, text)
        first = next(iter(found), "en")
        title = found.get(first, fallback)
        others = {f"title_{lang}": found.get(lang, "") if lang != first else "" for lang in LANGUAGES}
        return {"title": title[:300], "lang": first[:3], **(others if found else {})}


def text_of(element: etree._Element | None) -> str:
    """The text of an element as it stands, without the spaces around it."""
    return (element.text or "").strip() if element is not None else ""


def words(element: etree._Element | None) -> str:
    """The first narrative below an element, on one line."""
    found = element.find("narrative") if element is not None else None
    return " ".join((found.text or "").split()) if found is not None else ""


def day(element: etree._Element, path: str) -> str:
    """The date at a path, "" where there is none."""
    found = element.find(path)
    return found.get("iso-date", "")[:10] if found is not None else ""
