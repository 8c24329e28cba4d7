"""`can()` and `scope()` agree for everybody, every action, every kind of record and every step."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from comity.core.actions.actor import PUBLIC, Actor, Grant
from comity.core.actions.decorator import Denied
from comity.core.actions.labels import Label
from comity.core.people.models import Participant
from comity.modules.programmes import services
from comity.modules.programmes import vocabulary as v
from comity.modules.programmes.content import Draft, draft_of
from comity.modules.programmes.kinds import KINDS, Kind, step_choices
from comity.modules.programmes.policies import can, may_record, may_take_step, scope
from comity.modules.programmes.tests.makers import CURATOR, SECOND, person
from tests.harness.actors import actors

FOCAL, OFFICER, OBSERVER = (
    person(number, Grant(role, participant="AAA"))
    for number, role in ((11, "focal_point"), (12, "authority_officer"), (13, "observer"))
)
ELSEWHERE = person(14, Grant("focal_point", participant="BBB"))
ADMINISTRATOR = person(15, Grant("administrator", body="secretariat"))

_rows = st.fixed_dictionaries({
    "step": st.integers(0, 20), "label": st.sampled_from(Label.values), "owner": st.sampled_from(["AAA", "BBB", ""]),
    "by": st.lists(st.sampled_from(["user:1", "user:2", "system:test"]), max_size=2),
    "hidden": st.sampled_from([None, -1, 1]), "closed": st.booleans(),
})  # fmt: skip


def world() -> None:
    """Two States."""
    for iso3 in ("AAA", "BBB"):
        Participant.objects.get_or_create(iso3=iso3, defaults={"kind": "un_member", "names": {"en": iso3}})


def stored(kind: Kind, number: int, said: dict[str, Any]) -> Any:
    """A row as it might stand in the table, without asking any rule."""
    steps = [name for name, _title in step_choices(kind)]
    more: dict[str, Any] = {"starts": date(2020, 1, 1), "ends": date(2020, 12, 31)}
    if kind.name in {"request", "legislation"}:
        more["participant_id"] = said["owner"] or "AAA"
    if kind.name == "assistance":
        more["participant_id"] = "AAA"
    for name in {f.name for f in kind.model._meta.concrete_fields} & {"amount", "rate", "usd", "value", "count"}:
        more[name] = 1
    if kind.is_money:
        more["rate_on"] = date(2020, 1, 1)
    hidden = said["hidden"]
    return kind.model._default_manager.create(
        code=f"X-{number}", step=steps[said["step"] % len(steps)], title="x", label=said["label"],
        owner_state=said["owner"], writers=tuple(said["by"]), edited_by="user:1", step_by="user:1",
        visible_from=None if hidden is None else timezone.now() + timedelta(days=hidden),
        superseded_at=timezone.now() if said["closed"] else None, **more,
    )  # fmt: skip


class Agreement(TestCase):
    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(actor=actors, kind=st.sampled_from(list(KINDS.values())), rows=st.lists(_rows, min_size=1, max_size=6))
    def test_can_and_scope_agree(self, actor: Actor, kind: Kind, rows: list[dict[str, Any]]) -> None:
        world()
        made = [stored(kind, number, said) for number, said in enumerate(rows)]
        for action in v.RECORD_ACTIONS:
            in_scope = set(scope(actor, action, kind.model._default_manager.all()).values_list("pk", flat=True))
            assert in_scope == {row.pk for row in made if can(actor, action, row)}, action

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(actor=actors, kind=st.sampled_from(list(KINDS.values())), said=_rows, to=st.integers(0, 20))
    def test_nobody_approves_their_own_words(self, actor: Actor, kind: Kind, said: dict[str, Any], to: int) -> None:
        world()
        row = stored(kind, 1, said)
        name = list(kind.machine.steps)[to % len(kind.machine.steps)]
        allowed = may_take_step(actor, row, name)
        if allowed:
            assert row.step in kind.machine.steps[name].after and can(actor, v.VIEW, row)
            assert not kind.machine.steps[name].second or actor.kind == "system" or actor.reference not in row.writers
        else:
            assert allowed.reason


def _request(state: str, owner: str) -> Draft:
    values = {"title": "Help", "lang": "en", "participant": state, "requester": "Ministry", "need": "Advice",
              "need_source": "letter"}  # fmt: skip
    return Draft(KINDS["request"], "", values, label=Label.OWN_STATE, owner_state=owner)


@pytest.mark.django_db
def test_a_state_asks_for_itself_and_for_nobody_else() -> None:
    world()
    assert can(FOCAL, v.RECORD, _request("AAA", "AAA")) and can(OFFICER, v.RECORD, _request("AAA", "AAA"))
    for who, draft in ((FOCAL, _request("BBB", "BBB")), (FOCAL, _request("AAA", "BBB")),
                       (OBSERVER, _request("AAA", "AAA")), (PUBLIC, _request("AAA", "AAA"))):  # fmt: skip
        assert not can(who, v.RECORD, draft)
    row = services.record(FOCAL, draft=_request("AAA", "AAA"))
    assert can(FOCAL, v.CORRECT, row) and not can(ELSEWHERE, v.VIEW, row) and not can(PUBLIC, v.VIEW, row)
    assert not can(ADMINISTRATOR, v.VIEW, row), "a role grants verbs, never a label"
    with pytest.raises(Denied):
        services.correct(FOCAL, row=row, draft=_request("BBB", "BBB"), base=row.pk)
    taken = services.move(CURATOR, row=row, to="assessed")
    assert not can(FOCAL, v.CORRECT, taken) and can(FOCAL, v.VIEW, taken)
    assert draft_of(taken).values["participant"] == "AAA"


def test_who_records_what() -> None:
    event, request = KINDS["event"], KINDS["request"]
    assert may_record(CURATOR, event) and may_record(FOCAL, request) and not may_record(FOCAL, event)
    assert not may_record(PUBLIC, request) and not may_record(OBSERVER, request)
    assert may_record(SECOND, event) and can(CURATOR, v.IMPORT) and not can(FOCAL, v.IMPORT)
