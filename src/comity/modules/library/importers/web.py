"""HTML: judgments of the French Court of Cassation, Emirati laws, and pages of laws in general."""

from __future__ import annotations

import re
from typing import Any

from lxml import html

from comity.core.vault.errors import Unreadable
from comity.modules.library.importers import plain, records, rendered
from comity.modules.library.importers.drafting import Draft
from comity.modules.library.importers.outline import Block, Outline, judgment
from comity.modules.library.importers.records import Facts
from comity.modules.library.vocabulary import LawType
from comity.modules.library.vocabulary import ProvisionKind as K

_BLOCKS = frozenset(re.findall(r"\S+", (
    "p div section article header footer main aside h1 h2 h3 h4 h5 h6 li ul ol dl dt dd blockquote pre table tr tbody"
    " thead td th form fieldset center hr"
)))
_DROPPED = frozenset(re.findall(
    r"\S+", "script style head title nav footer button input select svg noscript iframe template form"
))  # fmt: skip
#: Classes of what stands around a text: contents, buttons, lists of links.
_FURNITURE = re.compile(
    r"\b(toc|colophon|breadcrumb|notice-list|skip-link|visually-hidden|inline-btn|ShowItr|ItrHeader)\b"
)
_CLASS_CHARS = re.compile(r"_(\d{3,5})_")


