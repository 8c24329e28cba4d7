"""Akoma Ntoso 2.0 and 3.0: acts, by-laws, bills and judgments, with the extensions of two publishers.

An expression that its address dates ("…/eng@2016-08-19") is a record of its own; its languages share an identity.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from comity.core.vault.errors import Unreadable
from comity.modules.library.importers import languages, own_akoma_ntoso, records, xml
from comity.modules.library.importers.drafting import Draft, Piece
from comity.modules.library.importers.records import Facts
from comity.modules.library.vocabulary import LawStatus, LawType
from comity.modules.library.vocabulary import ProvisionKind as K

NAMESPACES = frozenset(
    {
        "http://docs.oasis-open.org/legaldocml/ns/akn/3.0",
        "http://docs.oasis-open.org/legaldocml/ns/akn/3.0/WD17",
        "http://www.akomantoso.org/2.0",
    }
)
_LAWS = {"act": LawType.ACT, "bill": LawType.BILL, "doc": LawType.OTHER, "statement": LawType.OTHER}
_SUBTYPES = {
    "by-law": LawType.BYLAW, "constitution": LawType.CONSTITUTION, "code": LawType.CODE, "decree": LawType.DECREE,
    "regulation": LawType.REGULATION, "si": LawType.REGULATION,
    **dict.fromkeys(("uksi", "ukdsi", "ssi", "sdsi", "nisr", "nidsr"), LawType.REGULATION),
}  # fmt: skip
_GROUPS = {
    "book": K.BOOK, "part": K.PART, "title": K.TITLE, "tome": K.BOOK, "chapter": K.CHAPTER, "subpart": K.DIVISION,
    "division": K.DIVISION, "subdivision": K.SUBDIVISION, "subchapter": K.DIVISION, "subtitle": K.CHAPTER,
    "level": K.DIVISION, "hcontainer": K.DIVISION, "attachment": K.SCHEDULE, "component": K.SCHEDULE,
}  # fmt: skip
#: What stands in the number of a group besides the number: its word, notes in brackets.
_WORD = re.compile(r"\[[^\]]*\]|(?i:^(?:part|chapter|title|book|schedule|annex|appendix|division)\s+)")
_CITED = {"article": K.ARTICLE, "section": K.SECTION, "rule": K.RULE, "paragraph": K.PARAGRAPH}
_THROUGH = frozenset(re.findall(r"\S+", (
    "body mainBody judgmentBody decision introduction background motivation arguments remedies list container"
    " attachments components doc conclusions debateBody"
)))


def read(root: etree._Element) -> tuple[dict[str, Any], list[str]]:
    """The record of a document and notes. Raises Unreadable for other namespaces and documents without text."""
    space = etree.QName(root).namespace or ""
    if space not in NAMESPACES:
        raise Unreadable(
            f"unknown Akoma Ntoso namespace {space or '(none)'}: 2.0 and 3.0 are read. Convert the file to 3.0."
        )
    own = own_akoma_ntoso.record_of(root)
    if own is not None:
        return own, []
    main = next((e for e in root if isinstance(e.tag, str) and xml.name(e) not in {"meta", "components"}), None)
    if main is None:
        raise Unreadable("not a law or case: the document is empty.")
    kind = xml.name(main)
    if kind not in _LAWS and kind != "judgment":
        raise Unreadable(f"not a law or case: an Akoma Ntoso “{kind}”.")
    facts = _facts(main, kind)
    reader = Reader(Draft(facts.lang or languages.guess(" ".join(main.itertext()))))
    reader.whole(main, root)
    if kind == "judgment":
        return records.case(facts, reader.draft), reader.draft.notes
    if not reader.draft.cited():
        reader.draft.notes.append("No articles or sections: only the beginning of a law.")
    return records.law(facts, reader.draft), reader.draft.notes


def _facts(main: etree._Element, kind: str) -> Facts:
    def value(path: str, attribute: str = "value") -> str:
        found = xml.find(main, "meta/identification/" + path)
        text = found.get(attribute, "") if found is not None else ""
        return "" if text.startswith("#var") else text

    work, expression = value("FRBRWork/FRBRuri"), value("FRBRExpression/FRBRuri")
    day = re.search(r"@(\d{4}-\d{2}-\d{2})", expression)
    facts = Facts(lang=languages.code(value("FRBRExpression/FRBRlanguage", "language")))
    facts.state = languages.country(value("FRBRWork/FRBRcountry")) or _state_of(work)
    facts.identity = f"{work}@{day[1]}" if work and day else work
    facts.url = work if work.startswith("http") else ""
    name = value("FRBRWork/FRBRname")
    facts.title = _title(main) or value("FRBRWork/FRBRalias") or ("" if name.startswith("#") else name)
    if kind == "judgment":
        _case_facts(main, facts, value)
        return facts
    subtype = value("FRBRWork/FRBRsubtype") or next((s for s in _SUBTYPES if f"/{s}/" in work), "")
    facts.law["type"] = _SUBTYPES.get(subtype or main.get("name", ""), _LAWS[kind]).value
    year = re.search(r"/((?:1[5-9]|20)\d\d)/", work)
    facts.year = int(year[1]) if year else None
    facts.law["consolidated_as_of"] = records.iso(day[1]) if day and main.get("contains") == "singleVersion" else ""
    for which, target in (("madeDate", "adopted_on"), ("commenceDate", "in_force_on")):
        for block in main.iter("{*}block"):
            if block.get("name") == which:
                date = xml.find(block, "docDate")
                facts.law[target] = records.iso(date.get("date", "")) if date is not None else ""
    banner = " ".join(xml.inline(b) for b in main.iter("{*}block") if b.get("name") == "banner")
    if re.search(r"\bdraft\b", banner, re.IGNORECASE):
        facts.law["status"] = LawStatus.DRAFT.value
    number = next((xml.inline(e) for e in main.iter("{*}docNumber")), "")
    facts.law["official_number"] = number
    return facts


def _state_of(work: str) -> str:
    """The State of a work's address: "/za-cpt/act/…", "/akn/zw/act/…"."""
    found = re.match(r"(?:https?://[^/]+)?/(?:akn/)?([a-z]{2}(?:-[a-z0-9]+)?)/", work)
    return languages.country(found[1]) if found else ""


