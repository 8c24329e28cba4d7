"""Fictitious programmes and their work for the demonstration node: none of it happened, titles say so.

States are real by their codes only; donors, places, jurisdictions and rates are invented. What needs a second person
was written by one fictitious person and verified by another.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from django.db import models as fields_of
from django.db import transaction
from django.utils import timezone

from comity.core.actions.actor import system
from comity.core.actions.labels import Label
from comity.core.audit.log import record as record_entry
from comity.core.counting.codes import CodesField
from comity.core.people.models import Participant
from comity.modules.programmes import demonstration_series as series
from comity.modules.programmes import vocabulary as v
from comity.modules.programmes.checking import Known
from comity.modules.programmes.content import Draft
from comity.modules.programmes.demonstration_series import Line
from comity.modules.programmes.kinds import KINDS
from comity.modules.programmes.machines import Machine
from comity.modules.programmes.models import Programme, ProgrammeRecord
from comity.modules.programmes.services.versions import add_version

_FOLDER = Path(__file__).parent / "reference" / "demonstration"
#: The fictitious person who writes, and the one who verifies.
WRITER, VERIFIER = system("demonstration").reference, system("demonstration-verifier").reference
#: What a line says apart from the fields of its record.
_APART = frozenset({"record", "code", "step", "title", "label", "owner_state", "reason", "children"})
#: Kinds that others refer to come first; rates before money.
_ORDER = (
    "programme",
    "project",
    "request",
    "donor",
    "agreement",
    "rate",
    "pledge",
    "evaluation",
    "result",
    "indicator",
)


@transaction.atomic
def load() -> None:
    """Loads the fictitious records once, with one entry in the log; a node that has some already is left alone."""
    if Programme.objects.filter(fictitious=True).exists():
        return
    written, verified = timezone.now() - timedelta(seconds=2), timezone.now() - timedelta(seconds=1)
    known, counts = Known(), dict.fromkeys(KINDS, 0)
    for line in lines():
        draft = draft_of_line(line)
        _write(draft, line, known, (written, verified))
        counts[draft.kind.name] += 1
    record_entry(
        actor=WRITER,
        verb=v.IMPORT,
        reference="programmes:demonstration",
        reason="Fictitious records of the demonstration",
        difference={name: count for name, count in counts.items() if count},
    )


def lines() -> list[Line]:
    """Returns a line for each fictitious record, those first that others refer to. Needs the States of the node."""
    found = list(_written_out()) + list(_alike())
    place = {name: number for number, name in enumerate(_ORDER)}
    return sorted(found, key=lambda line: place.get(line["record"], len(_ORDER)))


def _written_out() -> Iterator[Line]:
    for name in ("portfolio", "products", "results", "evaluations", "funding"):
        yield from _table(name)["records"]


def _alike() -> Iterator[Line]:
    """The records that come in series."""
    subregions = dict(Participant.objects.values_list("iso3", "m49_subregion"))
    held, given, funding, vouched = _table("events"), _table("assistance"), _table("funding"), _table("claims")
    yield from chain.from_iterable(series.events(one, held["places"]) for one in held["series"])
    for number, one in enumerate(given["series"], start=1):
        yield from series.assistance(one, number, subregions)
    yield from chain.from_iterable(map(series.legislation, _table("legislation")["series"]))
    yield from chain.from_iterable(series.claims("reach", one) for one in vouched["reach"])
    yield from chain.from_iterable(series.claims("outcome", one) for one in vouched["outcomes"])
    yield from series.rates(funding["rates"])
    yield from chain.from_iterable(map(series.pledges, funding["pledges"]))
    yield from series.financial_lines(funding)


def _table(name: str) -> dict[str, Any]:
    table: dict[str, Any] = json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return table


def draft_of_line(line: Line) -> Draft:
    """Returns the content of a record as a line of the tables says it."""
    kind = KINDS[line["record"]]
    titles = line["title"] if isinstance(line["title"], dict) else {"en": line["title"]}
    lang = next(iter(titles))
    values = {name: value for name, value in line.items() if name not in _APART}
    return Draft(
        kind,
        line["code"],
        {"title": titles[lang], "lang": lang, **_typed(kind.model, values)},
        tuple(_typed(kind.child, child) for child in line.get("children", ()) if kind.child),
        line.get("label", Label.PUBLIC),
        line.get("owner_state", ""),
        {other: title for other, title in titles.items() if other != lang},
        fictitious=True,
    )


def _typed(model: type[fields_of.Model], values: Line) -> Line:
    """Values of a line as its table's fields hold them."""
    return {name: _value(model._meta.get_field(name), value) for name, value in values.items()}


def _value(column: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column, fields_of.DateField) and isinstance(value, str):
        return date.fromisoformat(value)
    if isinstance(column, fields_of.DecimalField):
        return Decimal(str(value))
    return tuple(value) if isinstance(column, CodesField) else value


def _write(draft: Draft, line: Line, known: Known, moments: tuple[datetime, datetime]) -> None:
    """Adds the versions of a record: as it was written, and where a second person is needed, as it was verified."""
    before: ProgrammeRecord | None = None
    steps = way(draft.kind.name, line.get("step") or draft.kind.machine.first)
    for number, step in enumerate(steps):
        second = draft.kind.machine.steps[step].second
        before = add_version(
            draft,
            before=before,
            step=step,
            actor=VERIFIER if second else WRITER,
            wrote=before is None,
            reason=line.get("reason", "") if draft.kind.machine.steps[step].reason else "",
            known=known,
            # Each version a moment after the one before it: what was known when stays in order.
            at=moments[min(number, 1)] + timedelta(milliseconds=number),
        )


@cache
def way(kind: str, step: str) -> tuple[str, ...]:
    """Returns the steps to keep as versions on the way of a kind of record to `step`: those of a second person, the
    one before each, and the last. Raises ValueError where no way leads there."""
    machine = KINDS[kind].machine
    steps = _shortest(machine, step)
    return tuple(
        name
        for name, after in zip(steps, [*steps[1:], None], strict=True)
        if after is None or machine.steps[name].second or machine.steps[after].second
    )


def _shortest(machine: Machine, step: str) -> tuple[str, ...]:
    """The shortest way from the first step of a machine to `step`."""
    waiting: deque[tuple[str, ...]] = deque([(machine.first,)])
    seen = {machine.first}
    while waiting:
        taken = waiting.popleft()
        if taken[-1] == step:
            return taken
        for following in machine.following(taken[-1]):
            if following not in seen:
                seen.add(following)
                waiting.append((*taken, following))
    raise ValueError(f"no step leads to {step}")
