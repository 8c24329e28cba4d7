"""A figure is computed, frozen, corrected; the old result stays and history gives its digest again."""

from __future__ import annotations

from decimal import Decimal

import pytest

from comity.core.actions.decorator import Denied
from comity.core.people.load_reference import load_reference
from comity.modules.programmes import services as records
from comity.modules.programmes.content import draft_of
from comity.modules.programmes.models import Event
from comity.modules.programmes.tests.makers import draft
from comity.modules.reports.building import CannotBuild, document
from comity.modules.reports.models import Snapshot
from comity.modules.reports.numbers import numbers
from comity.modules.reports.selectors.editions import outline
from comity.modules.reports.services import freezing, overrides
from comity.modules.reports.tests.reporting import CURATOR, SECOND, edition, figure, lantern, people

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _world() -> None:
    load_reference()
    lantern()
    figure("p1.trained", qualifier="more_than", rounding="10")


def printed(found: object, lang: str = "en") -> str:
    made, _ = document(found, outline(found), numbers(found), lang)  # type: ignore[arg-type]
    return "".join(run.text for run in next(made.paragraphs()).runs)


def recount(code: str, count: int) -> None:
    row = Event.objects.get(code=code, superseded_at=None)
    changed = draft("event", code, [people("KEN", count)], "public", **draft_of(row).values)
    records.correct(CURATOR, row=row, draft=changed, base=row.pk, reason="recounted")


def test_freeze_correct_and_find_both_values() -> None:
    found = edition("They trained {fig:p1.trained|exact} people.")
    assert printed(found) == "They trained 60 people."
    freezing.freeze(CURATOR, edition=found)
    recount("EV-1", 25)
    assert printed(found) == "They trained 60 people."
    with pytest.raises(Denied):
        freezing.correct(CURATOR, edition=found, slugs=["p1.trained"], reason=" ")
    freezing.correct(CURATOR, edition=found, slugs=["p1.trained"], reason="one training was recounted")
    assert printed(found) == "They trained 65 people."
    old, new = Snapshot.objects.filter(slug="p1.trained").order_by("id")
    assert (old.value, new.value, new.previous) == (Decimal(60), Decimal(65), old)
    assert [freezing.recompute(row) for row in (old, new)] == [old.digest, new.digest]
    assert old.digest != new.digest
    assert [row[1] for row in new.evidence.rows] == [f"programmes:event:EV-{n}" for n in range(3)]


def test_history_that_was_tampered_with_gives_another_digest() -> None:
    found = edition("They trained {fig:p1.trained|exact} people.")
    (frozen,) = freezing.freeze(CURATOR, edition=found)
    event = Event.objects.get(code="EV-1", superseded_at=None)
    event.attendance.update(count=21)
    assert freezing.recompute(frozen) != frozen.digest


def test_a_second_person_approves_and_the_public_sees_nothing_before() -> None:
    found = edition("They trained {fig:p1.trained|exact} people.")
    freezing.freeze(CURATOR, edition=found)
    assert numbers(found, approved_only=True).by_slug == {}
    with pytest.raises(Denied):
        freezing.approve(CURATOR, edition=found)
    freezing.approve(SECOND, edition=found)
    assert numbers(found, approved_only=True).by_slug["p1.trained"].value == 60


def test_more_than_is_printed_only_where_it_is_true() -> None:
    found = edition("They trained {fig:p1.trained} people.")
    with pytest.raises(CannotBuild, match="not true"):
        printed(found)
    recount("EV-1", 21)
    assert printed(found) == "They trained more than 60 people."


def test_an_override_needs_a_reason_a_document_and_a_second_person_and_shows() -> None:
    found = edition("They trained {fig:p1.trained|exact} people.")
    freezing.freeze(CURATOR, edition=found)
    with pytest.raises(Denied):
        overrides.propose(CURATOR, edition=found, slug="p1.trained", value=Decimal(70), reason="x", document="")
    row = overrides.propose(
        CURATOR, edition=found, slug="p1.trained", value=Decimal(70), reason="partner's count", document="Letter 1"
    )
    assert printed(found) == "They trained 60 people."
    with pytest.raises(Denied):
        overrides.confirm(CURATOR, override=row)
    overrides.confirm(SECOND, override=row)
    assert printed(found) == "They trained 70 people."
    number = numbers(found).by_slug["p1.trained"]
    assert (number.basis, number.computed) == ("overridden", Decimal(60))
