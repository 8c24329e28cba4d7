"""Page, CSV, JSON, API and feed show the same rows, for each role, on any day."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date, datetime
from typing import Any
from xml.etree import ElementTree

import lxml.html
import pytest
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from comity.account.tests.sign_in import person, sign_in
from comity.modules.treaties.models import Edition, Instrument, Statement
from comity.modules.treaties.tests.making import RECORDED
from comity.ui.exports import restored

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

ROLES = ["public", "focal_point", "authority_officer", "observer", "curator", "publisher", "administrator"]
CODES = ["UNTOC", "UNTOC-FP", "UNCAC", "CT-BEIJING-PROT-2010", "CT-PLASTIC-1991", "CT-NUCMATERIAL-AMD-2005"]
STATES = ["ALB", "GHA", "FRA", "EUE", "NIU", "SSD"]
DAYS = st.dates(date(1999, 1, 1), date(2027, 1, 1)).map(date.isoformat)
LANGS = st.sampled_from(["ar", "en", "es", "fr", "ru", "zh"])
ATOM = "{http://www.w3.org/2005/Atom}"

# Each example draws whole pages: a few of them, and no shrinking, for a failure names its address anyway.
some = settings(
    max_examples=5,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(scope="module")
def visitors(reference: None, django_db_blocker: Any) -> dict[str, Client]:
    """One client per role, signed in with a second factor."""
    with django_db_blocker.unblock():
        found = {role: sign_in(Client(), person(f"{role}@example.org", role)) for role in ROLES[1:]}
    return {"public": Client(), **found}


@pytest.fixture
def statements(db: None) -> None:
    """Invented statements: one that stands, one withdrawn, one objection; a text that looks like a formula."""
    treaty = Instrument.objects.get(code="UNTOC")
    edition = Edition.objects.filter(instrument=treaty).first()
    common = {"instrument": treaty, "source": edition.source, "edition": edition, "recorded_at": RECORDED}
    for iso3, kind, text, withdrawn, article in (
        ("ALB", "declaration", "=SUM(A1) is how this text begins.", None, "16(5)"),
        ("GHA", "reservation", "Not bound by paragraph 2.", date(2010, 1, 1), "35(3)"),
        ("FRA", "objection", "We object.", None, ""),
    ):
        row = Statement.objects.create(
            participant_id=iso3,
            kind=kind,
            text=text,
            made_on=date(2005, 1, 1),
            withdrawn_on=withdrawn,
            article=article,
            **common,
        )
        if kind == "objection":
            row.towards.set(["GHA"])


def _equal(one: list[Any], two: list[Any], where: str) -> None:
    """Fails at the first row that differs: a difference of two long lists takes minutes to print."""
    for first, second in zip(one, two, strict=False):
        assert first == second, where
    assert len(one) == len(two), where


def _csv(client: Client, address: str) -> list[dict[str, str]]:
    answer = client.get(address + "&format=csv")
    assert answer["Content-Type"].startswith("text/csv"), answer.status_code
    text = answer.content.decode("utf-8-sig")
    return [{k: restored(v) for k, v in row.items()} for row in csv.DictReader(io.StringIO(text))]


def _json(client: Client, address: str) -> list[dict[str, Any]]:
    return json.loads(client.get(address + "&format=json").content)["rows"]


def _api(client: Client, address: str, lang: str) -> list[dict[str, Any]]:
    return client.get(f"{address}&lang={lang}").json()["rows"]


def _as_csv(row: dict[str, Any]) -> dict[str, str]:
    def cell(value: Any) -> str:
        return "" if value is None else ("; ".join(map(str, value)) if isinstance(value, list) else str(value))

    return {name: cell(value) for name, value in row.items()}


def _links(client: Client, address: str, inside: str, pattern: str) -> list[str]:
    """What the page's rows link to, in the page's order."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    found = lxml.html.fromstring(answer.content.decode()).xpath(inside)
    links = [re.search(pattern, a.get("href", "")) for row in found for a in row.xpath(".//a")[:1]]
    return [match.group(1) for match in links if match]


def _same(client: Client, page: str, api: str, lang: str) -> list[dict[str, Any]]:
    """Asserts that CSV, JSON and API agree cell by cell; returns the rows for comparison with the page."""
    rows = _json(client, page)
    _equal(_csv(client, page), [_as_csv(row) for row in rows], page)
    _equal(rows, _api(client, api, lang), api)
    return rows


@some
@given(role=st.sampled_from(ROLES), code=st.sampled_from(CODES), on=DAYS, lang=LANGS)
def test_participants_of_an_instrument(visitors, role, code, on, lang):
    page, client = f"/{lang}/treaties/{code}/?on={on}", visitors[role]
    rows = _same(client, page, f"/api/v1/treaties/{code}?on={on}", lang)
    listed = _links(client, page, "//*[@id='participants']/following-sibling::*//tbody/tr", r"/states/(\w+)/")
    _equal(listed, [row["iso3"] for row in rows], page)


@some
@given(role=st.sampled_from(ROLES), on=DAYS, lang=LANGS)
def test_instruments(visitors, role, on, lang):
    page, client = f"/{lang}/treaties/?on={on}", visitors[role]
    rows = _same(client, page, f"/api/v1/treaties/?on={on}", lang)
    _equal(sorted(_links(client, page, "//tbody/tr", r"/treaties/([^/]+)/")), sorted(row["code"] for row in rows), page)


