"""Editions with their parts, as an actor may see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.http import Http404

from comity.core.actions.actor import Actor
from comity.core.counting.countable import Period
from comity.modules.reports import tokens
from comity.modules.reports import vocabulary as v
from comity.modules.reports.evaluating import Frame
from comity.modules.reports.models import Binding, Edition, Override, Paragraph, Section, Snapshot
from comity.modules.reports.policies import scope


def editions(actor: Actor) -> QuerySet[Edition]:
    """Returns the editions that `actor` may see, newest first."""
    return scope(actor, v.VIEW, Edition.objects.all())


def edition(actor: Actor, code: str) -> Edition:
    """Returns an edition. Raises Http404 where there is none that `actor` may see."""
    found = editions(actor).filter(code=code).first()
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True)
class Outline:
    """The parts of an edition in their order: sections, each with its paragraphs and their texts by language."""

    sections: list[Section]
    paragraphs: list[Paragraph]
    texts: dict[int, dict[str, str]] = field(default_factory=dict)

    def below(self, section: Section) -> list[Paragraph]:
        """Returns the paragraphs of a section."""
        return [p for p in self.paragraphs if p.section_id == section.pk]

    def text(self, paragraph: Paragraph, lang: str) -> str:
        """Returns the paragraph in the language, "" where it is missing."""
        return self.texts.get(paragraph.pk, {}).get(lang, "")


def outline(found: Edition) -> Outline:
    """Returns an edition's parts in three queries."""
    sections = list(found.sections.order_by("order"))
    place = {section.pk: index for index, section in enumerate(sections)}
    paragraphs = sorted(found.paragraphs.prefetch_related("texts"), key=lambda p: (place[p.section_id], p.order))
    texts = {p.pk: {text.lang: text.value for text in p.texts.all()} for p in paragraphs}
    return Outline(sections, paragraphs, texts)


def slugs_of(found: Edition, parts: Outline | None = None) -> list[str]:
    """Returns the figures that the texts of an edition name, each once, in reading order of the original language.

    A text whose tokens cannot be read is left out: the checks name it.
    """
    parts = parts or outline(found)
    texts = [found.summary.get(found.original, "")]
    texts += [
        parts.text(paragraph, lang) for paragraph in parts.paragraphs for lang in _languages(found, parts, paragraph)
    ]
    return list(dict.fromkeys(slug for text in texts for slug in _named(text)))


def _languages(found: Edition, parts: Outline, paragraph: Paragraph) -> list[str]:
    """The original first, so that the order of figures is its own."""
    return sorted(parts.texts.get(paragraph.pk, {}), key=lambda lang: (lang != found.original, lang))


def _named(text: str) -> Iterable[str]:
    try:
        return [piece.slug for piece in tokens.parse(text) if isinstance(piece, tokens.FigureToken)]
    except tokens.BadToken:
        return []


def frame_of(found: Edition) -> Frame:
    """Returns for what the edition asks its figures."""
    bindings = list(Binding.objects.filter(edition=found))
    return Frame(
        period=Period(found.period_start, found.period_end),
        as_of=found.as_of,
        known_at=found.known_at,
        periods={b.slug: Period(b.period_start, b.period_end) for b in bindings if b.period_start and b.period_end},
        days={b.slug: b.as_of for b in bindings if b.as_of},
    )


def standing(found: Edition, *, approved_only: bool = False) -> dict[str, Snapshot]:
    """Returns the last snapshot of each figure of an edition; `approved_only`: the last one that was approved."""
    rows = Snapshot.objects.filter(edition=found).select_related("definition").order_by("id")
    if approved_only:
        rows = rows.filter(approved_at__isnull=False)
    return {row.slug: row for row in rows}


def overrides_of(found: Edition) -> dict[str, Override]:
    """Returns the confirmed override of each figure that has one."""
    rows = Override.objects.filter(edition=found, confirmed_at__isnull=False, withdrawn_at__isnull=True)
    return {row.slug: row for row in rows.order_by("id")}
