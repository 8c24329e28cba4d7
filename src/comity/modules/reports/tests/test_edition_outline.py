"""Headings and paragraphs change their places: keys stay, numbers follow, nothing is lost."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from comity.core.actions.actor import PUBLIC
from comity.core.actions.decorator import Denied
from comity.core.people.load_reference import load_reference
from comity.modules.reports import content
from comity.modules.reports.models import Edition, Section
from comity.modules.reports.selectors import editions as reading
from comity.modules.reports.services import editions, outline
from comity.modules.reports.tests.browsing import EDITION, WORK, As, form_of
from comity.modules.reports.tests.reporting import CURATOR, SECOND


def three() -> Edition:
    """An edition of three headings with the paragraphs a, b; none; c."""
    parts = [("One", ["a", "b"]), ("Two", []), ("Three", ["c"])]
    data = {
        "code": "E-2019", "title": {"en": "Report"}, "period": "2019-01-01/2019-12-31", "as_of": "2020-05-01",
        "sections": [
            {"level": 1, "title": {"en": title}, "paragraphs": [
                {"key": key, "mandates": ["74/177"], "texts": {"en": f"Text {key}."}} for key in keys
            ]}
            for title, keys in parts
        ],
    }  # fmt: skip
    return editions.create(CURATOR, content=content.read(data))


def told(found: Edition) -> list[tuple[str, list[str]]]:
    """Headings with the keys below them, in order."""
    parts = reading.outline(found)
    return [(section.title["en"], [row.key for row in parts.below(section)]) for section in parts.sections]


def section(found: Edition, title: str) -> Section:
    return next(row for row in found.sections.all() if row.title["en"] == title)


@pytest.fixture
def found(db: None) -> Edition:
    load_reference()
    return three()


def test_a_paragraph_walks_through_the_sections_by_its_buttons(found: Edition) -> None:
    page = As(CURATOR)
    seen = []
    for _step in range(5):
        page.post(f"{WORK}paragraphs/a/move/", {"to": "down"})
        seen.append([keys for _title, keys in told(found)])
    assert seen == [
        [["b", "a"], [], ["c"]], [["b"], ["a"], ["c"]], [["b"], [], ["a", "c"]], [["b"], [], ["c", "a"]],
        [["b"], [], ["c", "a"]],
    ]  # fmt: skip
    for _step in range(3):
        page.post(f"{WORK}paragraphs/a/move/", {"to": "up"})
    assert told(found) == [("One", ["b", "a"]), ("Two", []), ("Three", ["c"])]
    text = page.text(EDITION)
    assert "1. Text b." in text and "2. Text a." in text and "3. Text c." in text


def test_a_heading_moves_with_its_paragraphs(found: Edition) -> None:
    page, row = As(CURATOR), section(found, "Three")
    page.post(f"{WORK}sections/{row.pk}/move/", {"to": "up"})
    page.post(f"{WORK}sections/{row.pk}/move/", {"to": "up"})
    page.post(f"{WORK}sections/{row.pk}/move/", {"to": "up"})
    assert told(found) == [("Three", ["c"]), ("One", ["a", "b"]), ("Two", [])]
    assert "1. Text c." in page.text(EDITION)
    labels = page.page(WORK).xpath("//h3[contains(@class,'work-heading')]/span[@class='heading-label']/text()")
    assert labels == ["I.", "II.", "III."]


def test_headings_are_added_named_in_six_languages_and_taken_out_when_empty(found: Edition) -> None:
    page = As(CURATOR)
    assert page.post(f"{WORK}sections/new/", form_of(page.get(f"{WORK}sections/new/"))).status_code == 422
    said = form_of(page.get(f"{WORK}sections/new/")) | {"level": "2", "title_en": "Four", "title_ar": "أربعة"}
    assert page.post(f"{WORK}sections/new/", said).status_code == 302
    row = section(found, "Four")
    assert (row.level, row.title) == (2, {"en": "Four", "ar": "أربعة"})
    url = f"{WORK}sections/{row.pk}/heading/"
    first = form_of(page.get(url))
    assert page.post(url, first | {"level": "1", "title_zh": "四"}).status_code == 302
    row.refresh_from_db()
    assert (row.level, row.title["zh"]) == (1, "四")
    late = page.post(url, first | {"title_en": "Fünf"})
    assert late.status_code == 409 and "四" in late.content.decode()
    gone = {"confirm": "yes", "reason": "not needed"}
    assert page.post(f"{WORK}sections/{row.pk}/remove/", gone).status_code == 302
    assert not Section.objects.filter(pk=row.pk).exists()
    kept = section(found, "One")
    refused = page.post(f"{WORK}sections/{kept.pk}/remove/", gone)
    assert refused.status_code == 422 and "move them first" in refused.content.decode()


def test_other_mandates_undo_the_clearance_and_another_section_does_not(found: Edition) -> None:
    page, row = As(CURATOR), found.paragraphs.get(key="a")
    editions.clear(SECOND, edition=found, paragraph=row)
    url = f"{WORK}paragraphs/a/place/"
    said = form_of(page.get(url))
    assert (said["mandates"], said["section"]) == ("74/177", str(section(found, "One").pk))
    page.post(url, said | {"section": str(section(found, "Three").pk), "owner": "Unit A"})
    row.refresh_from_db()
    assert told(found)[2] == ("Three", ["c", "a"]) and row.owner == "Unit A" and row.cleared_at is not None
    page.post(url, form_of(page.get(url)) | {"mandates": "74/177, 2019/23"})
    row.refresh_from_db()
    assert row.mandates == ("74/177", "2019/23") and row.cleared_at is None
    elsewhere = page.post(url, form_of(page.get(url)) | {"section": "0"})
    assert elsewhere.status_code == 422


def test_who_may_change_the_order(found: Edition) -> None:
    first = section(found, "One").pk
    for url in (f"sections/{first}/move/", "paragraphs/a/move/"):
        assert As(PUBLIC).post(f"{WORK}{url}", {"to": "down"}).status_code == 404
    Edition.objects.update(state="submitted")
    for url in ("sections/new/", f"sections/{first}/heading/", "paragraphs/a/place/"):
        assert As(CURATOR).get(f"{WORK}{url}").status_code == 403
    assert As(CURATOR).post(f"{WORK}paragraphs/a/move/", {"to": "down"}).status_code == 403
    found.refresh_from_db()
    with pytest.raises(Denied):
        outline.add_section(CURATOR, edition=found, level=1, title={"en": "x"})


class TestMoving(TestCase):
    """Whatever is moved, the same paragraphs stand there, each once, with places that are told apart."""

    @settings(max_examples=20, deadline=None)
    @given(st.lists(st.tuples(st.sampled_from("abc123"), st.sampled_from([-1, 1])), max_size=12))
    def test_nothing_is_lost_and_a_step_back_undoes_a_step(self, steps: list[tuple[str, int]]) -> None:
        found = three()
        states: list[Any] = [told(found)]
        titles = {"1": "One", "2": "Two", "3": "Three"}
        for name, by in steps:
            if name in titles:
                outline.move_section(CURATOR, edition=found, section=section(found, titles[name]), by=by)
            else:
                row = found.paragraphs.get(key=name)
                outline.move_paragraph(CURATOR, edition=found, paragraph=row, by=by)
            states.append(told(found))
        for (name, by), now, then in zip(reversed(steps), reversed(states), reversed(states[:-1]), strict=False):
            if now == then:
                continue
            if name in titles:
                outline.move_section(CURATOR, edition=found, section=section(found, titles[name]), by=-by)
            else:
                row = found.paragraphs.get(key=name)
                outline.move_paragraph(CURATOR, edition=found, paragraph=row, by=-by)
            assert told(found) == then
        assert told(found) == states[0]
        assert sorted(key for _title, keys in told(found) for key in keys) == ["a", "b", "c"]
