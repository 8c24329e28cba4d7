"""Telling people what is new for their saved searches.

An alert looks at the things that were written (or whose embargo ended) since the last one, asks the question anew
*as the person, with the mandates held now*, and keeps which passages it has told of, so that each is told once. Mails
name what is public; what is for officials is only counted there, since a mail is open to whoever carries it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.core.actions.actor import PUBLIC, Actor
from comity.core.actions.decorator import Denied
from comity.core.module import manifests
from comity.core.people.selectors import actor_for
from comity.core.search import engine, following, generations
from comity.core.search.files import Unusable, read_state
from comity.core.search.models import Embargo, IndexChange, SavedSearch, ToldHit
from comity.core.search.passages import Hit, Passage, Question
from comity.core.search.reading import passages_of, visible
from comity.core.workflow import jobs
from comity.core.workflow.notifications import notify

JOB = "search:alert"
#: How many hits count as found before when a search is saved, and how many an alert looks through.
MOST = 1000
#: What a transaction writes that is still open when an alert runs is met by the next one: it looks back so far.
OVERLAP = timedelta(minutes=15)
#: At most one mail per search in this time, however many steps an import takes.
PAUSE = timedelta(minutes=10)
KEEP_EMBARGOES = timedelta(days=7)
#: For how long a deleted search can be brought back.
UNDO = timedelta(days=30)
_LINES, _ENTRIES, _BATCHES = 20, 50, 100


def arrived(passages: Iterable[Passage]) -> None:
    """Keeps the moments from which passages that were just written may be seen, where they are still to come."""
    now = timezone.now()
    later = {
        (p.id.partition(":")[0], p.key, p.visible_from) for p in passages if p.visible_from and p.visible_from > now
    }
    rows = [Embargo(source=source, key=key, at=at) for source, key, at in later]
    Embargo.objects.bulk_create(rows, ignore_conflicts=True)


def soon() -> None:
    """Has the job started now, where anybody has a saved search; it counts as the scheduled run."""
    if SavedSearch.objects.filter(deleted_at__isnull=True).exists():
        jobs.put(JOB, {}, key=f"schedule:{JOB}", actor="system:search")


def question_of(saved: SavedSearch, *, limit: int = 20) -> Question:
    """The question that was kept."""
    kept = saved.question
    filters = {facet: tuple(values) for facet, values in kept["filters"].items()}
    return Question(kept["text"], lang=kept["lang"], mode=kept["mode"], filters=filters, limit=limit, facets=False)


def remember(actor: Actor, saved: SavedSearch) -> None:
    """Keeps what a search finds when it is saved, so that it is never told as new.

    Raises Denied while there is no index: everything would be news once there is one.
    """
    answer = engine.search(actor, question_of(saved, limit=MOST))
    if _reached() is None:
        raise Denied(answer.problem)
    _keep(saved, answer.hits, None)


def _reached() -> datetime | None:
    """The moment up to which the index holds what was written; None where no index serves."""
    now = timezone.now()
    try:
        followed = read_state(generations.current()).followed
    except Unusable:
        return None
    oldest = following.open_changes(followed).values_list("recorded_at", flat=True).first()
    return min(now, oldest) if oldest else now


def _keep(saved: SavedSearch, hits: Iterable[Hit], at: datetime | None) -> None:
    ToldHit.objects.bulk_create(
        [ToldHit(saved=saved, passage=hit.id, key=hit.key, told_at=at) for hit in hits], ignore_conflicts=True
    )


def alert(progress: Any) -> dict[str, int]:
    """The job: looks at every saved search for which something may have arrived, and tells its person once."""
    following.follow(limit=_BATCHES)
    reached = _reached()
    if reached is None:
        return {"searches": 0, "told": 0}
    rows = SavedSearch.objects.filter(deleted_at__isnull=True, user__is_active=True).order_by("pk")
    due = list(rows.values_list("pk", flat=True))
    told = 0
    for number, pk in enumerate(due, start=1):
        with transaction.atomic():
            saved = SavedSearch.objects.select_for_update(of=("self",)).select_related("user").get(pk=pk)
            told += _look(saved, reached)
        progress.step(number, len(due))
    Embargo.objects.filter(at__lt=reached - KEEP_EMBARGOES).delete()
    SavedSearch.objects.filter(deleted_at__lt=reached - UNDO).delete()
    return {"searches": len(due), "told": told}


def _changed(since: datetime, until: datetime) -> set[tuple[str, str]]:
    """Things (source, key) that were written, or whose embargo ended, in this time."""
    written = IndexChange.objects.filter(recorded_at__gt=since, recorded_at__lte=until)
    ended = Embargo.objects.filter(at__gt=since, at__lte=until)
    return set(written.values_list("source", "key")) | set(ended.values_list("source", "key"))


def _look(saved: SavedSearch, reached: datetime) -> int:
    """Tells of what is new for one search; returns how many passages. Who was told just now is told the rest later."""
    now = timezone.now()
    if saved.told.filter(told_at__gt=now - PAUSE).exists():
        return 0
    fresh = _changed(saved.checked_at - OVERLAP, reached)
    SavedSearch.objects.filter(pk=saved.pk).update(checked_at=reached)
    if not fresh:
        return 0
    # Asked as the person with the mandates held now; saving took a second factor.
    actor = actor_for(saved.user, second_factor=True)
    hits = engine.search(actor, question_of(saved, limit=MOST)).hits
    hits = tuple(hit for hit in hits if (hit.id.partition(":")[0], hit.key) in fresh)
    told = set(saved.told.filter(passage__in=[hit.id for hit in hits]).values_list("passage", flat=True))
    hits = tuple(hit for hit in hits if hit.id not in told)
    if hits:
        _keep(saved, hits, now)
        if saved.by_mail:
            _tell(saved, hits, now)
    return len(hits)


def _tell(saved: SavedSearch, hits: Sequence[Hit], now: datetime) -> None:
    open_to_all = visible(PUBLIC, [hit.id for hit in hits])
    named = [hit for hit in hits if hit.id in open_to_all]
    lang = saved.user.language
    with translation.override(lang):
        subject = _("New for your search “%(name)s”") % {"name": saved.name}
        lines = [f"{hit.title}\n{settings.COMITY_ADDRESS}/{lang}/{hit.url}" for hit in named[:_LINES]]
        if (further := len(named) - _LINES) > 0:
            lines.append(ngettext("and %(n)d more", "and %(n)d more", further) % {"n": further})
        if closed := len(hits) - len(named):
            lines.append(
                ngettext(
                    "%(n)d text that is not public: sign in to read it.",
                    "%(n)d texts that are not public: sign in to read them.",
                    closed,
                )
                % {"n": closed}
            )
        pages = [config.search_page for config in manifests() if config.search_page]
        url = reverse(pages[0]) + saved.address if pages else ""
    key = f"search:alert:{saved.pk}:{now:%Y%m%dT%H%M%S%f}"
    notify(user=saved.user, subject=subject, body="\n\n".join(lines), url=url, key=key)


@dataclass(frozen=True)
class Entry:
    """One entry of a feed: a passage as it is now, and when it was found."""

    passage: Passage
    at: datetime


def feed_entries(saved: SavedSearch) -> list[Entry]:
    """What was found since the search was saved and is public now, newest first.

    A feed is read without a second factor, by programs that keep what they read: nothing labelled leaves by it.
    """
    rows = list(saved.told.filter(told_at__isnull=False).order_by("-told_at", "-pk")[: _ENTRIES * 2])
    passages = passages_of([(row.passage, row.key) for row in rows])
    open_to_all = visible(PUBLIC, passages)
    found = [Entry(passages[row.passage], row.told_at) for row in rows if row.told_at and row.passage in open_to_all]
    return found[:_ENTRIES]
