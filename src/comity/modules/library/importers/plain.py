"""Paragraphs and headings of any source: decides whether they are a law or a decision of a court, and reads them."""

from __future__ import annotations

import re
from typing import Any

from comity.core.vault.errors import Unreadable
from comity.modules.library.importers import languages, numbers, records
from comity.modules.library.importers.drafting import Draft
from comity.modules.library.importers.outline import Block, Outline, judgment
from comity.modules.library.importers.records import Facts
from comity.modules.library.vocabulary import LawType
from comity.modules.library.vocabulary import ProvisionKind as K

#: What decisions of courts say, at the beginning of a line. Two of these make a case.
_DECISION = re.compile(
    r"^\s*(?:(基本案情|裁判结果|裁判要点|案例分析|裁判理由|典型意义|案件基本情况|原告诉讼请求|法院裁判|处理结果|法律意义|相关法条"
    r"|案情回顾|法官解读|裁判要旨|适用解析|简要案情|法官说法|司法解释相关(?:法条|条文))"
    r"|(vu la procédure suivante|considérant ce qui suit)|((?:d[ée]cide|ordonne|par ces motifs)\s*:)"
    r"|(au nom du peuple fran[çc]ais)"
    r"|(.{0,60}\[(?:19|20)\d\d\] (?:UK|EW|NI|CS|HC)[A-Z]+)|((?:approved )?judgment\b)"
    r"|(.{0,40}(?:appellants?|respondents?|claimants?|defendants?)\b)|(royal courts of justice)"
    r"|(r\s*e\s*g\s*i\s*n\s*a\b)"
    r"|((?:vistos|resultando|considerando|fallo|se resuelve)\s*:)|(باسم (?:الشعب|صاحب))|(حكمت المحكمة)"
    r"|((?:mr|mrs|ms|lord|lady) justice)|(case no))",
    re.IGNORECASE | re.MULTILINE,
)
_LICENCE = re.compile(
    r"permission is hereby granted|creative commons|MIT license|apache license|all by-law files", re.IGNORECASE
)
_LAW_TITLE = re.compile(
    r"(法|条例|解释|规定|办法|批复|修正案|决定|实施细则)(\(.*\)|（.*）)?$"
    r"|\b(act|bill|code|law|ley|loi|decreto|décret|regulations?|order|rules|measure|by-law)\b",
    re.IGNORECASE,
)
#: What only a law says of itself.
_ENACTED = re.compile(
    r"\bit enacted\b|\bstatutory (?:instruments?|rules)\b|\b(?:insert|substitute)[—–]|\bd?deddf (?:hon|gan)\b"
    r"|\bmay be cited as\b|\bmakes? the following (?:regulations|rules|order)\b|\bthis act\b"
    r"|\b(?:an act|a bill|a measure) (?:of|to)\b|\bact of the scottish parliament\b"
    r"|\bsancionan? con fuerza de\b|\bdecreta\b|\bpromulgue la loi\b",
    re.IGNORECASE,
)
_ZH_TYPES = (
    ("修正案", LawType.ACT), ("解释", LawType.INTERPRETATION), ("批复", LawType.INTERPRETATION),
    ("条例", LawType.REGULATION), ("细则", LawType.REGULATION), ("规定", LawType.REGULATION),
    ("办法", LawType.REGULATION), ("宪法", LawType.CONSTITUTION), ("法", LawType.ACT),
)  # fmt: skip
_ZH_ITEM = re.compile(rf"({numbers.HAN_NUMBER})、\s*")
_NEITHER = "not a law or case: no articles, sections or parts of a judgment were found."


