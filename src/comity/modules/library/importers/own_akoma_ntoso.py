"""Reads back the Akoma Ntoso that `exporters/akoma_ntoso.py` writes, without loss.

Marked by a `record` element of our namespace; other documents go the way of any Akoma Ntoso.
"""

from __future__ import annotations

import json
from typing import Any

from lxml import etree

from comity.core.vault.errors import Unreadable

AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
COMITY = "urn:comity:library"


def record_of(root: etree._Element) -> dict[str, Any] | None:
    """Returns the plain content of one language of a law, or None where the document is not of our making.

    Raises Unreadable where it was, and is damaged.
    """
    record = root.find(f".//{{{AKN}}}proprietary/{{{COMITY}}}record")
    body = root.find(f".//{{{AKN}}}body")
    if record is None or body is None:
        return None
    try:
        return _read(record, body)
    except (ValueError, TypeError):
        raise Unreadable("The part that Comity wrote into the document is damaged. Export it again.") from None


def _read(record: etree._Element, body: etree._Element) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(record.text or "{}")
    provisions: list[dict[str, Any]] = []
    for element in body:
        _take(element, "", record.get("lang", ""), provisions)
    if provisions:
        plain["provisions"] = sorted(provisions, key=lambda provision: int(provision.pop("order", 0)))
    return plain


def _take(element: etree._Element, parent: str, lang: str, provisions: list[dict[str, Any]]) -> None:
    key = element.get("eId")
    if not key or not isinstance(element.tag, str):
        return
    name = etree.QName(element).localname
    provision: dict[str, Any] = {"key": key, "kind": element.get("name", "") if name == "hcontainer" else name}
    provision |= {"parent": parent} if parent else {}
    provision |= {"number": element.get(f"{{{COMITY}}}number")} if element.get(f"{{{COMITY}}}number") else {}
    provision |= {"order": element.get(f"{{{COMITY}}}order")} if element.get(f"{{{COMITY}}}order") else {}
    provisions.append(provision)
    status = element.get(f"{{{COMITY}}}status")
    if status:
        text = {
            "lang": lang,
            "label": _text(element, "num"),
            "heading": _text(element, "heading"),
            "text": "\n".join(p.text or "" for p in _paragraphs(element)),
            "status": status,
        }
        provision["texts"] = [{name: value for name, value in text.items() if value}]
    for child in element:
        _take(child, key, lang, provisions)


def _text(element: etree._Element, name: str) -> str:
    found = element.find(f"{{{AKN}}}{name}")
    return "" if found is None else "".join(found.itertext())


def _paragraphs(element: etree._Element) -> list[etree._Element]:
    for name in ("intro", "content"):
        found = element.find(f"{{{AKN}}}{name}")
        if found is not None:
            return list(found)
    return []
