"""`can()` and `scope()` agree for everybody, every action and every state of an edition; so do the other scopes."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from comity.core.actions.actor import PUBLIC, Actor, Grant
from comity.core.actions.labels import Label
from comity.modules.reports import vocabulary as v
from comity.modules.reports.models import DeclaredCount, Edition, Override
from comity.modules.reports.policies import can, declared_scope, override_scope, scope
from comity.modules.reports.selectors.figures import sight
from tests.harness.actors import actors

_people = st.sampled_from(["user:1", "user:2", "user:9"])
_labels = st.fixed_dictionaries({
    "label": st.sampled_from(Label.values), "owner_state": st.sampled_from(["AAA", "BBB", ""]),
    "hidden": st.sampled_from([None, -1, 1]),
})  # fmt: skip
_editions = st.tuples(st.sampled_from(v.EditionState.values), _labels)
_declared = st.tuples(st.sampled_from(v.DeclaredStep.values), _labels, st.booleans(), _people)
_overrides = st.tuples(st.booleans(), st.booleans(), _people)
_SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
_DAY = date(2019, 1, 1)


def label_of(said: dict[str, object]) -> dict[str, object]:
    hidden = said["hidden"]
    moment = None if hidden is None else timezone.now() + timedelta(days=hidden)  # type: ignore[arg-type]
    return {"label": said["label"], "owner_state": said["owner_state"], "visible_from": moment}


def edition_of(number: int, state: str, said: dict[str, object]) -> Edition:
    return Edition.objects.create(
        code=f"E-{number}", state=state, period_start=_DAY, period_end=_DAY, as_of=_DAY, created_by="user:9",
        **label_of(said),
    )  # fmt: skip


class Agreement(TestCase):
    @_SETTINGS
    @given(actor=actors, rows=st.lists(_editions, min_size=1, max_size=6))
    def test_editions(self, actor: Actor, rows: list[tuple[str, dict[str, object]]]) -> None:
        made = [edition_of(number, state, said) for number, (state, said) in enumerate(rows)]
        for action in v.EDITION_ACTIONS:
            in_scope = set(scope(actor, action, Edition.objects.all()).values_list("pk", flat=True))
            assert in_scope == {row.pk for row in made if can(actor, action, row)}, action
        assert not scope(actor, "reports:edition:burn", Edition.objects.all()).exists()
        assert not any(can(actor, "reports:edition:burn", row) for row in made)
        assert all(can(actor, v.VIEW, row) for row in made if can(actor, v.VIEW_WORK, row))
        assert all(sight(actor, row).staff == bool(can(actor, v.VIEW_WORK, row)) for row in made)

    @_SETTINGS
    @given(actor=actors, rows=st.lists(_declared, min_size=1, max_size=6))
    def test_declared_counts(self, actor: Actor, rows: list[tuple[str, dict[str, object], bool, str]]) -> None:
        made = [
            DeclaredCount.objects.create(
                code=f"d-{number}", value=1, starts=_DAY, document="x", step=step, entered_by=by, step_by=by,
                superseded_at=timezone.now() if old else None, **label_of(said),
            )
            for number, (step, said, old, by) in enumerate(rows)
        ]  # fmt: skip
        seen = set(declared_scope(actor, DeclaredCount.objects.all()).values_list("pk", flat=True))
        secretariat = actor.kind == "system" or actor.has("curator", "publisher")
        for row in made:
            if row.pk in seen:
                assert row.superseded_at is None
                assert secretariat or row.step == v.DeclaredStep.CONFIRMED
            if row.label == Label.PUBLIC and row.visible_from is None and row.superseded_at is None:
                assert (row.pk in seen) == (secretariat or row.step == v.DeclaredStep.CONFIRMED)
            confirms = bool(can(actor, v.CONFIRM_DECLARED, row))
            own = actor.kind != "system" and actor.reference == row.entered_by
            assert confirms == (secretariat and row.step == v.DeclaredStep.DRAFT and not own)

    @_SETTINGS
    @given(actor=actors, held=_editions, rows=st.lists(_overrides, min_size=1, max_size=5))
    def test_overrides(
        self, actor: Actor, held: tuple[str, dict[str, object]], rows: list[tuple[bool, bool, str]]
    ) -> None:
        edition, now = edition_of(0, *held), timezone.now()
        made = [
            Override.objects.create(
                edition=edition, slug="a.b", value=Decimal(1), reason="x", document="y", proposed_by=by,
                confirmed_at=now if confirmed else None, withdrawn_at=now if withdrawn else None,
            )
            for confirmed, withdrawn, by in rows
        ]  # fmt: skip
        seen = set(override_scope(actor, Override.objects.all()).values_list("pk", flat=True))
        secretariat = actor.kind == "system" or actor.has("curator", "publisher")
        for row in made:
            stands = row.confirmed_at is not None and row.withdrawn_at is None
            assert (row.pk in seen) == (secretariat or (stands and bool(can(actor, v.VIEW, edition))))
            waits = row.confirmed_at is None and row.withdrawn_at is None
            own = actor.kind != "system" and actor.reference == row.proposed_by
            assert bool(can(actor, v.CONFIRM_OVERRIDE, row)) == (secretariat and waits and not own)


@pytest.mark.django_db
def test_roles_by_the_book() -> None:
    said: dict[str, object] = {"label": "secretariat", "owner_state": "", "hidden": None}
    waiting = edition_of(1, "collecting", said)
    out = edition_of(2, "issued", {**said, "label": "public"})
    curator = Actor("user", "user:1", 1, "", (Grant("curator", body="secretariat"),), True)
    publisher = Actor("user", "user:2", 2, "", (Grant("publisher", body="secretariat"),), True)
    official = Actor("user", "user:3", 3, "", (Grant("focal_point", "AAA"),), True)
    assert can(curator, v.FREEZE, waiting) and not can(publisher, v.FREEZE, waiting)
    assert can(publisher, v.ISSUE, out) and not can(curator, v.ISSUE, out)
    assert not can(curator, v.WRITE, out) and can(curator, v.WRITE, waiting)
    for reader in (PUBLIC, official):
        assert can(reader, v.VIEW, out) and not can(reader, v.VIEW_WORK, out) and not can(reader, v.VIEW, waiting)
        assert not can(reader, v.DEFINE) and not can(reader, v.DECLARE) and not can(reader, v.IMPORT_PUBLISHED)
