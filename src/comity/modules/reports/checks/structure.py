"""Checks of the make of a document: headings, length, symbols, mandates, periods, and the same make in all languages.

Sources: UN Editorial Manual, headings (levels I, A, 1, (a); no heading alone at its level), paragraphs (one numbering
in all languages) and instructions (reports of the Secretariat: at most 8,500 words).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from comity.modules.reports import symbols
from comity.modules.reports.checks.model import WHOLE, Code, Finding, headings, passages, reference
from comity.modules.reports.document import EditionDocument, NumberedParagraph

WORD_LIMIT = 8_500
_HAN = re.compile("[\u3400-\u9fff]")


def same_in_all_languages(documents: Mapping[str, EditionDocument]) -> Iterator[Finding]:
    """Compares every language with the original: paragraphs by number and key, headings by level, figures."""
    original = reference(documents)
    for lang, document in documents.items():
        if lang == original:
            continue
        mine, theirs = _numbered(document), _numbered(documents[original])
        for key in sorted(mine.keys() ^ theirs.keys()):
            number, missing = (theirs.get(key) or mine.get(key)), key in theirs
            message = _("The paragraph is missing here.") if missing else _("The original has no such paragraph.")
            yield Finding(Code.PARAGRAPHS, key, number, lang, "", message)
        if mine.keys() == theirs.keys() and list(mine.items()) != list(theirs.items()):
            yield Finding(Code.PARAGRAPHS, WHOLE, None, lang, "", _("The paragraphs stand in another order."))
        levels = [[heading.level for heading in headings(one)] for one in (document, documents[original])]
        if levels[0] != levels[1]:
            message = _("%(here)d headings here and %(there)d in the original, or with other levels.")
            hole = {"here": len(levels[0]), "there": len(levels[1])}
            yield Finding(Code.HEADINGS, WHOLE, None, lang, "", message % hole)
        yield from _figures(document, documents[original])


def _numbered(document: EditionDocument) -> dict[str, int]:
    return {paragraph.key: paragraph.number for paragraph in document.paragraphs()}


def _figures(document: EditionDocument, original: EditionDocument) -> Iterator[Finding]:
    theirs = {paragraph.key: _tokens(paragraph) for paragraph in original.paragraphs()}
    for paragraph in document.paragraphs():
        here, there = _tokens(paragraph), theirs.get(paragraph.key)
        if there is None or here == there:
            continue
        for (slug, qualifier), times in sorted(((here - there) + (there - here)).items()):
            missing = there[slug, qualifier] > here[slug, qualifier]
            message = (
                _("The figure %(slug)s (%(qualifier)s) stands %(times)d times less here than in the original.")
                if missing
                else _("The figure %(slug)s (%(qualifier)s) stands %(times)d times more here than in the original.")
            )
            hole = {"slug": slug, "qualifier": qualifier, "times": times}
            yield Finding(Code.FIGURES, paragraph.key, paragraph.number, document.lang, slug, message % hole)


def _tokens(paragraph: NumberedParagraph) -> Counter[tuple[str, str]]:
    figures = (run.figure for run in paragraph.runs if run.figure is not None)
    return Counter((figure.slug, figure.qualifier) for figure in figures)


def heading_levels(document: EditionDocument) -> Iterator[Finding]:
    """Finds headings that skip a level, and headings that stand alone at their level under their parent."""
    path: list[list[str]] = []
    alone: list[str] = []
    for heading in headings(document):
        shown = f"{heading.label} {heading.text}".strip()
        if heading.level > len(path) + 1:
            message = _("“%(text)s” is at level %(level)d under a heading of level %(above)d. Use the level between.")
            hole = {"text": shown, "level": heading.level, "above": len(path)}
            yield Finding(Code.SKIPPED_LEVEL, WHOLE, None, document.lang, shown, message % hole)
        while len(path) > heading.level:
            alone += _only(path.pop())
        while len(path) < heading.level:
            path.append([])
        path[heading.level - 1].append(shown)
    while path:
        alone += _only(path.pop())
    for shown in alone:
        message = _("“%(text)s” stands alone at its level. Add a second heading beside it, or do without it.")
        yield Finding(Code.LONE_HEADING, WHOLE, None, document.lang, shown, message % {"text": shown})


def _only(siblings: list[str]) -> list[str]:
    return siblings if len(siblings) == 1 else []


def words(document: EditionDocument) -> int:
    """Counts the words of headings, summary, paragraphs and footnotes, figures as one word each.

    Chinese has no blanks between words: each character counts, and each word in Latin letters.
    """
    texts = [heading.text for heading in headings(document)] + [passage.text for passage in passages(document)]
    count = 0
    for text in texts:
        if document.lang == "zh":
            count += len(_HAN.findall(text))
            text = _HAN.sub(" ", text)
        count += sum(any(sign.isalnum() or sign == "\ufffc" for sign in word) for word in text.split())
    return count


def word_limit(documents: Mapping[str, EditionDocument], limit: int = WORD_LIMIT) -> Iterator[Finding]:
    """Finds a text over the limit: the English one, else the original. The rule counts words, so not in Chinese."""
    lang = "en" if "en" in documents else reference(documents)
    if lang and lang != "zh" and (count := words(documents[lang])) > limit:
        message = _("%(count)d words; a report has at most %(limit)d.") % {"count": count, "limit": limit}
        yield Finding(Code.TOO_LONG, WHOLE, None, lang, str(count), message)


def document_symbols(document: EditionDocument) -> Iterator[Finding]:
    """Finds symbols that do not parse: in the masthead, among the mandates, and in the texts."""
    lang = document.lang
    for text in document.masthead.symbols:
        if not _parses(text):
            yield Finding(Code.SYMBOL, WHOLE, None, lang, text, _unreadable(text))
    for paragraph in document.paragraphs():
        for text in paragraph.mandates:
            # A mandate without a stroke is the code of a programme.
            if "/" in text and not symbols.resolutions(text) and not _parses(text):
                yield Finding(Code.SYMBOL, paragraph.key, paragraph.number, lang, text, _unreadable(text))
    for passage in passages(document):
        for place in symbols.candidates(passage.text):
            if not place.symbols:
                yield Finding(Code.SYMBOL, passage.key, passage.number, lang, place.text, _unreadable(place.text))


def _parses(text: str) -> bool:
    try:
        return bool(symbols.parse(text))
    except ValueError:
        return False


def _unreadable(text: str) -> str:
    return _("“%(text)s” is no document symbol. Write it such as A/75/50 or A/75/50/Add.1.") % {"text": text}


def mandates(document: EditionDocument) -> Iterator[Finding]:
    """Finds paragraphs that cite neither a mandate nor a programme."""
    message = _("The paragraph cites no mandate and no programme.")
    for paragraph in document.paragraphs():
        if not paragraph.mandates:
            yield Finding(Code.MANDATE, paragraph.key, paragraph.number, document.lang, "", message)


def periods(document: EditionDocument) -> Iterator[Finding]:
    """Finds figures that do not say for which period or day they hold."""
    message = _("The figure %(slug)s has no period. State it in its definition.")
    seen = [("summary", None, run) for run in document.summary]
    seen += [(one.key, one.number, run) for one in document.paragraphs() for run in one.runs]  # type: ignore[misc]
    for key, number, run in seen:
        if run.figure is not None and not run.figure.period:
            slug = run.figure.slug
            yield Finding(Code.PERIOD, key, number, document.lang, slug, message % {"slug": slug})
