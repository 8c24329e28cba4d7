"""Every page answers in every language; what it says is right, and what it lacks is shown as a gap."""

from __future__ import annotations

from datetime import date

import lxml.html
import pytest
from django.test import Client

from comity.modules.treaties.models import InstrumentTitle
from comity.modules.treaties.tests.making import act, day, edition, instrument, participants

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

LANGS = ["ar", "en", "es", "fr", "ru", "zh"]
PAGES = [
    "treaties/",
    "treaties/changes/",
    "treaties/UNTOC/",
    "treaties/UNTOC/articles/",
    "treaties/UNTOC/articles/18/",
    "treaties/UNTOC/statements/",
    "treaties/UNTOC/non-parties/",
    "treaties/CT-NUCMATERIAL-AMD-2005/",
    "states/",
    "states/ALB/",
    "states/EUE/",
    "between/",
    "between/?a=ALB",
    "between/ALB/GHA/",
    "treaties/UNTOC/?on=2003-09-29&known_at=2026-01-01",
    "treaties/UNTOC/?sort=-deposited",
]


def _page(address: str, code: int = 200) -> lxml.html.HtmlElement:
    answer = Client().get(address)
    assert answer.status_code == code, (address, answer.status_code)
    return lxml.html.fromstring(answer.content.decode())


