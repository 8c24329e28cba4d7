"""A training entered on a phone: few fields, sound numbers, and the way back."""

from __future__ import annotations

from datetime import date
from typing import Any

import lxml.html
import pytest
from django.utils import timezone

from comity.core.actions.actor import PUBLIC
from comity.core.people.load_reference import load_reference
from comity.modules.programmes.models import Event
from comity.modules.programmes.tests.browsing import HOME
from comity.modules.programmes.tests.makers import CURATOR, made, training
from tests.harness.browsing import As, form_of

pytestmark = pytest.mark.django_db
URL = f"{HOME}training/"


@pytest.fixture(autouse=True)
def _world() -> None:
    load_reference()
    made("programme", "P1", level="global", starts=date(2018, 1, 1))


def filled(client: As, **more: Any) -> dict[str, Any]:
    """The form as a person fills it."""
    said = {
        "title": "Course on seizure", "programme": "P1", "place": "Nairobi", "people-0-participant": "KEN",
        "people-0-audience": "judges", "people-0-women": "12", "people-0-men": "8",
    }  # fmt: skip
    return form_of(client.get(URL)) | said | more


def test_a_training_is_saved_as_held_with_its_attendance() -> None:
    client = As(CURATOR)
    answer = client.post(URL, filled(client))
    row = Event.objects.get()
    assert answer.headers["Location"] == f"{URL}{row.code}/"
    assert (row.step, row.starts, row.ends) == ("attendance_entered", timezone.now().date(), timezone.now().date())
    found = [(a.participant_id, a.audience, a.sex, a.count, a.basis) for a in row.attendance.all()]
    assert found == [("KEN", "judges", "female", 12, "head_count"), ("KEN", "judges", "male", 8, "head_count")]
    assert row.label == "public", "as the programme"
    page = lxml.html.fromstring(client.text(answer.headers["Location"])).text_content()
    assert "20" in page and "Kenya" in page and "Enter another" in page


def test_the_next_one_begins_with_what_was_chosen_last() -> None:
    client = As(CURATOR)
    client.post(URL, filled(client, **{"people-0-basis": "named_list"}))
    again = form_of(client.get(URL))
    kept = ("programme", "place", "people-0-participant", "people-0-audience", "people-0-basis", "people-0-women")
    assert [again.get(name) for name in kept] == ["P1", "Nairobi", "KEN", "judges", "named_list", None]
    assert not again.get("title")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"people-0-women": "-5"}, "cannot be below zero"), ({"people-0-women": "many"}, "whole number"),
        ({"people-0-women": "0", "people-0-men": ""}, "at least one number above zero"),
        ({"programme": ""}, "Programme"), ({"title": " "}, "Title"),
        ({"starts": "2020-02-03", "ends": "2020-02-01"}, "ends before it begins"),
        ({"people-0-men": "9999999"}, "million"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_the_rest_stays(change: dict[str, str], words: str) -> None:
    client = As(CURATOR)
    answer = client.post(URL, filled(client, **change))
    assert answer.status_code == 422 and words in answer.content.decode()
    again = form_of(answer)
    assert again["place"] == "Nairobi" and again["people-0-participant"] == "KEN"
    assert not Event.objects.exists()


def test_another_group_is_added_without_a_script_and_a_group_entered_twice_is_named() -> None:
    client = As(CURATOR)
    answer = client.post(URL, filled(client, add="people"))
    again = form_of(answer)
    assert (again["people-count"], again["people-0-women"], again["title"]) == ("2", "12", "Course on seizure")
    assert (again["people-1-audience"], again["people-1-basis"]) == ("judges", "head_count"), "as the group before"
    twice = again | {"people-1-participant": "KEN", "people-1-audience": "judges", "people-1-women": "3"}
    refused = client.post(URL, twice)
    assert refused.status_code == 422 and "same as row 1" in refused.content.decode()
    assert client.post(URL, twice | {"people-1-participant": "UGA"}).status_code == 302
    assert sum(a.count for a in Event.objects.get().attendance.all()) == 23


def test_undo_takes_it_back_and_restores_it() -> None:
    client = As(CURATOR)
    page = client.post(URL, filled(client)).headers["Location"]
    assert client.get(f"{page}undo/").status_code == 405
    assert client.post(f"{page}undo/", {}).status_code == 302
    assert Event.objects.get(superseded_at__isnull=True).step == "withdrawn"
    assert "Taken back" in client.text(page)
    client.post(f"{page}undo/", {})
    assert Event.objects.get(superseded_at__isnull=True).step == "attendance_entered"


def test_only_who_records_enters_a_training() -> None:
    training("EV-1", [{"participant": "KEN", "audience": "judges", "sex": "female", "count": 3, "basis": "head_count",
                       "certificates": 0}])  # fmt: skip
    for url in (URL, f"{URL}EV-1/"):
        assert As(PUBLIC).get(url).status_code == 404
    assert As(PUBLIC).post(f"{URL}EV-1/undo/", {}).status_code == 403


def test_fields_are_made_for_thumbs() -> None:
    page = lxml.html.fromstring(As(CURATOR).text(URL))
    for name in ("women", "men", "unknown"):
        (field,) = page.xpath(f"//input[@name='people-0-{name}']")
        assert field.get("inputmode") == "numeric" and page.xpath(f"//label[@for='{field.get('id')}']")
    assert len(page.xpath("//form[@class='training']//*[self::input or self::select][not(@type='hidden')]")) <= 12