def read(blocks: list[Block], facts: Facts, *, stated: str = "") -> tuple[dict[str, Any], list[str]]:
    """The record of the blocks and notes. `stated`: "law" or "case" where the source says it.

    Raises Unreadable for what is neither.
    """
    whole = "\n".join(b.text for b in blocks)
    if not whole.strip():
        raise Unreadable("not a law or case: there is no text in it.")
    if languages.lost_its_spaces(whole):
        records.law(facts, _paragraphs(blocks, "ar"))  # says so
    said = bool(facts.lang)
    lang = facts.lang or languages.guess(f"{facts.title}\n{whole}")
    clues = {(found.lastindex, found[1]) for found in _DECISION.finditer(whole)}
    draft = Outline(lang).read(blocks)
    cited = [p for p in draft.cited() if p.kind != K.PARAGRAPH]
    decision = len(clues) >= 2 or (bool(clues) and "ECLI:" in whole[:500])
    if stated == "case" or (stated != "law" and decision and not _is_law(facts.title, cited)):
        draft = judgment(blocks, lang)
        record = records.case(_decided(facts, whole, lang), draft)
    else:
        if len(cited) < 3 and (stated or _ENACTED.search(whole)) and not _LICENCE.search(whole[:3000]):
            counted = Outline(lang, counted=True).read(blocks)
            if not cited or len(counted.cited()) > len(cited):
                draft, cited, stated = counted, counted.cited(), "law"
        if not cited:
            draft = _unnumbered(blocks, facts, lang, stated == "law")
        elif len(cited) == 1 and not (stated or _LAW_TITLE.search(facts.title)):
            raise Unreadable(_neither(whole))
        if lang == "zh" and "type" not in facts.law:
            plain_title = re.sub(r"[(（].*?[)）]$", "", facts.title)
            facts.law["type"] = next((t.value for end, t in _ZH_TYPES if plain_title.endswith(end)), "")
        record = records.law(facts, draft)
    facts.lang = lang
    record = {**record, "texts": [{**text, "lang": lang} for text in record.get("texts", [])]}
    notes = draft.notes if said else [f"Language told by the words: {lang}.", *draft.notes]
    return {name: value for name, value in record.items() if value or name in {"law", "case"}}, notes


def _is_law(title: str, cited: list[Any]) -> bool:
    return len(cited) > 5 and (bool(_LAW_TITLE.search(title)) or len(cited) > 20)


def _paragraphs(blocks: list[Block], lang: str) -> Draft:
    draft = Draft(lang)
    for block in blocks:
        draft.say(block.text, None)
    return draft


def _unnumbered(blocks: list[Block], facts: Facts, lang: str, stated: bool) -> Draft:
    """A law without articles: Chinese amendments count "一、", others have only paragraphs."""
    whole = "\n".join(b.text for b in blocks)
    if not stated and not (lang == "zh" and _LAW_TITLE.search(facts.title)):
        raise Unreadable(_neither(whole))
    draft = Draft(lang)
    for block in blocks:
        found = _ZH_ITEM.match(block.text) if lang == "zh" else None
        value = numbers.han(found[1]) if found else None
        if found and value:
            piece = draft.add(K.PARAGRAPH, None, number=str(value), label=found[1])
            piece.lines.append(block.text[found.end() :])
        elif draft.pieces:
            draft.pieces[-1].lines.append(block.text)
        else:
            draft.say(block.text, None)
    if not draft.cited():
        draft.pieces[0].kind = K.PARAGRAPH
        draft.notes.append("No articles: the text is kept as paragraphs.")
    return draft


def _decided(facts: Facts, whole: str, lang: str) -> Facts:
    """Citation and ECLI, where the first lines of the decision print them."""
    head = whole[:3000]
    neutral = re.search(r"\[(?:19|20)\d\d\] (?:UK|EW|NI|CS|HC)[A-Z]+(?: [A-Z][a-z]+)? \d+(?: \([A-Za-z]+\))?", head)
    ecli = re.search(r"ECLI:([A-Z]{2}):[\w:.]+", head)
    if neutral and not facts.case.get("citation"):
        facts.case["citation"] = neutral[0]
        facts.aliases.append(("citation", neutral[0]))
    if ecli:
        facts.aliases.append(("ecli", ecli[0]))
        facts.state = facts.state or languages.country(ecli[1])
    return facts


def _neither(whole: str) -> str:
    if _LICENCE.search(whole[:3000]):
        return "not a law or case: a licence."
    return _NEITHER
