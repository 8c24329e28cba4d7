"""The query and the rule in memory agree about who sees what, for any actor and any row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, models
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.core.actions.actor import PUBLIC, Actor, Grant, system
from comity.core.actions.labels import Label, Labelled, labels_for, may_see
from comity.core.people.vocabulary import Role

STATES = ["AAA", "BBB", "CCC"]


class LabelledThing(Labelled):
    """A table of this test only."""

    class Meta:
        app_label = "actions"
        managed = False
        db_table = "test_labelled_thing"


@pytest.fixture
def table(db: None) -> Iterator[type[models.Model]]:
    with connection.cursor() as cursor:
        kind = "timestamp with time zone" if connection.vendor == "postgresql" else "datetime"
        key = "serial" if connection.vendor == "postgresql" else "integer"
        cursor.execute(
            f"CREATE TABLE test_labelled_thing (id {key} PRIMARY KEY, label varchar(20) NOT NULL, "
            f"owner_state varchar(3) NOT NULL, visible_from {kind} NULL)"
        )
    yield LabelledThing
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE test_labelled_thing")


grants = st.builds(
    Grant,
    role=st.sampled_from([role.value for role in Role]),
    participant=st.sampled_from(["", *STATES]),
    body=st.sampled_from(["", "secretariat"]),
)
actors: st.SearchStrategy[Actor] = st.one_of(
    st.just(PUBLIC),
    st.just(system("worker")),
    st.builds(
        lambda given, factor: Actor("user", "user:1", 1, "x", tuple(given), factor),
        st.lists(grants, max_size=4),
        st.booleans(),
    ),
)
rows = st.tuples(
    st.sampled_from([*Label.values, "unheard-of"]),
    st.sampled_from(["", *STATES]),
    st.sampled_from([None, -3600, 3600]),
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(actor=actors, drawn=st.lists(rows, max_size=12))
def test_query_and_rule_agree(table: Any, actor: Actor, drawn: list[tuple[str, str, int | None]]) -> None:
    table.objects.all().delete()
    now = timezone.now()
    things = [
        table(
            label=label,
            owner_state=state,
            visible_from=None if shift is None else now + timedelta(seconds=shift),
        )
        for label, state, shift in drawn
    ]
    for thing in things:
        thing.save()
    by_query = set(table.objects.filter(labels_for(actor)).values_list("pk", flat=True))
    assert by_query == {thing.pk for thing in things if may_see(actor, thing)}


def test_an_administrator_sees_no_labelled_row_by_that_role() -> None:
    actor = Actor("user", "user:1", 1, "x", (Grant("administrator", body="secretariat"),), True)
    for label in [Label.OFFICIALS, Label.OWN_STATE, Label.SECRETARIAT]:
        assert not may_see(actor, LabelledThing(label=label, owner_state="AAA"))


def test_an_embargo_holds_for_everybody_but_the_node_and_ends_by_itself() -> None:
    curator = Actor("user", "user:1", 1, "x", (Grant("curator"),), True)
    later = LabelledThing(label=Label.PUBLIC, visible_from=timezone.now() + timedelta(hours=1))
    past = LabelledThing(label=Label.PUBLIC, visible_from=timezone.now() - timedelta(seconds=1))
    assert not may_see(curator, later)
    assert may_see(PUBLIC, past)
