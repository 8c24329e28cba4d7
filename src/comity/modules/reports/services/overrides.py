"""Overrides: a number that replaces a computed one, with a reason, a document and a second person."""

from __future__ import annotations

from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.core.actions.decorator import Denied, Done, action
from comity.modules.reports import vocabulary as v
from comity.modules.reports.models import Edition, Override
from comity.modules.reports.policies import can
from comity.modules.reports.selectors.editions import standing
from comity.modules.reports.services.freezing import edition_reference


@action(v.OVERRIDE, policy=can, on="edition")
def propose(actor: Actor, *, edition: Edition, slug: str, value: Decimal, reason: str, document: str) -> Done[Override]:
    """Proposes another number for a frozen figure; it counts once a second person confirmed it.

    Raises Denied without a reason or a document, or where the edition has no such frozen figure.
    """
    if not reason.strip() or not document.strip():
        raise Denied(_("An override needs a reason and the document that the number stands in."))
    if slug not in standing(edition):
        raise Denied(_("This edition has no frozen figure “%(slug)s”.") % {"slug": slug})
    row = Override.objects.create(
        edition=edition, slug=slug, value=value, reason=reason, document=document, proposed_by=actor.reference
    )
    said = {"value": str(value), "document": document}
    return Done(row, f"{edition_reference(edition)}:{slug}", difference=said, reason=reason)


@action(v.CONFIRM_OVERRIDE, policy=can, on="override")
def confirm(actor: Actor, *, override: Override) -> Done[Override]:
    """A second person confirms an override: the figure prints it, marked as not computed."""
    row = Override.objects.select_for_update().get(pk=override.pk)
    decision = can(actor, v.CONFIRM_OVERRIDE, row)
    if not decision:
        raise Denied(decision.reason)
    row.confirmed_by, row.confirmed_at = actor.reference, timezone.now()
    row.save(update_fields=["confirmed_by", "confirmed_at"])
    return Done(row, f"{edition_reference(row.edition)}:{row.slug}", difference={"confirmed": str(row.value)})


@action(v.OVERRIDE, policy=can, on="edition")
def withdraw(actor: Actor, *, edition: Edition, override: Override, reason: str) -> Done[Override]:
    """Takes an override back: the computed number stands again. Raises Denied without a reason."""
    if not reason.strip():
        raise Denied(_("Say why: this step needs a reason."))
    row = Override.objects.select_for_update().get(pk=override.pk, edition=edition)
    row.withdrawn_at = timezone.now()
    row.save(update_fields=["withdrawn_at"])
    said = {"withdrawn": str(row.value)}
    return Done(row, f"{edition_reference(edition)}:{row.slug}", difference=said, reason=reason)
