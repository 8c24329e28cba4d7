"""What binds one State, and what is in force between two."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404

from comity.core.people.models import Participant
from comity.core.people.vocabulary import GroupCode
from comity.modules.treaties.selectors.statements import Said, statements
from comity.modules.treaties.selectors.status import Row, Status, statuses
from comity.modules.treaties.vocabulary import StatementKind


@dataclass(frozen=True)
class BoundBy:
    """One instrument as it stands for one State."""

    status: Status
    row: Row | None


@dataclass(frozen=True)
class InForceBetween:
    """One instrument between two States. `since` is None where our sources do not tell from when."""

    code: str
    since: date | None
    since_first: date | None
    since_second: date | None
    source_ends: date | None
    said_by_first: tuple[Said, ...] = ()
    said_by_second: tuple[Said, ...] = ()
    objections: tuple[Said, ...] = ()


@dataclass(frozen=True)
class Between:
    """Two States on a day: what is in force between them, and what only both have joined or one has."""

    first: str
    second: str
    on: date
    in_force: tuple[InForceBetween, ...]
    #: Instruments both are party to, but that are not (known to be) in force between them on the day.
    not_yet: tuple[InForceBetween, ...]
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]


def participant_or_404(iso3: str) -> Participant:
    """Returns the participant; raises Http404 for a code that is none."""
    found = None if "\x00" in iso3 else Participant.objects.filter(iso3=iso3.upper()).first()
    if found is None:
        raise Http404(f"No participant {iso3}. Codes have three letters, such as ALB.")
    return found


def bound_by(iso3: str, on: date, known_at: datetime | None = None) -> list[BoundBy]:
    """Returns every instrument with this State's row (None where no source names it)."""
    return [BoundBy(status, status.row(iso3)) for status in statuses(on, known_at).values()]


def between(first: str, second: str, on: date, known_at: datetime | None = None) -> Between:
    """Returns what is in force between two States on a day, with what each stated towards the other.

    Raises Http404 for an unknown code.
    """
    first, second = participant_or_404(first).iso3, participant_or_404(second).iso3
    said = {iso3: statements(iso3=iso3, known_at=known_at) for iso3 in (first, second)}
    in_force: list[InForceBetween] = []
    not_yet: list[InForceBetween] = []
    only_first, only_second = [], []
    for code, status in statuses(on, known_at).items():
        one, two = status.row(first), status.row(second)
        one_party, two_party = bool(one and one.is_party), bool(two and two.is_party)
        if one and two and one_party and two_party:
            entry = _entry(code, status, one, two, said, on)
            stands = entry.since is not None and entry.since <= on
            (in_force if stands else not_yet).append(entry)
        elif one_party:
            only_first.append(code)
        elif two_party:
            only_second.append(code)
    return Between(first, second, on, tuple(in_force), tuple(not_yet), tuple(only_first), tuple(only_second))


def _entry(code: str, status: Status, one: Row, two: Row, said: dict[str, list[Said]], on: date) -> InForceBetween:
    since = max(one.in_force, two.in_force) if one.in_force and two.in_force else None
    own = {
        row.iso3: tuple(
            s for s in said[row.iso3] if s.code == code and s.stands_on(on) and s.kind != StatementKind.OBJECTION
        )
        for row in (one, two)
    }
    objections = tuple(
        s
        for row, other in ((one, two), (two, one))
        for s in said[row.iso3]
        if s.code == code and s.stands_on(on) and s.kind == StatementKind.OBJECTION and other.iso3 in s.towards
    )
    return InForceBetween(
        code,
        since,
        one.in_force,
        two.in_force,
        status.source_ends,
        own[one.iso3],
        own[two.iso3],
        objections,
    )


def non_parties(status: Status) -> dict[str, list[str]]:
    """Returns the Members of the United Nations that are not party, as ISO3 codes by regional group."""
    parties = {row.iso3 for row in status.rows if row.is_party}
    members = Participant.objects.filter(kind="un_member").exclude(iso3__in=parties)
    groups: dict[str, list[str]] = {code: [] for code in GroupCode.values}
    for iso3, group in members.values_list("iso3", "regional_group"):
        groups.setdefault(group or GroupCode.NONE, []).append(iso3)
    return {group: codes for group, codes in groups.items() if codes}
