"""A prosecutor asks in Arabic, narrows, opens what was found, saves the question and is told of something new."""

from __future__ import annotations

import re
from collections.abc import Callable
from email import message_from_bytes, policy
from typing import Any

import pytest

from tests.harness.nodes import Demonstration, wait_for
from tests.journeys.steps import confirm, press, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("demo")]
#: "Confiscation of assets": what the invented declaration speaks of, and what is asked.
ASKED = "مصادرة الموجودات"
DECLARED = "إعلان مخترع لهذا الاختبار: تطبق الدولة أحكام مصادرة الموجودات دون إخلال بدستورها."


def test_a_question_in_arabic_becomes_an_alert(demo: Demonstration, new_page: Callable[..., Any]) -> None:
    reader = new_page()
    person = demo.person("focal_point", "GHA")
    sign_in(reader, demo.url, person, lang="ar")
    reader.fill("#masthead-q", ASKED)
    wait_for(lambda: _searched(reader), seconds=60, every=1)
    assert reader.input_value("#ask-q") == ASKED
    assert reader.locator(".hit-text[lang=ar][dir=rtl] mark").count()

    reader.locator(".facet a[href*='kind=treaty_article']").click()
    assert "kind=treaty_article" in reader.url and reader.locator(".chips .chip").count() == 1
    reader.locator(".facet a[href*='in=ar']").click()
    assert set(reader.locator(".hit-text").evaluate_all("all => all.map(one => one.lang)")) == {"ar"}
    found = reader.url
    reader.locator(".hit h3 a").first.focus()
    reader.keyboard.press("Enter")
    reader.wait_for_url(re.compile(r"/ar/treaties/[^/]+/articles/"))
    assert reader.locator("h1").count() == 1

    reader.goto(found)
    reader.locator(".chips .chip").first.click()
    reader.wait_for_load_state()
    reader.locator(".found-head a[href*='/search/saved/new/']").click()
    reader.fill("input[name=name]", "مصادرة")
    reader.check("input[name=by_mail]")
    reader.locator("main form.panel button[type=submit]").click()
    reader.wait_for_url("**/ar/search/saved/")
    assert reader.locator(".saved h2").inner_text() == "مصادرة"

    _publish_a_declaration(demo, new_page)
    mail = wait_for(lambda: _mail_to(demo, person["email"]), seconds=60, every=0.5)
    text = mail.get_content()
    assert "مصادرة" in mail["Subject"] and f"{demo.url}/" in text and "/treaties/UNTOC/statements/" in text

    reader.goto(f"{demo.url}/en/account/notifications/")
    assert "مصادرة" in reader.locator("main article h2").first.inner_text()
    reader.goto(f"{demo.url}/en/search/saved/")
    reader.locator(".saved a[href*='/delete/']").click()
    confirm(reader)
    press(reader, "Bring back")
    assert reader.locator(".saved").count() == 1


def _searched(page: Any) -> bool:
    """Asks again until the node has built its index."""
    if page.locator("#masthead-q").count():
        page.press("#masthead-q", "Enter")
    else:
        page.press("#ask-q", "Enter")
    page.wait_for_load_state()
    return bool(page.locator(".hit").count())


def _publish_a_declaration(demo: Demonstration, new_page: Callable[..., Any]) -> None:
    curator = new_page()
    sign_in(curator, demo.url, demo.person("curator"))
    curator.goto(f"{demo.url}/en/desk/treaties/new/statement/?instrument=UNTOC&participant=JOR")
    curator.select_option("[name=kind]", "declaration")
    curator.fill("[name=text]", DECLARED)
    curator.select_option("[name=lang]", "ar")
    curator.fill("[name=made_on]", "2019-02-20")
    curator.fill("[name=reference]", "C.N.7.2019.TREATIES-XVIII.12 (invented for this test)")
    curator.fill("[name=as_of]", "2019-03-01")
    curator.fill("[name=source_note]", "Invented for this test")
    press(curator, "Put on the desk")
    assert not curator.locator(".form-errors").count(), curator.inner_text("main")
    curator.wait_for_url(re.compile(r"/desk/treaties/\d+/$"))
    place = curator.url
    publisher = new_page()
    sign_in(publisher, demo.url, demo.person("publisher"))
    publisher.goto(place)
    press(publisher, "Publish")


def _mail_to(demo: Demonstration, address: str) -> Any:
    """The alert among the mails that the node wrote, None as long as there is none."""
    for path in sorted((demo.node.data / "mail").glob("*.eml")):
        mail = message_from_bytes(path.read_bytes(), policy=policy.default)
        if mail["To"] == address and "مصادرة" in str(mail["Subject"]):
            return mail
    return None


def test_the_box_works_without_scripts(demo: Demonstration, new_page: Callable[..., Any]) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(f"{demo.url}/fr/")
    page.fill("#masthead-q", "coopération internationale")
    page.press("#masthead-q", "Enter")
    assert page.input_value("#ask-q") == "coopération internationale"
    assert page.locator(".hit").count()
