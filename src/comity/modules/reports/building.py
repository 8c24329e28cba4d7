"""Makes the value of an edition in one language (`document.EditionDocument`) of its texts and numbers."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field

from django.utils import translation
from django.utils.translation import gettext as _

from comity.core.texts.models import TextStatus
from comity.modules.reports import tokens
from comity.modules.reports.document import (
    EditionDocument,
    Footnote,
    Heading,
    Masthead,
    NumberedParagraph,
    PrintedFigure,
    Run,
)
from comity.modules.reports.models import Edition
from comity.modules.reports.numbering import labels
from comity.modules.reports.numbers import Number, Numbers
from comity.modules.reports.printing import Claim, Dishonest, Qualifier, claim, isolate, printed
from comity.modules.reports.selectors.editions import Outline
from comity.modules.reports.vocabulary import BEFORE_FREEZE, FigureKind

#: A Word bookmark has at most 40 signs.
_KEY_LENGTH = 40


@dataclass(frozen=True)
class TextProblem:
    """What keeps a text from being printed: paragraph key (or "summary"), language, the figure where it is one."""

    paragraph: str
    lang: str
    message: str
    figure: str = ""


class CannotBuild(Exception):
    """An edition that cannot be printed in a language; `problems` say where and what to do."""

    def __init__(self, problems: list[TextProblem]) -> None:
        super().__init__("; ".join(f"{p.paragraph} ({p.lang}): {p.message}" for p in problems))
        self.problems = problems


@dataclass
class _Setting:
    """What is counted while a document is set, in reading order."""

    lang: str
    numbers: Numbers
    edition: Edition
    problems: list[TextProblem] = field(default_factory=list)
    footnotes: list[Footnote] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)


def document(
    edition: Edition, parts: Outline, numbers: Numbers, lang: str, *, strict: bool = True
) -> tuple[EditionDocument, list[TextProblem]]:
    """Returns the edition in a language, and what is wrong with its texts.

    `strict` raises CannotBuild where anything is; else a number that cannot be printed stands as "[?]" and a missing
    text as the original's.
    """
    setting = _Setting(lang, numbers, edition)
    # What is wrong is told in the language of who asks; what the document itself says is in its own.
    summary = _runs(_text(setting, edition.summary, "summary", lang), "summary", setting)
    body = _body(edition, parts, setting)
    with translation.override(lang):
        notices = tuple(_notices(edition))
    made = EditionDocument(
        code=edition.code,
        lang=lang,
        title=_in(edition.title, lang, edition.original),
        subtitle=_in(edition.subtitle, lang, edition.original),
        masthead=_masthead(edition, lang),
        summary=summary,
        body=tuple(body),
        footnotes=tuple(setting.footnotes),
        notices=notices,
        status=_status(parts, lang, edition),
        as_of=edition.as_of,
        digest="" if edition.state in BEFORE_FREEZE else edition_digest(numbers),
    )
    if strict and setting.problems:
        raise CannotBuild(setting.problems)
    return made, setting.problems


def edition_digest(numbers: Numbers) -> str:
    """Returns the SHA-256 over the digests of all numbers of an edition."""
    lines = [f"{slug} {number.digest} {number.value.normalize():f}" for slug, number in sorted(numbers.by_slug.items())]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _in(texts: dict[str, str], lang: str, original: str) -> str:
    return str(texts.get(lang) or texts.get(original) or "")


def _text(setting: _Setting, texts: dict[str, str], key: str, lang: str) -> str:
    """The text in the language; a missing one is a problem, and the original stands in."""
    original = setting.edition.original
    if texts.get(original) and not texts.get(lang):
        setting.problems.append(TextProblem(key, lang, _("The text in this language is missing.")))
    return _in(texts, lang, original)


def _body(edition: Edition, parts: Outline, setting: _Setting) -> list[Heading | NumberedParagraph]:
    made: list[Heading | NumberedParagraph] = []
    number = 0
    marks = labels([section.level for section in parts.sections], setting.lang)
    for section, mark in zip(parts.sections, marks, strict=True):
        made.append(Heading(section.level, mark, _in(section.title, setting.lang, edition.original)))
        for paragraph in parts.below(section):
            number += 1
            text = _text(setting, parts.texts.get(paragraph.pk, {}), paragraph.key, setting.lang)
            runs = _runs(text, paragraph.key, setting)
            made.append(NumberedParagraph(number, paragraph.key, runs, tuple(paragraph.mandates)))
    return made


def _runs(text: str, key: str, setting: _Setting) -> tuple[Run, ...]:
    try:
        pieces = tokens.parse(text)
    except tokens.BadToken as refused:
        setting.problems.append(TextProblem(key, setting.lang, str(refused)))
        return (Run(text),)
    runs = []
    for piece in pieces:
        match piece:
            case tokens.Text(plain):
                runs.append(Run(plain))
            case tokens.SymbolToken(symbol):
                runs.append(Run(isolate(symbol) if setting.lang == "ar" else symbol))
            case tokens.Note():
                setting.footnotes.append(Footnote(len(setting.footnotes) + 1, piece.text))
                runs.append(Run("", footnote=len(setting.footnotes)))
            case tokens.FigureToken():
                runs.append(_figure(piece, key, setting))
    return tuple(runs)


def _figure(token: tokens.FigureToken, key: str, setting: _Setting) -> Run:
    number = setting.numbers.by_slug.get(token.slug)
    if number is None:
        why = setting.numbers.problems.get(token.slug) or _("There is no number for this figure yet.")
        setting.problems.append(TextProblem(key, setting.lang, why, token.slug))
        return Run("[?]")
    try:
        said = claim_of(number, token.qualifier)
    except Dishonest as refused:
        setting.problems.append(TextProblem(key, setting.lang, str(refused), token.slug))
        return Run("[?]")
    definition = number.definition
    text = printed(said, setting.lang, definition.kind, definition.currency, token.style)
    setting.seen[token.slug] += 1
    figure = PrintedFigure(
        key=figure_key(token.slug, setting.seen[token.slug]),
        slug=token.slug,
        text=text,
        value=number.value,
        kind=definition.kind,
        unit=definition.currency or _in(definition.unit, setting.lang, "en"),
        qualifier=said.qualifier,
        period=str(number.period or number.as_of),
        as_of=number.as_of,
        basis=number.basis,
        digest=number.digest,
        path=figure_path(setting.edition.code, token.slug),
    )
    return Run(text, figure)


def claim_of(number: Number, qualifier: Qualifier | None = None) -> Claim:
    """Returns what is said of a number: by its definition, or with the qualifier that a text asks for.

    A count that a text wants exactly is not rounded. Raises Dishonest where the number does not make it true.
    """
    definition = number.definition
    wanted = qualifier or Qualifier(definition.qualifier)
    exact_count = wanted == Qualifier.EXACT and definition.kind == FigureKind.COUNT
    return claim(number.value, wanted, "1" if exact_count else definition.rounding, definition.kind)


def figure_key(slug: str, occurrence: int) -> str:
    """Returns the name of a figure's place: a Word bookmark, equal in all languages."""
    tail = f"_{occurrence}" if occurrence > 1 else ""
    plain = "fig_" + "".join(sign if sign.isalnum() else "_" for sign in slug)
    if len(plain) + len(tail) > _KEY_LENGTH:
        mark = hashlib.sha256(slug.encode()).hexdigest()[:8]
        plain = f"{plain[: _KEY_LENGTH - len(tail) - 9]}_{mark}"
    return plain + tail


