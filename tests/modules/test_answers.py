"""Every address a module declares answers, for whoever asks, in both directions of writing."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module, util
from pathlib import Path

import lxml.html
import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse
from django.utils import translation

from comity.core.actions.actor import PUBLIC
from comity.core.module import ModuleConfig

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def _plain_addresses(module: ModuleConfig) -> Iterator[str]:
    """Addresses of the module's pages that have no parameters, in English."""
    urls = module.urls()
    if urls is None:
        return
    found = import_module(urls)
    waiting: list[URLPattern | URLResolver] = list(found.urlpatterns)
    with translation.override("en"):
        for entry in waiting:
            if isinstance(entry, URLPattern) and not entry.pattern.converters and entry.name:
                yield reverse(f"{found.app_name}:{entry.name}")


def test_menu_entries_lead_to_pages_in_both_directions(module: ModuleConfig) -> None:
    for entry in module.menu():
        for lang, direction in (("en", "ltr"), ("ar", "rtl")):
            with translation.override(lang):
                answer = Client().get(reverse(entry.url_name))
            assert answer.status_code == 200, entry.url_name
            page = lxml.html.fromstring(answer.content.decode())
            assert (page.get("lang"), page.get("dir")) == (lang, direction)


def test_doors_on_the_home_page_lead_somewhere(module: ModuleConfig) -> None:
    with translation.override("en"):
        for card in module.home_cards(PUBLIC):
            assert Client().get(card.url).status_code == 200, card.title


def test_every_page_answers_every_reader(module: ModuleConfig, clients: dict[str, Client]) -> None:
    """200, a way to sign in, or "not found": never an error, and never "forbidden" for the public."""
    for address in _plain_addresses(module):
        for role, client in clients.items():
            code = client.get(address).status_code
            allowed = {200, 302, 404, 405} if role == "public" else {200, 302, 403, 404, 405}
            assert code in allowed, (role, address, code)


def test_every_table_of_the_api_answers_and_is_described(module: ModuleConfig, clients: dict[str, Client]) -> None:
    if module.api() is None:
        return
    prefix = f"/api/v1/{module.url_prefix or module.label}"
    paths = clients["public"].get("/api/v1/openapi.json").json()["paths"]
    own = {path: methods for path, methods in paths.items() if path.startswith(prefix)}
    assert own
    for path, methods in own.items():
        assert all(operation.get("summary") for operation in methods.values()), path
        if "{" in path or "get" not in methods:
            continue
        needed = [p for p in methods["get"].get("parameters", []) if p.get("required")]
        for role, client in clients.items():
            answer = client.get(path)
            assert answer.status_code == (422 if needed else 200), (role, path)
            assert answer["Content-Type"].startswith("application/json")


def test_export_import_export_is_equal(module: ModuleConfig, tmp_path: Path) -> None:
    """A module that declares exportable tables and takes files has `tests/round_trip.py` with
    `round_trip(folder) -> (first export, second export)`."""
    takes_files = util.find_spec(f"{module.name}.importers") is not None
    if not (module.export_tables() and takes_files):
        return
    place = f"{module.name}.tests.round_trip"
    assert util.find_spec(place), f"{module.name} exports and imports: write {place}"
    first, second = import_module(place).round_trip(tmp_path)
    assert first == second
    assert first
