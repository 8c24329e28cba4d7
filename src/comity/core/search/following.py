"""Keeping the node's index up to date: what the outbox said has changed is read again from its source.

`search:changed` puts rows into a log of changes; every index remembers which of them it has followed. With several
workers numbers may be committed out of order, so that is not one number: those of the last ten minutes are
remembered one by one (as spans), only older ones by a number below which all is done. Doing one twice is harmless.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, F, Max, QuerySet
from django.utils import timezone

from comity.core.actions.models import OutboxMessage
from comity.core.search import generations
from comity.core.search.embedding import embed, kept_at
from comity.core.search.encoder import encoders
from comity.core.search.files import Busy, Unusable, read_state, told_of_damage
from comity.core.search.index import Index
from comity.core.search.models import IndexChange
from comity.core.search.passages import CHANGED
from comity.core.search.reading import sources

log = logging.getLogger("comity.search")
#: How long a transaction may be open before its changes could be overlooked; and how long the log is kept.
WINDOW, KEEP = timedelta(minutes=10), timedelta(days=30)
#: Changes followed by one commit; passages that are given their vectors right away, without a job.
BATCH, _AT_ONCE = 200, 200
#: Source of the row that stands for all that was taken out of the log.
_PRUNED = ""


def record(payload: dict[str, Any]) -> None:
    """The effect `search:changed`: notes what has to be indexed again."""
    IndexChange.objects.bulk_create(
        [IndexChange(source=payload["source"], key=key) for key in payload["keys"]], batch_size=500
    )


def take_waiting() -> None:
    """Notes the changes that still wait in the outbox for the worker: a command sees what was written just now."""
    with transaction.atomic():
        waiting = OutboxMessage.objects.filter(topic=CHANGED, done_at__isnull=True).order_by("id")
        if connection.features.has_select_for_update_skip_locked:
            waiting = waiting.select_for_update(skip_locked=True)
        for message in list(waiting):
            mine = OutboxMessage.objects.filter(pk=message.pk, done_at__isnull=True)
            if mine.update(done_at=timezone.now(), attempts=F("attempts") + 1, payload={}, last_error=""):
                record(message.payload)


def batches(values: Iterable[str], size: int) -> Iterator[list[str]]:
    """The values in lists of at most `size`."""
    rest = iter(values)
    while part := list(islice(rest, size)):
        yield part


def position() -> dict[str, Any]:
    """Where the log stands, for an index whose building begins now: it will read all that is recorded as of now."""
    return advanced({}, list(IndexChange.objects.values_list("id", flat=True)))


def advanced(followed: dict[str, Any], numbers: Sequence[int]) -> dict[str, Any]:
    """The position of an index that has followed these changes too."""
    done, above = followed.get("done", 0), set(numbers)
    for first, last in followed.get("spans", ()):
        above.update(range(first, last + 1))
    old = IndexChange.objects.filter(id__gt=done, recorded_at__lt=timezone.now() - WINDOW)
    settled = sorted(old.values_list("id", flat=True))
    for number in settled:
        if number not in above:
            break
        done = number
    spans: list[list[int]] = []
    for number in sorted(number for number in above if number > done):
        if spans and spans[-1][1] == number - 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return {"done": done, "spans": spans}


def open_changes(followed: dict[str, Any]) -> QuerySet[IndexChange]:
    """Changes that an index has not followed, oldest first."""
    rows = IndexChange.objects.filter(id__gt=followed.get("done", 0)).order_by("id")
    for first, last in followed.get("spans", ()):
        rows = rows.exclude(id__gte=first, id__lte=last)
    return rows


def catch_up(index: Index) -> int:
    """Follows one batch of changes and commits; returns how many. Raises Unusable where the index came too late."""
    from comity.core.search import alerts

    changes = list(open_changes(index.state.followed)[:BATCH])
    if not changes:
        return 0
    if any(change.source == _PRUNED for change in changes):
        raise Unusable("The index was left behind for too long.")
    wanted: dict[str, set[str]] = defaultdict(set)
    for change in changes:
        wanted[change.source].add(change.key)
    known = sources()
    read = {
        source: list(known[source].passages(sorted(keys))) if source in known else [] for source, keys in wanted.items()
    }
    alerts.arrived(passage for passages in read.values() for passage in passages)
    followed = advanced(index.state.followed, [change.pk for change in changes])
    with told_of_damage(index.folder):
        for source, passages in read.items():
            index.replace(source, sorted(wanted[source]), passages)
        index.commit(followed)
    for encoder in encoders()[:1]:
        if len(index.uncovered(encoder.name)) <= _AT_ONCE:
            embed(index, encoder, kept=kept_at(generations.home(), encoder.name))
    return len(changes)


def follow(limit: int = 1) -> bool:
    """Follows up to `limit` batches of changes; True where there was one. Cheap where nothing changed.

    The worker asks it in every turn and between a job's steps. Where the index is absent, damaged, of another version
    or left behind, it is built anew. What another process is doing already is left to it.
    """
    from comity.core.search import alerts

    try:
        folder = generations.current()
        followed = read_state(folder).followed
        stands = (folder, repr(followed), *_stand(followed))
        if stands == _stood.get("index"):
            return False
        done = 0
        with Index.open(folder) as index:
            while limit > 0 and (some := catch_up(index)):
                done, limit = done + some, limit - 1
            uncovered = [encoder for encoder in encoders()[:1] if len(index.uncovered(encoder.name))]
        if not done:
            _stood["index"] = stands
        if uncovered:
            _queue("search:embed")
        if done:
            alerts.soon()
        return done > 0
    except Busy:
        return False
    except Unusable as error:
        log.info("The search index is built anew: %s", error)
        return _queue("search:rebuild")


#: Where index and log stood when there was nothing left to follow.
_stood: dict[str, tuple[Any, ...]] = {}


def _stand(followed: dict[str, Any]) -> tuple[Any, ...]:
    """Changes whenever something is added to the log."""
    told = IndexChange.objects.filter(id__gt=followed.get("done", 0)).aggregate(most=Max("id"), count=Count("id"))
    return told["most"], told["count"]


def _queue(job: str) -> bool:
    """Queues a job of the search unless one waits, runs, or failed a short while ago; True where it did."""
    from comity.core.workflow import jobs
    from comity.core.workflow.models import Job, JobState

    lately = Job.objects.filter(key=job, finished_at__gt=timezone.now() - WINDOW)
    waiting = Job.objects.filter(key=job, state__in=[JobState.QUEUED, JobState.RUNNING])
    if lately.exclude(state=JobState.DONE).exists() or waiting.exists():
        return False
    jobs.put(job, {}, key=job, actor="system:search")
    return True


def prune() -> int:
    """Takes old changes out of the log, leaving one row that says so; returns how many."""
    old = IndexChange.objects.filter(recorded_at__lt=timezone.now() - KEEP)
    newest = old.aggregate(most=Max("id"))["most"]
    if newest is None:
        return 0
    IndexChange.objects.filter(pk=newest).update(source=_PRUNED, key="")
    return old.filter(id__lt=newest).delete()[0]
