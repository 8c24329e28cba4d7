"""Reading treaty facts: who is bound by what, on which day, as known when, according to whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache

from django.db.models import Max, Q
from django.http import Http404

from comity.core.people.models import Participant
from comity.core.people.vocabulary import ParticipantKind
from comity.modules.treaties import rules
from comity.modules.treaties.models import Edition, Instrument, Source, TreatyAction
from comity.modules.treaties.resolution import Act, Resolved, Speaker, resolve
from comity.modules.treaties.vocabulary import ActionClass, ActionKind


@dataclass(frozen=True)
class Row:
    """One participant under one instrument on one day."""

    iso3: str
    signature: Act | None
    consent: Act | None
    withdrawal: Act | None
    is_party: bool
    #: From when it binds this participant; None where not bound or where our sources do not tell.
    in_force: date | None
    withdrawal_effective: date | None
    source: str
    contradicted_by: tuple[Act, ...] = ()
    silent: tuple[Speaker, ...] = ()
    provisional: Act | None = None
    #: Every withdrawal notified by the day, its own and by way of the parent's.
    left: tuple[rules.Withdrawal, ...] = ()


@dataclass(frozen=True)
class Status:
    """One instrument on one day, as known at one moment."""

    code: str
    on: date
    known_at: datetime | None
    force: rules.EntryIntoForce
    rows: tuple[Row, ...]
    speakers: tuple[Speaker, ...]
    not_in_force: bool = False
    editions: tuple[int, ...] = field(default=())

    @property
    def parties(self) -> int:
        """Participants with consent deposited by the day and no withdrawal in effect."""
        return sum(row.is_party for row in self.rows)

    @property
    def signatories(self) -> int:
        """Participants that signed by the day and whose withdrawal, if any, has not taken effect.

        So counts the depositary: the Ottawa page brackets the signature of a State that left and states one less.
        """
        return sum(
            row.signature is not None and not (row.withdrawal_effective and row.withdrawal_effective <= self.on)
            for row in self.rows
        )

    @property
    def in_force_for(self) -> int | None:
        """Parties bound on the day; 0 where not in force; None where the sources do not tell for some party."""
        if not self.speakers:
            return None
        if self.not_in_force or (self.force.day is not None and self.force.day > self.on):
            return 0
        parties = [row for row in self.rows if row.is_party]
        if self.force.day is None or any(row.in_force is None for row in parties):
            return None
        return sum(row.in_force is not None and row.in_force <= self.on for row in parties)

    @property
    def source_ends(self) -> date | None:
        """Up to which day our best list of participants reaches."""
        complete = [s for s in self.speakers if s.complete]
        best = max(complete or list(self.speakers), key=lambda s: s.rank, default=None)
        return best.as_of if best else None

    def row(self, iso3: str) -> Row | None:
        """The row of one participant, None where no source names it."""
        return next((row for row in self.rows if row.iso3 == iso3), None)


def instrument_or_404(code: str) -> Instrument:
    """Returns the instrument by its code or depositary number (case does not matter); raises Http404."""
    named = Q(code__iexact=code) | Q(depositary_number__iexact=code)
    # PostgreSQL takes no NUL in a text: such a code names nothing.
    found = None if "\x00" in code else Instrument.objects.filter(named).first()
    if found is None:
        raise Http404(f"No instrument {code}. The list of instruments names the codes.")
    return found


def facts_stamp() -> tuple[object, ...]:
    """A value that changes whenever any treaty fact does; remembered results are kept by it."""
    facts = TreatyAction.objects.aggregate(a=Max("id"), b=Max("superseded_at"), c=Max("recorded_at"))
    # The moment belongs to it: an import that was rolled back leaves its ids to the next one.
    editions = Edition.objects.aggregate(a=Max("id"), b=Max("recorded_at"))
    return (*facts.values(), *editions.values())


def status(code: str, on: date, known_at: datetime | None = None) -> Status:
    """Returns who is party to the instrument on a day, as known at a moment (None: now).

    Raises Http404 for an unknown code.
    """
    return _status(instrument_or_404(code).pk, on, known_at, facts_stamp())


def statuses(on: date, known_at: datetime | None = None) -> dict[str, Status]:
    """Returns the status of every instrument, by code, in the instruments' order."""
    stamp = facts_stamp()
    return {code: _status(pk, on, known_at, stamp) for pk, code in Instrument.objects.values_list("pk", "code")}


