"""Opens a status page of the UN Treaty Collection, or says why it is none."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

from comity.core.vault.errors import Unreadable

if TYPE_CHECKING:
    from lxml.etree import _Element

#: The largest of the pages measured had 25,000 tags; a bomb has millions.
MAX_TAGS = 400_000
MAX_DEPTH = 200
_SAVE_AGAIN = "Open the instrument's page on treaties.un.org, let it load to its end and save it again as HTML."


def open_page(path: Path) -> _Element:
    """Returns the root of the page. Raises Unreadable for a bomb, another site's page or a page cut off.

    A page that lacks its end is refused as a whole: the end notes, which hold the days on which withdrawals
    take effect, come last, so the rows of a cut page would be wrong without showing it.
    """
    data = path.read_bytes()
    _refuse_bombs(data)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        where = data.count(b"\n", 0, error.start) + 1
        raise Unreadable(f"Line {where} is not UTF-8, as these pages are. {_SAVE_AGAIN}") from None
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        raise Unreadable(f"The file holds no HTML. {_SAVE_AGAIN}")
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise Unreadable(f"Elements stand more than {MAX_DEPTH} deep: this is no status page, refused.")
    ends = re.search(rb"</html\s*>", data[-4096:], re.IGNORECASE)
    if ends or b"Treaty Collection" not in data:
        _refuse_strangers(root)
    if not ends:
        lines = data.count(b"\n") + 1
        raise Unreadable(
            f"The page is cut off: it ends at line {lines} without its end (</html>). Nothing was taken. {_SAVE_AGAIN}"
        )
    return root


def _refuse_bombs(data: bytes) -> None:
    if re.search(rb"<!ENTITY", data, re.IGNORECASE):
        raise Unreadable("The file declares entities (<!ENTITY), which no status page does: refused.")
    tags = data.count(b"<")
    if tags > MAX_TAGS:
        raise Unreadable(f"The file has {tags:,} tags, more than {MAX_TAGS:,}: this is no status page, refused.")
    depth = deepest = 0
    void = {
        b"br",
        b"img",
        b"input",
        b"meta",
        b"link",
        b"hr",
        b"p",
        b"li",
        b"td",
        b"tr",
        b"th",
        b"option",
        b"i",
        b"n",
    }
    for closing, name in re.findall(rb"<(/?)([a-zA-Z][a-zA-Z0-9]*)", data):
        if name.lower() not in void:
            depth = max(0, depth + (-1 if closing else 1))
            deepest = max(deepest, depth)
    if deepest > 1000:
        raise Unreadable(f"Elements stand {deepest:,} deep: this is no status page, refused.")


def _refuse_strangers(root: _Element) -> None:
    lacks = None
    if by_id(root, "tblgrid") is None:
        lacks = "no table of participants"
    elif not root.xpath("//body//text()[contains(., 'STATUS AS AT')]"):
        lacks = "no line STATUS AS AT"
    if lacks:
        title = " ".join("".join(root.xpath("//title//text()")).split())[:80]
        named = f' ("{title}")' if title else ""
        raise Unreadable(
            f"This page{named} is not a status page of the UN Treaty Collection: it has {lacks}. {_SAVE_AGAIN}"
        )


def by_id(root: _Element, ending: str) -> _Element | None:
    """The first element whose id ends so. ASP.NET writes long prefixes before the name it was given."""
    found = root.xpath(f'//*[@id="{ending}" or substring(@id, string-length(@id) - {len(ending)}) = "_{ending}"]')
    return found[0] if found else None


def text_of(element: _Element | None) -> str:
    """All words in an element on one line, without footnote marks (`sup`, `superscript`)."""
    if element is None:
        return ""
    words = element.xpath(".//text()[not(ancestor::sup) and not(ancestor::superscript) and not(ancestor::script)]")
    return " ".join("".join(words).split())


def marks_of(element: _Element) -> tuple[str, ...]:
    """The numbers of the footnotes an element refers to, in order."""
    marks = "".join(element.xpath(".//sup//text() | .//superscript//text()"))
    return tuple(dict.fromkeys(re.findall(r"\d+", marks)))
