"""A focal point, an officer of the secretariat, and a prosecutor in a hurry."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.harness.nodes import Demonstration
from tests.journeys.steps import add_passkey, confirm, press, sign_in, sign_in_with_passkey, sign_out

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("demo")]
CODE = "GHA-example-central"


def test_a_focal_point_edits_and_the_secretariat_verifies(
    demo: Demonstration, new_page: Callable[..., Any], authenticator: Callable[[Any], str]
) -> None:
    page = new_page()
    authenticator(page)
    focal = demo.person("focal_point", "GHA")
    sign_in(page, demo.url, focal)
    add_passkey(page, demo.url, focal)
    sign_out(page)
    sign_in_with_passkey(page, demo.url)

    page.goto(f"{demo.url}/en/directory/{CODE}/edit/?working=en")
    page.fill("[name=text_urgent]", "Fictitious: call first, day and night.")
    press(page, "Save and send to verification")
    assert "Fictitious: call first, day and night." in page.inner_text("main")
    public = new_page()
    public.goto(f"{demo.url}/en/directory/{CODE}/")
    assert "call first, day and night" not in public.inner_text("main"), "an edit shows before it was verified"

    officer = new_page()
    sign_in(officer, demo.url, demo.person("curator"))
    officer.goto(f"{demo.url}/en/directory/{CODE}/work/")
    press(officer, "Verify")
    confirm(officer)
    publisher = new_page()
    sign_in(publisher, demo.url, demo.person("publisher"))
    publisher.goto(f"{demo.url}/en/directory/{CODE}/work/")
    press(publisher, "Publish")
    confirm(publisher)
    public.reload()
    assert "call first, day and night" in public.inner_text("main")

    admin = new_page()
    sign_in(admin, demo.url, demo.person("administrator"))
    admin.goto(f"{demo.url}/en/account/audit/")
    log = admin.inner_text("main")
    for verb in ("directory:authority:edit", "directory:authority:verify", "directory:authority:publish"):
        assert verb in log


def test_whom_to_ask_in_four_clicks(demo: Demonstration, page: Any) -> None:
    page.goto(f"{demo.url}/en/")
    page.select_option(".door select[name=from]", "FRA")
    page.select_option(".door select[name=to]", "GHA")
    page.select_option(".door select[name=need]", "extradition")
    page.click(".door form button[type=submit]")  # click 1
    asked = page.inner_text("main")
    assert "Organized Crime Convention" in asked
    assert "Example Prosecution Service, Extradition Unit" in asked
    assert "Languages accepted" in asked
    assert "fictitious" in asked
    with page.expect_download() as waiting:
        page.click("text=Save as PDF")  # click 2
    path = waiting.value.path()
    assert path.read_bytes().startswith(b"%PDF-")


def test_whom_to_ask_without_javascript_in_arabic(demo: Demonstration, new_page: Callable[..., Any]) -> None:
    page = new_page(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page.goto(f"{demo.url}/ar/directory/ask/?from=FRA&to=GHA&need=extradition&instrument=UNTOC")
    assert page.get_attribute("html", "dir") == "rtl"
    assert "extradition@gha.example.org" in page.inner_text("main")