def figure_path(edition: str, slug: str) -> str:
    """Returns the address of a figure's page below the language."""
    return f"/reports/editions/{edition}/figures/{slug}/"


def _masthead(edition: Edition, lang: str) -> Masthead:
    return Masthead(
        organ=_in(edition.organ, lang, edition.original),
        symbols=tuple(edition.symbols),
        distribution="general",
        issued_on=edition.issued_on,
        original=edition.original,
        session=_in(edition.session, lang, edition.original),
        agenda_item=_in(edition.agenda_item, lang, edition.original),
        organization=_in(edition.organization, lang, edition.original),
    )


def _notices(edition: Edition) -> list[str]:
    notices = []
    if edition.fictitious:
        notices.append(_("Demonstration: records, programmes and numbers are fictitious."))
    if edition.state in BEFORE_FREEZE:
        notices.append(_("Draft: the figures are not frozen."))
    return notices


def _status(parts: Outline, lang: str, edition: Edition) -> str:
    """The least of the statuses of the paragraphs in a language: one unofficial text makes the whole unofficial."""
    if lang == edition.original:
        return str(TextStatus.ORIGINAL)
    found = {text.status for p in parts.paragraphs for text in p.texts.all() if text.lang == lang}
    for status in (TextStatus.MACHINE, TextStatus.UNOFFICIAL):
        if status in found:
            return str(status)
    return str(TextStatus.OFFICIAL)
