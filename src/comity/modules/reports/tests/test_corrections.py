"""What was corrected after the issue stands above the text; of a protected figure no old value is told anywhere."""

from __future__ import annotations

import json
from typing import Any

import pytest

from comity.core.actions.actor import PUBLIC
from comity.core.people.load_reference import load_reference
from comity.modules.reports.models import Edition
from comity.modules.reports.selectors.corrections import corrections
from comity.modules.reports.services import freezing, overrides
from comity.modules.reports.tests.browsing import EDITION, FIGURE, As, issued
from comity.modules.reports.tests.reporting import CURATOR, SECOND, edition, figure, lantern, people, training

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _world() -> None:
    load_reference()
    lantern()


def correct(found: Edition, code: str, count: int, *, approve: bool = True) -> None:
    """A training that was found late comes into the number."""
    training(code, [people("KEN", count)])
    freezing.correct(CURATOR, edition=found, slugs=["p1.trained"], reason=f"{code} was found late")
    if approve:
        freezing.approve(SECOND, edition=found)


def listed(actor: Any) -> list[str]:
    page = As(actor).page(EDITION)
    return [" ".join(line.text_content().split()) for line in page.xpath("//section[h2[@id='corrections']]//li")]


def marked(actor: Any) -> list[str]:
    return As(actor).page(EDITION).xpath("//article//a[contains(@class,'figure-corrected')]/@title")


def test_a_correction_stands_above_the_text_once_it_is_approved() -> None:
    figure("p1.trained")
    found = issued()
    assert listed(PUBLIC) == [] and marked(PUBLIC) == []
    correct(found, "EV-NEW", 5, approve=False)
    assert listed(PUBLIC) == listed(SECOND) == []
    freezing.approve(SECOND, edition=found)
    (line,) = listed(PUBLIC)
    assert "60" in line and "65" in line and "EV-NEW was found late" in line
    assert marked(PUBLIC) == ["corrected"]
    page = As(PUBLIC).page(EDITION)
    assert page.xpath("//section[h2[@id='corrections']]//a/@href") == [FIGURE]
    assert "(corrected)" in page.xpath("string(//article//a[contains(@class,'figure-corrected')])")


def test_a_result_that_nobody_saw_is_no_step_of_its_own() -> None:
    figure("p1.trained")
    found = issued()
    correct(found, "EV-A", 5, approve=False)
    correct(found, "EV-B", 2)
    (line,) = listed(PUBLIC)
    assert "60" in line and "67" in line and "65" not in line
    correct(found, "EV-C", 10)
    assert ["77" in line for line in listed(PUBLIC)] == [True, False]


def test_a_correction_before_the_issue_is_no_news() -> None:
    figure("p1.trained")
    found = edition("They trained {fig:p1.trained|exact} people.")
    freezing.freeze(CURATOR, edition=found)
    freezing.approve(SECOND, edition=found)
    correct(found, "EV-NEW", 5)
    Edition.objects.update(state="issued", label="public")
    found.steps.create(state="issued", actor=SECOND.reference)
    assert listed(PUBLIC) == [] and "65" in As(PUBLIC).text(EDITION)


def test_where_an_override_is_printed_the_text_did_not_change() -> None:
    figure("p1.trained")
    found = issued()
    row = overrides.propose(CURATOR, edition=found, slug="p1.trained", value=70, reason="r", document="A/1")
    overrides.confirm(SECOND, override=row)
    correct(found, "EV-NEW", 5)
    assert listed(PUBLIC) == [] and marked(PUBLIC) == []


@pytest.mark.parametrize("through_a_part", [False, True])
def test_of_a_protected_figure_only_the_present_value_is_told(through_a_part: bool) -> None:
    if through_a_part:
        figure("p1.part", disclosure="protected")
        figure("p1.none", where={"field": "programme", "is": "P9"})
        figure("p1.trained", measure="total", parts=["p1.part", "p1.none"])
    else:
        figure("p1.trained", disclosure="protected")
    found = issued()
    training("EV-NEW", [people("KEN", 1)])
    freezing.correct(CURATOR, edition=found, slugs=["p1.part", "p1.trained"][not through_a_part :], reason="found late")
    freezing.approve(SECOND, edition=found)
    found.refresh_from_db()
    (line,) = listed(PUBLIC)
    assert "corrected" in line and "found late" in line and "60" not in line and "61" not in line
    assert marked(PUBLIC) == ["corrected"]
    by_slug = {one.row.slug: one for one in corrections(PUBLIC, found)}
    assert by_slug["p1.trained"].old is None and by_slug["p1.trained"].new is None
    text = As(PUBLIC).text(FIGURE)
    assert "61" in text and " 60 " not in text
    told = json.loads(As(PUBLIC).get(f"{FIGURE}files/figure.json").content)
    assert [row["value"] for row in told["history"]] == ["61", None] and told["history"][1]["digest"] is None
    assert "60" not in [cell for row in _csv(PUBLIC) for cell in row]
    assert '"60"' not in As(PUBLIC).get(f"{FIGURE}files/prov.json").content.decode()
    assert any("60" in line for line in listed(SECOND)) and " 60 " in As(SECOND).text(FIGURE)


def _csv(actor: Any) -> list[list[str]]:
    lines = As(actor).get(f"{FIGURE}files/history.csv").content.decode("utf-8-sig").splitlines()
    return [line.split(",") for line in lines]


def test_what_was_protected_then_stays_so_after_the_definition_is_opened() -> None:
    figure("p1.trained", disclosure="protected")
    found = issued()
    training("EV-NEW", [people("KEN", 1)])
    figure("p1.trained", disclosure="public")
    freezing.correct(CURATOR, edition=found, slugs=["p1.trained"], reason="found late")
    freezing.approve(SECOND, edition=found)
    (line,) = listed(PUBLIC)
    assert "60" not in line and " 60 " not in As(PUBLIC).text(FIGURE)
