"""What "in the period", "on the day" and "since the beginning" mean is the same for stored and for listed records."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from django.db import models
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from comity.core.actions.times import Recorded
from comity.core.counting.countable import CountField, Period, Question, value_of
from comity.core.counting.listed import Listed, ListedCountable
from comity.core.counting.stored import StoredCountable, version_name
from comity.core.counting.tests.tables import create
from comity.core.counting.vocabulary import FieldKind, Measure, PeriodRule


class Dated(Recorded):
    """A table of the tests only."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    code = models.CharField(max_length=20)
    starts = models.DateField(null=True)
    ends = models.DateField(null=True)
    place = models.CharField(max_length=3, blank=True)
    size = models.IntegerField(null=True)

    class Meta:
        app_label = "counting"


FIELDS = {
    "place": CountField("place", "Place", FieldKind.CODE, "place"),
    "size": CountField("size", "Size", FieldKind.NUMBER, "size"),
}
STORED = StoredCountable("t.dated", "Dated", "", FIELDS, Dated.objects.all, lambda *_more: [], "t:dated:")


def _listed() -> list[Listed]:
    return [
        Listed(f"t:dated:{r.code}", version_name(r.recorded_at), {"place": r.place, "size": r.size}, r.starts, r.ends)
        for r in Dated.objects.filter(superseded_at=None)
    ]


LISTED = ListedCountable("t.listed", "Listed", "", FIELDS, lambda *_more: _listed(), lambda *_more: [])
_days = st.dates(date(2018, 12, 30), date(2019, 1, 5))
_lengths, _places = st.none() | st.integers(0, 4), st.sampled_from(["", "A", "B"])
_rows = st.lists(st.tuples(_days, _lengths, _places, st.none() | st.integers(0, 9)), max_size=6)
_periods = st.tuples(_days, st.integers(0, 4))
_measures = st.sampled_from(
    [(Measure.COUNT, ""), (Measure.SUM, "size"), (Measure.DISTINCT, "place"), (Measure.MAX, "size")]
)


class Agreement(TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        create(Dated)

    @settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(rows=_rows, period=_periods, as_of=_days, rule=st.sampled_from(list(PeriodRule)), measure=_measures)
    def test_stored_and_listed_records_give_the_same_parts(
        self, rows: list[Any], period: Any, as_of: date, rule: str, measure: tuple[str, str]
    ) -> None:
        Dated.objects.all().delete()
        for number, (starts, length, place, size) in enumerate(rows):
            ends = None if length is None else date.fromordinal(starts.toordinal() + length)
            Dated.objects.create(
                code=f"D{number}", starts=starts, ends=ends, place=place, size=size, recorded_at=timezone.now()
            )
        whole = Period(period[0], date.fromordinal(period[0].toordinal() + period[1]))
        question = Question({}, measure[0], measure[1], whole, rule, as_of)
        assert STORED.parts(question) == LISTED.parts(question)

    def test_as_known_then(self) -> None:
        Dated.objects.all().delete()
        first = Dated.objects.create(code="D", starts=date(2019, 1, 1), size=3, recorded_at=timezone.now())
        then = timezone.now()
        first.superseded_at = timezone.now()
        first.save()
        Dated.objects.create(code="D", starts=date(2019, 1, 1), size=5, recorded_at=timezone.now())
        for known_at, value in ((None, 5), (then, 3)):
            question = Question({}, "sum", "size", None, PeriodRule.UNTIL, date(2019, 2, 1), known_at)
            assert value_of("sum", STORED.parts(question)) == value
