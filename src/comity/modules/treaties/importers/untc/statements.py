"""Below the table: declarations and reservations, objections, notifications, territorial applications.

One entry per participant; inside it a date on the right begins a new statement, and so does a heading in
italics that names a kind ("Reservation:", "With regard to the reservation made by ...").
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from comity.modules.treaties.importers.records import (
    ActionRecord,
    ApplicationRecord,
    Refusal,
    StatementRecord,
)
from comity.modules.treaties.importers.untc.cells import CONSENT, SIGNATURE
from comity.modules.treaties.importers.untc.dates import all_dates, read_date
from comity.modules.treaties.importers.untc.notes import REFERENCE, paragraphs
from comity.modules.treaties.importers.untc.page import by_id, marks_of, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_HEADING = re.compile(
    r"reservation|declaration|understanding|statement|objection|with\s+regards?\s+to|communication|notification",
    re.IGNORECASE,
)
_UPON = re.compile(r"\b(?:made\s+)?upon\s+signature\b", re.IGNORECASE)
_CONFIRMED = re.compile(r"confirmed\s+upon|upon\s+(?:ratification|accession|succession|acceptance|approval)", re.I)
_MADE_BY = re.compile(
    r"(?:made|formulated|entered|lodged|submitted)\s+(?:to\s+article\s+[\w() ]+\s+)?"
    r"by\s+(?:the\s+Government\s+of\s+)?"
    r"(?:the\s+|teh\s+)?(.{3,60}?)"
    r"(?=\s+(?:upon|made|concerning|to|with|at|on|in|when|regarding|relating|by|and|for|under)\b|\s*[:;,.(\]]|$)",
)
_OF = re.compile(r"(?:reservation|declaration)s?\s+of\s+(?:the\s+)?(.{3,50}?)(?=\s+(?:made|to|upon|with|at)\b)")
_WITHDRAWN = re.compile(
    r"(?:withdr[ae]w\w*|withdrawal)\b[^.]{0,120}?\b(reservation|declaration|understanding|objection)s?\b",
    re.IGNORECASE,
)
_DAY_LIKE = re.compile(r"\(?\d{1,2}\s+\w+\.?\s+[\dlIO]{4}\b.{0,3}$")
_ARTICLE = re.compile(r"\barticles?\s+(\d+(?:\s*\(\d+\))?)", re.IGNORECASE)
_PREDECESSOR = re.compile(r"\bhad\s+(?:signed|ratified|acceded|accepted|deposited|previously)\b")


@dataclass
class _Piece:
    """A statement being read: what stood above it, and its text so far."""

    made_on: date | None = None
    unread_day: str = ""
    headings: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)


def read_statements(
    root: _Element, actions: tuple[ActionRecord, ...], notes: dict[str, str]
) -> tuple[tuple[StatementRecord, ...], tuple[Refusal, ...]]:
    """Returns every statement of the page with its participant, kind and date."""
    found: list[StatementRecord] = []
    refused: list[Refusal] = []
    sections = (
        ("dgDec", "unspecified"),
        ("dgObj", "objection"),
        ("dgDecUnderArticle", "declaration"),
        ("dgNotifications", "notification"),
    )
    for section, kind in sections:
        table = by_id(root, section)
        if table is None:
            continue
        title = text_of(by_id(root, "divMainDecArt")) if section == "dgDecUnderArticle" else ""
        for entry in table.xpath('.//*[contains(@id, "_divParticipant")]'):
            name = text_of(entry).strip("[] ")
            body = entry.getparent().xpath('.//*[contains(@id, "_divText") or contains(@id, "_divNotificationText")]')
            place = f"line {entry.sourceline}: {name}"
            if not name or not body:
                refused.append(
                    Refusal(place, "an entry below the table names no participant", text_of(entry.getparent()))
                )
                continue
            found.extend(_entry(name, place, body[0], kind, title, actions))
            marks = dict.fromkeys((*marks_of(entry), *marks_of(body[0])))
            found.extend(_withdrawn(name, place, [notes[m] for m in marks if m in notes]))
    return tuple(found), tuple(refused)


def _entry(
    name: str, place: str, body: _Element, kind: str, title: str, actions: tuple[ActionRecord, ...]
) -> list[StatementRecord]:
    records = []
    for piece in _pieces(body, name):
        # A day that cannot be read (as "8 August l989") stays in the text, and the date stays empty.
        text = "\n".join((*filter(None, [piece.unread_day]), *piece.headings, *piece.text)).strip()
        head = " ".join(piece.headings)
        if not piece.text and (piece.made_on is None or not piece.headings):
            continue
        made_on = piece.made_on or (None if piece.unread_day else _usual_day(name, head, actions))
        what = _kind(head, kind, text)
        article = _ARTICLE.search(head) or _ARTICLE.search(title) if what != "objection" else None
        reference = REFERENCE.search(text)
        records.append(
            StatementRecord(
                name,
                what,
                text,
                place,
                made_on,
                towards=_towards(head, text) if kind == "objection" else (),
                article=article[1].replace(" ", "") if article else "",
                reference=reference[0].rstrip(".") if reference else "",
            )
        )
    if not records and title and any(action.name == name for action in actions):
        records.append(StatementRecord(name, kind, title, place, _usual_day(name, "", actions)))
    return records


def _pieces(body: _Element, name: str) -> list[_Piece]:
    pieces = [_Piece()]
    for line, style in _lines(body):
        if style == "hidden" or (line == name and not pieces[-1].text):
            continue
        if style == "date":
            days = all_dates(line)
            pieces.append(_Piece(made_on=days[0][1]) if days else _Piece(unread_day=line))
        elif style == "heading" and (_HEADING.search(line) or _UPON.search(line) or _CONFIRMED.search(line)):
            if pieces[-1].text:
                pieces.append(_Piece(made_on=pieces[-1].made_on, unread_day=pieces[-1].unread_day))
            pieces[-1].headings.append(line)
        else:
            pieces[-1].text.append(line)
    return [piece for piece in pieces if piece.text or piece.headings]


def _lines(body: _Element) -> list[tuple[str, str]]:
    """Lines of an entry with how they look: hidden, date (on the right), heading (in italics) or text."""
    lines: list[tuple[str, str]] = []
    current: list[str] = []
    look = "text"

    def close() -> None:
        nonlocal current, look
        line = " ".join("".join(current).split())
        if line and set(line) - set(" ."):
            lines.append((line, look))
        current, look = [], "text"

    def walk(node: _Element, italic: bool) -> None:
        nonlocal look
        if not isinstance(node.tag, str) or node.tag in {"script", "style", "superscript", "sup"}:
            return
        block = node.tag in {"p", "div", "br"}
        if block:
            close()
        if node.tag == "p" and node.get("class") == "invisible":
            lines.append((text_of(node), "hidden"))
            return
        if node.tag == "p" and node.get("align") == "right" and _DAY_LIKE.match(text_of(node)):
            lines.append((text_of(node), "date"))
            return
        add(node.text, italic or node.tag == "i")
        for child in node:
            walk(child, italic or node.tag == "i")
            add(child.tail, italic or node.tag == "i")
        if block:
            close()

    def add(words: str | None, italic: bool) -> None:
        nonlocal look
        if words and words.strip():
            started = bool("".join(current).strip())
            look = "heading" if italic and (not started or look == "heading") else "text"
        current.append((words or "").replace("\n", " "))

    walk(body, False)
    close()
    return lines


def _kind(head: str, usual: str, text: str) -> str:
    if usual in {"objection", "notification"}:
        return usual
    if (
        usual == "unspecified"
        and re.search(r"\bwithdraws?\s+(?:its|the)\s+(?:reserv|declar)", text)
        and len(text) < 600
    ):
        return "notification"
    words = head.lower()
    kinds = [
        kind
        for kind, stem in (
            ("reservation", "reserv"),
            ("understanding", "understanding"),
            ("declaration", "declar"),
        )
        if stem in words
    ]
    if len(kinds) == 1:
        return kinds[0]
    return usual


def _usual_day(name: str, head: str, actions: tuple[ActionRecord, ...]) -> date | None:
    """The day of the act a statement was made upon: consent, unless its heading says signature.

    The pages say so above each list: "Unless otherwise indicated, ... made upon ratification, accession".
    """
    kinds = SIGNATURE if _UPON.search(head) and not _CONFIRMED.search(head) else CONSENT
    days = [a.deposited for a in actions if a.name == name and a.kind in kinds]
    return max(days) if days else None


def _towards(head: str, text: str) -> tuple[str, ...]:
    found = [match.strip(" .,'\"“”") for match in _MADE_BY.findall(head)]
    if not found:
        found = [m.strip() for m in (*_MADE_BY.findall(text[:600]), *_OF.findall(text[:600]))]
    return tuple(dict.fromkeys(found))


def _withdrawn(name: str, place: str, notes: list[str]) -> list[StatementRecord]:
    """Statements that live on only in an end note telling that they were withdrawn.

    A note about a predecessor's statement says nothing of this participant's own. One that tells several days
    "respectively" does not say which day is whose: it is kept as a notification without a day.
    """
    records = []
    for note in notes:
        said = _WITHDRAWN.search(note)
        if said is None or _PREDECESSOR.search(note[: said.start()]):
            continue
        start = max(note.rfind("\n", 0, said.start()), note.rfind(". ", 0, said.start())) + 1
        sentence = note[start : said.end()]
        days = {day for _, day in all_dates(sentence)}
        clear = len(days) == 1 and not re.search(r"respectively|\d\s+and\s+\d", sentence)
        reference = REFERENCE.search(note)
        records.append(
            StatementRecord(
                name,
                said[1].lower() if clear else "notification",
                note,
                place,
                None,
                days.pop() if clear else None,
                reference=reference[0].rstrip(".") if reference else "",
            )
        )
    return records


def read_applications(root: _Element) -> tuple[tuple[ApplicationRecord, ...], tuple[Refusal, ...]]:
    """Returns the table of territorial applications, territories in the wording of the page."""
    table = by_id(root, "tblDec")
    found: list[ApplicationRecord] = []
    refused: list[Refusal] = []
    for row in table.xpath(".//tr[position() > 1]") if table is not None else []:
        cells = row.xpath("./td | ./th")
        words = [text_of(cell) for cell in cells]
        place = f"line {row.sourceline}: {words[0] if words else ''}"
        if len(cells) != 3 or not words[0] or not words[2]:
            refused.append(Refusal(place, "not a participant, a date and its territories", " | ".join(words)))
            continue
        try:
            day = read_date(words[1])
        except ValueError:
            refused.append(Refusal(place, f'"{words[1]}" is not a day', " | ".join(words)))
            continue
        for line in paragraphs(cells[2]).split("\n"):
            short = line if len(line) <= 300 else f"{line[:290]} …"
            found.append(ApplicationRecord(words[0].strip("[] "), short, place, day, line if short != line else ""))
    return tuple(found), tuple(refused)
