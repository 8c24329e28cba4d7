"""A case from draft to published, stopped at a victim's name; and a reader who opens a provision in Arabic."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.harness.nodes import Demonstration
from tests.journeys.steps import confirm, press, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("demo")]
NAME = "Zora Quillfeather"
LAW = {
    "kind": "law", "state": "GHA", "year": 2018, "fictitious": True, "law": {"type": "act", "status": "in_force"},
    "texts": [{"field": "title", "lang": "en", "value": "Invented Boats Act"},
              {"field": "title", "lang": "ar", "value": "قانون مخترع للقوارب", "status": "unofficial"}],
    "provisions": [
        {"key": "part-1", "kind": "part", "number": "1", "texts": [{"lang": "en", "label": "Part 1"}]},
        {"key": "s-1", "parent": "part-1", "kind": "section", "number": "1", "texts": [
            {"lang": "en", "label": "Section 1", "text": "Every boat carries a lamp."},
            {"lang": "ar", "label": "المادة 1", "text": "يحمل كل قارب مصباحا.", "status": "unofficial"}]},
        {"key": "s-2", "parent": "part-1", "kind": "section", "number": "2", "texts": [
            {"lang": "en", "label": "Section 2", "text": "The lamp is lit at night."}]},
    ],
}  # fmt: skip
PUBLISH = """
import json
from comity.core.actions.actor import system
from comity.modules.library.content import from_plain
from comity.modules.library.services import lifecycle
me = system("journey")
row = lifecycle.create(me, content=from_plain(json.loads(sys.argv[1])))
for step in (lifecycle.submit, lifecycle.start_review, lifecycle.approve, lifecycle.publish):
    step(me, record=row)
print(row.number)
"""


def number_of(page: Any) -> str:
    """The number of the record whose page is open."""
    return str(page.url.rstrip("/").split("/")[-1])


def draft_a_case(officer: Any, library: str) -> str:
    """An officer enters a case with a defendant and a victim, whose name slips into the summary; the number."""
    officer.goto(f"{library}/desk/new/case/")
    officer.fill("[name=year]", "2023")
    officer.fill("[name=case-court]", "Invented High Court")
    officer.fill("[name=texts-0-value]", "Case 7 of 2023")
    first, last = NAME.split()
    officer.fill("[name=texts-1-value]", f"The boat sank. {last.upper()} {first} was found by the crew.")
    press(officer, "Save")
    number = number_of(officer)
    officer.click("main .note >> text=Persons")
    officer.select_option("[name=rows-0-role]", "defendant")
    officer.fill("[name=rows-0-designation]", "A.B.")
    press(officer, "Add rows")
    assert officer.input_value("[name=rows-0-designation]") == "A.B.", "rows are added without losing the others"
    officer.select_option("[name=rows-1-role]", "victim")
    officer.fill("[name=rows-1-designation]", "V1")
    press(officer, "Save")
    officer.goto(f"{library}/desk/{number}/names/p2/")
    officer.fill("[name=names]", NAME)
    press(officer, "Save")
    return number


def hand_in(officer: Any, address: str) -> None:
    """Submits the draft."""
    officer.goto(address)
    press(officer, "Submit")
    confirm(officer)


def approve(curator: Any) -> None:
    """Takes the open record through the review."""
    press(curator, "Start the review")
    confirm(curator)
    press(curator, "Approve")
    confirm(curator)


def test_a_case_goes_from_draft_to_published_and_is_stopped_at_a_victims_name(
    demo: Demonstration, new_page: Callable[..., Any], watch: Any
) -> None:
    watch.expected += ["404", "422"]
    library = f"{demo.url}/en/library"
    officer, public = new_page(), new_page()
    sign_in(officer, demo.url, demo.person("focal_point", "GHA"))
    number = draft_a_case(officer, library)
    assert public.goto(f"{library}/{number}/").status == 404
    hand_in(officer, f"{library}/desk/{number}/")

    curator = new_page()
    sign_in(curator, demo.url, demo.person("curator"))
    curator.goto(f"{library}/desk/")
    curator.click("main >> text=Case 7 of 2023")
    approve(curator)

    publisher = new_page()
    sign_in(publisher, demo.url, demo.person("publisher"))
    publisher.goto(f"{library}/desk/{number}/")
    press(publisher, "Publish")
    said = publisher.inner_text("main")
    assert "A protected name stands in this record" in said and "Fact summary" in said
    assert "quillfeather" not in said.lower()
    press(publisher, "Ask for changes")
    publisher.fill("[name=reason]", "Take the name out of the summary.")
    confirm(publisher)

    officer.goto(f"{library}/desk/{number}/edit/")
    officer.fill("[name=texts-1-value]", "The boat sank. V1 was found by the crew.")
    press(officer, "Save")
    hand_in(officer, f"{library}/desk/{number}/")
    curator.goto(f"{library}/desk/{number}/")
    approve(curator)
    publisher.goto(f"{library}/desk/{number}/publish/")
    for box in publisher.locator("[name=confirmed]").all():
        box.check()
    confirm(publisher)
    assert public.goto(f"{library}/{number}/").status == 200
    seen = public.inner_text("main")
    assert "V1 was found by the crew" in seen and "quillfeather" not in seen.lower()


def test_a_reader_without_javascript_opens_a_provision_in_arabic(
    demo: Demonstration, new_page: Callable[..., Any]
) -> None:
    number = demo.node.python(PUBLISH, json.dumps(LAW)).strip()
    page = new_page(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page.goto(f"{demo.url}/ar/library/records/?state=GHA&kind=law&q=Boats")
    page.click("main table a >> text=Invented Boats Act")
    assert page.get_attribute("html", "dir") == "rtl"
    page.click("main .provision a >> text=المادة 1")
    assert page.url.endswith(f"/{number}/s-1/")
    assert page.get_attribute(".provision-text .content-text", "lang") == "ar"
    assert "يحمل كل قارب مصباحا." in page.inner_text("main")
    page.click("a[rel=next]")
    assert page.get_attribute(".provision-text .content-text", "dir") == "ltr"
    assert "The lamp is lit at night." in page.inner_text("main")
