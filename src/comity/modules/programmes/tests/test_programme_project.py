"""The page of a project: money in its currencies, results by their rule, and what is late."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import lxml.html
import pytest

from comity.core.actions.actor import PUBLIC
from comity.core.people.load_reference import load_reference
from comity.modules.programmes import services
from comity.modules.programmes.selectors.funds import funds
from comity.modules.programmes.selectors.overdue import overdue
from comity.modules.programmes.selectors.results import results
from comity.modules.programmes.tests.browsing import HOME, page_of
from comity.modules.programmes.tests.makers import CURATOR, SECOND, SYSTEM, made, training
from tests.harness.browsing import As

pytestmark = pytest.mark.django_db
URL = f"{HOME}projects/PJ/"
LATER = date(2026, 1, 1)


@pytest.fixture(autouse=True)
def _world() -> None:
    load_reference()
    made("programme", "P1", level="global", starts=date(2018, 1, 1))
    made("project", "PJ", programme="P1", title="Digital evidence", starts=date(2023, 1, 1), step="implementing")


def indicator(code: str = "I", **said: Any) -> None:
    """An indicator of the project's one result."""
    if not results(SYSTEM, project="PJ"):
        made("result", "R", level="outcome", project="PJ", programme="P1")
    made("indicator", code, result="R", project="PJ", programme="P1", **said)


def target(year: int, value: int, of: str = "I", **said: Any) -> Any:
    """A target of one year."""
    return made("target", f"T-{of}-{year}", indicator=of, value=Decimal(value), **_year(year), **said)


def actual(year: int, value: int, code: str = "", approve: bool = True, parts: Any = (), **said: Any) -> Any:
    """An actual of one year, approved by a second person."""
    row = made("actual", code or f"A-I-{year}", parts, indicator="I", value=Decimal(value), evidence="Lists",
               **_year(year), **said)  # fmt: skip
    row = services.move(CURATOR, row=row, to="submitted")
    return services.move(SECOND, row=row, to="approved") if approve else row


def _year(year: int) -> dict[str, date]:
    return {"starts": date(year, 1, 1), "ends": date(year, 12, 31)}


def line() -> Any:
    """The one indicator of the project with its numbers."""
    return results(SYSTEM, project="PJ")[0].indicators[0]


def test_money_is_kept_by_currency_and_in_dollars_at_the_rate_of_its_day() -> None:
    made("rate", "E1", currency="EUR", rate=Decimal("0.8"), starts=date(2023, 1, 1))
    made("rate", "E2", currency="EUR", rate=Decimal("0.9"), starts=date(2024, 1, 1))
    made("donor", "D", kind="state", participant="NOR", title="Norway")
    common = {"donor": "D", "project": "PJ", "programme": "P1"}
    made("pledge", "PL-1", amount=Decimal(800), currency="EUR", starts=date(2023, 5, 1), **common)
    made("pledge", "PL-2", amount=Decimal(500), currency="USD", starts=date(2024, 5, 1), **common)
    gone = made("pledge", "PL-3", amount=Decimal(10_000), currency="USD", starts=date(2024, 5, 1), **common)
    services.move(CURATOR, row=gone, to="written_off", reason="the donor withdrew")
    made("instalment", "IN-1", pledge="PL-1", amount=Decimal(450), currency="EUR", starts=date(2024, 2, 1))
    spent = {"purpose": "special", "project": "PJ", **_year(2024)}
    made("money", "B", flow="budget", nature="plan", usd=Decimal(2000), **spent)
    made("money", "S", flow="delivery", nature="actual", usd=Decimal(500), **spent)
    made("money", "F", flow="delivery", nature="forecast", usd=Decimal(999), forecast_on=date(2024, 3, 1), **spent)
    found = funds(PUBLIC, "PJ")
    held = {c.code: (c.pledged, c.pledged_usd, c.received, c.received_usd, c.open) for c in found.currencies}
    assert held["EUR"] == (800, 1000, 450, 500, 350) and held["USD"] == (500, 500, 0, 0, 500)
    assert (found.pledged_usd, found.received_usd, found.budget, found.delivery) == (1500, 500, 2000, 500)
    text = lxml.html.fromstring(As(PUBLIC).text(URL)).text_content()
    assert "Norway" in text and "1,500" in text and "25 % of the budget" in text and "0.8" in text


def test_results_show_what_was_approved_and_how_far_it_is() -> None:
    indicator(baseline=Decimal(10), baseline_year=2022, unit="courts")
    target(2023, 20)
    target(2024, 40)
    target(2025, 50)
    parts = [{"dimension": "sex", "value": "female", "number": Decimal(9)}]
    actual(2023, 15, parts=parts)
    actual(2024, 30, participant="KEN", code="A-K")
    actual(2024, 12, participant="UGA", code="A-U")
    actual(2025, 99, approve=False)
    found = line()
    assert [t.reached.value for t in found.targets] == [15, 42, None]
    assert [t.percent for t in found.targets] == [50, Decimal(32) / 30 * 100, None]
    assert found.targets[0].parts == {"sex": [("female", Decimal(9)), ("", Decimal(6))]}
    assert (found.after.value, found.before.value, found.waiting) == (57, None, 1)
    text = lxml.html.fromstring(As(PUBLIC).text(URL)).text_content()
    assert "50 %" in text and "107 %" in text and "no approved value here" in text and "not broken down" in text
    assert "1 actual waits for approval" in text and "99" not in text


