"""End notes: their texts, and what they say about withdrawals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from comity.modules.treaties.importers.untc.dates import DATE, all_dates

if TYPE_CHECKING:
    from lxml.etree import _Element

REFERENCE = re.compile(r"C\.N\.\s?\d+\.\d{4}(?:\.TREATIES[-–.\w]*)?")
#: Withdrawal from the instrument, not of a reservation: the words that name the act itself.
_LEAVING = re.compile(
    r"(?:notifications?|notices?|instruments?)\s+of\s+(?:its\s+)?(?:withdrawal|denunciation)(?!\s+of\b)"
    r"|(?:decision|decided|intention)\s+to\s+(?:withdraw\s+from|denounce)\b"
    r"|\bdenounced\s+the\b|\bwithdrew\s+from\b|\bwithdrawal\s+from\s+the\b|\b(?:its|of)\s+denunciation\b"
    r"|\bThe\s+(?:withdrawal|denunciation)\s+(?:took|takes|will\s+take|shall\s+take)\s+effect",
    re.IGNORECASE,
)
_TAKEN_BACK = re.compile(
    r"(?:rescind|revo[ck]|cancel|withdr[ae]w\w*\s+(?:its|the)\s+(?:notification|notice|instrument|decision))",
    re.IGNORECASE,
)
_EFFECT = re.compile(
    rf"(?:(?:take|takes|took|taking|taken|become|became|becomes)\s+effect(?:ive)?|with\s+effect|effective)\b"
    rf"[^.;]{{0,120}}?(?:on|from|as\s+of|as\s+from|to|date\s+of)?\s*({DATE})",
)


@dataclass(frozen=True)
class Leaving:
    """A withdrawal as a note tells it. Either date is None where the note gives none."""

    notified: date | None
    effective: date | None
    reference: str
    text: str


def read_notes(root: _Element) -> dict[str, str]:
    """Returns the texts of the end notes by their number."""
    notes: dict[str, str] = {}
    for block in root.xpath('//*[contains(@id, "dgNotesAll") and contains(@id, "divNotesAll")]'):
        anchor = block.find(".//a[@name]")
        if anchor is None or not anchor.get("name", "").strip().isdigit():
            continue
        number = anchor.get("name").strip()
        text = paragraphs(block)
        notes[number] = text[len(number) :].strip() if text.startswith(number) else text
    return notes


def paragraphs(block: _Element) -> str:
    """The words of a block, one line a paragraph, without footnote marks."""
    pieces: list[str] = []

    def walk(node: _Element) -> None:
        if not isinstance(node.tag, str) or node.tag in {"script", "style"}:
            return
        if node.tag in {"br", "p", "div", "tr", "li"}:
            pieces.append("\n")
        if node.tag not in {"sup", "superscript"}:
            pieces.append((node.text or "").replace("\n", " "))
            for child in node:
                walk(child)
                pieces.append((child.tail or "").replace("\n", " "))
        if node.tag in {"p", "div"}:
            pieces.append("\n")

    walk(block)
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def leaving(text: str) -> Leaving | None:
    """Returns the withdrawal a note tells, None where it tells none (or one that was taken back)."""
    said = _LEAVING.search(text)
    if said is None or _TAKEN_BACK.search(text):
        return None
    sentence_start = max(text.rfind("\n", 0, said.start()), text.rfind(". ", 0, said.start())) + 1
    effect = _EFFECT.search(text, sentence_start)
    effective = all_dates(effect[1])[0][1] if effect and all_dates(effect[1]) else None
    effect_at = effect.start(1) if effect else -1
    before = [(at, on) for at, on in all_dates(text) if at != effect_at]
    notified = next((on for at, on in before if at >= sentence_start), before[0][1] if before else None)
    if notified and effective and notified > effective:
        notified = None
    reference = REFERENCE.search(text)
    return Leaving(notified, effective, reference[0].rstrip(".") if reference else "", text)


def taken_back(text: str) -> bool:
    """True where a note speaks of a withdrawal and of its being taken back: a person must read it."""
    return bool(_LEAVING.search(text) and _TAKEN_BACK.search(text))
