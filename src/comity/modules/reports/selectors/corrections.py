"""What was corrected in an edition since it was issued, as far as a reader may be told."""

from __future__ import annotations

from dataclasses import dataclass

from comity.core.actions.actor import Actor
from comity.modules.reports.definition import Definition
from comity.modules.reports.models import Edition, Snapshot
from comity.modules.reports.numbers import Number, of_result
from comity.modules.reports.releasing import strictest
from comity.modules.reports.selectors import editions, registry
from comity.modules.reports.selectors.figures import sight
from comity.modules.reports.vocabulary import PUBLISHED, Disclosure, EditionState


@dataclass(frozen=True)
class Correction:
    """An approved result that took the place of another since the issue. `old` and `new` are None where the reader is
    not told them: what two results of a protected figure differ by tells a small cell."""

    row: Snapshot
    definition: Definition
    old: Number | None = None
    new: Number | None = None


def corrections(actor: Actor, edition: Edition) -> list[Correction]:
    """Returns the corrections of an issued edition, newest first; those of figures that `actor` may see.

    Only figures that the text prints; a number that an override stands for is left out: the override is printed.
    """
    issued = edition.steps.filter(state=EditionState.ISSUED).order_by("id").first()
    if edition.state not in PUBLISHED or issued is None:
        return []
    seen, overridden = sight(actor, edition), editions.overrides_of(edition)
    rows = Snapshot.objects.filter(edition=edition, approved_at__isnull=False).select_related("definition")
    stood: dict[str, Snapshot] = {}
    found: list[Correction] = []
    for row in rows.order_by("id"):
        before, stood[row.slug] = stood.get(row.slug), row
        if before is None or row.approved_at is None or row.approved_at < issued.at or row.slug in overridden:
            continue
        definition = registry.definition_of(row.definition)
        if not seen.sees(definition):
            continue
        told = seen.staff or all(class_of(one) == Disclosure.PUBLIC for one in (before, row))
        found.append(Correction(row, definition, of_result(before) if told else None, of_result(row) if told else None))
    printed = set(editions.slugs_of(edition)) if found else set()
    return [one for one in reversed(found) if one.row.slug in printed]


def class_of(row: Snapshot) -> Disclosure:
    """Returns the strictest class of a frozen figure and of those it was made of, as they were defined then."""
    definitions = registry.definitions_of(registry.with_parts([row.slug], row.computed_at))
    return strictest(row.slug, definitions | {row.slug: registry.definition_of(row.definition)})
