"""The order of an edition: headings and paragraphs, added, named, moved. Keys stay; numbers follow from the place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.core.actions.decorator import Denied, Done, action
from comity.modules.reports import vocabulary as v
from comity.modules.reports.models import Edition, Paragraph, Section
from comity.modules.reports.policies import can
from comity.modules.reports.selectors.editions import outline
from comity.modules.reports.services.editions import Conflict, touch
from comity.modules.reports.services.freezing import edition_reference, locked

#: Levels that a heading may have.
LEVELS = (1, 2, 3, 4)


@action(v.WRITE, policy=can, on="edition")
def add_section(actor: Actor, *, edition: Edition, level: int, title: dict[str, str]) -> Done[Section]:
    """Adds a heading at the end. Raises Denied for another level than 1 to 4, or without a title in the original."""
    found = locked(edition)
    _demand(found, level, title)
    last = found.sections.order_by("-order").first()
    row = Section.objects.create(edition=found, order=last.order + 1 if last else 0, level=level, title=title)
    touch(found)
    return Done(row, _reference(found, row), difference={"level": level, "title": title})


@action(v.WRITE, policy=can, on="edition")
def change_section(
    actor: Actor, *, edition: Edition, section: Section, level: int, title: dict[str, str], base: int
) -> Done[Section]:
    """Changes the words and the level of a heading; `base` is the revision that was read: Conflict where it changed.

    Raises Denied as `add_section`.
    """
    found = locked(edition)
    if found.revision != base:
        raise Conflict
    _demand(found, level, title)
    before = {"level": section.level, "title": section.title}
    section.level, section.title = level, title
    section.save(update_fields=["level", "title"])
    touch(found)
    difference = {name: [old, getattr(section, name)] for name, old in before.items() if old != getattr(section, name)}
    return Done(section, _reference(found, section), difference=difference)


@action(v.WRITE, policy=can, on="edition")
def move_section(actor: Actor, *, edition: Edition, section: Section, by: int) -> Done[Section]:
    """Moves a heading with its paragraphs by so many places, at most to an end."""
    found = locked(edition)
    rows = list(found.sections.order_by("order"))
    before = rows.index(section)
    after = min(max(before + by, 0), len(rows) - 1)
    rows.insert(after, rows.pop(before))
    _reorder(Section.objects.filter(edition=found), rows, first=0)
    touch(found)
    section.refresh_from_db()
    return Done(section, _reference(found, section), difference={"place": [before + 1, after + 1]})


@action(v.WRITE, policy=can, on="edition")
def remove_section(actor: Actor, *, edition: Edition, section: Section, reason: str) -> Done[int]:
    """Takes a heading out below which no paragraph stands. Raises Denied where one does, or without a reason."""
    if not reason.strip():
        raise Denied(_("Say why: this step needs a reason."))
    found = locked(edition)
    if section.paragraphs.exists():
        raise Denied(_("Paragraphs stand below this heading: move them first."))
    kept, reference, pk = {"level": section.level, "title": section.title}, _reference(found, section), section.pk
    section.delete()
    touch(found)
    return Done(pk, reference, difference={"removed": kept}, reason=reason)


@action(v.WRITE, policy=can, on="edition")
def move_paragraph(actor: Actor, *, edition: Edition, paragraph: Paragraph, by: int) -> Done[Paragraph]:
    """Moves a paragraph one place up (`by` -1) or down (1); from an end of its section into the neighbouring one.

    At an end of the edition it stays where it is.
    """
    found = locked(edition)
    parts = outline(found)
    below = [parts.below(section) for section in parts.sections]
    at = next(place for place, rows in enumerate(below) if paragraph in rows)
    before = _place(found, paragraph)
    inner = below[at].index(paragraph) + by
    if 0 <= inner < len(below[at]):
        below[at].insert(inner, below[at].pop(inner - by))
    elif 0 <= at + by < len(below):
        below[at].remove(paragraph)
        below[at + by].insert(len(below[at + by]) if by < 0 else 0, paragraph)
        paragraph.section = parts.sections[at + by]
        paragraph.save(update_fields=["section"])
    _reorder(Paragraph.objects.filter(edition=found), [row for rows in below for row in rows], first=1)
    touch(found)
    paragraph.refresh_from_db()
    return Done(paragraph, f"{edition_reference(found)}:{paragraph.key}",
                difference={"place": [before, _place(found, paragraph)]})  # fmt: skip


@action(v.WRITE, policy=can, on="edition")
def change_paragraph(
    actor: Actor, *, edition: Edition, paragraph: Paragraph, section: Section, mandates: Sequence[str], owner: str
) -> Done[Paragraph]:
    """Changes mandates and owner of a paragraph, and puts it at the end of another section.

    Mandates are printed: other ones undo the paragraph's clearance. Raises Denied for another edition's section.
    """
    found = locked(edition)
    if section.edition_id != found.pk:
        raise Denied(_("There is no such record."))
    difference: dict[str, list[Any]] = {}
    if tuple(mandates) != tuple(paragraph.mandates):
        difference["mandates"] = [list(paragraph.mandates), list(mandates)]
        paragraph.mandates = tuple(mandates)
        paragraph.written_by, paragraph.cleared_by, paragraph.cleared_at = actor.reference, "", None
    if owner != paragraph.owner:
        difference["owner"] = [paragraph.owner, owner]
        paragraph.owner = owner
    if section.pk != paragraph.section_id:
        before = _place(found, paragraph)
        last = found.paragraphs.order_by("-order").first()
        paragraph.section, paragraph.order = section, last.order + 1 if last else 1
        paragraph.save()
        _reorder(Paragraph.objects.filter(edition=found), _reading_order(found), first=1)
        paragraph.order = Paragraph.objects.get(pk=paragraph.pk).order
        difference["place"] = [before, _place(found, paragraph)]
    if difference:
        paragraph.save()
        touch(found)
    return Done(paragraph, f"{edition_reference(found)}:{paragraph.key}", difference=difference)


def _demand(edition: Edition, level: int, title: dict[str, str]) -> None:
    if level not in LEVELS:
        raise Denied(_("A heading has a level from 1 to 4."))
    if not title.get(edition.original, "").strip():
        raise Denied(_("The title in the original language is missing."))


def _reference(edition: Edition, section: Section) -> str:
    return f"{edition_reference(edition)}:section-{section.pk}"


def _reading_order(edition: Edition) -> list[Paragraph]:
    parts = outline(edition)
    return [row for section in parts.sections for row in parts.below(section)]


def _place(edition: Edition, paragraph: Paragraph) -> int:
    """The number that the paragraph has now."""
    return _reading_order(edition).index(paragraph) + 1


def _reorder(stored: QuerySet[Any], rows: Sequence[Any], *, first: int) -> None:
    """Gives the rows their order anew. A place is unique, so all of them step beyond the last one first."""
    last = max(row.order for row in stored)
    stored.update(order=F("order") + last + len(rows) + 1)
    for place, row in enumerate(rows, first):
        row.order = place
    stored.model.objects.bulk_update(rows, ["order"])
