"""Laws as JSON: lists of sections, books of chapters of articles, articles by their names. Read by shape.

A value is a provision where it has a text and a number or title; a group where it holds lists of such values.
"""

from __future__ import annotations

import re
from typing import Any

from comity.core.vault.errors import Unreadable
from comity.modules.library.importers import languages, markers, numbers, records
from comity.modules.library.importers.drafting import Draft, Piece
from comity.modules.library.importers.records import Facts
from comity.modules.library.vocabulary import LawStatus, LawType
from comity.modules.library.vocabulary import ProvisionKind as K

_TEXT = ("content", "text", "section_desc", "body", "article_text", "texto", "contenu")
_NUMBER = ("article_number", "section", "Section", "number", "num", "id", "provision_ref", "section_number")
_TITLE = ("section_title", "chapter_title", "title", "heading", "name", "part_title", "book_title")
_LISTS = ("provisions", "sections", "chapters", "articles", "parts", "titles", "books", "children", "divisions")
_STATUSES = {"in_force": LawStatus.IN_FORCE, "amended": LawStatus.AMENDED, "repealed": LawStatus.REPEALED}
_TYPES = {
    "statute": LawType.ACT, "act": LawType.ACT, "regulation": LawType.REGULATION, "constitution": LawType.CONSTITUTION,
}  # fmt: skip
_AKN = re.compile(r"/akn/([a-z]{2})(?:-[a-z]+)?/[a-z/-]+/((?:1[5-9]|20)\d\d)/([\w-]+)(?:/[a-z]{3}@(\d{4}-\d\d-\d\d))?")


def read(data: Any) -> tuple[dict[str, Any], list[str]]:
    """The record of a law, and notes. Raises Unreadable where no provisions are found."""
    rows = data if isinstance(data, list) else [data]
    if not rows or not all(isinstance(row, dict) for row in rows):
        raise Unreadable("not a law or case: the JSON holds no provisions.")
    words = " ".join(_words(data))
    head: dict[str, Any] = data if isinstance(data, dict) else {}
    lang = languages.code(str(head.get("language") or head.get("lang") or ""))
    reader = _Reader(Draft(lang or languages.guess(words)))
    if isinstance(data, list):
        reader.items(data, None)
    else:
        reader.children(data, None)
    if not reader.draft.cited():
        raise Unreadable("not a law or case: the JSON holds no provisions with a text, only data about something.")
    notes = [] if lang else [f"Language told by the words: {reader.draft.lang}."]
    return records.law(_facts(head, reader.draft.lang), reader.draft), notes + reader.draft.notes


def _facts(head: dict[str, Any], lang: str) -> Facts:
    def value(*names: str) -> str:
        return next((" ".join(str(head[n]).split()) for n in names if head.get(n)), "")

    facts = Facts(lang=lang, title=value("title", "document"), url=value("url", "source_url"))
    issued = value("issued_date", "issuance_date", "date", "adopted_on")
    found = _AKN.search(facts.url)
    facts.state = languages.country(value("country", "jurisdiction")) or (languages.country(found[1]) if found else "")
    year = re.search(r"\b(1[5-9]\d\d|20\d\d)\b", issued)
    facts.year = int(found[2]) if found else int(year[1]) if year else None
    identifier = value("identifier", "id")
    facts.identity = f"{facts.state or 'json'}:{identifier}" if identifier else ""
    if not facts.identity and facts.title and issued:
        facts.identity = f"{facts.title}@{issued}"
    type_ = value("type").lower()
    facts.law = {
        "type": _TYPES[type_].value if type_ in _TYPES else "",
        "status": _STATUSES[value("status")].value if value("status") in _STATUSES else "",
        "adopted_on": records.iso(issued),
        "in_force_on": records.iso(value("in_force_date")),
        "consolidated_as_of": records.iso(found[4] or "") if found else "",
        "official_number": f"{found[3]} of {found[2]}" if found else "",
    }
    return facts


