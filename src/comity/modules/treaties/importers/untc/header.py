"""The head of a status page: which instrument, as of when, and how many the depositary counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from comity.core.vault.errors import Unreadable
from comity.modules.treaties.importers.untc.dates import read_date
from comity.modules.treaties.importers.untc.page import text_of

if TYPE_CHECKING:
    from lxml.etree import _Element


@dataclass(frozen=True)
class Header:
    """The facts above the table of participants."""

    instrument: str
    title: str
    as_of: date
    concluded_place: str
    concluded_on: date | None
    in_force_on: date | None
    in_force_text: str
    registration: str
    citation: str
    notes: str
    parties_stated: int | None
    signatories_stated: int | None


def read_header(root: _Element) -> Header:
    """Reads the head. Raises Unreadable where the status day or the instrument's number is missing."""
    number, title = _instrument(root)
    words = " ".join("".join(root.xpath("//body//text()[contains(., 'STATUS AS AT')]")).split())
    stamp = re.search(r"STATUS AS AT\s*:\s*(\d{1,2})-(\d{1,2})-(\d{4})", words)
    if stamp is None:
        raise Unreadable('The page names no day after "STATUS AS AT" (written 03-02-2026). Save the page again.')
    try:
        as_of = date(int(stamp[3]), int(stamp[2]), int(stamp[1]))
    except ValueError:
        raise Unreadable(f'"{stamp[0]}" is not a day (day-month-year). Save the page again.') from None
    place = _named(root, "rptTreaty", "tcText")
    force = _named(root, "rptEIF", "tcText")
    status = _named(root, "rptStatus", "tcText")
    label = _named(root, "rptEIF", "tcEifLabel")
    in_force = None if "not yet" in label.lower() else _first_date(force)
    return Header(
        instrument=number,
        title=title,
        as_of=as_of,
        concluded_place=re.split(r",?\s*\d{1,2}\s+[A-Z]", place)[0].strip(" ,"),
        concluded_on=_first_date(place),
        in_force_on=in_force,
        in_force_text=f"{label}: {force}" if force and in_force is None else force,
        registration=_named(root, "rptRegistration", "tcText"),
        citation=_named(root, "rptText", "tcText"),
        notes=_named(root, "rptNotes", "tcText"),
        parties_stated=_count(status, "Parties"),
        signatories_stated=_count(status, "Signatories"),
    )


def _instrument(root: _Element) -> tuple[str, str]:
    printed = _named(root, "rptTreaty", "tcTreaty")
    match = re.match(r"(\d+)\s*\.\s*(?:([a-z])\s*\.?\s+(?=[A-Z“\"]))?(.*)", printed)
    title = (match[3] if match else printed).strip()
    for action in root.xpath("//form/@action"):
        in_address = re.search(r"mtdsg_no=([IVXLC]+(?:-[A-Z0-9]{1,3})*-\d+(?:-[a-z0-9]{1,2})*)(?:&|$)", action)
        if in_address:
            return in_address[1], title
    chapter = re.match(r"CHAPTER\s+([IVXLC]+)", _named(root, "rptHead", "tcHead"))
    if chapter is None or match is None:
        raise Unreadable("The page does not say which chapter and number of the collection it shows. Save it again.")
    parts = [chapter[1], match[1]] + ([match[2]] if match[2] else [])
    return "-".join(parts), title


def _named(root: _Element, repeater: str, name: str) -> str:
    found = root.xpath(f'//*[contains(@id, "{repeater}_") and contains(@id, "_{name}")]')
    return text_of(found[0]) if found else ""


def _first_date(words: str) -> date | None:
    try:
        return read_date(words)
    except ValueError:
        return None


def _count(status: str, what: str) -> int | None:
    match = re.search(rf"{what}\s*:\s*([\d,]+)", status)
    return int(match[1].replace(",", "")) if match else None
