"""Opening next year's edition from last year's: its parts and texts are taken over, its periods moved on."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.core.actions.decorator import Denied, Done, action
from comity.core.counting.countable import Period
from comity.modules.reports import vocabulary as v
from comity.modules.reports.content import EditionContent, ParagraphContent, SectionContent
from comity.modules.reports.evaluating import moved
from comity.modules.reports.models import Binding, Edition
from comity.modules.reports.policies import can
from comity.modules.reports.selectors.editions import outline
from comity.modules.reports.services.editions import store
from comity.modules.reports.services.freezing import edition_reference

#: Of the edition's own row the texts, and what else next year's says as well. Symbols are those of one document.
TEXTS = ("title", "subtitle", "summary", "organization", "organ", "session", "agenda_item")
_KEPT = (*TEXTS, "original", "word_limit", "fictitious")


@action(v.CREATE, policy=can)
def open_next(actor: Actor, *, edition: Edition, code: str, period: Period, as_of: date) -> Done[Edition]:
    """Opens the edition that follows `edition`, with its sections, paragraphs, texts and figures' own periods.

    Raises Denied where the code is taken, or where the actor may not see the work on `edition`.
    """
    decision = can(actor, v.VIEW_WORK, edition)
    if not decision:
        raise Denied(decision.reason)
    if period.end < period.start:
        raise Denied(_("The period ends before it begins."))
    made = store(actor, following(edition, code=code, period=period, as_of=as_of))
    said = {"previous": edition.code, "period": str(period), "as_of": str(as_of)}
    return Done(made, edition_reference(made), difference=said)


def following(edition: Edition, *, code: str, period: Period, as_of: date) -> EditionContent:
    """Returns an edition as the one after it begins. A figure's own period or day is moved as far as the edition's."""
    old = Period(edition.period_start, edition.period_end)
    rows = Binding.objects.filter(edition=edition).order_by("slug")
    periods = {
        row.slug: f"{moved(row.period_start, old, period)}/{moved(row.period_end, old, period)}"
        for row in rows
        if row.period_start and row.period_end
    }
    return EditionContent(
        code=code, period=f"{period.start}/{period.end}", as_of=as_of, previous=edition.code,
        allowed=list(edition.allowed), periods=periods, sections=_sections(edition),
        days={row.slug: moved(row.as_of, old, period) for row in rows if row.as_of},
        **{name: getattr(edition, name) for name in _KEPT},
    )  # fmt: skip


def _sections(edition: Edition) -> list[SectionContent]:
    parts = outline(edition)
    return [
        SectionContent(
            level=section.level, title=section.title,
            paragraphs=[
                ParagraphContent(
                    key=row.key, mandates=list(row.mandates), owner=row.owner, texts=parts.texts.get(row.pk, {})
                )
                for row in parts.below(section)
            ],
        )
        for section in parts.sections
    ]  # fmt: skip
