"""The frame of a page, in every language."""

from __future__ import annotations

import re

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.translation import override

from comity.core.module import manifests
from comity.ui import views
from comity.ui.context import same_page

LANGUAGES = ["ar", "en", "es", "fr", "ru", "zh"]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_home_page_speaks_its_language_and_direction(client: Client, lang: str) -> None:
    page = client.get(f"/{lang}/")
    text = page.content.decode()
    assert page.status_code == 200
    assert f'<html lang="{lang}" dir="{"rtl" if lang == "ar" else "ltr"}">' in text
    assert ("bootstrap.rtl" in text) == (lang == "ar")
    assert text.count("<h1") == 1
    assert text.count("<main") == 1
    assert 'role="status"' in text


def test_changing_the_language_keeps_page_and_question() -> None:
    request = RequestFactory().get("/en/treaties/UNTOC/?on=2010-01-01&after=abc")
    assert same_page(request, "ar") == "/ar/treaties/UNTOC/?on=2010-01-01"
    assert same_page(RequestFactory().get("/healthz"), "fr") == "/fr/"


def test_every_menu_entry_leads_to_a_page() -> None:
    with override("en"):
        for manifest in manifests():
            for entry in manifest.menu():
                assert reverse(entry.url_name).startswith("/en/")


def test_an_unknown_address_is_answered_calmly(client: Client) -> None:
    page = client.get("/fr/no/such/page/")
    assert page.status_code == 404
    assert "<h1" in page.content.decode()


def test_a_failure_is_answered_without_the_database() -> None:
    with override("ar"):
        page = views.server_error(RequestFactory().get("/ar/"))
    assert page.status_code == 500
    assert 'dir="rtl"' in page.content.decode()


def test_refusals_give_their_reason() -> None:
    request = RequestFactory().get("/en/")
    with override("en"):
        page = views.gone(request, "Replaced on 3 March")
    assert page.status_code == 410
    assert "Replaced on 3 March" in page.content.decode()


def test_the_demonstration_says_so_on_every_page(client: Client, settings) -> None:  # noqa: ANN001
    settings.COMITY_DEMONSTRATION = True
    for address in ("/en/", "/en/no/such/page/"):
        assert 'class="demonstration"' in client.get(address).content.decode()
    settings.COMITY_DEMONSTRATION = False
    assert 'class="demonstration"' not in client.get("/en/").content.decode()


def test_every_file_a_page_names_is_there(client: Client) -> None:
    from django.contrib.staticfiles import finders

    named = re.findall(r'(?:href|src)="/static/([^"#]+)', client.get("/en/").content.decode())
    assert named
    missing = [name for name in named if not name.startswith("vendor/") and not finders.find(name)]
    assert not missing
