"""Writing many new records at once: what an import takes in. One audit entry names the records of a batch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from comity.core.actions.actor import Actor
from comity.core.actions.decorator import Done, action
from comity.modules.programmes import vocabulary as v
from comity.modules.programmes.checking import Known
from comity.modules.programmes.content import Draft
from comity.modules.programmes.policies import can
from comity.modules.programmes.services.records import search_effects
from comity.modules.programmes.services.versions import children_of, fresh_version

#: Records written in one transaction.
BATCH = 500
_ROWS = 1_000


@action(v.IMPORT, policy=can)
def write_new(actor: Actor, *, drafts: Sequence[tuple[Draft, str]], known: Known, file: str) -> Done[int]:
    """Adds records of one kind, each with the step in which it begins; returns how many.

    The caller has checked each against the rules, that its code is new and that its step may be taken. Raises
    IntegrityError where somebody else recorded one of the codes meanwhile; then nothing of the batch is written.
    """
    if not drafts:
        return Done(0, "programmes:import")
    kind, now = drafts[0][0].kind, timezone.now()
    rows = [
        fresh_version(draft, before=None, step=step, actor=actor.reference, wrote=True, at=now, known=known)
        for draft, step in drafts
    ]
    rows = list(kind.model._default_manager.bulk_create(rows, batch_size=_ROWS))
    children: list[Any] = []
    for row, (draft, _step) in zip(rows, drafts, strict=True):
        children += children_of(row, draft)
    if children and kind.child is not None:
        kind.child._default_manager.bulk_create(children, batch_size=_ROWS)
    codes = [draft.code for draft, _step in drafts]
    told = {"kind": kind.name, "codes": codes, "rows": len(children), "file": file[-120:]}
    return Done(len(rows), "programmes:import", difference=told, effects=search_effects(kind, codes))
