"""`can()` and `scope()` agree for everybody, every action and every kind of record."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from comity.core.actions.actor import PUBLIC, Actor, Grant
from comity.core.actions.labels import Label
from comity.modules.library import vocabulary as v
from comity.modules.library.models import Record
from comity.modules.library.policies import can, scope
from comity.modules.library.tests import making
from tests.harness.actors import actors

_rows = st.fixed_dictionaries({
    "step": st.sampled_from(v.Step.values), "work": st.sampled_from(["", *sorted(v.PENDING_STEPS)]),
    "label": st.sampled_from(Label.values), "owner": st.sampled_from(["AAA", "BBB", ""]),
    "by": st.lists(st.sampled_from(["user:1", "user:2", "user:11", "system:test"]), max_size=2),
    "hidden": st.sampled_from([None, -1, 1]), "discarded": st.booleans(),
})  # fmt: skip


class Agreement(TestCase):
    @settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(actor=actors, rows=st.lists(_rows, min_size=1, max_size=6))
    def test_can_and_scope_agree(self, actor: Actor, rows: list[dict[str, object]]) -> None:
        making.world()
        made = []
        for number, row in enumerate(rows):
            hidden = row["hidden"]
            made.append(
                Record.objects.create(
                    number=f"X-{number}", kind="law", owner_state=row["owner"], participant_id=row["owner"] or None,
                    step=row["step"], working_step=row["work"], label=row["label"], author="user:1",
                    writers="".join(["|", *(f"{one}|" for one in row["by"])]), discarded=row["discarded"],
                    visible_from=None if hidden is None else timezone.now() + timedelta(days=hidden),
                )
            )  # fmt: skip
        for action in v.RECORD_ACTIONS:
            in_scope = set(scope(actor, action, Record.objects.all()).values_list("pk", flat=True))
            allowed = {row.pk for row in made if can(actor, action, row)}
            assert in_scope == allowed, action


@pytest.mark.django_db
def test_roles_by_the_book() -> None:
    making.world()
    draft, waiting, other = making.draft(), making.draft(step="submitted"), making.draft(making.law("BBB"))
    assert can(making.FOCAL_A, v.EDIT, draft) and not can(making.FOCAL_A, v.EDIT, waiting)
    assert not can(making.FOCAL_A, v.VIEW, other) and can(making.FOCAL_B, v.VIEW, other)
    assert can(making.OBSERVER_A, v.VIEW, draft) and not can(making.OBSERVER_A, v.EDIT, draft)
    assert not can(making.ADMINISTRATOR, v.VIEW, draft) and not can(PUBLIC, v.VIEW, draft)
    assert can(making.CURATOR, v.REVIEW, waiting) and not can(making.PUBLISHER, v.REVIEW, waiting)
    assert can(making.CURATOR, v.CREATE, "BBB") and can(making.CURATOR, v.CREATE, "")
    assert can(making.FOCAL_A, v.CREATE, "AAA") and not can(making.FOCAL_A, v.CREATE, "BBB")
    assert not can(making.PUBLISHER, v.CREATE, "AAA") and not can(PUBLIC, v.CREATE, "")
    ready = making.approved()
    assert can(making.PUBLISHER, v.PUBLISH, ready) and not can(making.CURATOR, v.PUBLISH, ready)
    both = Actor("user", "user:1", 1, "", (Grant("publisher", body="secretariat"),), True)
    assert "second person" in can(both, v.PUBLISH, ready).reason


@pytest.mark.django_db
def test_an_embargo_ends_by_itself_and_holds_for_everybody() -> None:
    making.world()
    soon = timezone.now() + timedelta(hours=1)
    record = making.shown(making.law(visible_from=soon))
    assert not any(can(actor, v.VIEW, record) for actor in making.EVERYONE if actor.kind != "system")
    Record.objects.update(visible_from=timezone.now() - timedelta(seconds=1))
    record.refresh_from_db()
    assert can(PUBLIC, v.VIEW, record)
