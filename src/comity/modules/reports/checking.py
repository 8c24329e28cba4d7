"""The checks that an edition passes before it is cleared: of its texts (`checks`) and of its figures."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from comity.core.texts.languages import UN_LANGUAGES
from comity.modules.reports import checks
from comity.modules.reports.building import claim_of, document
from comity.modules.reports.document import EditionDocument
from comity.modules.reports.evaluating import CannotEvaluate, composed, overlapping
from comity.modules.reports.models import Edition
from comity.modules.reports.numbers import Number, Numbers, numbers
from comity.modules.reports.printing import Claim, Dishonest, implied
from comity.modules.reports.releasing import THRESHOLD, is_small
from comity.modules.reports.selectors import editions
from comity.modules.reports.vocabulary import Disclosure, FigureKind, PeriodOf


@dataclass(frozen=True)
class EditionFinding:
    """What is wrong: a code, the paragraph's key and number, the language, the figure, and the remedy in words."""

    code: str
    message: str
    paragraph: str = ""
    number: int | None = None
    lang: str = ""
    figure: str = ""
    text: str = ""


def findings(edition: Edition, languages: tuple[str, ...] | None = None) -> list[EditionFinding]:
    """Returns everything that keeps the edition from being cleared, [] where nothing does.

    `languages`: those to look at; None for the original and all in which a text stands.
    """
    parts = editions.outline(edition)
    if languages is None:
        there = {lang for texts in parts.texts.values() for lang in texts}
        languages = tuple(lang for lang in UN_LANGUAGES if lang in there or lang == edition.original)
    known = numbers(edition)
    documents: dict[str, EditionDocument] = {}
    found: list[EditionFinding] = []
    places = _places(parts)
    for lang in languages:
        documents[lang], problems = document(edition, parts, known, lang, strict=False)
        found += [
            EditionFinding("unprintable", p.message, p.paragraph, places.get(p.paragraph), p.lang, p.figure)
            for p in problems
        ]
    found += [_of_text(finding) for finding in checks.run(documents, frozenset(edition.allowed))]
    original = documents[edition.original]
    found += _derived(original, known)
    found += _added_up(original, known)
    found += _small(original, known)
    found += _periods(original, known)
    return found


def _places(parts: editions.Outline) -> dict[str, int]:
    ordered = [paragraph for section in parts.sections for paragraph in parts.below(section)]
    return {paragraph.key: number for number, paragraph in enumerate(ordered, 1)}


def _of_text(finding: checks.Finding) -> EditionFinding:
    return EditionFinding(
        str(finding.code), finding.message, finding.paragraph, finding.number, finding.lang, text=finding.text
    )


def _derived(made: EditionDocument, known: Numbers) -> list[EditionFinding]:
    """Figures made of figures agree with what is printed of their parts: 20.8 % follows from both years' numbers.

    What an edition says of a derived figure must follow from the numbers that stand for its parts, overrides included.
    """
    found = []
    for slug, number in known.by_slug.items():
        if not number.definition.is_composed:
            continue
        parts = [known.by_slug[part] for part in number.definition.parts if part in known.by_slug]
        if len(parts) != len(number.definition.parts):
            continue
        try:
            value = composed(number.definition, [part.value for part in parts])
            said = claim_of(number)
        except (CannotEvaluate, Dishonest):
            continue
        if not _holds(said, value, number):
            text = _("“%(slug)s” stands as %(said)s, but its parts give %(value)s. Correct the figure or its parts.")
            values = {"slug": slug, "said": f"{said.number:f}", "value": f"{value.normalize():f}"}
            found.append(EditionFinding("derived-figure", text % values, *_where(made, slug), figure=slug))
    return found


def _holds(said: Claim, value: Decimal, number: Number) -> bool:
    exact = number.definition.kind == FigureKind.COUNT
    return implied(said, value, "1" if exact else number.definition.rounding, number.definition.kind)


def _added_up(made: EditionDocument, known: Numbers) -> list[EditionFinding]:
    """No sum over figures that count the same people: neither by definition nor by writing "X and Y, together Z"."""
    found = []
    for slug, number in known.by_slug.items():
        if number.definition.measure == "total":
            overlap = overlapping(number.definition.parts, known.definitions)
            if overlap:
                found.append(EditionFinding("overlap", overlap, *_where(made, slug), figure=slug))
    return found


def _small(made: EditionDocument, known: Numbers) -> list[EditionFinding]:
    """Small cells of protected figures, and figures for the secretariat only, do not stand in a public text."""
    found = []
    for slug, number in known.by_slug.items():
        where = _where(made, slug)
        if where[1] is None and not where[0]:
            continue
        if number.definition.disclosure == Disclosure.SECRETARIAT:
            text = _("“%(slug)s” is for the secretariat only.")
        elif is_small(number.definition, number.value, number.snapshot.released if number.snapshot else {}):
            text = _("“%(slug)s” would tell a count below %(threshold)d: it is not printed.")
        else:
            continue
        message = text % {"slug": slug, "threshold": THRESHOLD}
        found.append(EditionFinding("small-cell", message, *where, figure=slug))
    return found


def _periods(made: EditionDocument, known: Numbers) -> list[EditionFinding]:
    """A figure whose definition wants a period has one."""
    found = []
    for slug, number in known.by_slug.items():
        if number.period is None and number.definition.period != PeriodOf.NONE:
            text = _("“%(slug)s” has no period.") % {"slug": slug}
            found.append(EditionFinding("no-period", text, *_where(made, slug), figure=slug))
    return found


def _where(made: EditionDocument, slug: str) -> tuple[str, int | None]:
    """The key and number of the first paragraph that prints the figure; ("", None) where none does."""
    if any(run.figure and run.figure.slug == slug for run in made.summary):
        return "summary", None
    for paragraph in made.paragraphs():
        if any(run.figure and run.figure.slug == slug for run in paragraph.runs):
            return paragraph.key, paragraph.number
    return "", None


def hindrances(edition: Edition, to: str) -> list[str]:
    """Returns what keeps an edition from a state, in words: the checks, approvals and translations it demands."""
    said: list[str] = []
    if to == "cleared":
        found = findings(edition, (edition.original,))
        said += [finding.message for finding in found[:5]]
        if len(found) > 5:
            said.append(_("And %(count)d more findings: see the checks.") % {"count": len(found) - 5})
        said += _not_approved(edition) + _not_cleared(edition)
    if to == "submitted":
        found = findings(edition, tuple(UN_LANGUAGES))
        said += [finding.message for finding in found[:5]]
    return said


def _not_approved(edition: Edition) -> list[str]:
    waiting = [slug for slug, row in editions.standing(edition).items() if row.approved_at is None]
    if not waiting:
        return []
    return [_("%(count)d figures wait for a second person's approval.") % {"count": len(waiting)}]


def _not_cleared(edition: Edition) -> list[str]:
    waiting = edition.paragraphs.filter(cleared_at__isnull=True).count()
    return [_("%(count)d paragraphs are not cleared.") % {"count": waiting}] if waiting else []
