"""Web pages made from Akoma Ntoso: each element keeps its name as a class ("akn-section"), so the law is read as such.

The page does not carry the identification of the document: no State, no date, no address.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree, html

from comity.core.vault.errors import Unreadable
from comity.modules.library.importers import akoma, languages, records
from comity.modules.library.importers.drafting import Draft
from comity.modules.library.importers.records import Facts

_NUMBERED = re.compile(r"(?:(?:Part|Chapter|Schedule)\s+\S+?|\S+\.)(?=\s|$)(?:\s*[-–—:])?", re.IGNORECASE)


def law_of(page: html.HtmlElement) -> html.HtmlElement | None:
    """The element of a page that holds the law, or None where the page is of another kind."""
    found = page.xpath("//*[contains(concat(' ', @class, ' '), ' akn-akomaNtoso ')]")
    return found[0] if found else None


def read(law: html.HtmlElement, title: str) -> tuple[dict[str, Any], list[str]]:
    """The record of the law, and notes."""
    for element in list(law.iter()):
        if isinstance(element.tag, str):
            _rename(element)
    main = next((e for e in law if isinstance(e.tag, str) and e.tag in {"act", "bill", "doc"}), None)
    if main is None:
        raise Unreadable("not a law or case: the page shows an Akoma Ntoso document of another kind.")
    draft = Draft(languages.guess(" ".join(main.itertext())))
    akoma.Reader(draft).whole(main, law)
    facts = Facts(lang=draft.lang, title=title)
    note = "A web page made from Akoma Ntoso, without State, date and address: import the XML where you have it."
    return records.law(facts, draft), [note, *draft.notes]


def _rename(element: html.HtmlElement) -> None:
    named = re.search(r"\bakn-(\w+)", element.get("class") or "")
    if named:
        element.tag = named[1]
    elif re.fullmatch("h[1-6]", element.tag):
        _heading(element)


def _heading(element: html.HtmlElement) -> None:
    """ "1. Definitions" becomes a number and a heading; the title of a schedule goes to the component it is in."""
    text = " ".join(element.text_content().split())
    parent = element.getparent()
    place = parent.getparent() if parent.tag == "doc" and parent.getparent() is not None else parent
    found = _NUMBERED.match(text) if parent.tag != "doc" else None
    tail, at = element.tail, 0
    parent.remove(element)
    if tail and parent.text:
        parent.text += tail
    number, heading = (found[0].rstrip(" -–—:"), text[found.end() :]) if found else ("", text)
    for name, value in (("num", number), ("heading", heading)):
        if value.strip():
            part = etree.Element(name)
            part.text = value.strip()
            place.insert(at, part)
            at += 1
