"""XML read safely, and its text as lines: no entities from outside, no network, no huge trees."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from comity.core.vault.errors import Unreadable

#: Elements that are a line of their own.
_LINES = frozenset(re.findall(r"\S+", (
    "p block heading subheading num tr li item td docTitle longTitle listIntroduction listWrapUp Text Item Label"
    " crossHeading tocItem MarginalNote TitleText HistoricalNoteSubItem BilingualItemEn BilingualItemFr OriginatingRef"
    " GroupHeading entry row docDate"
)))
#: Elements within a line, even where a quoted text of lines stands in them.
_INLINE = frozenset({"mod", "span", "i", "b", "inline", "ins", "del", "ref", "a", "embeddedText"})
_NOTES = frozenset({"authorialNote"})


def parse(data: bytes) -> etree._Element:
    """The root of an XML document. Raises Unreadable where it is not well-formed or declares entities."""
    if re.search(rb"<!ENTITY", data[:200_000]):
        raise Unreadable(
            "The XML declares entities of its own, which can hide other files or fill the memory. "
            "Save it without a document type (DTD)."
        )
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable(f"The XML is not well-formed: {error.msg}. Save the file again from its source.") from None


def name(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def find(element: etree._Element, path: str) -> etree._Element | None:
    """The first element on a path of names, in any namespace."""
    steps = [f"{{*}}{step}" if step not in {"", "."} else step for step in path.split("/")]
    return element.find("/".join(steps).replace("{*}.", "."))


def child_text(element: etree._Element, child: str) -> str:
    """The words of the first child of this path; "" where there is none."""
    found = find(element, child)
    return inline(found) if found is not None else ""


def inline(element: etree._Element) -> str:
    """The words of an element on one line; notes stand in brackets."""
    return " ".join("".join(_pieces(element)).split())


def _pieces(element: etree._Element) -> Iterator[str]:
    if element.text:
        yield element.text
    for child in element:
        if isinstance(child.tag, str):
            if name(child) in _NOTES:
                yield f" [{inline(child)}] "
            elif name(child) in {"br", "eol", "tab"}:
                yield " "
            elif name(child) in _LINES:
                yield " "
                yield from _pieces(child)
                yield " "
            else:
                yield from _pieces(child)
        if child.tail:
            yield child.tail


def descendants(element: etree._Element) -> Iterator[etree._Element]:
    """Elements below this one that are not quoted from another law, nor in notes."""
    for child in element:
        if isinstance(child.tag, str) and name(child) not in {"quotedStructure", "authorialNote", "embeddedStructure"}:
            yield child
            yield from descendants(child)


def lines(element: etree._Element, skip: tuple[str, ...] = ()) -> list[str]:
    """The text of an element as paragraphs: each number stands before the first line that it numbers."""
    out: list[str] = []
    pending: list[str] = []
    loose: list[str] = []

    def flush(text: str) -> None:
        line = " ".join(" ".join([*pending, text]).split())
        pending.clear()
        if re.search(r"\w", line):
            out.append(line)

    def settle() -> None:
        text = " ".join("".join(loose).split())
        loose.clear()
        if text:
            flush(text)

    def walk(node: etree._Element, top: bool) -> None:
        if node.text:
            loose.append(node.text)
        for child in node:
            if isinstance(child.tag, str) and not (top and name(child) in skip):
                _one(child)
            if child.tail:
                loose.append(child.tail)

    def _one(child: etree._Element) -> None:
        tag = name(child)
        if tag in {"num", "Label"}:
            settle()
            pending.append(inline(child))
        elif tag in {"tr", "row"}:
            settle()
            flush(" | ".join(filter(None, (inline(cell) for cell in child if isinstance(cell.tag, str)))))
        elif tag in _LINES and not any(name(e) in _LINES for e in child.iterdescendants()):
            settle()
            flush(inline(child))
        elif tag in _NOTES:
            loose.append(f" [{inline(child)}] ")
        elif tag in {"br", "eol", "tab"}:
            loose.append(" ")
        elif not any(name(e) in _LINES for e in child.iterdescendants()):
            loose.append("".join(_pieces(child)))
        elif name(child) in _INLINE:
            walk(child, False)
        else:
            settle()
            walk(child, False)
            settle()

    walk(element, True)
    settle()
    if pending:
        flush("")
    return out
