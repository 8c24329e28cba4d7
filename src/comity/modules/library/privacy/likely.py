"""Likely names of persons in a text, for a person to look at: a help, never a proof that there are no others.

What is looked for: words after a title (Mr, Mme, Sra., г-н, السيد …); runs of capitalised words that are no known
name of a State, instrument, court or crime and do not stand in lower case elsewhere in the text; in Chinese, a
surname and what follows it after words such as 被告人; in Arabic, names joined by "son of" or "servant of".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from comity.modules.library.privacy.matching import fold

_CAPITAL = r"(?:[A-Z\u00c0-\u00d6\u00d8-\u00de\u0100-\u0136\u0139-\u0147\u014a-\u0178\u0179-\u017d\u0386-\u03ab\u0400-\u042f\u0531-\u0556][^\W\d_]*(?:['’\-][^\W\d_]+)*)"  # noqa: E501
_PARTICLE = r"(?:d[aeiou]s?|del|dell[ao]|von|van|der|den|bin|bint|ibn|al|el|le|la|abu|abd|y|e|ter|ten|st\.?|zu|af)"
_INITIAL = r"(?:[A-ZА-Я]\.)"
_PART = rf"(?:{_CAPITAL}|{_INITIAL})"
_NAME = rf"{_PART}(?:[^\S\n]{{1,3}}(?:{_PARTICLE}[^\S\n]{{1,3}}){{0,3}}{_PART}){{0,5}}"
_RUN = re.compile(rf"\b{_NAME}")
_TITLE = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Mme|Mlle|Me|Maître|Sr|Sra|Srta|Herr|Frau|Sig|Dott|Monsieur|Madame|Mademoiselle|Señora?|Señorita"
    r"|Don|Doña)\b\.?|\bM\.|\bг-(?:н|жа)[ауеой]{0,2}\b|\bгражда(?:нин|нк)\w*)"
    rf"[^\S\n]{{1,3}}({_NAME})"
)
_LOWER = re.compile(r"\b[^\W\d_A-Z]+\b")
_WORDS = re.compile(r"[^\W\d_]+")
_AR = r"[\u0621-\u064a\u064b-\u0652\u0671]{2,}"
_ARABIC = (
    re.compile(
        r"(?:السيدة|السيد|الآنسة|المدعوة|المدعو|المتهمة|المتهم|المجني عليها|المجني عليه|الضحية|الشاهدة|الشاهد|"
        r"الطفلة|الطفل|القاصر)"
        rf"\s*[/:]?\s+({_AR}(?:\s+{_AR}){{1,2}})"
    ),
    re.compile(rf"({_AR}\s+(?:بن|بنت|ابن|ابنة)\s+{_AR}(?:\s+(?:بن|بنت|ابن|ابنة)\s+{_AR}){{0,2}})"),
    re.compile(rf"\b(عبد\s?ال{_AR}(?:\s+{_AR})?)"),
)
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方"
    "侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严覃武戴莫孔向汤張劉陳楊黃趙吳孫馬鄭謝許鄧馮韓蕭葉蔣蘇盧鍾薑譚範陸賈韋"
)
_CHINESE = re.compile(
    "(?:上诉人|被告人|被告|被害人|受害人|原告人|原告|证人|申请人|被申请人|自诉人|同案人|犯罪嫌疑人|名叫|姓名[:：]?)"
    rf"[（(:：\s]*([{_SURNAMES}][\u4e00-\u9fff]{{1,3}}?)(?=[，,。、；;：:（()）\s的被将于在与和及等系因犯向对从购诉称认以不支提为是应要申请已未按由处曾均自]|$)"
)
#: Small words that stand before a name at the beginning of a sentence, and titles.
_SMALL = frozenset(
    re.findall(
        r"\w+",
        "a an the in on at by to of for from with without against and or but when while after before during since as "
        "if then according under over le la les un une de du des au aux dans par pour contre avec et ou mais lorsque "
        "quand après avant selon sur el los las una del al en por para con sin y o pero cuando tras antes según sobre "
        "contra mr mrs ms miss mx dr prof mme mlle me sr sra srta herr frau sig m don doña monsieur madame "
        "в на по от до из с со и или но при после перед когда о об к у за для против согласно",
    )
)
#: Anonymised already: Zhang Mou, Zhang Moumou, Zhang Jia.
_ANONYMOUS = re.compile("[某甲乙丙丁×xX*]")


class Known:
    """Words that are no names of persons here: States, instruments, crime vocabulary, courts of the record."""

    def __init__(self, names: Iterable[str], words: Iterable[str] = ()) -> None:
        """`names` count as a whole only (Georgia is a State, Georgia Brandovar a person), `words` one by one too."""
        self._words = {word for text in words for word in _WORDS.findall(fold(text))}
        self._names = {fold(name) for name in names}

    def has(self, name: str) -> bool:
        """True where the name is known, or every word of it is."""
        folded = fold(name)
        return folded in self._names or all(word in self._words for word in _WORDS.findall(folded))


def likely_names(text: str, known: Known) -> Counter[str]:
    """Likely names in the text, each with how often it stands there. Time grows with the length of the text."""
    found: Counter[str] = Counter()
    lower = {word for word in _LOWER.findall(text) if word.islower()}
    titled = set()
    for match in _TITLE.finditer(text):
        titled.add(match.end())
        if any(len(word) > 1 for word in _WORDS.findall(match[1])):
            found[_tidy(match[1])] += 1
    for match in _RUN.finditer(text):
        if match.end() in titled:
            continue
        name = _without_words(match, lower)
        words = [word for word in _WORDS.findall(name) if len(word) > 1]
        if len(words) >= 2 and not any(word.lower() in lower for word in words):
            found[_tidy(name)] += 1
    for pattern in _ARABIC:
        for match in pattern.finditer(text):
            found[_tidy(match[1])] += 1
    for match in _CHINESE.finditer(text):
        if not _ANONYMOUS.search(match[1][1:]):
            found[match[1]] += 1
    return Counter({name: count for name, count in found.items() if not known.has(name)})


def _without_words(match: re.Match[str], lower: set[str]) -> str:
    """The run of capitals without words at its ends that are small ("Against") or written small elsewhere ("Court")."""
    words = match[0].split()
    while words and (word := words[0].strip(".,").lower()) and (word in lower or word in _SMALL):
        words = words[1:]
    while words and words[-1].strip(".,").lower() in lower:
        words = words[:-1]
    return " ".join(words)


def _tidy(name: str) -> str:
    return re.sub(r"['’]s$", "", " ".join(name.split()).strip(" .,"))
