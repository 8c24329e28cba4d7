"""The XML of federal Acts and regulations of Canada, as the Department of Justice publishes it.

The English and the French file have the same numbers, so they give the same identity ("CAN:A-1") and the same keys:
the service joins them. Both texts are originals; the law of Canada is made in both languages.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from comity.core.vault.errors import Unreadable
from comity.modules.library.importers import records, xml
from comity.modules.library.importers.drafting import Draft, Piece
from comity.modules.library.importers.records import Facts
from comity.modules.library.vocabulary import LawStatus, LawType
from comity.modules.library.vocabulary import ProvisionKind as K

_LIMS = "{http://justice.gc.ca/lims}"
#: Schedules that the publisher adds.
_UNNUMBERED = {"RelatedProvs": "related-provisions", "NifProvs": "not-in-force"}
_WORDS = (
    (r"^(subdivision|sous-section)\b", K.SUBDIVISION), (r"^(division|section)\b", K.DIVISION),
    (r"^(part|partie)\b", K.PART), (r"^(chapter|chapitre)\b", K.CHAPTER), (r"^(title|titre)\b", K.TITLE),
)  # fmt: skip


def read(root: etree._Element) -> tuple[dict[str, Any], list[str]]:
    """The record of an Act or regulation, and notes."""
    lang = root.get("{http://www.w3.org/XML/1998/namespace}lang", "")[:2]
    if lang not in {"en", "fr"}:
        raise Unreadable("The file does not say whether it is the English or the French text (xml:lang). Add it.")
    draft = Draft(lang)
    for part in root:
        if xml.name(part) in {"Introduction", "Order"}:
            for line in xml.lines(part):
                draft.say(line, None)
        elif xml.name(part) == "Body":
            _body(part, draft, None)
        elif xml.name(part) == "Schedule":
            _schedule(part, draft)
    return records.law(_facts(root, lang), draft), draft.notes


def _facts(root: etree._Element, lang: str) -> Facts:
    def text(path: str) -> str:
        found = xml.find(root, f"Identification/{path}")
        return xml.inline(found) if found is not None else ""

    number = text("Chapter/ConsolidatedNumber") or text("InstrumentNumber") or text("Chapter/AnnualStatuteId")
    if not number:
        raise Unreadable("The Act has no chapter or registration number. Use the published file.")
    facts = Facts(lang=lang, state="CAN", identity=f"CAN:{number}")
    long, short = text("LongTitle"), text("ShortTitle")
    facts.title = short or long
    regulation = xml.name(root) == "Regulation"
    facts.law = {
        "type": (LawType.REGULATION if regulation else LawType.ACT).value,
        "official_number": number,
        "status": LawStatus.IN_FORCE.value if root.get("in-force") == "yes" else "",
        "consolidated_as_of": records.iso(root.get(f"{_LIMS}current-date", "")),
    }
    if short and long:
        facts.short_title, facts.title = short, long
    return facts


def _body(body: etree._Element, draft: Draft, top: Piece | None) -> None:
    """Headings carry their level; the sections below stand beside them."""
    stack: list[tuple[int, Piece]] = []
    for element in body:
        tag = xml.name(element)
        if tag == "Heading":
            level = int(element.get("level", "1"))
            stack = [pair for pair in stack if pair[0] < level]
            parent = stack[-1][1] if stack else top
            label, heading = xml.child_text(element, "Label"), xml.child_text(element, "TitleText")
            stack.append((level, draft.add(_kind(label), parent, number=_number(label), label=label, heading=heading)))
        elif tag == "Section":
            _section(element, draft, stack[-1][1] if stack else top)
        elif tag:
            for line in xml.lines(element):
                draft.say(line, stack[-1][1] if stack else top)


def _section(element: etree._Element, draft: Draft, parent: Piece | None) -> None:
    label = xml.child_text(element, "Label")
    heading = xml.child_text(element, "MarginalNote")
    piece = draft.add(K.SECTION if label else K.PARAGRAPH, parent, number=label, label=label, heading=heading)
    skip = ("Label", "MarginalNote", "HistoricalNote")
    piece.lines.extend(xml.lines(element, skip=skip))
    for note in element.iterfind("HistoricalNote"):
        history = "; ".join(xml.inline(item) for item in note if isinstance(item.tag, str))
        piece.lines.append(f"[{history or xml.inline(note)}]")


def _schedule(element: etree._Element, draft: Draft) -> None:
    head = xml.find(element, "ScheduleFormHeading")
    label = xml.child_text(head, "Label") if head is not None else ""
    title = xml.child_text(head, "TitleText") if head is not None else ""
    origin = xml.child_text(head, "OriginatingRef") if head is not None else ""
    key = "" if label else _UNNUMBERED.get(element.get("id", ""), "")
    group = draft.add(K.SCHEDULE, None, number=_number(label), label=label, heading=title, key=key)
    lines = [origin] if origin else []
    lines += xml.lines(element, skip=("ScheduleFormHeading",))
    for line in lines:
        draft.say(line, group)


def _kind(label: str) -> K:
    return next((kind for pattern, kind in _WORDS if re.match(pattern, label, re.IGNORECASE)), K.DIVISION)


def _number(label: str) -> str:
    """ "PART 1.1" and "PARTIE 1.1" give "1.1"; "SCHEDULE" gives nothing."""
    found = re.search(r"(\d+(?:\.\d+)*[A-Z]?|\b[IVXLC]+(?:\.\d+)?)\b\s*$", label)
    return found[1] if found else ""
