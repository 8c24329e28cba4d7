"""Writing many new records at once, published: for the facts that come with the software."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.core.actions.decorator import Decision, Done, action
from comity.core.search import passages
from comity.modules.library import vocabulary as v
from comity.modules.library.checking import Incomplete, problems
from comity.modules.library.content import Content, to_plain
from comity.modules.library.models import Record, Version
from comity.modules.library.numbering import next_number
from comity.modules.library.services.versions import kept, rows_of, set_fields
from comity.modules.library.vocabulary import Step

_BATCH = 500


def _system_only(actor: Actor, action: str, thing: Any = None) -> Decision:
    return Decision(actor.kind == "system", _("Only a command on the node writes records as a file states them."))


@action(v.IMPORT, policy=_system_only)
def write_new(actor: Actor, *, contents: Sequence[Content]) -> Done[int]:
    """Adds records without provisions, all published, and returns how many.

    The caller knows that they are new. Raises Incomplete where one of the first of each kind breaks a rule: they are
    made by a tool of ours, so one stands for all.
    """
    for content in {content.kind: content for content in contents}.values():
        found = problems(content)
        if found:
            raise Incomplete(found)
    if not contents:
        return Done(0, "library:records")
    now, empty = timezone.now(), kept(contents[0].model_copy(update={"provisions": []}))
    records = [_record(actor, content) for content in contents]
    Record.objects.bulk_create(records, batch_size=_BATCH)
    versions = []
    rows: dict[Any, list[Any]] = defaultdict(list)
    for record, content in zip(records, contents, strict=True):
        versions.append(
            Version(
                record=record, pending=False, step=Step.PUBLISHED, content=to_plain(content),
                provisions=empty, edited_by=actor.reference, step_by=actor.reference,
                recorded_at=now,
            )
        )  # fmt: skip
        for model, more in rows_of(record, content).items():
            rows[model] += more
    Version.objects.bulk_create(versions, batch_size=_BATCH)
    for model, made in rows.items():
        model.objects.bulk_create(made, batch_size=_BATCH)
    effects = [
        passages.changed("library", [str(record.pk) for record in records[begin : begin + _BATCH]])
        for begin in range(0, len(records), _BATCH)
    ]
    return Done(len(records), "library:records", difference={"added": len(records)}, effects=tuple(effects))


def _record(actor: Actor, content: Content) -> Record:
    record = Record(
        number=next_number(content.state, content.year), kind=content.kind, author=actor.reference, step=Step.PUBLISHED,
        writers=f"|{actor.reference}|",
    )  # fmt: skip
    set_fields(record, content, shown=True)
    return record
