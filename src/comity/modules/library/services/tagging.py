"""Tagging a record or one of its provisions: a curator's judgement, effective at once, a version of its own."""

from __future__ import annotations

from collections.abc import Callable

from comity.core.actions.actor import Actor
from comity.core.actions.decorator import Done, action
from comity.modules.library import privacy
from comity.modules.library import vocabulary as v
from comity.modules.library.checking import Incomplete, tag_problems
from comity.modules.library.content import Content, Tag
from comity.modules.library.models import Record
from comity.modules.library.policies import can
from comity.modules.library.selectors.records import content_of_version
from comity.modules.library.services.lifecycle import done, lock
from comity.modules.library.services.versions import current, write


@action(v.TAG, policy=can, on="record")
def tag(actor: Actor, *, record: Record, scheme: str, value: str, provision: str = "") -> Done[Record]:
    """Adds a tag to what is shown and to what is under work. Raises Incomplete for a tag that cannot be."""
    return add_tag(actor, v.TAG, record, Tag(scheme=v.TagScheme(scheme), value=value, provision=provision))


@action(v.TAG, policy=can, on="record")
def untag(actor: Actor, *, record: Record, scheme: str, value: str, provision: str = "") -> Done[Record]:
    """Takes a tag away from what is shown and from what is under work."""
    gone = Tag(scheme=v.TagScheme(scheme), value=value, provision=provision)
    told = {"tag": [str(gone), ""]}
    return _retag(actor, v.TAG, record, lambda content: [t for t in content.tags if t != gone], told)


def add_tag(actor: Actor, name: str, record: Record, wanted: Tag) -> Done[Record]:
    """The body of `tag`, for services that tag under another action (confirmed suggestions)."""

    def more(content: Content) -> list[Tag]:
        found = tag_problems(content.model_copy(update={"tags": [wanted]}))
        found += privacy.check_words(record, content, wanted.value, place="tags")
        if found:
            raise Incomplete(found)
        return content.tags if wanted in content.tags else [*content.tags, wanted]

    return _retag(actor, name, record, more, {"tag": ["", str(wanted)]})


def _retag(
    actor: Actor, name: str, record: Record, change: Callable[[Content], list[Tag]], told: dict[str, list[str]]
) -> Done[Record]:
    """Writes the changed tags in each line of the record. A tag is no writing: who tags may still approve."""
    lock(actor, name, record)
    refused: Incomplete | None = None
    lines = [row for row in (current(record, pending=False), current(record, pending=True)) if row is not None]
    written = 0
    for row in lines:
        content = content_of_version(row)
        try:
            tags = change(content)
        except Incomplete as error:
            # A provision may stand in one line only.
            refused = error
            continue
        written += 1
        if tags != content.tags:
            write(
                record, content.model_copy(update={"tags": tags}), pending=row.pending, step=row.step,
                step_by=actor.reference, edited_by=row.edited_by, reason=row.reason, confirmed=row.confirmed,
            )  # fmt: skip
    if refused is not None and not written:
        raise refused
    return done(record, record, told)