def _case_facts(main: etree._Element, facts: Facts, value: Any) -> None:
    own = {etree.QName(e).localname: xml.inline(e) for e in main.iterfind("{*}meta/{*}proprietary/*")}
    facts.case["decided_on"] = records.iso(value("FRBRWork/FRBRdate", "date"))
    facts.case["citation"] = own.get("cite", "") or next((xml.inline(e) for e in main.iter("{*}neutralCitation")), "")
    facts.case["docket"] = own.get("caseNumber", "") or next((xml.inline(e) for e in main.iter("{*}docketNumber")), "")
    author = value("FRBRWork/FRBRauthor", "href").lstrip("#")
    courts = {e.get("eId") or e.get("id"): e.get("showAs", "") for e in main.iter("{*}TLCOrganization")}
    facts.case["court"] = courts.get(author, "")
    facts.aliases = [("citation", facts.case["citation"])]


def _title(main: etree._Element) -> str:
    shown = {e.get("eId"): e.get("showAs", "") for e in main.iter("{*}TLCConcept", "{*}TLCProcess")}
    for concept in ("varSITitle", "varBillTitle", "varActTitle"):
        if shown.get(concept, "").strip():
            return shown[concept].strip()
    preface = xml.find(main, "preface")
    for tag in ("{*}shortTitle", "{*}docTitle"):
        for element in preface.iter(tag) if preface is not None else ():
            if xml.inline(element):
                return xml.inline(element)
    return ""


