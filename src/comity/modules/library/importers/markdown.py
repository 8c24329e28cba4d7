"""Markdown with and without front matter, and plain text."""

from __future__ import annotations

import re
from typing import Any

import yaml
from lxml import html
from markdown_it import MarkdownIt
from markdown_it.token import Token

from comity.core.vault.errors import Unreadable
from comity.modules.library.importers import languages, plain, records
from comity.modules.library.importers.outline import Block
from comity.modules.library.importers.records import Facts
from comity.modules.library.vocabulary import LawStatus, LawType

_FRONT = re.compile(r"\A---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_RANKS = {
    "constitution": LawType.CONSTITUTION, "constitucion": LawType.CONSTITUTION, "code": LawType.CODE,
    "codigo": LawType.CODE, "ley": LawType.ACT, "loi": LawType.ACT, "law": LawType.ACT, "act": LawType.ACT,
    "decreto_ley": LawType.DECREE, "decreto": LawType.DECREE, "decret": LawType.DECREE,
    "regulation": LawType.REGULATION, "reglamento": LawType.REGULATION, "bill": LawType.BILL,
}  # fmt: skip
_STATUSES = {
    "in_force": LawStatus.IN_FORCE, "amended": LawStatus.AMENDED, "repealed": LawStatus.REPEALED,
    "draft": LawStatus.DRAFT,
}  # fmt: skip
#: Day that a compiler writes where it knows none.
_NO_DAY = "1900-01-01"
#: A bold article that a converter left within the paragraph before it: "…)***ARTICULO 2º.-** Si".
_RUN_IN = re.compile(r"(?<=[^\s*])(\*{2,5})(?=(?:ART[IÍ]CULO|Art[íi]culo|Art\.|Article)\s?\d)")
_ZH_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")


def read(text: str) -> tuple[dict[str, Any], list[str]]:
    """The record of a Markdown file, and notes."""
    front, body = _front_matter(text)
    blocks = _blocks(body)
    if not blocks:
        raise Unreadable("not a law or case: only front matter, no text." if front else "not a law or case: no text.")
    facts = _facts(front)
    title = next((b.text for b in blocks if b.level == 1), blocks[0].text if blocks[0].level else "")
    if blocks[0].text == title or blocks[0].text == facts.title:
        blocks = blocks[1:]
        facts.title = facts.title or title
    if not blocks:
        raise Unreadable("not a law or case: only a title, no text.")
    _chinese(facts, blocks, title)
    stated = "law" if front.get("rank") or facts.law.get("official_number") else ""
    return plain.read(blocks, facts, stated=stated)


def read_plain(text: str) -> tuple[dict[str, Any], list[str]]:
    """The record of plain text: lines are paragraphs, or, where empty lines part them, hard-wrapped lines of one."""
    return plain.read(plain_blocks(text), Facts())


def plain_blocks(text: str) -> list[Block]:
    """The paragraphs of plain text; hard-wrapped lines are joined where empty lines part the paragraphs."""
    lines = [line.rstrip() for line in text.splitlines()]
    filled = [line for line in lines if line.strip()]
    wrapped = len(filled) < len(lines) - 2 and filled and max(map(len, filled)) < 120
    if not wrapped:
        return [Block(line.strip()) for line in filled]
    return [Block(" ".join(part.split())) for part in re.split(r"\n\s*\n", "\n".join(lines)) if part.strip()]


def is_markdown(text: str) -> bool:
    """True for text with front matter or a heading marked by #."""
    return bool(_FRONT.match(text)) or bool(re.search(r"^#{1,6} ?[^\s#]", text[:20_000], re.MULTILINE))


def _front_matter(text: str) -> tuple[dict[str, Any], str]:
    found = _FRONT.match(text)
    if not found:
        return {}, text
    try:
        front = yaml.safe_load(found[1])
    except yaml.YAMLError:  # a stray quotation mark in one value: the others are read line by line
        pairs = re.findall(r'^(\w+):[ \t]*"?(.*?)"?[ \t]*$', found[1], re.MULTILINE)
        if not pairs:
            raise Unreadable("The front matter cannot be read. Write one “name: value” on each line.") from None
        front = dict(pairs)
    return (front if isinstance(front, dict) else {}), text[found.end() :]


