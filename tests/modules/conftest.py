"""Each test of this folder runs once per module: a new folder below `comity/modules` is tested without a word."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from comity.account.tests.sign_in import person, sign_in
from comity.core.module import ModuleConfig, manifests
from comity.site.discovery import module_apps

MODULES = [name.rpartition(".")[2] for name in module_apps()]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Gives `module_name` every module in turn."""
    if "module_name" in metafunc.fixturenames:
        metafunc.parametrize("module_name", MODULES)


@pytest.fixture
def module(module_name: str) -> ModuleConfig:
    """The module's manifest."""
    return apps.get_app_config(module_name)  # type: ignore[return-value]


@pytest.fixture
def folder(module: ModuleConfig) -> Path:
    """The module's folder."""
    return Path(module.path)


@pytest.fixture(scope="package")
def reference(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The reference facts of every app, loaded once."""
    with django_db_blocker.unblock():
        for manifest in manifests():
            with transaction.atomic():
                manifest.load_reference()
        yield
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture
def clients(db: None) -> dict[str, Client]:
    """One client per kind of reader."""
    roles = ("focal_point", "curator", "publisher", "administrator")
    return {
        "public": Client(),
        **{role: sign_in(Client(), person(f"{role}@example.org", role)) for role in roles},
    }
