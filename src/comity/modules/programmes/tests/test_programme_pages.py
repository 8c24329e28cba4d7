"""Lists, records and forms: what each reader sees, forms that lose nothing, steps that ask."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import lxml.html
import pytest
from openpyxl import load_workbook

from comity.core.actions.actor import PUBLIC, Grant
from comity.core.actions.labels import Label
from comity.core.audit.models import Entry
from comity.core.people.load_reference import load_reference
from comity.modules.programmes import services
from comity.modules.programmes.content import draft_of
from comity.modules.programmes.kinds import KINDS
from comity.modules.programmes.models import AssistanceRequest, Event
from comity.modules.programmes.tests.browsing import HOME, page_of
from comity.modules.programmes.tests.makers import CURATOR, SECOND, draft, made, people, person, training
from tests.harness.browsing import As, form_of

pytestmark = pytest.mark.django_db
FOCAL = person(11, Grant("focal_point", participant="KEN"))
ELSEWHERE = person(12, Grant("focal_point", participant="UGA"))


@pytest.fixture(autouse=True)
def _world() -> None:
    load_reference()
    made("programme", "P1", level="global", starts=date(2018, 1, 1), title="Digital evidence")


def current(code: str) -> Event:
    """The version of an event that stands now."""
    return Event.objects.get(code=code, superseded_at__isnull=True)


def rows_of(answer: Any) -> list[str]:
    """The codes in a list, in its order."""
    return [line["row"].code for line in answer.context["lines"]]


def test_every_list_and_every_form_opens_and_says_what_to_do_next() -> None:
    for name, kind in KINDS.items():
        page = As(CURATOR).text(f"{HOME}records/{name}/")
        assert str(kind.plural) in page and f"/add/{name}/" in page
        assert As(CURATOR).get(f"{HOME}add/{name}/").status_code == 200
        assert As(PUBLIC).get(f"{HOME}records/{name}/").status_code == 200
        assert As(PUBLIC).get(f"{HOME}add/{name}/").status_code == 404
    assert "Add the first one" in As(CURATOR).text(f"{HOME}records/lesson/")
    assert "Show all" in As(CURATOR).text(f"{HOME}records/programme/", q="nothing like it")
    assert As(PUBLIC).get(f"{HOME}records/nonsense/").status_code == 404


def test_filters_sorting_and_search_keep_what_was_asked() -> None:
    training("EV-1", [people("KEN", 30)], participant="KEN", title="Course on seizure")
    training("EV-2", [people("UGA", 20)], participant="UGA", on=date(2020, 5, 6), title="Workshop on seizure")
    made("event", "EV-3", programme="P1", starts=date(2020, 8, 1), title="Seminar")
    reader, url = As(PUBLIC), f"{HOME}records/event/"
    assert rows_of(reader.get(url)) == ["EV-3", "EV-2", "EV-1"]
    assert rows_of(reader.get(url, sort="starts")) == ["EV-1", "EV-2", "EV-3"]
    assert rows_of(reader.get(url, sort="-title")) == ["EV-2", "EV-3", "EV-1"]
    assert rows_of(reader.get(url, q="seizure", sort="code")) == ["EV-1", "EV-2"]
    assert rows_of(reader.get(url, year=2020, step="verified")) == ["EV-2"]
    assert rows_of(reader.get(url, state="KEN")) == ["EV-1"]
    assert rows_of(reader.get(url, step=["planned", "verified"], sort="code")) == ["EV-1", "EV-2", "EV-3"]
    assert reader.get(url, **{"from": "2019-01-01", "to": "2019-12-31"}).context["page"].total == 1
    page = reader.text(url, q="seizure")
    assert 'value="seizure"' in page and "50 people attended" in page
    for nonsense in ({"year": "x"}, {"from": "2019-13-40"}, {"sort": "secret"}, {"step": "nothing"}):
        assert reader.get(url, **nonsense).context["page"].total == 3
    assert reader.get(url, after="rubbish").status_code == 400


def test_a_long_list_turns_its_pages_in_any_order() -> None:
    for number in range(60):
        made("lesson", f"L-{number:02}", title=f"Lesson {number % 7}", starts=date(2020, 1, 1) if number % 2 else None)
    for sort in ("", "title", "-starts", "code"):
        url, seen = f"{HOME}records/lesson/", []
        query: dict[str, Any] = {"sort": sort}
        while True:
            answer = As(PUBLIC).get(url, **query)
            seen += rows_of(answer)
            if not answer.context["page"].next:
                break
            query = {"sort": sort, "after": answer.context["page"].next}
        assert len(seen) == len(set(seen)) == 60


def test_what_a_reader_may_not_see_is_in_no_list_and_on_no_page() -> None:
    made("lesson", "OPEN", title="Lesson for all")
    secret = services.record(CURATOR, draft=draft("lesson", "SECRET", (), Label.SECRETARIAT, title="Quite secret"))
    assert "Quite secret" not in As(PUBLIC).text(f"{HOME}records/lesson/")
    for more in ("", "edit/", "step/withdrawn/", "take-back/", "restore/"):
        assert As(PUBLIC).get(page_of("lesson", secret.code, more)).status_code == 404
    page = As(CURATOR).text(page_of("lesson", "SECRET"))
    assert "Quite secret" in page and "Secretariat" in page
    assert As(PUBLIC).get(page_of("lesson", "OPEN", "edit/")).status_code == 403
    assert "first version" not in As(PUBLIC).text(page_of("lesson", "OPEN")), "the history is for the secretariat"


def test_a_record_names_what_it_refers_to_and_what_refers_to_it() -> None:
    made("project", "PJ", programme="P1", title="Training of prosecutors", starts=date(2019, 1, 1))
    training("EV-1", [people("KEN", 30), people("KEN", 12, sex="male")], project="PJ", title="Course on seizure")
    page = As(PUBLIC).text(page_of("event", "EV-1"))
    assert page_of("project", "PJ") in page and "Training of prosecutors" in page and "42 people" in page
    page = As(PUBLIC).text(page_of("programme", "P1"))
    assert page_of("project", "PJ") in page and page_of("event", "EV-1") in page
    arabic = As(PUBLIC).text("/ar/programmes/records/event/EV-1/")
    assert 'dir="rtl"' in arabic and '<span lang="en" dir="auto">Course on seizure</span>' in arabic


def test_an_entered_record_stands_with_its_rows_and_its_other_titles() -> None:
    client = As(CURATOR)
    data = form_of(client.get(f"{HOME}add/event/"))
    data |= {
        "title": "Course", "programme": "P1", "starts": "2020-02-03", "ends": "2020-02-05", "participant": "KEN",
        "subjects": "seizure, evidence", "label": "public", "other-fr": "Cours", "rows-0-participant": "UGA",
        "rows-0-audience": "judges", "rows-0-sex": "female", "rows-0-count": "7", "rows-0-basis": "named_list",
        "rows-0-certificates": "5",
    }  # fmt: skip
    answer = client.post(f"{HOME}add/event/", data)
    assert answer.status_code == 302, answer.context and answer.context["form"].general.errors
    row = Event.objects.get()
    assert (row.title, row.other_titles, row.subjects) == ("Course", {"fr": "Cours"}, ("seizure", "evidence"))
    assert row.step == "planned" and row.label == "public"
    assert [(a.participant_id, a.count, a.certificates) for a in row.attendance.all()] == [("UGA", 7, 5)]
    assert "Cours" in As(PUBLIC).text(f"/fr/programmes/records/event/{row.code}/")


def test_more_rows_without_a_script_and_nothing_typed_is_lost() -> None:
    client = As(CURATOR)
    data = form_of(client.get(f"{HOME}add/event/"))
    data |= {"title": "Half typed", "rows-0-count": "12", "rows-0-audience": "judges", "add": "rows"}
    answer = client.post(f"{HOME}add/event/", data)
    again = form_of(answer)
    assert answer.status_code == 200 and not Event.objects.exists()
    assert (again["title"], again["rows-0-count"], again["rows-count"]) == ("Half typed", "12", "4")
    assert client.post(f"{HOME}add/event/", {**data, "rows-count": "x"}).status_code == 400


def test_mistakes_are_named_where_they_are_and_the_input_stays() -> None:
    client = As(CURATOR)
    data = form_of(client.get(f"{HOME}add/event/"))
    data |= {
        "title": "Course", "programme": "P1", "starts": "2020-02-05", "ends": "2020-02-03", "rows-0-count": "-5",
        "rows-0-audience": "judges", "rows-0-basis": "estimate",
    }  # fmt: skip
    answer = client.post(f"{HOME}add/event/", data)
    assert answer.status_code == 422 and "cannot be below zero" in answer.content.decode()
    answer = client.post(f"{HOME}add/event/", {**data, "rows-0-count": "5", "rows-0-certificates": "9"})
    text = answer.content.decode()
    assert answer.status_code == 422 and "It ends before it begins" in text and "more certificates than people" in text
    assert form_of(answer)["rows-0-certificates"] == "9"
    assert not Event.objects.exists()


def test_money_without_a_rate_is_refused_at_its_currency() -> None:
    made("donor", "D1", kind="private")
    client = As(CURATOR)
    data = form_of(client.get(f"{HOME}add/pledge/"))
    data |= {"title": "Pledge", "donor": "D1", "amount": "100.50", "currency": "eur", "starts": "2020-01-01"}
    answer = client.post(f"{HOME}add/pledge/", data)
    assert answer.status_code == 422 and "currency" in answer.context["form"].general.errors
    made("rate", "EUR", currency="EUR", rate=Decimal("0.5"), starts=date(2019, 1, 1))
    assert client.post(f"{HOME}add/pledge/", data).status_code == 302


def test_a_change_made_meanwhile_is_not_overwritten_unseen() -> None:
    row = training("EV-1", [people("KEN", 30)])
    client = As(CURATOR)
    data = form_of(client.get(page_of("event", "EV-1", "edit/")))
    said = draft("event", "EV-1", [people("KEN", 31)], **draft_of(row).values)
    services.correct(SECOND, row=row, draft=said, base=row.pk)
    answer = client.post(page_of("event", "EV-1", "edit/"), {**data, "title": "Mine"})
    assert answer.status_code == 422 and "changed this record meanwhile" in answer.content.decode()
    assert form_of(answer)["title"] == "Mine" and current("EV-1").title == "EV-1"
    assert client.post(page_of("event", "EV-1", "edit/"), form_of(answer)).status_code == 302
    assert current("EV-1").title == "Mine"


def test_a_correction_undoes_a_second_person_and_says_so() -> None:
    training("EV-1", [people("KEN", 30)])
    client = As(CURATOR)
    answer = client.get(page_of("event", "EV-1", "edit/"))
    assert "must be confirmed again" in answer.content.decode()
    data = {**form_of(answer), "rows-0-count": "35", "reason": "list recounted"}
    assert client.post(page_of("event", "EV-1", "edit/"), data).status_code == 302
    page = lxml.html.fromstring(client.text(page_of("event", "EV-1")))
    history = page.xpath("//section[contains(@class,'history')]")[0].text_content()
    assert current("EV-1").step == "attendance_entered"
    assert "list recounted" in history and "30" in history and "35" in history


def test_steps_are_buttons_and_the_second_person_is_explained() -> None:
    made("event", "EV-1", [people("KEN", 3)], step="attendance_entered", programme="P1", starts=date(2019, 5, 6))
    url = page_of("event", "EV-1", "step/verified/")
    own = lxml.html.fromstring(As(CURATOR).text(page_of("event", "EV-1")))
    assert not own.xpath(f"//a[@href='{url}']") and "a second person does" in own.text_content()
    assert As(CURATOR).get(url).status_code == 403
    assert url in As(SECOND).text(page_of("event", "EV-1"))
    assert As(SECOND).get(url).status_code == 200 and current("EV-1").step == "attendance_entered"
    assert As(SECOND).post(url, {"confirm": "yes"}).status_code == 302
    assert current("EV-1").step == "verified"
    assert As(SECOND).get(page_of("event", "EV-1", "step/nonsense/")).status_code == 404


def test_a_return_keeps_its_reason_in_sight() -> None:
    row = made("outcome", "OUT-1", type="law_adopted", count=2, evidence="Gazette")
    services.move(CURATOR, row=row, to="submitted")
    url = page_of("outcome", "OUT-1", "step/returned/")
    assert As(SECOND).post(url, {"confirm": "yes", "reason": ""}).status_code == 422
    assert As(SECOND).post(url, {"confirm": "yes", "reason": "The gazette names one law"}).status_code == 302
    assert As(CURATOR).text(page_of("outcome", "OUT-1")).count("The gazette names one law") >= 2
    assert "gazette" not in As(PUBLIC).text(page_of("outcome", "OUT-1"))


def test_a_step_that_needs_a_field_says_which() -> None:
    row = made("outcome", "OUT-1", type="law_adopted", count=2)
    answer = As(CURATOR).post(page_of("outcome", row.code, "step/submitted/"), {"confirm": "yes"})
    assert answer.status_code == 422 and "Evidence" in answer.content.decode()


def test_taking_back_asks_for_a_reason_and_can_be_undone() -> None:
    training("EV-1", [people("KEN", 30)])
    url = page_of("event", "EV-1", "take-back/")
    assert As(CURATOR).post(url, {"confirm": "yes"}).status_code == 422
    assert As(CURATOR).post(url, {"confirm": "yes", "reason": "entered twice"}).status_code == 302
    assert As(PUBLIC).get(page_of("event", "EV-1")).status_code == 404
    assert "was taken back" in As(CURATOR).text(page_of("event", "EV-1"))
    assert rows_of(As(CURATOR).get(f"{HOME}records/event/", step="withdrawn")) == ["EV-1"]
    assert As(CURATOR).post(page_of("event", "EV-1", "restore/"), {"confirm": "yes"}).status_code == 302
    assert As(PUBLIC).get(page_of("event", "EV-1")).status_code == 200


def test_a_state_files_its_request_and_reads_the_answer() -> None:
    client, url = As(FOCAL), f"{HOME}add/request/"
    answer = client.get(url)
    data = form_of(answer)
    assert data["participant"] == "KEN" and "answer" not in data and "label" not in data
    data |= {"title": "Help with a law", "requester": "Prosecutor", "need": "Drafting", "need_source": "letter"}
    assert client.post(url, {**data, "participant": "UGA"}).status_code == 422
    assert client.post(url, data).status_code == 302
    row = AssistanceRequest.objects.get()
    assert (row.label, row.owner_state, row.step) == ("own_state", "KEN", "received")
    assert "not answered yet" in client.text(page_of("request", row.code))
    assert As(ELSEWHERE).get(page_of("request", row.code)).status_code == 404
    assessed = services.move(CURATOR, row=row, to="assessed")
    curator = As(CURATOR)
    edit = form_of(curator.get(page_of("request", row.code, "edit/")))
    assert curator.post(page_of("request", row.code, "edit/"), {**edit, "answer": "In December."}).status_code == 302
    services.move(CURATOR, row=assessed, to="accepted")
    page = client.text(page_of("request", row.code))
    assert "In December." in page and "accepted" in page
    assert client.get(page_of("request", row.code, "edit/")).status_code == 403
    assert client.get(f"{HOME}add/event/").status_code == 404


def test_own_state_needs_a_state() -> None:
    client = As(CURATOR)
    data = form_of(client.get(f"{HOME}add/lesson/")) | {"title": "Lesson", "label": "own_state"}
    answer = client.post(f"{HOME}add/lesson/", data)
    assert answer.status_code == 422 and "needs a State" in answer.content.decode()


def test_the_page_of_a_state_shows_what_was_done_there() -> None:
    made("assistance", "A-1", participant="KEN", programme="P1", starts=date(2019, 1, 1), title="Advice on a law")
    text = As(PUBLIC).text("/en/states/KEN/")
    assert "Assistance and activities in this State" in text and page_of("assistance", "A-1") in text
    assert "Advice on a law" not in As(PUBLIC).text("/en/states/UGA/")


def test_a_list_is_taken_away_as_it_stands() -> None:
    training("EV-1", [people("KEN", 30)], title="=1+1")
    training("EV-2", [people("UGA", 20)], on=date(2020, 5, 6))
    services.record(CURATOR, draft=draft("event", "SECRET", (), Label.SECRETARIAT, programme="P1"))
    page = lxml.html.fromstring(As(PUBLIC).text(f"{HOME}records/event/", year=2019))
    links = {a.text_content().strip(): a.get("href") for a in page.xpath("//ul[@class='exports']//a")}
    answer = As(PUBLIC).get(links["CSV"])
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 2 and lines[1].startswith("EV-1,") and "'=1+1" in lines[1]
    book = load_workbook(BytesIO(As(PUBLIC).get(f"{HOME}records/event.xlsx").content))
    assert book.sheetnames == ["event", "attendance"]
    assert [row[0].value for row in book["event"].iter_rows(min_row=2)] == ["EV-1", "EV-2"]
    assert book["attendance"].max_row == 3
    assert b"SECRET" in As(CURATOR).get(f"{HOME}records/event.csv").content
    entry = Entry.objects.order_by("-pk").first()
    assert entry is not None and entry.verb == "programmes:table:export"
    assert As(PUBLIC).get(f"{HOME}records/event.exe").status_code == 404
    assert As(PUBLIC).get(f"{HOME}records/nothing.csv").status_code == 404