@lru_cache(maxsize=512)
def _status(instrument_id: int, on: date, known_at: datetime | None, stamp: object) -> Status:
    instrument = Instrument.objects.select_related("parent").get(pk=instrument_id)
    parent = _status(instrument.parent_id, on, known_at, stamp) if instrument.parent_id else None
    speakers, editions = _speakers(instrument_id, known_at)
    matters = resolve(_acts(instrument_id, known_at), speakers)
    kinds = dict(Participant.objects.values_list("iso3", "kind"))
    consents, withdrawals = _consents(matters, kinds), _withdrawals(instrument, matters, parent)
    stated, not_in_force = _stated_force(instrument, editions, known_at)
    rule = instrument.rules.get("entry_into_force")
    force = rules.entry_into_force(
        rule,
        _all(consents),
        _all(withdrawals),
        stated=stated,
        parent=parent.force.day if parent else None,
    )
    rows = []
    for iso3 in sorted({iso3 for iso3, _matter in matters}):
        rows.append(
            _row(iso3, on, matters, consents.get(iso3, []), withdrawals.get(iso3, []), instrument, rule, force, parent)
        )
    return Status(
        code=instrument.code,
        on=on,
        known_at=known_at,
        force=force,
        rows=tuple(rows),
        speakers=tuple(sorted(speakers.values(), key=lambda s: s.rank, reverse=True)),
        not_in_force=not_in_force,
        editions=tuple(editions),
    )


def _all(by_participant: dict[str, list]) -> list:
    return [item for items in by_participant.values() for item in items]


def _speakers(instrument_id: int, known_at: datetime | None) -> tuple[dict[int, Speaker], list[int]]:
    """Each source's newest edition known then, and the ids of those editions."""
    editions = Edition.objects.filter(instrument_id=instrument_id)
    if known_at is not None:
        editions = editions.filter(recorded_at__lte=known_at)
    newest: dict[int, Edition] = {}
    for edition in editions.order_by("as_of", "id").select_related("source"):
        newest[edition.source_id] = edition
    speakers = {
        source_id: Speaker(
            source_id, e.source.title, e.source.kind, e.as_of, e.complete and not e.source.is_desk, e.source.is_desk
        )
        for source_id, e in newest.items()
    }
    return speakers, [edition.pk for edition in newest.values()]


def _acts(instrument_id: int, known_at: datetime | None) -> Iterable[Act]:
    rows = (
        TreatyAction.objects.filter(instrument_id=instrument_id)
        .known_at(known_at)
        .values_list(
            "id",
            "fact",
            "participant_id",
            "kind",
            "deposited",
            "effective",
            "source_id",
            "note",
            "reference",
            "edition__as_of",
        )
    )
    for pk, fact, iso3, kind, deposited, effective, source_id, note, reference, as_of in rows.iterator(2000):
        yield Act(pk, str(fact), iso3, kind, deposited, effective, source_id, note, reference, as_of)


def _consents(
    matters: dict[tuple[str, ActionClass], Resolved], kinds: dict[str, str]
) -> dict[str, list[rules.Consent]]:
    found = defaultdict(list)
    for (iso3, matter), resolved in matters.items():
        if matter == ActionClass.CONSENT:
            found[iso3] = [
                rules.Consent(
                    iso3,
                    act.deposited,
                    kinds.get(iso3) != ParticipantKind.ORGANIZATION,
                    act.kind == ActionKind.SUCCESSION,
                    act.effective,
                    act.kind,
                )
                for act in resolved.acts
            ]
    return found