def _words(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("place", PAGES)
def test_every_page_answers_in_every_language_in_its_direction(place: str, lang: str):
    found = _page(f"/{lang}/{place}")
    assert (found.get("lang"), found.get("dir")) == (lang, "rtl" if lang == "ar" else "ltr")
    assert len(found.xpath("//h1")) == 1
    assert _words(found.xpath("//h1")[0])
    assert not found.xpath("//*[@style] | //style | //script[not(@src)]")


@pytest.mark.parametrize("place", ["treaties/", "treaties/UNTOC/", "states/", "states/ALB/", "between/ALB/GHA/"])
@pytest.mark.parametrize(
    ("field", "value"),
    [("on", "2020-13-01"), ("on", "yesterday"), ("known_at", "soon"), ("known_at", "0001-01-01T00:00+14:00")],
)
def test_a_bad_day_is_answered_by_a_page_that_names_the_field(place: str, field: str, value: str):
    answer = Client().get(f"/en/{place}", {field: value})
    assert answer.status_code == 400
    assert f"{field}:" in answer.content.decode()
    assert "2020-06-30" in answer.content.decode()


@pytest.mark.parametrize("lang", LANGS)
def test_a_bad_day_is_answered_in_the_readers_language(lang: str):
    found = _page(f"/{lang}/treaties/UNTOC/?on=x", 400)
    assert found.get("lang") == lang


@pytest.mark.parametrize(
    "place",
    [
        "treaties/NOPE/",
        "treaties/NOPE/articles/",
        "treaties/UNTOC/articles/99/",
        "states/ZZZ/",
        "between/ALB/ZZZ/",
        "treaties/NOPE/statements/",
        "treaties/NOPE/non-parties/",
        "treaties/changes/?instrument=NOPE",
        "treaties/changes/?state=ZZZ",
        "treaties/%00/",
        "states/A%00B/",
        "treaties/UNTOC/articles/%00/",
        "treaties/changes/?instrument=%00",
    ],
)
def test_an_unknown_code_is_not_found(place: str):
    _page(f"/en/{place}", 404)


def test_the_same_state_twice_is_refused_with_a_remedy():
    assert "two different" in _words(_page("/en/between/ALB/ALB/", 400))
    assert Client().get("/api/v1/treaties/between/ALB/ALB").status_code == 400
    assert "two different" in _words(_page("/en/between/?a=ALB&b=ALB"))


class TestTotals:
    def test_they_show_their_day_and_where_the_source_ends(self):
        words = _words(_page("/en/treaties/UNTOC/"))
        assert "179" in words
        assert "27 January 2014" in words
        assert "What happened after that day is not in our sources." in words

    def test_on_a_past_day_they_say_so(self):
        words = _words(_page("/en/treaties/UNTOC/?on=2003-09-29"))
        assert "29 September 2003" in words
        assert "179" not in _words(_page("/en/treaties/UNTOC/?on=2003-09-29").xpath("//*[@class='stats']")[0])

    def test_entry_into_force_stands_on_the_page(self):
        assert "29 September 2003" in _words(_page("/en/treaties/UNTOC/"))
        assert "14 December 2005" in _words(_page("/en/treaties/UNCAC/"))

    def test_without_a_list_of_participants_there_is_a_gap_and_no_zero(self):
        page = _page("/en/treaties/CT-NUCMATERIAL-AMD-2005/")
        assert page.xpath("//*[@class='stats']/*") == []
        assert "No list of participants was imported" in _words(page)
        nobody = _page("/en/treaties/CT-NUCMATERIAL-AMD-2005/non-parties/")
        assert nobody.xpath("//*[@class='columns']//li") == []

    def test_the_map_carries_the_disclaimer_and_draws_no_border(self):
        page = _page("/en/treaties/UNTOC/")
        assert "concerning the legal status of any country, territory" in _words(page)


class TestNotInForce:
    def test_an_instrument_that_waits_for_named_states_binds_nobody(self):
        """As the Comprehensive Nuclear-Test-Ban Treaty: many parties, in force for none."""
        participants("AAA", "BBB", "CCC")
        made = instrument(
            "WAITING",
            rules={
                "entry_into_force": {"named_states": ["AAA", "BBB", "CCC"], "delay": {"days": 180}},
            },
        )
        said = edition(made, "waiting", "2024-01-01", not_in_force=True)
        for iso3 in ("AAA", "BBB"):
            act(said, iso3, "ratification", "1999-01-01")
        page = _page("/en/treaties/WAITING/?on=2024-01-01")
        assert "not in force" in _words(page)
        told = Client().get("/api/v1/treaties/WAITING?on=2024-01-01").json()
        assert (told["head"]["parties"], told["head"]["in_force_for"]) == (2, 0)
        assert {row["in_force"] for row in told["rows"]} == {None}
        pair = Client().get("/api/v1/treaties/between/AAA/BBB?on=2024-01-01").json()["rows"]
        assert [row["state"] for row in pair if row["code"] == "WAITING"] != ["in_force"]


class TestLanguages:
    def test_a_missing_translation_shows_the_original_with_its_language_named(self):
        """Acceptance case 23."""
        instrument("ONLY-ENGLISH")
        page = _page("/ar/treaties/ONLY-ENGLISH/")
        assert page.get("dir") == "rtl"
        (title,) = [
            e for e in page.xpath("//main//*[@lang='en']") if e.text_content().strip() == "The ONLY-ENGLISH title"
        ][:1]
        assert title.get("dir") == "ltr"
        lead = _words(page.xpath("//h1")[0].getparent())
        assert "الإنكليزية" in lead or "الإنجليزية" in lead or "English" in lead

    def test_a_translation_of_our_own_is_marked_unofficial(self):
        made = instrument("TRANSLATED")
        InstrumentTitle.objects.create(instrument=made, lang="fr", value="Le titre", status="unofficial")
        page = _page("/fr/treaties/TRANSLATED/")
        assert page.xpath("//main//*[@lang='fr']")
        assert "Le titre" in _words(page)
        assert any("officiel" in _words(e).lower() or "unofficial" in _words(e).lower() for e in page.xpath("//main"))

    def test_names_of_states_follow_the_reader(self):
        assert "Albanie" in _words(_page("/fr/states/ALB/"))
        assert "阿尔巴尼亚" in _words(_page("/zh/states/ALB/"))


class TestDifferences:
    def test_where_sources_differ_the_page_shows_both(self):
        made = instrument("DISPUTED")
        act(edition(made, "old page", "2015-01-01"), "AAA", "ratification", "2010-01-01")
        act(edition(made, "new page", "2020-01-01"), "AAA", "ratification", "2010-02-02")
        words = _words(_page("/en/treaties/DISPUTED/?on=2021-01-01"))
        for expected in ("Sources differ", "The old page", "1 January 2010", "2 February 2010"):
            assert expected in words

    def test_a_stated_entry_into_force_shows_beside_a_differing_computed_one(self):
        rule = {"threshold": 1, "delay": {"days": 90}}
        made = instrument("DIFFERS", rules={"entry_into_force": rule}, stated_in_force=day("2010-05-05"))
        act(edition(made, "differing page", "2020-01-01"), "AAA", "ratification", "2010-01-01")
        words = _words(_page("/en/treaties/DIFFERS/"))
        assert "5 May 2010" in words
        assert "1 April 2010" in words

    def test_who_left_is_bracketed_from_the_day_it_takes_effect(self):
        """Acceptance case 3: party until one year after the notice, then the name is bracketed."""
        made = instrument("LEFT", rules={"denunciation": {"delay": {"months": 12}}})
        said = edition(made, "page of leaving", "2026-01-01")
        act(said, "AAA", "ratification", "2005-01-01")
        act(said, "AAA", "withdrawal", "2010-03-15")
        assert "[State AAA]" not in _words(_page("/en/treaties/LEFT/?on=2011-03-14"))
        assert "[State AAA]" in _words(_page("/en/treaties/LEFT/?on=2011-03-15"))


def test_today_is_the_day_where_none_is_asked(monkeypatch: pytest.MonkeyPatch):
    on = Client().get("/api/v1/treaties/UNTOC").json()["head"]["on"]
    assert abs((date.fromisoformat(on) - date.today()).days) <= 1
