"""Pages: the same rows everywhere for each role, nothing leaks, the order is stable, acceptance cases 18 and 22."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from comity.core.actions.actor import PUBLIC, Actor
from comity.core.audit.models import Entry
from comity.modules.directory import vocabulary as v
from comity.modules.directory.models import Authority
from comity.modules.directory.records import ContactRecord, ProvisionRecord, TextRecord
from comity.modules.directory.selectors.content import record_of
from comity.modules.directory.selectors.differences import differences, named_languages
from comity.modules.directory.services import lifecycle
from comity.modules.directory.tests import making
from comity.modules.directory.tests.making import CURATOR, EVERYONE, FOCAL_A, FOCAL_B, PUBLISHER, record, shown

HOME = "/en/directory/"


class As:
    """A client whose requests act as a given actor."""

    def __init__(self, actor: Actor) -> None:
        self.client, self.actor = Client(SERVER_NAME="localhost"), actor

    def get(self, url: str, **query: str) -> Any:
        with patch("comity.site.middleware.actor_for", return_value=self.actor):
            return self.client.get(f"{url}?{urlencode(query)}" if query else url)

    def post(self, url: str, data: dict[str, Any]) -> Any:
        with patch("comity.site.middleware.actor_for", return_value=self.actor):
            return self.client.post(url, data)


def codes_on_pages(reader: As, **query: str) -> list[str]:
    """Codes of all rows, page after page."""
    found: list[str] = []
    answer = reader.get(HOME, **query)
    while True:
        found += [c.code for c in answer.context["cards"]]
        after = answer.context["page"].next
        if not after:
            return found
        answer = reader.get(HOME, **query, after=after)


_entries = st.lists(
    st.tuples(
        st.sampled_from(["AAA", "BBB"]), st.sampled_from(["published", "nominated", "withdrawn"]),
        st.sampled_from(["public", "officials"]), st.sampled_from(["mla", "extradition"]),
        st.sampled_from([0, 185, 230]),
    ),
    min_size=1, max_size=6,
)  # fmt: skip
_queries = st.sampled_from(
    [{}, {"function": "mla"}, {"state": "AAA", "sort": "-name"}, {"standing": "stale"}, {"q": "authority"},
     {"instrument": "UNTOC", "article": "18", "sort": "confirmed"}, {"language": "fr"}, {"open": "1"}]
)  # fmt: skip


class SameRows(TestCase):
    @settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(entries=_entries, query=_queries, who=st.sampled_from(EVERYONE))
    def test_page_csv_json_and_api_show_the_same_rows(
        self, entries: list[tuple[str, str, str, str, int]], query: dict[str, str], who: Actor
    ) -> None:
        making.world()
        for number, (iso3, state, audience, function, days) in enumerate(entries):
            shown(f"{iso3}-desk-{number}", state=state, audience=audience, functions=[function],
                  last_confirmed_on=making.today() - timedelta(days=days))  # fmt: skip
        reader = As(who)
        page = codes_on_pages(reader, **query)
        text = reader.get(HOME, **query, format="csv").content.decode("utf-8-sig")
        table = list(csv.DictReader(io.StringIO(text)))
        asked = json.loads(reader.get(HOME, **query, format="json").content)["rows"]
        api = json.loads(reader.get("/api/v1/directory/", **query).content)["rows"]
        assert page == [r["code"] for r in table] == [r["code"] for r in asked] == [r["code"] for r in api]
        assert asked == api
        official = who.kind == "system" or bool(who.roles - {"administrator"})
        expected = {
            f"{iso3}-desk-{n}" for n, (iso3, state, audience, _f, _d) in enumerate(entries)
            if state == "published" and (audience == "public" or official)
        }  # fmt: skip
        assert set(page) <= expected
        if not query:
            assert set(page) == expected
        assert official or "555" not in text


pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _world() -> None:
    making.world()


def test_paging_during_inserts_neither_repeats_nor_drops_a_row() -> None:
    for number in range(120):
        shown(f"AAA-desk-{number:03}")
    reader = As(PUBLIC)
    before = [f"AAA-desk-{n:03}" for n in range(120)]
    found: list[str] = []
    after = ""
    for step in range(10):
        answer = reader.get(HOME, sort="name", **({"after": after} if after else {}))
        found += [c.code for c in answer.context["cards"]]
        shown(f"AAA-desk-{step:03}-new")
        after = answer.context["page"].next
        if not after:
            break
    assert [c for c in found if c in before] == before and len(found) == len(set(found))


def test_what_may_not_be_seen_answers_404() -> None:
    shown("AAA-office", audience="officials")
    shown("BBB-new", state="nominated")
    for code, forbidden in (("AAA-office", [PUBLIC, making.ADMINISTRATOR]), ("BBB-new", [PUBLIC, FOCAL_A])):
        for who in forbidden:
            for page in ("", "history/", "edit/", "report/", "withdraw/", "work/", "verify/", "publish/"):
                assert As(who).get(f"{HOME}{code}/{page}").status_code == 404, (code, who, page)
            assert As(who).get(f"/api/v1/directory/{code}").status_code == 404
    assert As(PUBLIC).get(f"{HOME}desk/").status_code == 404
    assert As(making.OBSERVER_B).get(f"{HOME}desk/").status_code == 404


def test_officials_parts_are_for_officials_and_their_reading_is_audited() -> None:
    shown()
    public = As(PUBLIC).get(f"{HOME}AAA-central/").content.decode()
    assert "555" not in public and "secret desk" not in public
    assert not Entry.objects.exists()
    official = As(FOCAL_B).get(f"{HOME}AAA-central/").content.decode()
    assert "555" in official and "secret desk" in official
    entry = Entry.objects.get()
    assert (entry.verb, entry.actor, entry.reference) == (v.READ, FOCAL_B.reference, "directory:authority:AAA-central")
    As(FOCAL_B).get("/api/v1/directory/AAA-central")
    assert Entry.objects.count() == 2
    assert codes_on_pages(As(PUBLIC), q="secret") == []
    assert codes_on_pages(As(FOCAL_B), q="secret") == ["AAA-central"]


@pytest.mark.parametrize("query", [{"function": "x"}, {"standing": "x"}, {"after": "x"}])
def test_an_address_that_is_not_understood_says_so(query: dict[str, str]) -> None:
    assert As(PUBLIC).get(HOME, **query).status_code == 400


def test_stale_after_211_days_is_shown_with_a_warning_never_hidden() -> None:
    shown(last_confirmed_on=making.today() - timedelta(days=211))
    assert codes_on_pages(As(PUBLIC)) == ["AAA-central"]
    assert "may be out of date" in As(PUBLIC).get(f"{HOME}AAA-central/").content.decode()
    answer = As(PUBLIC).get(f"{HOME}ask/", **{"from": "BBB", "to": "AAA", "need": "mla"}).content.decode()
    assert "may be out of date" in answer


def test_a_withdrawn_entry_says_so_and_names_who_follows() -> None:
    row = shown()
    shown("AAA-new")
    lifecycle.withdraw(FOCAL_A, version=row, reason="merged", successor="AAA-new")
    answer = As(PUBLIC).get(f"{HOME}AAA-central/")
    assert answer.status_code == 410 and b"AAA-new" in answer.content
    assert b"desk@example.org" not in answer.content and b"merged" not in answer.content
    own = As(FOCAL_A).get(f"{HOME}AAA-central/")
    assert own.status_code == 200 and b"Undo the withdrawal" in own.content


def test_find_whom_to_ask_shows_the_authority_its_needs_and_the_gap() -> None:
    shown("AAA-other", provisions=[ProvisionRecord("UNCAC")])
    shown("AAA-right")
    reader = As(PUBLIC)
    question = {"from": "BBB", "to": "AAA", "need": "extradition", "instrument": "UNTOC"}
    answer = reader.get(f"{HOME}ask/", **question)
    choices = answer.context["answer"].choices
    assert [(c.card.code, c.exact) for c in choices] == [("AAA-right", True), ("AAA-other", False)]
    assert "Three copies" in answer.content.decode()
    pdf = reader.get(f"{HOME}ask/", **question, format="pdf")
    assert pdf["Content-Type"] == "application/pdf" and pdf.content.startswith(b"%PDF")
    assert reader.get(f"{HOME}ask/", **question, format="print").status_code == 200
    gap = reader.get(f"{HOME}ask/", **{**question, "to": "CCC"}).content.decode()
    assert "That is a gap in the directory" in gap and "diplomatic channel" in gap
    assert reader.get(f"{HOME}ask/", **{**question, "to": "ZZZ"}).status_code == 404
    assert reader.get(f"{HOME}ask/", **{**question, "on": "soon"}).status_code == 400


@dataclass
class Said:
    code: str
    article: str
    text: str
    made_on: date | None = None
    lang: str = "en"

    def stands_on(self, day: date) -> bool:
        return True


def test_a_contact_that_differs_from_the_notification_is_listed() -> None:
    made = record(texts=[TextRecord("name", "en", "Ministry of Justice", "original")], languages=["en"])
    day = making.today()
    assert not differences(made, [Said("UNTOC", "18(13)", "The ministry of justice, 1 Street")], day)
    found = differences(made, [Said("UNTOC", "18(13)", "The Office of the Attorney General")], day)
    assert [(d.kind, d.instrument, d.article, d.held) for d in found] == [
        ("authority", "UNTOC", "18(13)", "Ministry of Justice")
    ]
    newest = [
        Said("UNTOC", "18(13)", "The Office of the Attorney General", date(2010, 1, 1)),
        Said("UNTOC", "18(13)", "Ministry of Justice", date(2020, 1, 1)),
    ]
    assert not differences(made, newest, day)
    languages = differences(made, [Said("UNTOC", "18(14)", "Requests in English or French are accepted.")], day)
    assert languages[0].only_notified == ("fr",) and languages[0].kind == "languages"
    assert named_languages("Les demandes en anglais et en arabe", "fr") == {"en", "ar"}


def form_of(reader: As, url: str) -> dict[str, Any]:
    """What a browser would send from the form as it stands."""
    form = reader.get(url).context["form"]
    data: dict[str, Any] = {"version": reader.get(url).context["version"]}
    for part in (form, *form.contacts):
        for field in part:
            value = field.value()
            if value not in (None, False, ""):
                data[field.html_name] = value
    data.update({f"contacts-{name}": form.contacts.management_form[name].value()
                 for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")})  # fmt: skip
    return data


def test_an_officer_edits_a_curator_verifies_a_publisher_publishes() -> None:
    before = record()
    row = shown()
    officer = As(making.OFFICER_A)
    data = form_of(officer, f"{HOME}AAA-central/edit/")
    answer = officer.post(f"{HOME}AAA-central/edit/", {**data, "languages": "en, fr, pt", "day_5": "10:00-12:00"})
    assert answer.status_code == 302, answer.context["form"].errors
    made = Authority.objects.get(code=row.code, pending=True)
    assert [x.lang for x in made.languages.all()] == ["en", "fr", "pt"]
    assert made.contacts.count() == 2 and made.texts.count() == len(before.texts) and made.hours.count() == 6
    assert As(CURATOR).post(f"{HOME}AAA-central/verify/", {"confirm": "yes"}).status_code == 302
    assert As(CURATOR).post(f"{HOME}AAA-central/publish/", {"confirm": "yes"}).status_code == 403
    assert As(PUBLISHER).post(f"{HOME}AAA-central/publish/", {"confirm": "yes"}).status_code == 302
    assert [x.lang for x in Authority.objects.get(code=row.code, superseded_at=None).languages.all()] == [
        "en", "fr", "pt"
    ]  # fmt: skip
    verbs = set(Entry.objects.values_list("verb", "actor"))
    assert {(v.EDIT, "user:2"), (v.VERIFY, "user:5"), (v.PUBLISH, "user:6")} <= verbs
    history = As(making.OFFICER_A).get(f"{HOME}AAA-central/history/")
    assert [e["version"].state for e in history.context["entries"]] == [
        "published", "verified", "nominated", "published"
    ]  # fmt: skip


def test_a_form_with_mistakes_keeps_what_was_typed_and_changes_nothing() -> None:
    shown()
    officer = As(making.OFFICER_A)
    data = form_of(officer, f"{HOME}AAA-central/edit/")
    wrong = {**data, "zone": "Mars", "provisions": "NOPE 1", "day_0": "late", "languages": "english"}
    answer = officer.post(f"{HOME}AAA-central/edit/", wrong)
    assert answer.status_code == 422 and "day_0" in answer.context["form"].errors
    answer = officer.post(f"{HOME}AAA-central/edit/", {**wrong, "day_0": ""})
    assert {"zone", "provisions", "languages"} <= set(answer.context["form"].errors)
    assert "Mars" in answer.content.decode() and Authority.objects.count() == 1


def test_a_form_opened_on_an_older_version_does_not_overwrite() -> None:
    row = shown()
    data = form_of(As(making.OFFICER_A), f"{HOME}AAA-central/edit/")
    lifecycle.edit(FOCAL_A, version=row, record=record())
    answer = As(making.OFFICER_A).post(f"{HOME}AAA-central/edit/", data)
    assert answer.status_code == 422 and "meanwhile" in answer.content.decode()


def test_the_public_reports_a_contact_and_the_desk_shows_it() -> None:
    shown()
    assert As(PUBLIC).post(f"{HOME}AAA-central/report/", {"kind": "wrong", "text": "gone"}).status_code == 302
    report = As(FOCAL_A).get(f"{HOME}desk/").context["desk"].reports[0]
    assert As(FOCAL_B).get(f"{HOME}desk/reports/{report.pk}/").status_code == 404
    assert As(FOCAL_A).post(f"{HOME}desk/reports/{report.pk}/", {"resolution": "done"}).status_code == 302
    assert not As(FOCAL_A).get(f"{HOME}desk/").context["desk"].reports


@pytest.mark.parametrize("lang", ["ar", "zh"])
def test_every_block_of_content_names_its_language_and_direction(lang: str) -> None:
    shown()
    text = As(PUBLIC).get(f"/{lang}/directory/AAA-central/").content.decode()
    assert '<span lang="en" dir="ltr">Authority AAA-central' in text
    assert f'<html lang="{lang}" dir="{"rtl" if lang == "ar" else "ltr"}">' in text


def test_a_name_and_a_contact_in_another_language_survive_an_edit() -> None:
    texts = [
        TextRecord("name", "pt", "Autoridade Central", "original"),
        TextRecord("name", "en", "Central", "unofficial"),
    ]
    shown(texts=texts, contacts=[ContactRecord("address", "Rua 1", "pt")])
    officer = As(making.OFFICER_A)
    data = form_of(officer, f"{HOME}AAA-central/edit/")
    assert officer.post(f"{HOME}AAA-central/edit/", {**data, "languages": "pt"}).status_code == 302
    made = record_of(Authority.objects.get(code="AAA-central", pending=True))
    assert [(t.lang, t.value, t.status) for t in made.texts] == [(t.lang, t.value, t.status) for t in reversed(texts)]
    assert [(c.value, c.lang) for c in made.contacts] == [("Rua 1", "pt")]
