"""A curator and a publisher; a reader who takes the rows away."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.harness.nodes import Demonstration
from tests.journeys.steps import press, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("demo")]


def test_a_curator_enters_an_accession_and_a_publisher_publishes_it(
    demo: Demonstration, new_page: Callable[..., Any]
) -> None:
    curator = new_page()
    sign_in(curator, demo.url, demo.person("curator"))
    curator.goto(f"{demo.url}/en/desk/treaties/new/action/?instrument=UNTOC&participant=JPN")
    curator.select_option("[name=kind]", "accession")
    curator.fill("[name=deposited]", "2031-01-01")
    curator.fill("[name=reference]", "C.N.1.2017.TREATIES-XVIII.12 (invented for this test)")
    curator.fill("[name=as_of]", "2017-07-11")
    curator.fill("[name=source_note]", "Invented for this test")
    press(curator, "Put on the desk")
    assert "future" in curator.inner_text("main"), "a wrong year is named"
    assert curator.input_value("[name=reference]").startswith("C.N.1.2017"), "the form keeps what was typed"
    curator.fill("[name=deposited]", "2017-07-11")
    press(curator, "Put on the desk")
    address = curator.url
    assert curator.locator("main button", has_text="Publish").count() == 0, "nobody publishes their own entry"

    public = new_page()
    public.goto(f"{demo.url}/en/states/JPN/?on=2018-01-01")
    assert "11 July 2017" not in public.inner_text("main")

    publisher = new_page()
    sign_in(publisher, demo.url, demo.person("publisher", "secretariat"))
    publisher.goto(address)
    press(publisher, "Publish")
    public.reload()
    told = public.inner_text("main")
    assert "11 July 2017" in told
    assert "10 August 2017" in told, "in force on the thirtieth day after the deposit"


def test_the_day_stands_in_the_address_and_the_rows_can_be_taken_away(demo: Demonstration, page: Any) -> None:
    page.goto(f"{demo.url}/en/treaties/UNTOC/")
    page.fill("input[name=on]", "2003-09-28")
    page.click("text=Show this day")
    page.wait_for_url("**on=2003-09-28**")
    rows = page.locator("section table tbody tr").count()
    answer = page.request.get(page.url + "&format=json")
    body = json.loads(answer.body())
    assert len(body["rows"]) == rows
    assert body["in_force_for"] == 0, "the day before entry into force"


def test_a_reader_compares_two_states_with_the_keyboard(demo: Demonstration, page: Any) -> None:
    page.goto(f"{demo.url}/en/between/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')").startswith("#"), "skip link first"
    page.focus("#a")
    page.keyboard.type("Alb")
    page.keyboard.press("Tab")
    page.keyboard.type("Ita")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.fill("#on", "2010-01-01")
    page.focus("main form.pair-form button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/between/ALB/ITA/**")
    assert "1 September 2006" in page.inner_text("main")
