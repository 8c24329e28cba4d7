"""A record's life: recorded, corrected, verified by a second person, taken back, and counted as it was known."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from comity.core.actions.decorator import Denied
from comity.core.counting.asking import ask
from comity.core.counting.countable import Period, Question, value_of
from comity.core.people.load_reference import load_reference
from comity.modules.programmes import services
from comity.modules.programmes.checking import Incomplete
from comity.modules.programmes.content import draft_of
from comity.modules.programmes.models import Event
from comity.modules.programmes.tests.makers import CURATOR, SECOND, draft, made, people, training

pytestmark = pytest.mark.django_db
YEAR = Period(date(2019, 1, 1), date(2019, 12, 31))
TRAINED = Question({"field": "programme", "is": "P1"}, "sum", "count", YEAR)


@pytest.fixture
def programme() -> None:
    load_reference()
    made("programme", "P1", level="global", starts=date(2018, 1, 1))


def trained(question: Question = TRAINED) -> Decimal:
    return value_of("sum", ask("programmes.attendance", question))


@pytest.mark.usefixtures("programme")
def test_a_correction_moves_the_number_and_leaves_what_was_known() -> None:
    row = training("EV-1", [people("KEN", 30), people("UGA", 20)])
    known = timezone.now()
    changed = draft("event", "EV-1", [people("KEN", 35), people("UGA", 20)], **draft_of(row).values)
    corrected = services.correct(CURATOR, row=row, draft=changed, base=row.pk, reason="list recounted")
    assert corrected.step == "attendance_entered"
    assert trained() == 55
    then = Question(TRAINED.where, "sum", "count", YEAR, known_at=known)
    assert trained(then) == 50
    assert [part.record for part in ask("programmes.attendance", then)] == ["programmes:event:EV-1"]


@pytest.mark.usefixtures("programme")
def test_who_wrote_an_event_does_not_verify_it() -> None:
    row = made("event", "EV-1", [people("KEN", 3)], step="attendance_entered", programme="P1", starts=date(2019, 5, 6))
    with pytest.raises(Denied):
        services.move(CURATOR, row=row, to="verified")
    assert services.move(SECOND, row=row, to="verified").step == "verified"


@pytest.mark.usefixtures("programme")
def test_what_was_taken_back_counts_no_longer_and_can_be_restored() -> None:
    row = training("EV-1", [people("KEN", 30)])
    gone = services.withdraw(CURATOR, row=row, reason="entered twice")
    assert trained() == 0
    services.restore(CURATOR, row=gone)
    assert trained() == 30


@pytest.mark.usefixtures("programme")
def test_money_needs_a_rate_of_its_day_and_keeps_it() -> None:
    made("donor", "D1", kind="state", participant="NOR")
    pledge = {"donor": "D1", "programme": "P1", "amount": Decimal(900), "currency": "EUR", "starts": date(2019, 6, 1),
              "purpose": "special", "earmarking": 4}  # fmt: skip
    with pytest.raises(Incomplete, match="no rate of EUR"):
        made("pledge", "PL-1", **pledge)
    made("rate", "EUR-1", currency="EUR", rate=Decimal("0.9"), starts=date(2019, 1, 1))
    row = made("pledge", "PL-1", **pledge)
    assert (row.usd, row.rate_on) == (Decimal("1000.00"), date(2019, 1, 1))
    made("rate", "EUR-2", currency="EUR", rate=Decimal("0.5"), starts=date(2019, 5, 1))
    assert services.move(SECOND, row=row, to="signed").usd == Decimal("1000.00")


@pytest.mark.usefixtures("programme")
def test_a_jurisdiction_is_never_counted_as_a_country() -> None:
    common = {"programme": "P1", "mode": "direct", "starts": date(2019, 2, 1)}
    made("assistance", "A1", participant="KEN", subregion="Eastern Africa", **common)
    made("assistance", "A2", participant="KEN", subregion="Eastern Africa", **common)
    made("assistance", "A3", participant=None, jurisdiction="Islands of Lumen", subregion="Eastern Africa", **common)
    with pytest.raises(Incomplete, match="never both"):
        made("assistance", "A4", participant="UGA", jurisdiction="Islands of Lumen", **common)

    def told(field: str) -> Decimal:
        return value_of("distinct", ask("programmes.assistance", Question({}, "distinct", field, YEAR)))

    assert (told("participant"), told("jurisdiction"), told("subregion")) == (1, 1, 1)


@pytest.mark.usefixtures("programme")
def test_an_unknown_programme_and_a_row_entered_twice_are_named() -> None:
    with pytest.raises(Incomplete) as refused:
        made("event", "EV-1", [people("KEN", 3), people("KEN", 4)], programme="P2", starts=date(2019, 5, 6))
    said = str(refused.value)
    assert "P2" in said
    assert "same as row 1" in said
    assert not Event.objects.exists()
