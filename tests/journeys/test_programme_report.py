"""A training recorded on a phone moves the figure; frozen and corrected, both values are found."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.harness.nodes import Demonstration
from tests.journeys.steps import press, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("demo")]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
OPEN = """
from datetime import date
from comity.core.actions.actor import system
from comity.modules.reports import content
from comity.modules.reports.services import editions
text = "In the year {fig:demo.compass.trained|exact} people were trained."
editions.create(system("journey"), content=content.read({
    "code": "JOURNEY-2020", "title": {"en": "Report of a journey"}, "fictitious": True, "as_of": "2021-05-01",
    "period": "2020-01-01/2020-12-31",
    "sections": [{"level": 1, "title": {"en": "Work"}, "paragraphs": [
        {"key": "p-trained", "mandates": ["DEMO-COMPASS"], "texts": {"en": text}}]}],
}))
"""


def figure_of(page: Any, edition: str) -> int:
    """Opens the edition and the page of its number; returns the exact value."""
    page.goto(edition)
    page.locator("main a[href$='/figures/demo.compass.trained/']").first.click()
    page.wait_for_load_state()
    return number_in(page)


def number_in(page: Any) -> int:
    """The number in the heading of a figure's page."""
    found = re.search(r"\d[\d,]*", page.locator("h1").inner_text())
    assert found is not None
    return int(found[0].replace(",", ""))


def enter_training(page: Any, url: str, women: int) -> str:
    """A curator enters a training with its attendance on a phone; the address of its record."""
    page.goto(f"{url}/en/programmes/training/")
    page.fill("[name=title]", "Training of a journey (fictitious)")
    page.fill("[name=starts]", "2020-09-14")
    page.fill("[name=place]", "Exampleville")
    page.select_option("[name=programme]", "DEMO-COMPASS")
    page.select_option("main [name$=participant] >> nth=0", "KEN")
    page.select_option("main [name$=audience] >> nth=0", "prosecutors")
    page.fill("main [name$=women] >> nth=0", str(women))
    press(page, "Save the training")
    return str(page.locator("main a[href*='/records/event/']").first.get_attribute("href"))


def correct_training(page: Any, url: str, record: str, women: int) -> None:
    """The curator corrects the head count of the training."""
    page.goto(f"{url}{record}edit/")
    page.fill("main [name=rows-0-count]", str(women))
    page.fill("[name=reason]", "The list was counted again")
    press(page, "Save")


def test_a_training_moves_the_figure_and_both_values_are_kept(
    demo: Demonstration, new_page: Callable[..., Any]
) -> None:
    demo.node.python(OPEN)
    curator, second = new_page(**PHONE), new_page()
    people = [person for person in demo.people if person["role"] == "curator"]
    sign_in(curator, demo.url, people[0])
    edition = f"{demo.url}/en/reports/editions/JOURNEY-2020/"

    before = figure_of(curator, edition)
    record = enter_training(curator, demo.url, 24)
    assert figure_of(curator, edition) == before + 24
    assert curator.locator("main a:has-text('Training of a journey')").count() == 1

    curator.goto(f"{edition}work/freeze/")
    curator.locator("main form button[type=submit]").first.click()
    curator.wait_for_load_state()
    correct_training(curator, demo.url, record, 30)
    assert figure_of(curator, edition) == before + 24

    curator.goto(f"{edition}figures/demo.compass.trained/correct/")
    curator.fill("[name=reason]", "One training was counted again")
    curator.locator("main form button[type=submit]").first.click()
    curator.wait_for_load_state()
    assert figure_of(curator, edition) == before + 30
    history = curator.locator("main").inner_text()
    assert f"{before + 24:,}" in history
    assert f"{before + 30:,}" in history
    assert "One training was counted again" in history

    sign_in(second, demo.url, next(p for p in demo.people if p["role"] == "publisher"))
    second.goto(f"{edition}work/approve/")
    second.locator("main form button[type=submit]").first.click()
    second.wait_for_load_state()
    second.goto(f"{edition}figures/demo.compass.trained/")
    assert number_in(second) == before + 30