def test_a_target_below_the_baseline_is_met_by_going_down() -> None:
    indicator(baseline=Decimal(120), direction="descending", over_periods="latest", over_places="max")
    target(2023, 90)
    target(2024, 60)
    actual(2023, 90)
    actual(2024, 75)
    assert [t.percent for t in line().targets] == [100, 75]


def test_a_target_of_one_state_looks_at_that_state_only() -> None:
    indicator(baseline=Decimal(0))
    target(2023, 10, participant="KEN")
    actual(2023, 5, participant="KEN", code="A-K")
    actual(2023, 50, participant="UGA", code="A-U")
    assert line().targets[0].reached.value == 5


def test_values_across_a_break_in_the_series_are_never_put_together() -> None:
    indicator(baseline=Decimal(100), baseline_year=2020, break_on=date(2024, 1, 1), break_note="counted anew")
    for year in (2022, 2023, 2024, 2025):
        target(year, 200)
        actual(year, 120 if year < 2024 else 50)
    made("target", "T-WIDE", indicator="I", value=Decimal(1), starts=date(2023, 7, 1), ends=date(2024, 6, 30))
    row = made("actual", "A-WIDE", indicator="I", value=Decimal(7), starts=date(2023, 7, 1), ends=date(2024, 6, 30),
               evidence="Lists")  # fmt: skip
    services.move(SECOND, row=services.move(CURATOR, row=row, to="submitted"), to="approved")
    found = line()
    assert (found.before.value, found.after.value) == (240, 100)
    assert [entry.key for entry in found.across] == ["A-WIDE"]
    said = {t.row.code: (t.series, t.percent) for t in found.targets}
    assert said["T-I-2023"] == ("before", 20), "from the baseline of the old series"
    assert said["T-I-2024"] == ("after", 25), "the old baseline says nothing of the new series"
    assert said["T-WIDE"] == ("across", None)
    assert "counted anew" in As(PUBLIC).text(URL) and "old series" in As(PUBLIC).text(URL)


def test_a_percentage_is_rolled_up_from_its_parts() -> None:
    indicator(measure="percentage", over_places="ratio", over_periods="ratio")
    actual(2023, 50, numerator=Decimal(5), denominator=Decimal(10), participant="KEN", code="A-K")
    actual(2023, 10, numerator=Decimal(9), denominator=Decimal(90), participant="UGA", code="A-U")
    actual(2024, 80, code="A-BARE")
    assert line().after.value == 14
    assert [entry.key for entry in line().after.left_out] == ["A-BARE"]
    assert "1 actual without numerator and denominator is left out" in " ".join(As(PUBLIC).text(URL).split())


def test_what_is_late() -> None:
    indicator()
    target(2023, 20)
    target(2024, 20)
    actual(2024, 5)
    made("evaluation", "E", type="project", project="PJ", step="draft")
    made("recommendation", "REC", evaluation="E", criterion="impact", theme="other", due=date(2025, 3, 1))
    made("donor", "D", kind="private")
    made("pledge", "PL", donor="D", project="PJ", amount=Decimal(100), currency="USD", starts=date(2024, 1, 1),
         ends=date(2025, 1, 31))  # fmt: skip
    made("instalment", "IN", pledge="PL", amount=Decimal(60), currency="USD", starts=date(2024, 6, 1))
    made("event", "EV", project="PJ", programme="P1", starts=date(2025, 2, 1))
    training("EV-OK", [{"audience": "judges", "count": 3, "basis": "estimate"}], project="PJ")
    made("project", "PX", programme="P1", starts=date(2020, 1, 1), ends=date(2021, 1, 1), step="implementing",
         evaluation_due=date(2021, 6, 1))  # fmt: skip
    found = [(late.kind, late.row.code) for late in overdue(SYSTEM, LATER, project="PJ")]
    assert found == [("target", "T-I-2023"), ("pledge", "PL"), ("event", "EV"), ("recommendation", "REC")]
    assert overdue(SYSTEM, date(2023, 6, 1), project="PJ") == []
    every = {(late.kind, late.row.code) for late in overdue(SYSTEM, LATER)}
    assert every == {*found, ("project", "PX")} and len(overdue(SYSTEM, LATER)) == 6, "its end and its evaluation"
    made("instalment", "IN-2", pledge="PL", amount=Decimal(40), currency="USD", starts=date(2025, 6, 1))
    assert ("pledge", "PL") not in {(late.kind, late.row.code) for late in overdue(SYSTEM, LATER, project="PJ")}


def test_the_page_lists_the_work_and_leads_on() -> None:
    training("EV-1", [{"audience": "judges", "count": 3, "basis": "estimate"}], project="PJ", title="A course")
    text = As(PUBLIC).text(URL)
    assert page_of("event", "EV-1") in text and "A course" in text and page_of("project", "PJ") in text
    assert "No results framework" in text and "Add a result" not in text
    assert "Add a result" in As(CURATOR).text(URL)
    assert URL in As(PUBLIC).text(page_of("project", "PJ"))
    assert As(PUBLIC).get(f"{HOME}projects/NONE/").status_code == 404
    arabic = As(PUBLIC).text("/ar/programmes/projects/PJ/")
    assert 'dir="rtl"' in arabic


def test_only_who_sees_all_records_is_told_what_is_late() -> None:
    indicator()
    target(2023, 20)
    assert "no actual is approved" in As(CURATOR).text(URL)
    text = As(PUBLIC).text(URL)
    assert "no actual is approved" not in text and "Nothing is overdue" not in text
    assert "records that you may see" in text