def parse(text: str) -> html.HtmlElement:
    """The root of a page. Raises Unreadable where there is nothing in it."""
    parser = html.HTMLParser(encoding="utf-8", huge_tree=False, remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = html.fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (html.etree.ParserError, ValueError):
        raise Unreadable("not a law or case: the page is empty.") from None
    return root


def read(text: str) -> tuple[dict[str, Any], list[str]]:
    """The record of a page, and notes."""
    root = parse(text)
    decision = root.xpath("//article[contains(@class, 'decision-detaillee-item-article')]")
    if decision:
        return _cassation(root, decision[0])
    if any(_arabic_class(e) == "المادة" for e in root.iter("div")):
        return _emirates(root)
    body = root.find("body") if root.find("body") is not None else root
    title = _page_title(root)
    law = rendered.law_of(root)
    if law is not None:
        return rendered.read(law, title)
    found = blocks(body)
    if found and found[0].text == title:
        found = found[1:]
    return plain.read(found, Facts(title=title))


def _page_title(root: html.HtmlElement) -> str:
    for path in ("//h1", "//title"):
        for element in root.xpath(path):
            words = " ".join(element.text_content().split())
            if words:
                return words[:500]
    return ""


def blocks(element: html.HtmlElement) -> list[Block]:
    """The paragraphs and headings below an element. A line break ends a paragraph."""
    out: list[Block] = []
    words: list[str] = []

    def end(level: int = 0) -> None:
        text = " ".join("".join(words).split())
        words.clear()
        if text:
            out.append(Block(text, level))

    def walk(node: html.HtmlElement, level: int) -> None:
        words.append(node.text or "")
        for child in node:
            if isinstance(child.tag, str) and not _dropped(child):
                _child(child, level)
            words.append(child.tail or "")

    def _child(child: html.HtmlElement, level: int) -> None:
        tag = child.tag.lower()
        if tag == "br":
            end(level)
        elif tag == "tr":
            end(level)
            cells = [" ".join(cell.text_content().split()) for cell in child if isinstance(cell.tag, str)]
            words.append(" | ".join(filter(None, cells)))
            end(level)
        elif tag in _BLOCKS:
            end(level)
            inner = int(tag[1]) if re.fullmatch("h[1-6]", tag) else level
            walk(child, inner)
            end(inner)
        else:
            walk(child, level)

    walk(element, 0)
    end()
    return _numbered(out)


def _numbered(blocks: list[Block]) -> list[Block]:
    """A number that stands alone ("(a)") goes before the paragraph that it numbers."""
    out: list[Block] = []
    for block in blocks:
        alone = bool(out) and len(out[-1].text) < 12 and re.fullmatch(r"(?:.*\s)?\(?\w{1,4}[.)]", out[-1].text)
        if alone and not block.level:
            out[-1] = Block(f"{out[-1].text} {block.text}")
        else:
            out.append(block)
    return out


def _dropped(element: html.HtmlElement) -> bool:
    return element.tag in _DROPPED or bool(_FURNITURE.search(element.get("class") or ""))


_ZONES = (
    ".//*[contains(@class, 'decision-accordeon--titre') or contains(@class, 'decision-accordeon--contenu')]"
)


def _cassation(root: html.HtmlElement, article: html.HtmlElement) -> tuple[dict[str, Any], list[str]]:
    head = " ".join(block.text for title in article.xpath(".//h1")[:1] for block in blocks(title))
    found = re.match(r"(.*?\d{4})\s+(.*?)\s+Pourvois? n°\s*([\d\-. ,]+)", head)
    ecli = next(iter(re.findall(r"ECLI:[A-Z]{2}:[\w:.]+", article.text_content())), "")
    paragraphs: list[Block] = []
    for element in article.xpath(_ZONES):
        title = "decision-accordeon--titre" in element.get("class", "")
        rows = [Block(" ".join(element.text_content().split()), 2)] if title else blocks(element)
        paragraphs += [block for block in rows if re.search(r"\w", block.text)]
    if not paragraphs:
        whole = article.xpath(".//*[contains(@class,'decision-element--texte-decision')]") or [article]
        paragraphs = [b for b in blocks(whole[0]) if re.search(r"\w", b.text)]
    draft = judgment(paragraphs, "fr")
    chamber = " ".join(article.xpath("string(.//div[contains(@class,'decision-header')]/p[1])").split())
    canonical = next(iter(root.xpath("//link[@rel='canonical']/@href")), "")
    facts = Facts(lang="fr", url=canonical, identity=ecli, aliases=[("ecli", ecli)])
    facts.state = "FRA" if ecli.startswith("ECLI:FR:") else ""
    facts.title = head
    facts.case = {
        "decided_on": records.iso(found[1]) if found else "",
        "court": ", ".join(filter(None, (found[2] if found else "", chamber))),
        "docket": found[3].strip() if found else "",
        "citation": ecli,
    }
    return records.case(facts, draft), draft.notes


def _arabic_class(element: html.HtmlElement) -> str:
    """Class names of word-processor styles, each Arabic letter written as its number: "المادة", "فقرة"."""
    name = (element.get("class") or "").removeprefix("x_")
    return re.sub(r"[_\d]+", "", _CLASS_CHARS.sub(lambda m: chr(int(m[1])), f"_{name}" if name[:1].isdigit() else name))


_GROUP_CLASSES = frozenset({"الكتاب", "الباب", "الفصل", "الفرع", "عنواناولا", "عنوانحرف", "عنوانداخلالقانون"})


def _emirates(root: html.HtmlElement) -> tuple[dict[str, Any], list[str]]:
    """Laws of the United Arab Emirates: the style of each paragraph tells what it is."""
    facts = Facts(lang="ar")
    parts: list[Block] = []
    names: dict[str, str] = {}
    body = root.find("body") if root.find("body") is not None else root
    for element in body:
        if not isinstance(element.tag, str) or _dropped(element):
            continue
        style = _arabic_class(element)
        lines = blocks(element)
        text = " ".join(b.text for b in lines)
        if style in {"قانون", "عنوانللقانون"} and style not in names:
            names[style] = text
        elif style == "تاريخ":
            names["تاريخ"] = names.get("تاريخ", "") + " " + text
            parts.append(Block(text))
        elif style == "المادة":
            parts.append(Block(text, 5, title=True))
        elif style in _GROUP_CLASSES:
            parts.append(Block(text, 4))
        else:
            parts.extend(lines)
    draft = Outline("ar").read(parts)
    number = names.get("قانون", "")
    facts.title = " ".join(filter(None, (number, names.get("عنوانللقانون", ""))))
    day = re.search(r"(\d{1,2})/(\d{1,2})/(\d{4})\s*م", names.get("تاريخ", ""))
    facts.law = {"type": _emirati_type(number), "official_number": number}
    facts.law["adopted_on"] = records.iso(f"{day[1]}/{day[2]}/{day[3]}") if day else ""
    year = re.search(r"لسنة\s+(\d{4})", number)
    facts.year = int(year[1]) if year else None
    facts.identity = f"{facts.title}@{facts.law['adopted_on']}" if number and day else ""
    _notes_of_page(draft)
    return records.law(facts, draft), draft.notes


def _emirati_type(number: str) -> str:
    if "مرسوم" in number:
        return LawType.DECREE.value
    if number.startswith("قرار"):
        return LawType.REGULATION.value
    return (LawType.ACT if number.startswith("قانون") else LawType.OTHER).value


def _notes_of_page(draft: Draft) -> None:
    if not draft.cited() and draft.pieces:
        draft.notes.append("No article was found; the text is kept as paragraphs.")
    for piece in draft.pieces:
        if piece.kind == K.PREAMBLE and piece.parent is not None:
            piece.kind = K.PARAGRAPH
