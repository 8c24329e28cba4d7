"""The search page and the pages of saved searches."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from comity.account.tests.sign_in import person, sign_in, state
from comity.core.people.models import Participant
from comity.core.search import following, saved
from comity.core.search.models import SavedSearch
from comity.core.search.tests.notes import Notes
from comity.core.search.tests.test_saved import alert
from comity.finding.names import names

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(notes: Notes) -> Notes:
    state("GHA"), state("KEN")
    notes.write("one", "Passport forgery", "Whoever forges a passport is punished.", state="GHA", year=2016)
    notes.write("two", "Falsification", "Quiconque falsifie un passeport est puni.", lang="fr", state="KEN", year=2019)
    notes.write("three", "تزوير", "يعاقب كل من زور جواز سفر.", lang="ar", articles=("UNTOC:5",))
    following.follow()
    return notes


@pytest.fixture
def reader(client: Client) -> Client:
    return sign_in(client, person("reader@example.org", "observer", iso3="GHA"))


def text(client: Client, path: str, **more: Any) -> str:
    page = client.get(path, **more)
    assert page.status_code == 200, page.status_code
    return page.content.decode()


class TestSearch:
    def test_hits_name_state_and_language_and_carry_direction(self, client: Client, filled: Notes) -> None:
        page = text(client, "/en/search/?q=passport&mode=words")
        assert 'href="/en/notes/one/"' in page and "<mark>passport</mark>" in page
        assert "English" in page and "found by meaning" not in page
        arabic = text(client, "/en/search/?q=جواز&mode=words")
        assert re.search(r'class="hit-text" lang="ar" dir="rtl"', arabic)

    def test_filters_stand_in_the_address_and_are_taken_away_one_by_one(self, client: Client, filled: Notes) -> None:
        page = text(client, "/en/search/?q=passport+passeport&mode=words&state=GHA&year=2016")
        assert "/notes/one/" in page and "/notes/two/" not in page
        assert 'class="chip" href="?q=passport+passeport&amp;mode=words&amp;year=2016"' in page
        assert '<input type="hidden" name="state" value="GHA">' in page
        assert "/notes/two/" in text(client, "/en/search/?q=passport+passeport&mode=words&in=fr")

    def test_values_of_facets_have_names_in_the_readers_language(self, client: Client, filled: Notes) -> None:
        Participant.objects.filter(iso3="KEN").update(names={"en": "Kenya", "fr": "le Kenya"}, regional_group="african")
        page = text(client, "/fr/search/?q=passport+passeport&mode=words")
        assert "<bdi>le Kenya</bdi>" in page and "<bdi>Gha</bdi>" in page and "<bdi>Anglais</bdi>" in page

    def test_what_nobody_has_a_name_for_is_called_as_it_stands(self, filled: Notes) -> None:
        assert names("region", ["african", "x"], "en") == {"african": "African States", "x": "x"}
        assert names("kind", ["note"], "en") == {"note": "Notes"}
        assert names("article", ["UNTOC:5"], "en") == {"UNTOC:5": "UNTOC:5"}
        assert names("crime_type", ["strange"], "en") == {"strange": "strange"}

    def test_without_words_a_filter_alone_lists(self, client: Client, filled: Notes) -> None:
        page = text(client, "/en/search/?state=GHA")
        assert "/notes/one/" in page and "/notes/two/" not in page

    def test_nothing_found_helps_on(self, client: Client, filled: Notes) -> None:
        page = text(client, "/en/search/?q=zzzzqqq&mode=words&state=GHA")
        assert "Nothing found" in page and "ask without filters" in page

    def test_what_cannot_be_read_is_told_and_searched_as_words(self, client: Client, filled: Notes) -> None:
        page = text(client, "/en/search/?q=(passport&mode=words")
        assert "note-warn" in page and "/notes/one/" in page

    def test_hits_as_files(self, client: Client, filled: Notes) -> None:
        told = client.get("/en/search/?q=passport&mode=words&format=json").json()
        assert (told["total"], told["complete"]) == (1, True)
        assert told["rows"][0]["url"].endswith("/en/notes/one/") and told["rows"][0]["state"] == "GHA"
        assert "Passport forgery" in client.get("/en/search/?q=passport&mode=words&format=csv").content.decode()

    def test_the_box_stands_on_every_page_but_its_own(self, client: Client, filled: Notes) -> None:
        assert 'class="masthead-search" action="/fr/search/"' in text(client, "/fr/")
        assert "masthead-search" not in text(client, "/fr/search/")

    def test_similar_texts(self, client: Client, filled: Notes) -> None:
        page = text(client, "/en/search/similar/?to=notes:one&key=one")
        assert "Passport forgery" in page and 'href="/en/notes/one/"' not in page


class TestSaved:
    def test_the_public_is_asked_to_sign_in(self, client: Client, filled: Notes) -> None:
        assert "/account/login/" in client.get("/en/search/saved/").url
        assert "Save this search" not in text(client, "/en/search/?q=passport")

    def test_save_rename_mail_delete_and_back(self, reader: Client, filled: Notes) -> None:
        assert "/en/search/saved/new/?q=passport&amp;state=GHA" in text(reader, "/en/search/?q=passport&state=GHA")
        given = {"name": "Forgery", "by_mail": "on"}
        page = reader.post("/en/search/saved/new/?q=passport&state=GHA", given, follow=True)
        one = SavedSearch.objects.get()
        assert "Forgery" in page.content.decode() and one.address == "?q=passport&state=GHA" and one.by_mail
        reader.post(f"/en/search/saved/{one.pk}/rename/", {"name": "Passports"})
        reader.post(f"/en/search/saved/{one.pk}/mail/", {})
        one.refresh_from_db()
        assert (one.name, one.by_mail) == ("Passports", False)
        assert "Delete “Passports”?" in text(reader, f"/en/search/saved/{one.pk}/delete/")
        page = reader.post(f"/en/search/saved/{one.pk}/delete/", {"confirm": "yes"}, follow=True).content.decode()
        assert "Bring back" in page
        reader.post(f"/en/search/saved/{one.pk}/restore/")
        assert "Bring back" not in text(reader, "/en/search/saved/")

    def test_another_persons_is_not_found(self, reader: Client, filled: Notes) -> None:
        reader.post("/en/search/saved/new/?q=passport", {"name": "Mine"})
        one = SavedSearch.objects.get()
        other = sign_in(Client(), person("other@example.org", "administrator"))
        for step in ("rename", "delete", "feed", "feed/revoke"):
            assert other.get(f"/en/search/saved/{one.pk}/{step}/").status_code == 404
        for step in ("mail", "restore"):
            assert other.post(f"/en/search/saved/{one.pk}/{step}/").status_code == 404
        assert "Mine" not in text(other, "/en/search/saved/")

    def test_without_a_second_factor_nothing_is_saved(self, client: Client, filled: Notes) -> None:
        sign_in(client, person("plain@example.org"), second_factor=False)
        page = client.post("/en/search/saved/new/?q=passport", {"name": "x"})
        assert page.status_code == 422 and "second factor" in page.content.decode()


class TestFeed:
    def test_its_address_is_shown_once_and_answers_until_it_is_revoked(self, reader: Client, filled: Notes) -> None:
        reader.post("/en/search/saved/new/?q=passport&mode=words", {"name": "Forgery"})
        one = SavedSearch.objects.get()
        made = reader.post(f"/en/search/saved/{one.pk}/feed/", {"confirm": "yes"}).content.decode()
        path = re.search(r"http://testserver(/en/search/feed/[\w-]+\.atom)", made)[1]
        assert path not in text(reader, "/en/search/saved/")
        filled.write("new", "Passport fraud", "A passport obtained by fraud.")
        filled.write("closed", "Passport secrets", "A passport for spies.", label="officials")
        assert alert() == 2
        feed = Client().get(path)
        assert feed["Content-Type"].startswith("application/atom+xml") and "no-store" in feed["Cache-Control"]
        content = feed.content.decode()
        assert "Passport fraud" in content and "/en/notes/new/" in content
        assert "secrets" not in content and "forgery" not in content.lower().replace("“forgery”", "")
        assert path.rpartition("/")[2].removesuffix(".atom") not in content
        reader.post(f"/en/search/saved/{one.pk}/feed/revoke/", {"confirm": "yes"})
        assert Client().get(path).status_code == 404
        assert saved.of_feed("x") is None
