"""Numbers of a text that are no figures: dates, years, symbols, resolutions, articles, ordinals, names with digits."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from babel import Locale

from comity.modules.reports import symbols
from comity.modules.reports.printing.claims import Qualifier
from comity.modules.reports.printing.words import QUALIFIERS

Span = tuple[int, int]

#: Words before the number of a part of a document, a goal or a table, by language; as a pattern.
_PARTS_OF = {
    "en": r"(?:articles?|arts?\.|paragraphs?|paras?\.|sections?|chapters?|annex(?:es)?|rules?|principles?|goals?"
    r"|targets?|indicators?|items?|tables?|figures?|footnotes?|notes?|parts?|phases?|nos?\.)",
    "fr": r"(?:articles?|arts?\.|paragraphes?|par\.|sections?|chapitres?|annexes?|règles?|principes?|objectifs?|cibles?"
    r"|indicateurs?|points?|tableaux?|figures?|notes?|parties?|phases?|no|n[°º])",
    "es": r"(?:artículos?|arts?\.|párrafos?|párrs?\.|secci(?:ón|ones)|capítulos?|anexos?|reglas?|principios?|objetivos?"
    r"|metas?|indicador(?:es)?|temas?|cuadros?|gráficos?|notas?|partes?|fases?|núms?\.)",
    "ru": r"(?:стат(?:ья|ьи|ье|ью|ьей|ей|ьях|ьям)|пункт\w*|раздел\w*|глав(?:а|ы|е|у|ой|ах)|приложени\w+|правил\w*"
    r"|принцип\w*|цел(?:ь|и|ью|ях|ям)|задач\w*|показател\w+|таблиц\w*|сноск\w+|част(?:ь|и|ью)|этап\w*|№)",
    "ar": r"(?:[وبلف]?(?:المادة|المادتان|المادتين|المواد|الفقرة|الفقرتين|الفقرات|الفصل|الفرع|المرفق|القاعدة"
    r"|المبدأ|الهدف|الغاية|المؤشر|البند|الجدول|الشكل|الحاشية|الجزء|المرحلة|رقم))",
    "zh": r"(?:具体目标|目标|指标|附件|表|图|脚注|注|项目|规则|原则|阶段)",
}
_ORDINALS = {
    "en": r"\d+(?:st|nd|rd|th)\b",
    "fr": r"\d+(?:ers?|res?|es?|èmes?)\b",
    "es": r"\d+\.?[ªºoa](?!\w)",
    "ru": r"\d+-(?:й|я|е|го|м|му|х|ю|ой|ая|ое|ые|ых|ми)\b",
    "ar": r"(?!)",
    "zh": r"第\s?\d+(?:\s?[、和至-]\s?(?:第\s?)?\d+)*",
}
_AND = r"\s?(?:[,、–-]|and|to|et|à|au|y|al?|и|по|و|إلى|和|至)\s?"
_PART = r"\d[\d.]*(?:\s?\([a-z\d]{1,4}\))*"
#: COVID-19, G20, AK-47: letters and digits of one name.
_NAME = re.compile(r"(?<![A-Za-z])(?:[A-Za-z]{1,2}|[A-Za-z]+-)\d+(?:[A-Za-z-]+\d*)?")
_ISO = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_YEAR = r"(?:19|20)\d\d"
_YEARS = re.compile(rf"(?<!\d)(?<!\d[.,])(?:{_YEAR}\s?[-–—/至]\s?(?:{_YEAR}|\d\d)|{_YEAR})(?![\d]|[.,]\d)")
#: A Chinese year says so, or stands in brackets or before "biennium".
_CHINESE_YEAR_AFTER = re.compile(r"\s?(?:年|[)）]|两年期|版)")
_CHINESE_DATE = re.compile(
    r"(?:\d{4}\s?年\s?)?(?:\d{1,2}\s?月)\s?(?:\d{1,2}\s?日)?(?:\s?[至-]\s?(?:\d{4}\s?年\s?)?(?:\d{1,2}\s?月\s?)?\d{1,2}\s?日)?"
    r"|\d{1,2}\s?日"
)


def spans(text: str, lang: str, allowed: Collection[str]) -> Iterator[Span]:
    """Yields the places in `text` whose digits are no figures.

    A year is a number from 1900 to 2099 without a separator. It is taken for a count where a qualifier stands before
    it ("more than 2000"), and in Chinese where no word for a year follows; "2000 people" passes as a year. `allowed`
    lists constants of the edition, such as "1540" or "17 Goals".
    """
    for place in (*symbols.candidates(text), *symbols.resolutions(text)):
        yield place.start, place.end
    for pattern in _patterns(lang):
        yield from (match.span() for match in pattern.finditer(text))
    for match in _YEARS.finditer(text):
        if lang == "zh":
            is_year = len(match.group()) > 4 or _CHINESE_YEAR_AFTER.match(text, match.end()) is not None
        else:
            is_year = not qualifier_before(text, match.start(), lang)
        if is_year:
            yield match.span()
    for constant in allowed:
        if constant:
            for match in re.finditer(rf"(?<![\d])(?<!\d[.,]){re.escape(constant)}(?!\d|[.,]\d)", text):
                yield match.span()


def qualifier_before(text: str, at: int, lang: str) -> str:
    """Returns the qualifier with its blank that stands right before `at` ("about "); "" where none does."""
    match = _qualifiers(lang).search(text[max(0, at - 40) : at])
    return match.group() if match else ""


@lru_cache(maxsize=6)
def _qualifiers(lang: str) -> re.Pattern[str]:
    words = {word for qualifier in Qualifier for word in QUALIFIERS[lang].get(qualifier, ())}
    longest = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?:{longest})\s*$" if lang == "zh" else rf"(?<!\w)(?:{longest})\s*$", re.IGNORECASE)


@lru_cache(maxsize=6)
def _patterns(lang: str) -> tuple[re.Pattern[str], ...]:
    before = "" if lang == "zh" else r"(?<!\w)"
    part_of = re.compile(rf"{before}{_PARTS_OF[lang]}\s?{_PART}(?:{_AND}{_PART})*", re.IGNORECASE)
    return part_of, re.compile(_ORDINALS[lang]), _NAME, _ISO, _dates(lang)


def _dates(lang: str) -> re.Pattern[str]:
    if lang == "zh":
        return _CHINESE_DATE
    # "the" of "15 to 19 October"; the month may have a second name before a stroke, as in Arabic.
    day = rf"\d{{1,2}}(?:er|º)?(?:{_AND}\d{{1,2}})*"
    of = r"\s(?:de\s)?(?:[^\d\s]+(?:\s[^\d\s]+)?/)?"
    return re.compile(rf"(?<!\d){day}{of}(?:{_months(lang)})(?!\w)", re.IGNORECASE)


def _months(lang: str) -> str:
    months = Locale.parse(lang).months
    names = {str(name) for kind in ("format", "stand-alone") for name in months[kind]["wide"].values()}
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
