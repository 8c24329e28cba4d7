"""Defining figures: a change is a new version, and the old one stays for what was printed with it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from comity.core.actions.actor import Actor
from comity.core.actions.decorator import Done, action
from comity.modules.reports import vocabulary as v
from comity.modules.reports.definition import BadDefinition, Definition, check
from comity.modules.reports.evaluating import overlapping
from comity.modules.reports.models import FigureDefinition
from comity.modules.reports.policies import can
from comity.modules.reports.selectors.registry import definitions_of, with_parts


@action(v.DEFINE, policy=can)
def define(actor: Actor, *, definition: Definition, reason: str = "") -> Done[FigureDefinition]:
    """Adds a figure, or a new version of it. Raises BadDefinition where it cannot be asked here, or adds up what
    overlaps."""
    row, changed = put(definition, actor.reference, reason)
    return Done(row, f"reports:figure:{row.slug}", difference=changed, reason=reason)


def put(definition: Definition, author: str, reason: str = "") -> tuple[FigureDefinition, dict[str, Any]]:
    """Writes a version where the content changed; returns the current row and what changed. No rule about people."""
    check(definition)
    _no_overlap(definition)
    content = definition.model_dump(mode="json")
    with transaction.atomic():
        rows = FigureDefinition.objects.select_for_update().filter(slug=definition.slug)
        before = rows.filter(superseded_at__isnull=True).first()
        if before is not None and before.content == content:
            return before, {}
        now = timezone.now()
        row = FigureDefinition(
            slug=definition.slug, content=content, edited_by=author, reason=reason, recorded_at=now,
            version=before.version + 1 if before else 1,
        )  # fmt: skip
        if before is not None:
            row.fact = before.fact
            before.superseded_at = now
            before.save(update_fields=["superseded_at"])
        row.save()
    old = before.content if before else {}
    changed = {name: [old.get(name), value] for name, value in content.items() if old.get(name) != value}
    return row, changed


def _no_overlap(definition: Definition) -> None:
    if definition.measure != v.FigureMeasure.TOTAL:
        return
    known = definitions_of(with_parts(definition.parts))
    overlap = overlapping(definition.parts, {**known, definition.slug: definition})
    if overlap:
        raise BadDefinition(f"{definition.slug}: {overlap}")
