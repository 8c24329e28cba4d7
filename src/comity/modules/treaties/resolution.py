"""Which source counts where several speak of the same matter. Pure functions; nothing is stored.

Matter: one participant's signature, consent, withdrawal or provisional application under one instrument.
A source speaks on a matter where it states facts on it, or where its edition is complete, for then its
silence means "nothing". The newer depositary source prevails; what the others say is kept and shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from comity.modules.treaties.vocabulary import ActionClass, SourceKind, action_class


@dataclass(frozen=True)
class Speaker:
    """A source as it speaks of one instrument: its newest edition's day, and whether that is complete."""

    source_id: int
    title: str
    kind: str
    as_of: date
    complete: bool
    is_desk: bool = False

    @property
    def rank(self) -> tuple[bool, date, bool, int]:
        """Depositary before secondary, newer before older, the desk's own entry before a page of the same day;
        of two alike the one that came to this node later."""
        return (self.kind == SourceKind.DEPOSITARY, self.as_of, self.is_desk, self.source_id)


@dataclass(frozen=True)
class Act:
    """One treaty action as a plain value."""

    id: int
    fact: str
    iso3: str
    kind: str
    deposited: date
    effective: date | None
    source_id: int
    note: str = ""
    reference: str = ""
    #: The day the source spoke: for the desk the entry's own day, else the edition's.
    as_of: date | None = None


@dataclass(frozen=True)
class Resolved:
    """What counts on one matter, by which source, and what other sources say that differs."""

    acts: tuple[Act, ...]
    speaker: Speaker | None
    contradicted_by: tuple[Act, ...] = ()
    #: Sources whose complete list lacks what counts.
    silent: tuple[Speaker, ...] = ()


def resolve(acts: Iterable[Act], speakers: Mapping[int, Speaker]) -> dict[tuple[str, ActionClass], Resolved]:
    """Returns what counts per participant and matter, out of all current acts under one instrument."""
    by_matter: dict[tuple[str, ActionClass], dict[int, list[Act]]] = defaultdict(lambda: defaultdict(list))
    for act in acts:
        by_matter[act.iso3, action_class(act.kind)][act.source_id].append(act)
    complete = [speaker for speaker in speakers.values() if speaker.complete]
    settled = {matter: _settle(said, speakers, complete) for matter, said in by_matter.items()}
    for (iso3, matter), found in settled.items():
        left = settled.get((iso3, ActionClass.WITHDRAWAL))
        if matter == ActionClass.CONSENT and found.acts and left is not None:
            settled[iso3, matter] = _with_earlier(found, by_matter[iso3, matter], speakers, complete, left.acts)
    return settled


def _with_earlier(
    found: Resolved, said: Mapping[int, list[Act]], speakers: Mapping[int, Speaker], complete: list[Speaker],
    left: tuple[Act, ...],
) -> Resolved:
    """A partial source that tells of a return after a withdrawal does not take back the first consent.

    What the other sources settle on and was withdrawn before the partial source's first act is kept before it.
    """
    if found.speaker is None or found.speaker.complete:
        return found
    others = {source_id: acts for source_id, acts in said.items() if source_id != found.speaker.source_id}
    if not others:
        return found
    first = found.acts[0].deposited
    earlier = tuple(
        act for act in _settle(others, speakers, complete).acts
        if any(act.deposited <= gone.deposited <= first for gone in left) and act.deposited < first
    )
    differing = tuple(act for act in found.contradicted_by if act not in earlier)
    return replace(found, acts=(*earlier, *found.acts), contradicted_by=differing)


def _settle(said: Mapping[int, list[Act]], speakers: Mapping[int, Speaker], complete: list[Speaker]) -> Resolved:
    speaking = {source_id: _as_it_spoke(speakers[source_id], acts) for source_id, acts in said.items()}
    first = min(act.deposited for rows in said.values() for act in rows)
    for speaker in complete:
        if speaker.as_of >= first:  # silence says nothing of what happened after the source ends
            speaking.setdefault(speaker.source_id, speaker)
    winner = max(speaking.values(), key=lambda speaker: speaker.rank)
    counting = tuple(sorted(said.get(winner.source_id, ()), key=lambda act: (act.deposited, act.id)))
    settled = {(act.kind, act.deposited, act.effective) for act in counting}
    days = {act.deposited for act in counting}
    others = [act for source_id, rows in said.items() if source_id != winner.source_id for act in rows]
    differing = tuple(
        act
        for act in others
        if (act.kind, act.deposited, act.effective) not in settled
        and not (act.deposited in days and act.effective is None and any(a.kind == act.kind for a in counting))
    )
    silent = tuple(
        speaker
        for source_id, speaker in speaking.items()
        if counting
        and source_id not in said
        and source_id != winner.source_id
        and speaker.as_of >= counting[-1].deposited
    )
    return Resolved(counting, winner, differing, silent)


def _as_it_spoke(speaker: Speaker, acts: list[Act]) -> Speaker:
    """The desk speaks on a matter on the day of its newest entry; other sources on their edition's day."""
    days = [act.as_of for act in acts if act.as_of is not None]
    if not speaker.is_desk or not days:
        return speaker
    return Speaker(speaker.source_id, speaker.title, speaker.kind, max(days), speaker.complete, True)
