"""Writing versions: the one place where rows are made. No rule about people."""

from __future__ import annotations

from datetime import datetime
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from django.utils import timezone

from comity.modules.programmes.checking import Known, instance
from comity.modules.programmes.content import Draft
from comity.modules.programmes.kinds import Kind, column, kind_of
from comity.modules.programmes.models import ProgrammeRecord

_CENT = Decimal("0.01")


def fresh_code(kind: Kind) -> str:
    """Returns a code that no record of the kind has: `EV-2026-0012`."""
    stem = f"{kind.prefix}-{timezone.now():%Y}-"
    taken = kind.model._default_manager.filter(code__startswith=stem).values_list("code", flat=True)
    last = max((int(tail) for code in taken if (tail := code.removeprefix(stem)).isdigit()), default=0)
    return f"{stem}{last + 1:04d}"


def add_version(
    draft: Draft,
    *,
    before: ProgrammeRecord | None,
    step: str,
    actor: str,
    wrote: bool,
    reason: str = "",
    known: Known | None = None,
    at: datetime | None = None,
) -> ProgrammeRecord:
    """Closes `before` and adds a version with the content of `draft` in `step`; returns it with its child rows.

    `wrote` tells that `actor` wrote content; else only the step is theirs. Call it inside a transaction.
    """
    row = fresh_version(
        draft, before=before, step=step, actor=actor, wrote=wrote, reason=reason, known=known, at=at or timezone.now()
    )
    if before is not None:
        before.superseded_at = row.recorded_at
        before.save(update_fields=["superseded_at"])
    row.save()
    add_children(row, draft)
    return row


def fresh_version(
    draft: Draft,
    *,
    before: ProgrammeRecord | None,
    step: str,
    actor: str,
    wrote: bool,
    at: datetime,
    reason: str = "",
    known: Known | None = None,
) -> ProgrammeRecord:
    """Returns an unsaved version; the arguments are those of `add_version`."""
    row = instance(draft)
    row.other_titles, row.fictitious = dict(draft.other_titles), draft.fictitious
    row.step, row.step_by, row.reason = step, actor, reason
    row.recorded_at = at
    row.edited_by = actor if wrote or before is None else before.edited_by
    writers = before.writers if before is not None else ()
    row.writers = tuple(dict.fromkeys([*writers, actor])) if wrote else writers
    if before is not None:
        row.fact, row.visible_from = before.fact, before.visible_from
    if draft.kind.is_money:
        _value(row, draft, before, known or Known())
    return row


def add_children(row: ProgrammeRecord, draft: Draft) -> None:
    """Adds the child rows of a new version."""
    made = children_of(row, draft)
    if made and draft.kind.child is not None:
        draft.kind.child._default_manager.bulk_create(made)


def children_of(row: ProgrammeRecord, draft: Draft) -> list[Any]:
    """Returns the unsaved child rows of a version."""
    kind = draft.kind
    if kind.child is None:
        return []
    names = {name: column(kind.child, name).attname for name in kind.child_fields}
    return [
        kind.child(**{kind.parent_field: row}, **{names[name]: value for name, value in values.items()})
        for values in draft.children
    ]


def _value(row: Any, draft: Draft, before: Any, known: Known) -> None:
    """Sets the value in US dollars at the rate of the day. The rate was checked to be there.

    Where neither the money nor its day changed, the rate stays: a rate entered later changes nothing reported.
    """
    same = ("amount", "currency", "starts")
    if before is not None and all(getattr(before, name) == draft.values[name] for name in same):
        row.rate, row.rate_on, row.usd = before.rate, before.rate_on, before.usd
        return
    rate = known.rate(draft.values["currency"], draft.values["starts"])
    assert rate is not None  # noqa: S101 (checking.problems refuses money without a rate)
    row.rate, row.rate_on = rate.units, rate.on
    row.usd = (draft.values["amount"] / rate.units).quantize(_CENT, ROUND_HALF_EVEN)


def locked_current(row: ProgrammeRecord) -> ProgrammeRecord:
    """Returns the current version of the record, locked until the transaction ends."""
    rows = kind_of(row).model._default_manager.select_for_update()
    found: ProgrammeRecord = rows.get(code=row.code, superseded_at__isnull=True)
    return found
