"""Asking the sources themselves: may this actor see these passages now, what do they say, was a labelled one read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from comity.core.actions.actor import PUBLIC, Actor
from comity.core.audit.log import record
from comity.core.module import manifests
from comity.core.search.passages import Hit, Passage, SearchSource

READ = "search:passage:read"


def sources() -> dict[str, SearchSource]:
    """Every source that a manifest names, by its name."""
    return {source.name: source for manifest in manifests() for source in manifest.search_sources()}


def visible(actor: Actor, ids: Iterable[str]) -> set[str]:
    """Those of the passages that the actor may see now, as each source says; none of a source that is gone."""
    by_source: dict[str, list[str]] = defaultdict(list)
    for one in ids:
        by_source[one.partition(":")[0]].append(one)
    known = sources()
    found: set[str] = set()
    for name, some in by_source.items():
        if name in known:
            found |= known[name].visible(actor, some)
    return found


def passages_of(found: Iterable[tuple[str, str]]) -> dict[str, Passage]:
    """The passages as they are now, by id, of pairs (id, key); those that are gone are left out."""
    pairs = list(found)
    keys: dict[str, set[str]] = defaultdict(set)
    for one, key in pairs:
        keys[one.partition(":")[0]].add(key)
    known, wanted = sources(), {one for one, _key in pairs}
    return {
        passage.id: passage
        for name, some in keys.items()
        if name in known
        for passage in known[name].passages(sorted(some))
        if passage.id in wanted
    }


def visible_passage(actor: Actor, passage_id: str, key: str) -> Passage | None:
    """One passage, None where there is none that the actor may see now; both names may come from an address."""
    try:
        # A source may read numbers out of them.
        passage = passages_of([(passage_id, key)]).get(passage_id)
    except (ValueError, ValidationError, LookupError):
        return None
    return passage if passage and visible(actor, [passage_id]) else None


def note_reads(actor: Actor, hits: Iterable[Hit]) -> None:
    """Writes an audit entry for each label, other than public, of which these hits show something."""
    if actor.kind == "public":
        return
    shown = {hit.id: hit.key for hit in hits}
    labelled = shown.keys() - visible(PUBLIC, shown)
    labels: dict[str, list[str]] = defaultdict(list)
    for passage in passages_of([(one, shown[one]) for one in labelled]).values():
        labels[str(passage.label)].append(passage.id)
    with transaction.atomic():
        for label, ids in sorted(labels.items()):
            difference = {"label": label, "passages": sorted(ids)}
            record(actor=actor.reference, verb=READ, reference="search:hits", difference=difference)
