"""The fictitious records: sound, marked, verified by a second person, loaded once, and enough to count."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from comity.core.audit.models import Entry
from comity.core.counting.asking import ask
from comity.core.counting.countable import Period, Question, value_of
from comity.core.people.load_reference import load_reference
from comity.modules.programmes import demonstration
from comity.modules.programmes.checking import Known, problems
from comity.modules.programmes.kinds import KINDS
from comity.modules.programmes.models import Event, ProgrammeRecord

pytestmark = pytest.mark.django_db
YEAR = Period(date(2019, 1, 1), date(2019, 12, 31))
DAY = date(2020, 5, 1)
KINDS_OF = {kind.model: kind for kind in KINDS.values()}
ATTENDED = {"field": "step", "in": ["attendance_entered", "verified"]}


@pytest.fixture(autouse=True)
def _loaded(db: None) -> None:
    load_reference()
    demonstration.load()


def current() -> Iterator[ProgrammeRecord]:
    for kind in KINDS.values():
        yield from kind.model._default_manager.filter(superseded_at__isnull=True)


def value(name: str, measure: str, of: str, *conditions: dict[str, Any], rule: str = "within") -> Decimal:
    question = Question({"all": list(conditions)}, measure, of, YEAR, rule, DAY)
    return value_of(measure, ask(name, question))


def programme(name: str) -> dict[str, Any]:
    return {"field": "programme", "is": f"DEMO-{name}"}


def test_every_kind_of_record_is_there_and_marked() -> None:
    rows = list(current())
    assert {type(row) for row in rows} == {kind.model for kind in KINDS.values()}
    assert all(row.fictitious for row in rows)
    assert all(row.code.startswith("DEMO-") for row in rows)
    plain = [row.title for row in rows if not row.code.startswith(("DEMO-RATE", "DEMO-DON"))]
    marks = ("invented", "fictitious", "ficti", "خيالية")
    assert not [title for title in plain if not any(mark in title.casefold() for mark in marks)]


def test_what_is_loaded_keeps_the_rules_of_content_and_of_steps() -> None:
    known, drafts = Known(), [(demonstration.draft_of_line(line), line) for line in demonstration.lines()]
    broken = {draft.code: found for draft, _line in drafts if (found := problems(draft, known))}
    assert not broken
    missing = []
    for draft, line in drafts:
        for step in demonstration.way(draft.kind.name, line.get("step") or draft.kind.machine.first):
            demanded = draft.kind.machine.steps[step]
            for name in demanded.needs:
                there = draft.children if name == "children" else draft.values.get(name)
                missing += [] if there else [f"{draft.code}: {step} needs {name}"]
            if demanded.reason and not line.get("reason"):
                missing.append(f"{draft.code}: {step} needs a reason")
    assert not missing


def test_who_wrote_a_record_did_not_verify_it() -> None:
    seconds = [row for row in current() if KINDS_OF[type(row)].machine.steps[row.step].second]
    assert len(seconds) > 300
    assert {row.step_by for row in seconds} == {demonstration.VERIFIER}
    assert all(demonstration.VERIFIER not in row.writers for row in seconds)


def test_loading_again_changes_nothing_and_the_log_has_one_entry() -> None:
    before = {kind.name: kind.model._default_manager.count() for kind in KINDS.values()}
    demonstration.load()
    assert {kind.name: kind.model._default_manager.count() for kind in KINDS.values()} == before
    entry = Entry.objects.get(reference="programmes:demonstration")
    assert entry.difference["event"] == Event.objects.filter(superseded_at__isnull=True).count()


def test_the_same_records_come_out_each_time() -> None:
    first = [(line["code"], str(line)) for line in demonstration.lines()]
    assert first == [(line["code"], str(line)) for line in demonstration.lines()]
    assert len({code for code, _line in first}) == len(first)


def test_states_and_jurisdictions_are_told_apart() -> None:
    given = {"field": "step", "in": ["ongoing", "completed"]}
    assert value("programmes.assistance", "distinct", "participant", programme("BEACON"), given) == 64
    assert value("programmes.assistance", "distinct", "jurisdiction", programme("BEACON"), given) == 2


def test_legislative_cases_are_33_in_24_states() -> None:
    drafted = {"field": "step", "in": ["draft_delivered", "before_legislature", "adopted", "in_force"]}
    laws = {"field": "type", "in": ["law", "regulation"]}
    policies = {"field": "type", "is": "policy"}
    of = programme("CORNERSTONE")
    assert value("programmes.legislation", "distinct", "participant", of, drafted) == 24
    assert value("programmes.legislation", "count", "", of, drafted, laws) == 26
    assert value("programmes.legislation", "count", "", of, drafted, policies) == 7


def test_people_are_counted_only_at_events_whose_attendance_stands() -> None:
    entered = value("programmes.attendance", "sum", "count", programme("COMPASS"), ATTENDED)
    assert entered == value("programmes.attendance", "sum", "count", programme("COMPASS")) == 1314
    held = {"field": "step", "in": ["held", "attendance_entered", "verified"]}
    assert value("programmes.event", "count", "", programme("COMPASS"), held) == 28


def test_an_operation_of_twenty_states_and_a_new_cycle() -> None:
    assert value("programmes.operation_state", "distinct", "participant", programme("THRESHOLD")) == 20
    assert value("programmes.cycle", "count", "", {"field": "cycle", "at_least": 2}) == 1


def test_money_in_four_currencies_is_at_the_rate_of_its_day() -> None:
    pledges = KINDS["pledge"].model._default_manager.filter(superseded_at__isnull=True)
    assert {row.currency for row in pledges} == {"USD", "EUR", "NOK", "JPY"}
    for row in pledges:
        assert row.rate_on <= row.starts
        assert abs(row.amount / row.rate - row.usd) <= Decimal("0.005")


def test_a_ratio_keeps_its_parts_and_recommendations_stand_in_every_step() -> None:
    approved, indicator = {"field": "step", "is": "approved"}, {"field": "indicator", "is": "DEMO-IND-C2"}
    parts = [value("programmes.actual", "sum", of, approved, indicator) for of in ("numerator", "denominator")]
    assert parts == [230, 330]
    steps = {row.step for row in current() if row.code.startswith("DEMO-REC-")}
    assert steps == set(KINDS["recommendation"].machine.steps)