def _facts(front: dict[str, Any]) -> Facts:
    def value(*names: str) -> str:
        return next((" ".join(str(front[n]).split()) for n in names if front.get(n) not in (None, "")), "")

    country, identifier = value("country", "jurisdiction"), value("identifier", "id")
    published = records.iso(value("publication_date"))
    adopted = records.iso(value("promulgation_date", "enactment_date", "adopted_on", "date"))
    updated = records.iso(value("last_updated", "consolidated_as_of"))
    facts = Facts(title=value("title"), lang=languages.code(value("language", "lang")))
    facts.state = languages.country(country)
    facts.identity = f"{country}:{identifier}" if identifier else ""
    facts.url, facts.source = value("source", "url"), ""
    day = adopted or (published if published != _NO_DAY else "")
    facts.year = int(day[:4]) if day else None
    issuer = value("department", "issued_by")
    facts.law = {
        "type": _RANKS[value("rank").lower()].value if value("rank").lower() in _RANKS else "",
        "status": _STATUSES[value("status")].value if value("status") in _STATUSES else "",
        "official_number": value("official_number", "number"),
        "adopted_on": adopted,
        "consolidated_as_of": updated if updated > published and updated != _NO_DAY else "",
        "issued_by": "" if issuer == value("signatories") or " - " in issuer else issuer[:300],
    }
    if not front:
        facts.law = {}
    facts.law = {name: value for name, value in facts.law.items() if value}
    return facts


def _chinese(facts: Facts, blocks: list[Block], title: str) -> None:
    """Chinese laws list their adoption and amendments above the text: the first day is that of adoption, the last
    that of the text as it stands."""
    if facts.identity or not re.search(r"[\u4e00-\u9fff]", title):
        return
    days = []
    for block in blocks:
        found = _ZH_DAY.match(block.text)
        if not found or block.level:
            break
        days.append((records.iso(f"{found[1]}-{found[2]}-{found[3]}"), block.text))
    days = [pair for pair in days if pair[0]]
    if not days:
        return
    first, last = days[0], max(days)
    if "施行" not in first[1] and "发布" not in first[1]:
        facts.law["adopted_on"] = first[0]
    if last[0] != first[0] and re.search("修正|修订|修改", last[1]):
        facts.law["consolidated_as_of"] = last[0]
    facts.year = int(first[0][:4])
    facts.identity = f"{title}@{last[0]}"


def _blocks(body: str) -> list[Block]:
    parser = MarkdownIt("commonmark", {"html": True}).enable("table").disable(["code", "lheading", "reference"])
    out: list[Block] = []
    body = re.sub(r"^(#{1,6})(?=[^\s#])", r"\1 ", body, flags=re.MULTILINE)
    body = _RUN_IN.sub(lambda found: found[1][2:] + "\n\n**", body)
    level, pending, row, cell = 0, "", list[str](), False
    for token in parser.parse(body):
        if token.type == "heading_open":
            level = int(token.tag[1])
        elif token.type == "heading_close":
            level = 0
        elif token.type == "list_item_open":
            pending = f"{token.info}{token.markup} " if token.info else "- "
        elif token.type == "tr_open":
            row = []
        elif token.type == "tr_close":
            out.append(Block(" | ".join(row)))
        elif token.type in {"td_open", "th_open", "td_close", "th_close"}:
            cell = token.nesting == 1
        elif token.type == "inline" and cell:
            row.append(_inline(token))
        elif token.type == "inline":
            out.append(Block((pending + _inline(token)).strip(), level))
            pending = ""
        elif token.type in {"fence", "code_block"}:
            out += [Block(line) for line in token.content.splitlines()]
        elif token.type == "html_block":
            out += _html(token.content)
    return [b for b in out if b.text.strip()]


def _inline(token: Token) -> str:
    """The words of a paragraph on one line. Some converters lose the space before and after links and italics
    ("de la*[Ley"): it is put back where a link begins or ends, and where a capital or a figure follows a letter."""
    words, edge = "", ""
    for child in token.children or []:
        piece = ""
        if child.type in {"text", "code_inline", "text_special", "image"}:
            piece = child.content
        elif child.type in {"softbreak", "hardbreak"}:
            piece = " "
        elif child.type == "html_inline":
            tag = re.match(r"</?[a-z!]", child.content, re.IGNORECASE)
            piece = " " if re.match(r"<br", child.content, re.IGNORECASE) else "" if tag else child.content
        else:
            edge = "link" if edge == "link" or child.type.startswith("link") else "style"
        if piece and edge:
            beside = words[-1:].isalnum() and piece[0].isalnum()
            if beside and (edge == "link" or (words[-1].islower() and not piece[0].islower())):
                words += " "
            edge = ""
        words += piece
    return " ".join(re.sub(r"\*{2,}", " ", words).split())


def _html(content: str) -> list[Block]:
    """A piece of HTML within Markdown: its words; comments are none."""
    from comity.modules.library.importers import web

    content = re.sub(r"<!--.*?-->", "", content, flags=re.DOTALL)
    return web.blocks(html.fromstring(f"<div>{content}</div>")) if content.strip() else []
