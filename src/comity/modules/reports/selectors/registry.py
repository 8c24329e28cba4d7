"""The registry: which figures there are, in which version."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import QuerySet
from django.http import Http404

from comity.modules.reports.definition import Definition
from comity.modules.reports.models import FigureDefinition


def current_rows() -> QuerySet[FigureDefinition]:
    """Returns the current version of every definition. Definitions are public: what a number means is no secret."""
    return FigureDefinition.objects.filter(superseded_at__isnull=True).order_by("slug")


def row_named(slug: str) -> FigureDefinition:
    """Returns the current version. Raises Http404 where there is none."""
    row = current_rows().filter(slug=slug).first()
    if row is None:
        raise Http404
    return row


def versions_of(slug: str) -> list[FigureDefinition]:
    """Returns all versions of a definition, newest first."""
    return list(FigureDefinition.objects.filter(slug=slug).order_by("-version"))


def definition_of(row: FigureDefinition) -> Definition:
    """Returns what a stored version says."""
    return Definition.model_validate(row.content)


def with_parts(slugs: Iterable[str], at: datetime | None = None) -> dict[str, FigureDefinition]:
    """Returns the versions (current, or known at a moment) of the figures and of those they are made of or lie in."""
    rows = {row.slug: row for row in FigureDefinition.objects.known_at(at)}
    found: dict[str, FigureDefinition] = {}
    waiting = list(slugs)
    while waiting:
        slug = waiting.pop()
        if slug in found or slug not in rows:
            continue
        found[slug] = rows[slug]
        said = rows[slug].content
        waiting += [*said.get("parts", ()), *filter(None, [said.get("inside")])]
    return found


def definitions_of(rows: Mapping[str, FigureDefinition]) -> dict[str, Definition]:
    """Returns what the versions say, by slug."""
    return {slug: definition_of(row) for slug, row in rows.items()}