class Reader:
    """Walks a document into a draft."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft

    def whole(self, main: etree._Element, root: etree._Element) -> None:
        for element in main:
            if not isinstance(element.tag, str) or xml.name(element) == "meta":
                continue
            if xml.name(element) in {"coverPage", "preface", "preamble", "header"}:
                for line in xml.lines(element):
                    self.draft.say(line, None)
            else:
                self.node(element, None)
        for components in root.iterfind("{*}components"):
            self.node(components, None)

    def node(self, element: etree._Element, parent: Piece | None) -> None:
        tag = xml.name(element)
        if tag == "meta":
            return
        if tag in _THROUGH:
            self.inside(element, parent)
        elif tag in _CITED and not self.holds_cited(element):
            self.cited(element, parent)
        elif tag in _GROUPS or (tag in _CITED and self.holds_cited(element)):
            self.grouped(element, tag, parent)
        else:
            for line in xml.lines(element):
                self.loose(line, parent)

    def inside(self, element: etree._Element, parent: Piece | None) -> None:
        for child in element:
            if isinstance(child.tag, str):
                self.node(child, parent)

    def holds_cited(self, element: etree._Element) -> bool:
        """Whether articles or sections stand in it, other than quoted ones. Paragraphs of an article do not count."""
        inner = ("article", "section", "rule") if xml.name(element) != "paragraph" else ()
        return any(xml.name(e) in inner for e in xml.descendants(element))

    def cited(self, element: etree._Element, parent: Piece | None) -> None:
        label = xml.child_text(element, "num")
        number = label.strip(" .()[]§—-")
        number = re.sub(r"(?i)^(?:article|section|rule|regulation|art\.|s\.)\s*", "", number)
        if not number and not xml.child_text(element, "heading"):
            for line in xml.lines(element):
                self.loose(line, parent)
            return
        piece = self.draft.add(
            _CITED[xml.name(element)], parent, number=number, label=label, heading=xml.child_text(element, "heading")
        )
        piece.lines.extend(xml.lines(element, skip=("num", "heading")))

    def grouped(self, element: etree._Element, tag: str, parent: Piece | None) -> None:
        label, heading = xml.child_text(element, "num"), xml.child_text(element, "heading")
        name = element.get("name", "")
        kind = K.SCHEDULE if "schedule" in name.lower() and name != "schedules" else _GROUPS.get(tag, K.DIVISION)
        if kind == K.SCHEDULE and tag != "hcontainer":
            alias = xml.find(element, ".//FRBRWork/FRBRalias")
            heading = heading or (alias.get("value", "") if alias is not None else "")
            if not label and re.fullmatch(r"(?i)(?:schedule|annex|appendix)\s+\S+", heading):
                label, heading = heading, ""
        if not heading and (not label or tag == "level"):
            self.inside_text(element, parent, label)
            return
        number = _WORD.sub("", label).strip(" .:—-")
        group = self.draft.add(kind, parent, number=number, label=label, heading=heading)
        self.inside_text(element, group, "")

    def inside_text(self, element: etree._Element, parent: Piece | None, label: str) -> None:
        """Children that are pieces become pieces; the rest is text below the group."""
        mixed = any(xml.name(e) in _CITED or xml.name(e) in _GROUPS for e in xml.descendants(element))
        if not mixed:
            for n, line in enumerate(xml.lines(element, skip=("num", "heading", "meta"))):
                self.loose(f"{label} {line}".strip() if n == 0 else line, parent)
            return
        for child in element:
            if isinstance(child.tag, str) and xml.name(child) not in {"num", "heading", "meta"}:
                self.node(child, parent)

    def loose(self, line: str, parent: Piece | None) -> None:
        """Text without number: it belongs to the paragraph before it, where that stands below the same group."""
        last = self.draft.pieces[-1] if self.draft.pieces else None
        if last is not None and last.kind == K.PARAGRAPH and last.parent is parent:
            last.lines.append(line)
        else:
            self.draft.say(line, parent)