def _words(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [word for part in inner for word in _words(part)]


class _Reader:
    """Walks the values into a draft."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.groups: dict[tuple[int, str], Piece] = {}

    def children(self, value: dict[str, Any], parent: Piece | None) -> None:
        for name in _LISTS:
            if isinstance(value.get(name), list):
                self.items(value[name], parent)

    def items(self, rows: list[Any], parent: Piece | None) -> None:
        for row in rows:
            if isinstance(row, dict):
                self.item(row, parent)

    def item(self, row: dict[str, Any], parent: Piece | None) -> None:
        if any(isinstance(row.get(name), list) for name in _LISTS):
            title = _first(row, _TITLE)
            self.children(row, self.group(title, parent) if title else parent)
        elif any(isinstance(row.get(name), str) for name in _TEXT) and _first(row, _NUMBER):
            self.provision(row, parent)
        else:
            self.named(row, parent)

    def named(self, row: dict[str, Any], parent: Piece | None) -> None:
        """{"First door": {"Chapter One": ["…"]}}: names of groups, then names of articles with their lines."""
        for name, inner in row.items():
            if isinstance(inner, dict):
                self.named(inner, self.group(name, parent))
            elif isinstance(inner, list) and inner and all(isinstance(line, str) for line in inner):
                self.lines(name, inner, parent)

    def lines(self, name: str, inner: list[str], parent: Piece | None) -> None:
        word = re.match(r"\s*[^\W\d_]+\s+", name)
        found = numbers.take(name[word.end() :] if word else name, self.draft.lang)
        number = found[0] if found else name.strip(" :")
        label, lines = name.strip(" :"), [line.strip() for line in inner]
        if lines[0].lower().startswith(f"{label.lower()}:"):
            lines[0] = lines[0][len(label) + 1 :].strip()
        piece = self.draft.add(K.ARTICLE, parent, number=number, label=label)
        piece.lines.extend(line for line in lines if line)

    def group(self, title: str, parent: Piece | None) -> Piece:
        found = self.groups.get((id(parent), title))
        if found is None:
            mark = markers.group(title, self.draft.lang, heading=True)
            found = self.draft.add(
                mark.kind if mark else K.DIVISION, parent,
                number=mark.number if mark else "", label=mark.label if mark else "",
                heading=mark.rest if mark else title,
            )  # fmt: skip
            self.groups[id(parent), title] = found
        return found

    def provision(self, row: dict[str, Any], parent: Piece | None) -> None:
        number = _first(row, _NUMBER)
        article = "article_number" in row or not any(name in row for name in ("section", "Section", "provision_ref"))
        text = next(row[name] for name in _TEXT if isinstance(row.get(name), str))
        heading = _first(row, ("section_title", "title", "heading"))
        place = self.above(row, parent)
        label = number if not number.isdigit() and article else ""
        if (mark := markers.cited(number, self.draft.lang)) is not None:
            number, label = mark.number, mark.label
        elif (found := re.match(r"([^\W\d_]+)\s+(\d\S*)$", number)) is not None:
            number, label = found[2], number
        lines = [" ".join(line.split()) for line in text.splitlines()]
        lines = [line for line in lines if line]
        if lines:
            lines[0], label, heading = _without(lines[0], number, label, heading)
        piece = self.draft.add(
            K.ARTICLE if article else K.SECTION, place, number=number, label=label or number, heading=heading
        )
        piece.lines.extend(line for line in lines if line)

    def above(self, row: dict[str, Any], parent: Piece | None) -> Piece | None:
        """The group that a provision names itself: "Chapter I, Part II", or a number with a title."""
        chapter = row.get("chapter")
        if chapter in (None, ""):
            return parent
        if isinstance(chapter, int) or str(chapter).isdigit():
            name = f"Chapter {chapter}" + (f" {row['chapter_title']}" if row.get("chapter_title") else "")
            return self.group(name, parent)
        for part in str(chapter).split(", "):
            parent = self.group(part, parent)
        return parent


def _without(line: str, number: str, label: str, heading: str) -> tuple[str, str, str]:
    """Takes number and heading off the beginning of a text that repeats them; no word is lost."""
    rest = line.lstrip(". ")
    if label and rest.startswith(label):
        rest = rest[len(label) :].lstrip(" :.-")
        return rest, label, heading
    found = re.match(rf"{re.escape(number)}\s*\.?\s*", rest)
    if found and heading and rest[found.end() :].startswith(heading):
        return rest[found.end() + len(heading) :].strip(), label or found[0].strip(), heading
    return line, label, heading


def _first(row: dict[str, Any], names: tuple[str, ...]) -> str:
    return next((" ".join(str(row[n]).split()) for n in names if isinstance(row.get(n), str | int) and str(row[n])), "")