def _withdrawals(
    instrument: Instrument, matters: dict[tuple[str, ActionClass], Resolved], parent: Status | None
) -> dict[str, list[rules.Withdrawal]]:
    """Withdrawals from the instrument, and those from its parent where denouncing it denounces the Protocols."""
    rule = instrument.rules.get("denunciation")
    found: dict[str, list[rules.Withdrawal]] = defaultdict(list)
    for (iso3, matter), resolved in matters.items():
        if matter == ActionClass.WITHDRAWAL:
            found[iso3] = [
                rules.Withdrawal(iso3, a.deposited, rules.withdrawal_effect(a.deposited, a.effective, rule))
                for a in resolved.acts
            ]
    parent_rule = (instrument.parent.rules.get("denunciation") or {}) if instrument.parent else {}
    reached = parent_rule.get("cascades_to")
    cascades = instrument.code in reached if reached is not None else parent_rule.get("cascades_to_protocols")
    if parent is not None and cascades:
        for row in parent.rows:
            if row.left:
                found[row.iso3] = sorted([*found[row.iso3], *row.left], key=lambda w: w.notified)
    return found


def _stated_force(instrument: Instrument, editions: list[int], known_at: datetime | None) -> tuple[date | None, bool]:
    """Entry into force as the newest edition that speaks of it states it, else as the reference facts do."""
    spoken = (
        Edition.objects.filter(pk__in=editions)
        .filter(Q(in_force_stated__isnull=False) | Q(not_in_force=True))
        .order_by("-as_of")
        .first()
    )
    if spoken is None:
        return instrument.stated_in_force, False
    return spoken.in_force_stated, spoken.not_in_force


def _row(
    iso3: str,
    on: date,
    matters: dict[tuple[str, ActionClass], Resolved],
    consents: list[rules.Consent],
    withdrawals: list[rules.Withdrawal],
    instrument: Instrument,
    rule: dict | None,
    force: rules.EntryIntoForce,
    parent: Status | None,
) -> Row:
    signed = matters.get((iso3, ActionClass.SIGNATURE))
    bound = matters.get((iso3, ActionClass.CONSENT))
    left = matters.get((iso3, ActionClass.WITHDRAWAL))
    early = matters.get((iso3, ActionClass.PROVISIONAL))
    standing = rules.standing_consent(consents, withdrawals, on)
    parent_row = parent.row(iso3) if parent else None
    needs_parent = bool(instrument.parent_required)
    bound_from = None
    if standing is not None:
        bound_from = rules.in_force_for(
            rule,
            force,
            standing,
            needs_parent=needs_parent,
            parent_in_force=parent_row.in_force if parent_row else None,
        )
    shown = standing or next((c for c in reversed(consents) if c.deposited <= on), None)
    notified = tuple(w for w in withdrawals if w.notified <= on)
    # A withdrawal before the consent that stands is history: who came back is a party like any other.
    ended = next((w for w in reversed(notified) if standing is None or w.notified >= standing.deposited), None)
    parts = [part for part in (bound, signed, left, early) if part is not None and part.speaker is not None]
    return Row(
        iso3=iso3,
        signature=_first(signed, on),
        consent=next((a for a in bound.acts if shown and a.deposited == shown.deposited), None) if bound else None,
        withdrawal=_last(left, on),
        is_party=standing is not None,
        in_force=bound_from,
        withdrawal_effective=ended.effective if ended else None,
        source=parts[0].speaker.title if parts and parts[0].speaker else "",
        contradicted_by=tuple(act for part in parts for act in part.contradicted_by),
        silent=tuple({s.source_id: s for part in parts for s in part.silent}.values()),
        provisional=_first(early, on),
        left=notified,
    )


def _first(resolved: Resolved | None, on: date) -> Act | None:
    return next((act for act in resolved.acts if act.deposited <= on), None) if resolved else None


def _last(resolved: Resolved | None, on: date) -> Act | None:
    return next((act for act in reversed(resolved.acts) if act.deposited <= on), None) if resolved else None


def source_titles() -> dict[int, str]:
    """Returns the title of every source by id."""
    return dict(Source.objects.values_list("id", "title"))
