"""Beginnings of provisions and of groups of them, as laws print them: "Artículo 3.-", "第三条", "المادة 3".

A reference in running text ("Article 5 of the Convention") is no beginning: after the number stands the end of the
line, a stop, or a capital letter.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from comity.modules.library.importers import numbers
from comity.modules.library.vocabulary import ProvisionKind as K

_CITED = {
    "article": K.ARTICLE, "art": K.ARTICLE, "artículo": K.ARTICLE, "articulo": K.ARTICLE, "artigo": K.ARTICLE,
    "articolo": K.ARTICLE, "artikel": K.ARTICLE, "articolul": K.ARTICLE, "статья": K.ARTICLE, "ст": K.ARTICLE,
    "المادة": K.ARTICLE, "مادة": K.ARTICLE, "section": K.SECTION, "sec": K.SECTION, "§": K.SECTION, "rule": K.RULE,
    "regulation": K.ARTICLE, "regla": K.RULE, "règle": K.RULE, "правило": K.RULE,
    **dict.fromkeys(("artykuł", "článek", "čl", "članak", "član", "člen", "artikkel", "стаття", "член"), K.ARTICLE),
    **dict.fromkeys(("neni", "madde", "pasal", "kifungu", "qod", "qodob", "ข้อ", "มาตรา", "अनुच्छेद", "धारा"), K.ARTICLE),
    **dict.fromkeys(("điều", "አንቀጽ", "ماده", "مادهٔ", "دفعہ"), K.ARTICLE),
}  # fmt: skip
_GROUPS = {
    "book": K.BOOK, "livre": K.BOOK, "libro": K.BOOK, "livro": K.BOOK, "книга": K.BOOK, "الكتاب": K.BOOK,
    "part": K.PART, "partie": K.PART, "parte": K.PART, "часть": K.PART, "القسم": K.PART, "الجزء": K.PART,
    "title": K.TITLE, "titre": K.TITLE, "título": K.TITLE, "titulo": K.TITLE, "раздел": K.TITLE, "الباب": K.TITLE,
    "chapter": K.CHAPTER, "chapitre": K.CHAPTER, "capítulo": K.CHAPTER, "capitulo": K.CHAPTER, "глава": K.CHAPTER,
    "الفصل": K.CHAPTER, "division": K.DIVISION, "sección": K.DIVISION, "seccion": K.DIVISION, "seção": K.DIVISION,
    "الفرع": K.DIVISION, "المبحث": K.DIVISION, "subdivision": K.SUBDIVISION, "sous-section": K.SUBDIVISION,
    "paragraphe": K.SUBDIVISION, "subsección": K.SUBDIVISION, "المطلب": K.SUBDIVISION,
}  # fmt: skip
_SCHEDULES = frozenset(re.findall(r"\S+", (
    "schedule annex appendix annexe anexo apéndice appendice приложение ملحق الملحق مرفق جدول"
)))
#: Languages whose "section" holds articles; in the others it is what people cite.
_SECTION_IS_GROUP = {"fr": K.DIVISION}
#: The number before the word: "1-modda", "1 бап", "제 1 조", "1. cikk".
_NUMBER_FIRST = re.compile(
    r"(?:제\s*)?(\d{1,4})\s*[.‐-]?\s*(modda|модда|бап|조|cikk|straipsnis|pants)(?![^\W\d_])[.:]?\s*"
)
_ZH_ARTICLE = re.compile(rf"第\s?({numbers.HAN_NUMBER})\s?[条條](?:之({numbers.HAN_NUMBER}))?")
_ZH_GROUP = re.compile(rf"第({numbers.HAN_NUMBER})(分编|编|編|章|节|節)(?:之({numbers.HAN_NUMBER}))?[\s　]*")
_ZH_KINDS = {
    "编": K.PART, "編": K.PART, "分编": K.TITLE, "章": K.CHAPTER, "节": K.DIVISION, "節": K.DIVISION,
}  # fmt: skip
_ZH_SCHEDULE = re.compile(rf"(?:附件|附表|附录)({numbers.HAN_NUMBER})?[\s　:：]*")
#: The word of a Chinese article without a space after its number, which may be a reference.
UNSPACED = "条?"
_WORD = re.compile(r"§+|[^\s\d.,:;()\[\]\"“”«»*_፡‐–—−-]+(?:-[^\W\d_]+)?")
_END = re.compile(r"^\s*$|^\s*[.:)\]\-–—−ºª°*]|^\s+[\"“«‘'(\[¿¡*]")
_STOPS = re.compile(r"^[\s.:)\]\-–—−ºª°]+")


@dataclass(frozen=True)
class Mark:
    """A beginning: its kind, label as printed, number, what follows on the line, and the word that marks it."""

    kind: K
    label: str
    number: str
    rest: str
    word: str


def cited(text: str, lang: str, *, bare: bool = False) -> Mark | None:
    """The article, section or rule that begins with this text. `bare`: the text is a heading, so that a number with
    a title ("1. Definitions") or the end of the line after any number is enough."""
    if lang in {"zh", "ja"}:
        return _chinese(text)
    if (first := _NUMBER_FIRST.match(text)) is not None:
        number, rest = numbers.digits(first[1]), text[first.end() :].strip()
        return Mark(K.ARTICLE, text[: first.end()].strip(" :"), number, rest, first[2])
    word = _WORD.match(text)
    if word is None:
        return _numbered_title(text) if bare else None
    name = word[0].lower().replace("ـ", "")
    kind = _CITED.get("§" if name.startswith("§") else name)
    if kind is None or word[0][0].islower() or (kind == K.SECTION and lang in _SECTION_IS_GROUP and name == "section"):
        return None
    after = text[word.end() :]
    if bare and (whole := numbers.whole(after)):
        return Mark(kind, " ".join(text.split()), whole, "", _word(word[0]))
    found = numbers.take(re.sub(r"^\.?\s*(?:(?:No|Nº|N°|n°|cha|፡)\.?\s*)?:?\s*", "", after), lang)
    if found is None:
        return None
    number, rest = found
    if not _ends(rest, name, lang):
        return None
    label = text[: len(text) - len(rest)].strip(" :*")
    return Mark(kind, re.sub(r"\s+", " ", label), number, _STOPS.sub("", rest).strip(), _word(word[0]))


def _word(word: str) -> str:
    """The word without accents: "ARTÍCULO" and "ARTICULO" are one style of printing."""
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def is_reference(text: str, lang: str) -> bool:
    """Whether a line only begins with a reference in running text: "Capítulo VII de la Carta", "art. 66 de la"."""
    word = _WORD.match(text)
    if word is None or word[0].lower() not in _CITED.keys() | _GROUPS.keys():
        return False
    found = numbers.take(text[word.end() :].lstrip(" .:°º"), lang)
    return found is not None and bool(re.match(r",|\s+[^\W\d_A-Z]", found[1])) and found[1].lstrip(", ")[:1].islower()


def _ends(rest: str, name: str, lang: str) -> bool:
    if _END.match(rest):
        return True
    if lang == "ar":
        return rest.lstrip()[:1] in {"", '"', "/"}
    first = rest.lstrip()[:1]
    return first.isupper() and (rest[:1].isspace() or name.startswith("§"))


def _numbered_title(text: str) -> Mark | None:
    found = re.match(r"(\d{1,4}(?:\.\d+)*[A-Z]{0,2})[.\s)]+\s*(\S.*)$", text, re.DOTALL)
    if not found or len(text) > 200:
        return None
    return Mark(K.SECTION, found[1] + ("." if text[found.end(1) :][:1] == "." else ""), found[1], found[2].strip(), "")


def counted(text: str) -> Mark | None:
    """A section that begins with its number alone: "1.—(1) In this Act", "2 Extent"."""
    found = re.match(r"(\d{1,3}[A-Z]{0,2})(\.?)(?:\s+|(?=[—–-]))(\S.*)$", text, re.DOTALL)
    return Mark(K.SECTION, found[1] + found[2], found[1], found[3].strip(), "") if found else None


def _chinese(text: str) -> Mark | None:
    found = _ZH_ARTICLE.match(text)
    value = numbers.han(found[1]) if found else None
    if found is None or value is None:
        return None
    again = numbers.han(found[2]) if found[2] else None
    rest = text[found.end() :]
    near = bool(rest) and not rest[0].isspace() and rest[0] not in "【（(：:"
    if near and rest[0] in "第规的、，至和或与及所之款项中以等":
        return None
    number = f"{value}-{again}" if again else str(value)
    return Mark(K.ARTICLE, found[0], number, rest.strip(" 　：:"), UNSPACED if near else "条")


def group(text: str, lang: str, *, heading: bool) -> Mark | None:
    """The group of provisions that begins with this line; `heading`: the source says that it is a heading."""
    if "\n" in text or len(text) > (400 if heading else 160):
        return None
    if lang in {"zh", "ja"}:
        return _chinese_group(text, heading)
    word = _WORD.match(text)
    if word is None or word[0][0].islower():
        return None
    name = word[0].lower().replace("ـ", "")
    kind = _GROUPS.get(name) or (_SECTION_IS_GROUP.get(lang) if name == "section" else None)
    if name in _SCHEDULES and (heading or not text.rstrip().endswith(".")):
        kind = K.SCHEDULE
    if kind is None:
        return _ordinal_first(text, lang)
    found = numbers.take(text[word.end() :].lstrip(" .:°º"), lang)
    if found is None:
        unnumbered = kind == K.SCHEDULE and (heading or len(text) < 60)
        rest = text[word.end() :]
        return Mark(kind, word[0], "", _STOPS.sub("", rest).strip(), word[0]) if unnumbered else None
    number, rest = found
    if heading and rest[:1].isspace() and rest.lstrip()[:1].islower():
        return None  # "Capítulo VII de la Carta": a reference
    if not (heading or lang == "ar" or _ends(rest, name, lang)) or (not heading and text.rstrip().endswith((",", ";"))):
        return None
    label = re.sub(r"\s+", " ", text[: len(text) - len(rest)].strip())
    return Mark(kind, label, number, _STOPS.sub("", rest).strip(), word[0])


def _ordinal_first(text: str, lang: str) -> Mark | None:
    """ "First Part", "PRIMERA PARTE": the number before the word."""
    found = re.match(r"([^\W\d_]+)\s+([^\W\d_]+)\s*(?:[.:\-–—]\s*(.*))?$", text)
    if not found or (kind := _GROUPS.get(found[2].lower())) is None:
        return None
    number = numbers.take(found[1], lang)
    if number is None or number[1]:
        return None
    return Mark(kind, f"{found[1]} {found[2]}", number[0], (found[3] or "").strip(), found[2])


def _chinese_group(text: str, heading: bool) -> Mark | None:
    found = _ZH_GROUP.match(text)
    if found and (heading or len(text) < 40) and not text.endswith(("。", "；", "，")):
        number = str(numbers.han(found[1]) or found[1]) + (f"-{numbers.han(found[3])}" if found[3] else "")
        return Mark(_ZH_KINDS[found[2]], found[0].strip(" 　"), number, text[found.end() :].strip(" 　"), found[2])
    found = _ZH_SCHEDULE.match(text)
    if found and (heading or len(text) < 30) and not text.endswith(("。", "；", "，")):
        number = str(numbers.han(found[1]) or found[1]) if found[1] else ""
        return Mark(K.SCHEDULE, found[0].strip(" 　:："), number, text[found.end() :].strip(" 　"), "附件")
    return None
