"""What figures are made of, on the pages: declared counts, definitions, last year's edition, reports of others."""

from __future__ import annotations

import json
from typing import Any

import lxml.html
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from comity.core.actions.actor import PUBLIC
from comity.core.people.load_reference import load_reference
from comity.modules.reports.models import DeclaredCount, FigureDefinition
from comity.modules.reports.tests.browsing import EDITION, FIGURE, HOME, TEXT, As, issued
from comity.modules.reports.tests.reporting import CURATOR, SECOND, edition, figure, lantern, people, training

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _world() -> None:
    load_reference()
    lantern()
    figure("p1.trained", meaning={"en": "People trained by the lantern programme"})


def test_a_declared_count_is_entered_confirmed_by_a_second_person_and_shown_as_not_computed() -> None:
    url = f"{HOME}declared/"
    curator, second = As(CURATOR), As(SECOND)
    data = {"code": "meetings", "title": "Meetings held", "value": "45", "unit": "meetings", "starts": "2019-01-01",
            "ends": "2018-01-01", "document": "Journal 1", "label": "public"}  # fmt: skip
    wrong = curator.post(f"{url}new/", data)
    assert wrong.status_code == 422 and "ends before it begins" in wrong.content.decode()
    assert curator.post(f"{url}new/", {**data, "ends": "2019-12-31"}).status_code == 302
    assert As(PUBLIC).get(f"{url}meetings/").status_code == 404
    assert curator.post(f"{url}meetings/confirm/", {"confirm": "yes"}).status_code == 403
    assert second.post(f"{url}meetings/confirm/", {"confirm": "yes"}).status_code == 302
    assert "not computed" in As(PUBLIC).text(f"{url}meetings/")
    figure(
        "meetings.held", counts="reports.declared", measure="sum", of="value", where={"field": "code", "is": "meetings"}
    )
    issued("Held: {fig:meetings.held}.")
    told = As(PUBLIC).text(f"{EDITION}figures/meetings.held/")
    assert "not computed" in told and "45" in told
    gone = curator.post(f"{url}meetings/withdraw/", {"confirm": "yes", "reason": "wrong year"})
    assert gone.status_code == 302
    assert DeclaredCount.objects.get(superseded_at=None).step == "withdrawn"
    assert "wrong year" in curator.text(f"{url}meetings/")


def test_a_figure_is_defined_looked_at_and_versioned_on_the_pages() -> None:
    url = f"{HOME}figures/new/"
    question = {"counts": "programmes.event", "measure": "count", "where": {"field": "programme", "is": "P1"}}
    data = {"slug": "p1.events", "kind": "count", "qualifier": "exact", "rounding": "1", "disclosure": "public",
            "meaning_en": "Events of P1", "question": json.dumps(question)}  # fmt: skip
    curator = As(CURATOR)
    assert As(PUBLIC).get(url).status_code == 404
    broken = curator.post(url, {**data, "question": '{"counts": '})
    assert broken.status_code == 422 and "Line 1" in broken.content.decode()
    unknown = curator.post(
        url, {**data, "question": json.dumps({**question, "where": {"field": "colour", "is": "red"}})}
    )
    assert unknown.status_code == 422 and "there is no field “colour” here" in unknown.content.decode()
    edition(TEXT)
    looked = curator.post(url, {**data, "preview": "1"})
    assert looked.status_code == 200 and "3 records" in looked.content.decode()
    assert not FigureDefinition.objects.filter(slug="p1.events").exists()
    assert curator.post(url, data).status_code == 302
    changed = {**question, "where": {}}
    edit = f"{HOME}figures/p1.events/edit/"
    assert curator.post(edit, {**data, "question": json.dumps(changed), "reason": "all of them"}).status_code == 302
    text = As(PUBLIC).text(f"{HOME}figures/p1.events/")
    assert "version 2" in text and "series broken" in text and "Person 1" not in text
    assert "Events of P1" in As(PUBLIC).text(f"{HOME}figures/", q="events of")
    assert "Events of P1" not in As(PUBLIC).text(f"{HOME}figures/", q="ships")


def test_comparison_by_figure_and_by_paragraph_says_where_the_series_breaks() -> None:
    issued("They trained {fig:p1.trained|exact} people.", code="E-2018")
    figure("p1.trained", where={"field": "programme", "is": "P1"})
    training("EV-9", [people("KEN", 5)])
    issued("In the year {fig:p1.trained|exact} people were trained.", previous="E-2018")
    text = As(PUBLIC).text(f"{EDITION}comparison/")
    assert "series broken" in text and "60" in text and "65" in text and "+5" in text
    page = As(PUBLIC).page(f"{EDITION}comparison/")
    (diff,) = page.xpath("//ul[contains(@class,'diff')]//p[@lang]")
    assert "{fig" not in diff.text_content() and diff.xpath("ins") and diff.xpath("del")
    assert [(link.text, link.get("href")) for link in diff.xpath(".//a")] == [("65", FIGURE)]
    assert "changed since last year" in As(PUBLIC).text(FIGURE)


def test_a_published_report_is_looked_at_before_it_is_kept_and_held_against_the_records() -> None:
    url = f"{HOME}published/import/"
    text = "1. In 2019 more than 3,000 persons were trained.\n\n2. The centre held 12 workshops in 2019.\n"
    curator = As(CURATOR)
    bad = curator.post(url, {"file": SimpleUploadedFile("r.txt", b"\xff\xfe\x00"), "lang": "en"})
    assert bad.status_code == 422
    seen = curator.post(url, {"file": SimpleUploadedFile("r.txt", text.encode()), "lang": "en"})
    assert seen.status_code == 200 and "Paragraphs: 2" in seen.content.decode()
    kept = curator.post(url, _hidden(seen), follow=True)
    told = kept.content.decode()
    assert "12" in told and "nobody backs it" in told
    assert As(PUBLIC).get(f"{HOME}published/r/").status_code == 404
    assert curator.get(f"{HOME}published/r/", on="soon").status_code == 400


def _hidden(answer: Any) -> dict[str, str]:
    page = lxml.html.fromstring(answer.content.decode())
    fields = page.xpath("//form[.//input[@name='digest']]//input[@type='hidden']")
    return {one.get("name"): one.get("value") for one in fields}
