"""Editions: opened, written, bound to periods, cleared, and taken from state to state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.core.actions.decorator import Denied, Done, action
from comity.core.counting.codes import joined
from comity.core.texts.models import TextStatus
from comity.modules.reports import symbols
from comity.modules.reports import vocabulary as v
from comity.modules.reports.content import EditionContent
from comity.modules.reports.models import Binding, Edition, EditionStep, Paragraph, ParagraphText, Section
from comity.modules.reports.policies import can
from comity.modules.reports.services import texts
from comity.modules.reports.services.freezing import edition_reference, locked
from comity.modules.reports.tokens import parse
from comity.modules.reports.vocabulary import BEFORE_FREEZE, FOLLOWING, EditionState

#: States that a service of their own reaches.
_OWN_SERVICE = frozenset({EditionState.FROZEN, EditionState.ISSUED, EditionState.CORRECTED})


class Conflict(Exception):
    """Somebody else changed the edition meanwhile."""


@action(v.CREATE, policy=can)
def create(actor: Actor, *, content: EditionContent) -> Done[Edition]:
    """Opens an edition with its sections, paragraphs and texts. Raises Denied where the code is taken, BadToken where a
    text cannot be read."""
    edition = store(actor, content)
    return Done(edition, edition_reference(edition), difference={"title": edition.title, "period": content.period})


def store(actor: Actor, content: EditionContent) -> Edition:
    """Stores a new edition, inside a service's transaction. Raises Denied, BadToken as `create`."""
    if Edition.objects.filter(code=content.code).exists():
        raise Denied(_("There is an edition “%(code)s” already.") % {"code": content.code})
    edition = Edition(created_by=actor.reference, **content.fields())
    edition.save()
    _write_parts(edition, content, actor.reference)
    Binding.objects.bulk_create(
        Binding(
            edition=edition, slug=slug, period_start=p.start if p else None, period_end=p.end if p else None, as_of=day
        )
        for slug, p, day in content.bindings()
    )  # fmt: skip
    EditionStep.objects.create(edition=edition, state=edition.state, actor=actor.reference)
    return edition


def _write_parts(edition: Edition, content: EditionContent, author: str) -> None:
    order = 0
    made: list[ParagraphText] = []
    for place, part in enumerate(content.sections):
        section = Section.objects.create(edition=edition, order=place, level=part.level, title=part.title)
        for said in part.paragraphs:
            order += 1
            paragraph = Paragraph.objects.create(
                edition=edition, section=section, order=order, key=said.key, mandates=joined(said.mandates),
                owner=said.owner, written_by=author,
            )  # fmt: skip
            for lang, value in said.texts.items():
                parse(value)
                status = TextStatus.ORIGINAL if lang == edition.original else TextStatus.UNOFFICIAL
                made.append(
                    ParagraphText(paragraph=paragraph, lang=lang, value=value, status=status, written_by=author)
                )
    ParagraphText.objects.bulk_create(made)


@dataclass(frozen=True)
class Details:
    """What an edition says of itself, apart from its texts. The first six are {lang: text}."""

    title: dict[str, str]
    subtitle: dict[str, str]
    organization: dict[str, str]
    organ: dict[str, str]
    session: dict[str, str]
    agenda_item: dict[str, str]
    symbols: tuple[str, ...]
    period_start: date
    period_end: date
    as_of: date
    word_limit: int
    allowed: tuple[str, ...]
    previous: str


@action(v.WRITE, policy=can, on="edition")
def change_details(actor: Actor, *, edition: Edition, details: Details, base: int) -> Done[Edition]:
    """Changes what the edition says of itself; `base` is the revision that was read: Conflict where it changed.

    Raises Denied for a missing title, a symbol that is none, an unknown edition before it, a period that ends before it
    begins, and, once the figures are frozen, for another period or day.
    """
    found = locked(edition)
    if found.revision != base:
        raise Conflict
    _demand_details(found, details)
    difference: dict[str, list[object]] = {}
    for one in fields(details):
        before, now = getattr(found, one.name), getattr(details, one.name)
        if before != now:
            setattr(found, one.name, now)
            plain = [str(value) if isinstance(value, date) else value for value in (before, now)]
            difference[one.name] = [list(value) if isinstance(value, tuple) else value for value in plain]
    if difference:
        found.save(update_fields=list(difference))
        touch(found)
    edition.refresh_from_db()
    return Done(found, edition_reference(found), difference=difference)


def _demand_details(found: Edition, details: Details) -> None:
    if not details.title.get(found.original, "").strip():
        raise Denied(_("The title in the original language is missing."))
    if details.period_end < details.period_start:
        raise Denied(_("The period ends before it begins."))
    days = (details.period_start, details.period_end, details.as_of)
    if found.state not in BEFORE_FREEZE and days != (found.period_start, found.period_end, found.as_of):
        raise Denied(_("The figures of this edition are frozen already."))
    for symbol in details.symbols:
        try:
            symbols.parse(symbol)
        except ValueError as refused:
            raise Denied(str(refused)) from refused
    known = Edition.objects.filter(code=details.previous).exclude(pk=found.pk)
    if details.previous and details.previous != found.previous and not known.exists():
        raise Denied(_("There is no edition “%(code)s”.") % {"code": details.previous})


