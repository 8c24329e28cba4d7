"""Finds for each record the fact a source stated before: a change stays a version of the same fact."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Any, Self

from comity.modules.treaties.importers.records import ActionRecord, ApplicationRecord, StatementRecord
from comity.modules.treaties.models import Statement, TerritorialApplication, TreatyAction
from comity.modules.treaties.vocabulary import action_class

Record = ActionRecord | StatementRecord | ApplicationRecord
_FIELDS = {
    "action": ("kind", "deposited", "effective", "note", "reference"),
    "statement": ("kind", "text", "made_on", "withdrawn_on", "article", "reference"),
    "application": ("territory", "deposited", "text"),
}
_SUBJECTS = {
    ActionRecord: "action",
    StatementRecord: "statement",
    ApplicationRecord: "application",
    TreatyAction: "action",
    Statement: "statement",
    TerritorialApplication: "application",
}


@dataclass(frozen=True)
class Line:
    """A record with its participant. `full`: the source says all it has, an empty field means none."""

    iso3: str
    record: Record
    towards: tuple[str, ...] = ()
    full: bool = True

    @property
    def subject(self) -> str:
        return _SUBJECTS[type(self.record)]

    @property
    def fields(self) -> dict[str, Any]:
        """What would be stored."""
        return {name: getattr(self.record, name) for name in _FIELDS[self.subject]}

    @property
    def words(self) -> str:
        return _words(self.subject, self.fields)


@dataclass(frozen=True)
class Held:
    """A current version of a fact, as a plain value."""

    subject: str
    pk: int
    fact: Any
    iso3: str
    fields: dict[str, Any]
    towards: tuple[str, ...] = ()

    @classmethod
    def of(cls, row: TreatyAction | Statement | TerritorialApplication) -> Self:
        """Takes a database row; an objection's addressees must be prefetched."""
        subject = _SUBJECTS[type(row)]
        towards = tuple(sorted(p.pk for p in row.towards.all())) if isinstance(row, Statement) else ()
        fields = {name: getattr(row, name) for name in _FIELDS[subject]}
        return cls(subject, row.pk, row.fact, row.participant_id, fields, towards)

    @property
    def words(self) -> str:
        return _words(self.subject, self.fields)


@dataclass(frozen=True)
class Paired:
    """A record and the fact it is a statement of; one of them is None where the other stands alone."""

    change: str
    line: Line | None
    held: Held | None


def pair(lines: Iterable[Line], held: Iterable[Held], *, complete: bool) -> list[Paired]:
    """Pairs records with facts: equal ones first, then those that differ least; the rest are new or missing.

    Facts that an incomplete source does not mention stay as they are and give no entry.
    """
    left, facts = list(lines), list(held)
    used: set[tuple[str, int]] = set()
    paired: list[Paired] = []
    for number, key in enumerate((_same, _nearly, _matter)):
        rest: list[Line] = []
        by_key: dict[Hashable, list[Held]] = {}
        for fact in reversed(facts):
            if (fact.subject, fact.pk) not in used:
                by_key.setdefault(key(fact), []).append(fact)
        for line in left:
            candidates = by_key.get(key(line)) or []
            if not candidates:
                rest.append(line)
                continue
            fact = candidates.pop()
            used.add((fact.subject, fact.pk))
            same = number == 0 or (not line.full and _said_already(line, fact))
            paired.append(Paired("unchanged" if same else "changed", line, fact))
        left = rest
    paired += [Paired("new", line, None) for line in left]
    if complete:
        paired += [Paired("missing", None, fact) for fact in facts if (fact.subject, fact.pk) not in used]
    return paired


def _same(side: Line | Held) -> Hashable:
    return (side.subject, side.iso3, tuple(side.fields.values()), side.towards)


def _nearly(side: Line | Held) -> Hashable:
    """The same act on the same day, or the same words: what differs is a note, a date, an addressee."""
    said = side.fields
    if side.subject == "action":
        return ("action", side.iso3, said["kind"], said["deposited"])
    if side.subject == "statement":
        return ("statement", side.iso3, said["text"])
    return ("application", side.iso3, said["territory"])


def _matter(side: Line | Held) -> Hashable:
    """The same matter of the same participant."""
    said = side.fields
    if side.subject == "action":
        return ("action", side.iso3, action_class(said["kind"]))
    if side.subject == "statement":
        return ("statement", side.iso3, said["kind"], said["made_on"])
    return ("application", side.iso3, said["deposited"])


def _said_already(line: Line, fact: Held) -> bool:
    return all(value in {None, ""} or value == fact.fields[name] for name, value in line.fields.items())


def _words(subject: str, said: dict[str, Any]) -> str:
    if subject == "action":
        effect = f", effective {said['effective']}" if said["effective"] else ""
        return f"{said['kind']} {said['deposited']}{effect}"
    if subject == "statement":
        dated = f" {said['made_on']}" if said["made_on"] else ""
        gone = f", withdrawn {said['withdrawn_on']}" if said["withdrawn_on"] else ""
        return f"{said['kind']}{dated}{gone}: {' '.join(said['text'].split())[:80]}"
    return f"{said['territory'][:80]} {said['deposited'] or ''}".strip()
