"""`can()` and `scope()` agree for everybody, every action and every kind of row."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from comity.core.actions.actor import PUBLIC, Actor
from comity.core.actions.labels import Label
from comity.modules.directory import vocabulary as v
from comity.modules.directory.models import Authority
from comity.modules.directory.policies import can, scope
from comity.modules.directory.tests import making
from tests.harness.actors import actors

_rows = st.fixed_dictionaries({
    "state": st.sampled_from(v.State.values), "label": st.sampled_from(Label.values),
    "owner": st.sampled_from(["AAA", "BBB"]), "by": st.sampled_from(["user:1", "user:2", "system:test"]),
    "hidden": st.sampled_from([None, -1, 1]), "closed": st.booleans(),
})  # fmt: skip


class Agreement(TestCase):
    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(actor=actors, rows=st.lists(_rows, min_size=1, max_size=6))
    def test_can_and_scope_agree(self, actor: Actor, rows: list[dict[str, object]]) -> None:
        making.world()
        made = []
        for number, row in enumerate(rows):
            hidden = row["hidden"]
            made.append(
                Authority.objects.create(
                    code=f"{row['owner']}-x-{number}", participant_id=row["owner"], owner_state=row["owner"],
                    state=row["state"], pending=row["state"] in v.PENDING_STATES, label=row["label"],
                    edited_by=row["by"], step_by=row["by"], sort_name="x",
                    visible_from=None if hidden is None else timezone.now() + timedelta(days=hidden),
                    superseded_at=timezone.now() if row["closed"] else None,
                )
            )  # fmt: skip
        for action in v.AUTHORITY_ACTIONS:
            in_scope = set(scope(actor, action, Authority.objects.all()).values_list("pk", flat=True))
            allowed = {row.pk for row in made if can(actor, action, row)}
            assert in_scope == allowed, action


@pytest.mark.django_db
def test_nobody_approves_their_own_words_and_roles_grant_no_label() -> None:
    making.world()
    own = making.shown("AAA-new", state="nominated")
    own.edited_by = making.CURATOR.reference
    assert not can(making.CURATOR, v.VERIFY, own)
    assert "second person" in can(making.CURATOR, v.VERIFY, own).reason
    assert can(making.actor(99, "curator"), v.VERIFY, own)
    secret = making.shown("BBB-office", audience="officials")
    assert not can(making.ADMINISTRATOR, v.VIEW, secret)
    assert not can(PUBLIC, v.VIEW, secret)
    assert can(making.OBSERVER_B, v.VIEW, secret) and not can(making.OBSERVER_B, v.REPORT, secret)
    assert not can(making.FOCAL_A, v.EDIT, secret) and can(making.FOCAL_B, v.EDIT, secret)
