"""A filter tree is checked by name and remedy, and means the same in the database and in memory."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import models
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from comity.core.counting.codes import CodesField, joined, split
from comity.core.counting.conditions import BadCondition, as_query, check, holds, in_words
from comity.core.counting.countable import CountField
from comity.core.counting.tests.tables import create
from comity.core.counting.vocabulary import FieldKind


class Thing(models.Model):
    """A table of the tests only."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    name = models.CharField(max_length=20, blank=True)
    size = models.IntegerField(null=True)
    day = models.DateField(null=True)
    tags = CodesField()

    class Meta:
        app_label = "counting"


FIELDS = {
    "name": CountField("name", "Name", FieldKind.CODE, "name"),
    "size": CountField("size", "Size", FieldKind.NUMBER, "size"),
    "day": CountField("day", "Day", FieldKind.DATE, "day"),
    "tags": CountField("tags", "Tags", FieldKind.CODES, "tags"),
}
_names, _sizes = st.sampled_from(["", "a", "b"]), st.integers(0, 3)
_days = st.dates(date(2019, 1, 1), date(2019, 1, 4))
_leaves = st.one_of(
    st.builds(lambda v, o: {"field": "name", o: v}, _names, st.sampled_from(["is", "not"])),
    st.builds(lambda v: {"field": "name", "in": v}, st.lists(_names, max_size=2)),
    st.builds(lambda v, o: {"field": "size", o: v}, _sizes, st.sampled_from(["is", "not", "at_least", "at_most"])),
    st.builds(lambda v, o: {"field": "day", o: v.isoformat()}, _days, st.sampled_from(["is", "not", "at_least"])),
    st.builds(lambda v: {"field": "tags", "has": v}, st.sampled_from(["x", "y"])),
    st.builds(lambda f, v: {"field": f, "known": v}, st.sampled_from(list(FIELDS)), st.booleans()),
)
_trees = st.recursive(
    st.one_of(st.just({}), _leaves),
    lambda inner: st.builds(lambda j, p: {j: p}, st.sampled_from(["all", "any", "none"]), st.lists(inner, max_size=3)),
    max_leaves=6,
)
_rows = st.lists(
    st.fixed_dictionaries({
        "name": _names, "size": st.none() | _sizes, "day": st.none() | _days,
        "tags": st.lists(st.sampled_from(["x", "y", "xy"]), unique=True).map(tuple),
    }),
    max_size=5,
)  # fmt: skip


class Agreement(TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        create(Thing)

    @settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(tree=_trees, rows=_rows)
    def test_the_database_and_memory_find_the_same_rows(self, tree: dict[str, Any], rows: list[dict[str, Any]]) -> None:
        check(tree, FIELDS)
        Thing.objects.all().delete()
        made = [Thing.objects.create(**row) for row in rows]
        found = set(Thing.objects.filter(as_query(tree, FIELDS)).values_list("pk", flat=True))
        assert found == {thing.pk for thing, row in zip(made, rows, strict=True) if holds(tree, FIELDS, row)}


@pytest.mark.parametrize(
    ("tree", "said"),
    [
        ({"field": "colour", "is": "red"}, "no field “colour” here. Fields: day, name, size, tags"),
        ({"all": [{"field": "size", "is": "many"}]}, r"where\.all\[0\]: “many” is no value of the field “size”"),
        ({"field": "size", "like": 3}, "exactly one of"),
        ({"field": "name", "at_least": "a"}, "cannot be asked of the field “name”"),
        ({"all": [], "any": []}, "stand alone"),
        ([], "a condition is an object"),
        ({"field": "day", "is": "05/06/2019"}, "no value of the field “day”"),
        ({"field": "name", "in": "a"}, "holds a list"),
        ({"field": "name", "known": "yes"}, "is true or false"),
    ],
)
def test_a_condition_that_cannot_be_asked_is_named(tree: Any, said: str) -> None:
    with pytest.raises(BadCondition, match=said):
        check(tree, FIELDS)


def test_a_condition_is_told_in_words() -> None:
    tree = {
        "all": [
            {"field": "name", "is": "a"},
            {"any": [{"field": "size", "at_least": 3}, {"field": "tags", "has": "x"}]},
        ]
    }
    said = in_words(tree, FIELDS, lambda field, value: f"‘{value}’")
    assert said == "Name is ‘a’ and (Size is at least ‘3’ or Tags contains ‘x’)"


@given(st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=5)))
def test_codes_come_back_as_they_were_kept(codes: list[str]) -> None:
    assert split(joined(codes)) == tuple(dict.fromkeys(codes))
