"""Every test of this folder counts sign-in attempts from zero, in memory."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client

from comity.account.tests.sign_in import person, sign_in


@pytest.fixture(autouse=True)
def _no_attempts_before(settings: object) -> Iterator[None]:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}  # type: ignore[attr-defined]
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def administrator(db: None) -> Client:
    """A client signed in as an administrator."""
    return sign_in(Client(), person("admin@example.org", "administrator"))