@pytest.mark.parametrize("words", ["UNTOC", "terror", "xyzzy"])
def test_a_search_narrows_page_and_files_alike(visitors, words):
    page = f"/en/treaties/?on=2014-01-01&q={words}"
    listed = _links(visitors["public"], page, "//tbody/tr", r"/treaties/([^/]+)/")
    assert sorted(listed) == sorted(row["code"] for row in _json(visitors["public"], page))
    assert len(_csv(visitors["public"], page)) == len(listed)


@some
@given(role=st.sampled_from(ROLES), iso3=st.sampled_from(STATES), on=DAYS, lang=LANGS)
def test_one_state(visitors, role, iso3, on, lang):
    page, client = f"/{lang}/states/{iso3}/?on={on}", visitors[role]
    rows = _same(client, page, f"/api/v1/treaties/states/{iso3}?on={on}", lang)
    listed = _links(client, page, "//table[contains(@class, 'table-stack')]/tbody/tr", r"/treaties/([^/]+)/")
    _equal(sorted(listed), sorted(row["code"] for row in rows), page)


@settings(some, max_examples=3)
@given(role=st.sampled_from(ROLES), on=DAYS, lang=LANGS)
def test_all_states(visitors, role, on, lang):
    page, client = f"/{lang}/states/?on={on}", visitors[role]
    rows = _same(client, page, f"/api/v1/treaties/states?on={on}", lang)
    _equal(_links(client, page, "//tbody/tr", r"/states/(\w+)/"), [row["iso3"] for row in rows], page)


@some
@given(role=st.sampled_from(ROLES), pair=st.permutations(STATES).map(lambda codes: codes[:2]), on=DAYS, lang=LANGS)
def test_two_states(visitors, role, pair, on, lang):
    first, second = pair
    page, client = f"/{lang}/between/{first}/{second}/?on={on}", visitors[role]
    rows = _same(client, page, f"/api/v1/treaties/between/{first}/{second}?on={on}", lang)
    listed = _links(client, page, "//table[contains(@class, 'table-stack')]/tbody/tr", r"/treaties/([^/]+)/")
    _equal(listed[: len(rows)], [row["code"] for row in rows], page)


@some
@given(role=st.sampled_from(ROLES), code=st.sampled_from(CODES), on=DAYS, lang=LANGS)
def test_non_parties(visitors, role, code, on, lang):
    page, client = f"/{lang}/treaties/{code}/non-parties/?on={on}", visitors[role]
    rows = _same(client, page, f"/api/v1/treaties/{code}/non-parties?on={on}", lang)
    _equal(
        _links(client, page, "//*[contains(@class, 'columns')]//li", r"/states/(\w+)/"),
        [row["iso3"] for row in rows],
        page,
    )


@some
@given(role=st.sampled_from(ROLES), on=DAYS, lang=LANGS)
def test_statements(visitors, statements, role, on, lang):
    page, client = f"/{lang}/treaties/UNTOC/statements/?on={on}", visitors[role]
    rows = _same(client, page, f"/api/v1/treaties/UNTOC/statements?on={on}", lang)
    _equal(
        _links(client, page, "//article[contains(@class, 'statement')]//h3", r"/states/(\w+)/"),
        [row["iso3"] for row in rows],
        page,
    )


@pytest.mark.parametrize("code", ["UNTOC", "UNCAC", "UNTOC-TIP"])
def test_articles(visitors, code):
    page = f"/fr/treaties/{code}/articles/?on=2014-01-01"
    rows = _json(visitors["public"], page)
    _equal(_csv(visitors["public"], page), [_as_csv(row) for row in rows], page)
    shown = lxml.html.fromstring(visitors["public"].get(page).content.decode()).xpath(
        "//*[contains(@class, 'article-tree')]/li"
    )
    assert len(shown) == len(rows) > 0
    told = _api(visitors["public"], f"/api/v1/treaties/{code}/articles?", "fr")
    assert [(r["kind"], r["number"], r["title"]) for r in told] == [(r["kind"], r["number"], r["title"]) for r in rows]


@some
@given(role=st.sampled_from(ROLES), code=st.sampled_from(["", "UNTOC", "UNTOC-TIP"]), lang=LANGS)
def test_what_changed(visitors, role, code, lang):
    page, client = f"/{lang}/treaties/changes/?instrument={code}", visitors[role]
    rows = _same(client, page, f"/api/v1/treaties/changes?instrument={code}", lang)
    on_page = lxml.html.fromstring(client.get(page).content.decode()).xpath("//tbody/tr")
    listed = [re.search(r"/states/(\w+)/", row.xpath(".//a")[0].get("href")).group(1) for row in on_page]
    _equal(listed, [row["iso3"] for row in rows], page)
    feed = ElementTree.fromstring(client.get(f"/{lang}/treaties/changes.atom?instrument={code}").content)
    entries = feed.findall(f"{ATOM}entry")
    assert [e.find(f"{ATOM}title").text.partition(":")[0] for e in entries] == [row["name"] for row in rows]
    assert [datetime.fromisoformat(e.find(f"{ATOM}updated").text).replace(microsecond=0) for e in entries] == [
        datetime.fromisoformat(row["at"]).replace(microsecond=0) for row in rows
    ]
    assert len({e.find(f"{ATOM}id").text for e in entries}) == len(entries)


@pytest.mark.parametrize(
    "address",
    [
        "/en/treaties/XVIII-12/?on=2005-01-01&format=json",
        "/en/states/alb/?on=2005-01-01&format=json",
        "/en/between/alb/gha/?on=2005-01-01&format=json",
    ],
)
def test_another_spelling_of_a_code_keeps_what_was_asked(visitors, address):
    answer = visitors["public"].get(address, follow=True)
    assert answer["Content-Type"].startswith("application/json")
    assert json.loads(answer.content)["on"] == "2005-01-01"
