"""The desk: what waits for this person, a State's officer or an officer of the secretariat."""

from __future__ import annotations

from dataclasses import dataclass

from comity.core.actions.actor import Actor
from comity.modules.library import vocabulary as v
from comity.modules.library.models import Record
from comity.modules.library.policies import scope

#: Rows shown of each list.
MOST = 200


@dataclass(frozen=True)
class Desk:
    """The lists of one person's desk, each the longest waiting first, at most `MOST` of them."""

    to_finish: list[Record]
    to_review: list[Record]
    to_approve: list[Record]
    to_publish: list[Record]
    waiting: list[Record]
    to_restore: list[Record]

    @property
    def count(self) -> int:
        """How many things wait for this person."""
        return len(self.to_finish) + len(self.to_review) + len(self.to_approve) + len(self.to_publish)


def desk(actor: Actor) -> Desk:
    """What this actor can do something about now. `waiting` is what lies with somebody else."""

    def rows(action: str) -> list[Record]:
        found = scope(actor, action, Record.objects.select_related("participant"))
        return list(found.order_by("changed_at", "number")[:MOST])

    under_work = scope(actor, v.VIEW_WORK, Record.objects.select_related("participant"))
    waiting = under_work.filter(working_step__in=[v.Step.SUBMITTED, v.Step.IN_REVIEW, v.Step.APPROVED])
    mine = {action: rows(action) for action in (v.SUBMIT, v.REVIEW, v.APPROVE, v.PUBLISH)}
    ids = {record.pk for records in mine.values() for record in records}
    return Desk(
        to_finish=mine[v.SUBMIT],
        to_review=mine[v.REVIEW],
        to_approve=mine[v.APPROVE],
        to_publish=mine[v.PUBLISH],
        waiting=list(waiting.exclude(pk__in=ids).order_by("changed_at", "number")[:MOST]),
        to_restore=rows(v.RESTORE),
    )

