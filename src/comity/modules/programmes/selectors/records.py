"""Records of one kind as an actor may see them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from comity.core.actions.actor import Actor
from comity.core.actions.labels import labels_for
from comity.core.counting.countable import RecordLine
from comity.modules.programmes import vocabulary as v
from comity.modules.programmes.kinds import KINDS, Kind
from comity.modules.programmes.policies import can, scope
from comity.modules.programmes.references import path, reference


def kind_named(name: str) -> Kind:
    """Returns a kind. Raises Http404 where there is none of this name."""
    if name not in KINDS:
        raise Http404
    return KINDS[name]


def current(
    actor: Actor, kind: Kind, *, search: str = "", programme: str = "", step: str = "", withdrawn: bool = False
) -> QuerySet[Any]:
    """Returns the current versions that `actor` may see. Withdrawn records only where asked for."""
    rows = scope(actor, v.VIEW, kind.model._default_manager.all())
    rows = rows.filter(step=v.WITHDRAWN) if withdrawn else rows.exclude(step=v.WITHDRAWN)
    if programme:
        rows = rows.filter(programme=programme)
    if step:
        rows = rows.filter(step=step)
    for word in search.split():
        rows = rows.filter(Q(title__icontains=word) | Q(code__icontains=word) | Q(note__icontains=word))
    return rows


def one(actor: Actor, kind: Kind, code: str) -> Any:
    """Returns the current version of a record. Raises Http404 where there is none that `actor` may see."""
    row = scope(actor, v.VIEW, kind.model._default_manager.filter(code=code)).first()
    if row is None:
        raise Http404
    return row


def titles(actor: Actor, kind: Kind, codes: Collection[str], lang: str) -> dict[str, tuple[str, str]]:
    """Returns title and its language of those of the records that `actor` may see, by code."""
    found = {}
    wanted = sorted(codes)
    for start in range(0, len(wanted), _AT_ONCE):
        rows = kind.model._default_manager.filter(code__in=wanted[start : start + _AT_ONCE])
        for row in scope(actor, v.VIEW, rows).only("code", "title", "lang", "other_titles"):
            found[row.code] = row.title_in(lang)
    return found


def versions(actor: Actor, row: Any) -> QuerySet[Any]:
    """Returns all versions of a record, newest first; none for those who may not see its history.

    A version keeps the label it had: who may see the record now may see how it came about.
    """
    rows = type(row)._default_manager.filter(code=row.code).order_by("-recorded_at")
    return rows if can(actor, v.HISTORY, row) else rows.none()


#: Codes asked about in one query: databases limit the number of parameters.
_AT_ONCE = 500


def lines(actor: Actor, kind: Kind, codes: Collection[str], lang: str) -> list[RecordLine]:
    """Returns the records of those codes that `actor` may see, in the order of their dates."""
    wanted = sorted(set(codes))
    found = []
    for start in range(0, len(wanted), _AT_ONCE):
        rows = kind.model._default_manager.filter(labels_for(actor), code__in=wanted[start : start + _AT_ONCE])
        found += list(scope(actor, v.VIEW, rows))
    made = []
    for row in found:
        title, title_lang = row.title_in(lang)
        made.append(
            RecordLine(
                reference(kind.name, row.code), title, title_lang, path(kind.name, row.code), row.label,
                row.starts, row.ends,
            )
        )  # fmt: skip
    return sorted(made, key=lambda line: (line.starts is None, line.starts, line.record))