@action(v.WRITE, policy=can, on="edition")
def write_text(
    actor: Actor, *, edition: Edition, paragraph: Paragraph, lang: str, value: str, base: int,
    status: str = TextStatus.UNOFFICIAL,
) -> Done[Paragraph]:  # fmt: skip
    """Writes a paragraph in a language; a changed original marks its translations stale and undoes its clearance.

    `base` is the edition's revision that was read: Conflict where it changed. Raises BadToken where the text's tokens
    cannot be read.
    """
    found = locked(edition)
    if found.revision != base:
        raise Conflict
    parse(value)
    before = texts.store(paragraph, lang, value, author=actor.reference, original=found.original, status=status)
    if lang == found.original and before != value:
        paragraph.written_by, paragraph.cleared_by, paragraph.cleared_at = actor.reference, "", None
        paragraph.save(update_fields=["written_by", "cleared_by", "cleared_at"])
    touch(found)
    reference = f"{edition_reference(found)}:{paragraph.key}"
    return Done(paragraph, reference, difference={f"text.{lang}": [before, value]})


@action(v.WRITE, policy=can, on="edition")
def write_summary(actor: Actor, *, edition: Edition, lang: str, value: str, base: int) -> Done[Edition]:
    """Writes the summary in a language. Raises Conflict, BadToken as `write_text`."""
    found = locked(edition)
    if found.revision != base:
        raise Conflict
    parse(value)
    before = found.summary.get(lang, "")
    found.summary = {**found.summary, lang: value}
    found.save(update_fields=["summary"])
    touch(found)
    return Done(found, edition_reference(found), difference={f"summary.{lang}": [before, value]})


@action(v.WRITE, policy=can, on="edition")
def add_paragraph(
    actor: Actor, *, edition: Edition, section: Section, key: str, text: str, mandates: tuple[str, ...] = (),
    owner: str = "",
) -> Done[Paragraph]:  # fmt: skip
    """Adds a paragraph at the end of a section. Raises Denied where the key is taken, BadToken as `write_text`."""
    found = locked(edition)
    parse(text)
    if found.paragraphs.filter(key=key).exists():
        raise Denied(_("There is a paragraph “%(key)s” already.") % {"key": key})
    last = found.paragraphs.order_by("-order").first()
    row = Paragraph.objects.create(
        edition=found, section=section, key=key, order=last.order + 1 if last else 1, mandates=joined(mandates),
        owner=owner, written_by=actor.reference,
    )  # fmt: skip
    ParagraphText.objects.create(
        paragraph=row, lang=found.original, value=text, status=TextStatus.ORIGINAL, written_by=actor.reference
    )
    touch(found)
    return Done(row, f"{edition_reference(found)}:{key}", difference={"text": text})


@action(v.WRITE, policy=can, on="edition")
def remove_paragraph(actor: Actor, *, edition: Edition, paragraph: Paragraph, reason: str) -> Done[str]:
    """Takes a paragraph out; the audit keeps its texts. Raises Denied without a reason."""
    if not reason.strip():
        raise Denied(_("Say why: this step needs a reason."))
    found = locked(edition)
    kept = {f"text.{text.lang}": [text.value, ""] for text in paragraph.texts.all()}
    key = paragraph.key
    paragraph.delete()
    touch(found)
    return Done(key, f"{edition_reference(found)}:{key}", difference=kept, reason=reason)


@action(v.WRITE, policy=can, on="edition")
def bind(
    actor: Actor, *, edition: Edition, slug: str, start: date | None, end: date | None, as_of: date | None = None
) -> Done[Binding]:
    """Gives a figure its own period or day in this edition. Raises Denied where the period is no period."""
    if (start is None) != (end is None) or (start and end and end < start):
        raise Denied(_("A period needs both days, the first not after the last."))
    row, _made = Binding.objects.update_or_create(
        edition=edition, slug=slug, defaults={"period_start": start, "period_end": end, "as_of": as_of}
    )
    touch(edition)
    said = {"period": f"{start}/{end}" if start else "", "as_of": str(as_of or "")}
    return Done(row, f"{edition_reference(edition)}:{slug}", difference=said)


@action(v.CLEAR, policy=can, on="edition")
def clear(actor: Actor, *, edition: Edition, paragraph: Paragraph) -> Done[Paragraph]:
    """A second person clears a paragraph. Raises Denied for who wrote it."""
    if actor.kind != "system" and paragraph.written_by == actor.reference:
        raise Denied(_("Who wrote a paragraph does not clear it: a second person does."))
    paragraph.cleared_by, paragraph.cleared_at = actor.reference, timezone.now()
    paragraph.save(update_fields=["cleared_by", "cleared_at"])
    return Done(paragraph, f"{edition_reference(edition)}:{paragraph.key}", difference={"cleared": True})


@action(v.MOVE, policy=can, on="edition")
def move(
    actor: Actor, *, edition: Edition, to: str, reason: str = "", hindrances: Callable[[Edition, str], list[str]]
) -> Done[Edition]:
    """Takes the edition to another state. `hindrances` says what keeps it from there (the checks): Denied with them."""
    found = locked(edition)
    if to not in FOLLOWING[found.state] or to in _OWN_SERVICE:
        raise Denied(_("This state does not follow the present one."))
    in_the_way = hindrances(found, to)
    if in_the_way:
        raise Denied(" ".join(in_the_way))
    before, found.state = found.state, to
    found.save(update_fields=["state"])
    EditionStep.objects.create(edition=found, state=to, actor=actor.reference, reason=reason)
    edition.refresh_from_db()
    return Done(found, edition_reference(found), difference={"state": [before, to]}, reason=reason)


def touch(edition: Edition) -> None:
    """Counts a change of the edition's texts."""
    Edition.objects.filter(pk=edition.pk).update(revision=F("revision") + 1)
