"""A case as one reads it: each defendant with the charges and sentences that are theirs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.modules.library import vocabulary as v
from comity.modules.library.content import Case, Charge, Person, Sentence
from comity.modules.library.presentation.texts import listed_words

#: Mark of a verdict's badge.
MARKS = {v.Verdict.PENDING: "draft"}


@dataclass(frozen=True)
class ChargeRow:
    """A charge against one person, with who else stands under it and what the person was sentenced to for it."""

    charge: Charge
    verdict: Any
    mark: str
    law: tuple[str, str]
    with_others: str
    sentences: list[str]


@dataclass(frozen=True)
class Party:
    """A person of the case; `name` is the designation, `facts` what else is stated, in words."""

    person: Person
    name: str
    facts: str
    charges: list[ChargeRow]
    sentences: list[str]

    @property
    def role(self) -> Any:
        """The role in words."""
        return v.PartyRole(self.person.role).label


def name_of(person: Person) -> str:
    """The designation, else the role and the key: never more than the record shows."""
    return person.designation or f"{v.PartyRole(person.role).label} {person.key}"


def facts_of(person: Person, states: dict[str, str], lang: str) -> str:
    """What is stated of a person, in one line."""
    said: list[Any] = []
    if person.party_kind != v.PartyKind.NATURAL:
        said.append(v.PartyKind(person.party_kind).label)
    if person.count_max or person.count_min > 1:
        low, high = person.count_min, person.count_max or person.count_min
        said.append(ngettext("%(n)s person", "%(n)s persons", high) % {"n": low if low == high else f"{low}–{high}"})
    if person.sex:
        said.append(v.Sex(person.sex).label)
    if person.age is not None:
        basis = f" ({v.AgeBasis(person.age_basis).label})" if person.age_basis else ""
        said.append(_("age %(age)s") % {"age": person.age} + basis)
    if person.is_minor == v.YesNo.YES:
        said.append(_("under 18"))
    if person.born:
        said.append(_("born %(year)s") % {"year": person.born})
    if person.nationality:
        said.append(states.get(person.nationality, person.nationality))
    return listed_words(said, lang)


def term(months: int) -> str:
    """A term in years and months."""
    years, rest = divmod(months, 12)
    parts = [ngettext("%(n)s year", "%(n)s years", years) % {"n": years}] if years else []
    if rest or not years:
        parts.append(ngettext("%(n)s month", "%(n)s months", rest) % {"n": rest})
    return " ".join(parts)


def sentence_words(sentence: Sentence) -> str:
    """One sentence in words: "Imprisonment: 5 years 6 months"."""
    said = [_("for life")] if sentence.life else []
    if sentence.months is not None:
        said.append(term(sentence.months))
    if sentence.amount:
        said.append(f"{sentence.amount} {sentence.currency}".strip())
    said += [text for text in (sentence.text,) if text]
    if sentence.on_appeal:
        said.append(_("on appeal: %(text)s") % {"text": sentence.on_appeal})
    kind = str(v.SentenceKind(sentence.kind).label)
    return f"{kind}: {'; '.join(said)}" if said else kind


def parties(case: Case, states: dict[str, str], lang: str) -> list[Party]:
    """Every person of the case, defendants first, each with what is theirs."""
    names = {p.key: name_of(p) for p in case.persons}
    ordered = sorted(case.persons, key=lambda p: p.role != v.PartyRole.DEFENDANT)
    return [
        Party(
            person,
            names[person.key],
            facts_of(person, states, lang),
            [_row(case, charge, person, names, lang) for charge in case.charges if person.key in charge.persons],
            [sentence_words(s) for s in case.sentences if s.person == person.key and not s.charge],
        )
        for person in ordered
    ]


def unassigned(case: Case, lang: str) -> list[ChargeRow]:
    """Charges of which the source names no person."""
    return [_row(case, charge, None, {}, lang) for charge in case.charges if not charge.persons]


def _row(case: Case, charge: Charge, person: Person | None, names: dict[str, str], lang: str) -> ChargeRow:
    others = [names.get(key, key) for key in charge.persons if person is None or key != person.key]
    number, _slash, key = charge.provision.partition("/")
    mine = [s for s in case.sentences if s.charge == charge.key and (person is None or s.person == person.key)]
    verdict = v.Verdict(charge.verdict) if charge.verdict else None
    return ChargeRow(
        charge,
        verdict.label if verdict else "",
        MARKS.get(verdict, "quiet") if verdict else "quiet",
        (number, key),
        listed_words(others, lang),
        [sentence_words(s) for s in mine],
    )


def verdict_counts(case: Case) -> list[tuple[Any, int]]:
    """How many charges ended how, in the order of the vocabulary."""
    counts = Counter(charge.verdict for charge in case.charges if charge.verdict)
    return [(verdict.label, counts[verdict]) for verdict in v.Verdict if counts[verdict]]


def stages(case: Case) -> list[dict[str, Any]]:
    """The proceedings in the order of their days; a stage without a day keeps its place at the end."""
    ordered = sorted(case.proceedings, key=lambda p: (p.decided_on is None, p.decided_on or date.min))
    return [
        {
            "level": v.CourtLevel(p.level).label if p.level else "",
            "on": p.decided_on,
            "court": ", ".join(filter(None, (p.court, p.city))),
            "reference": p.reference,
            "text": p.description,
        }
        for p in ordered
    ]
