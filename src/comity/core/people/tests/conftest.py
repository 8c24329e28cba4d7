"""Passwords cost nothing in these tests."""

import pytest


@pytest.fixture(autouse=True)
def _cheap_passwords(settings: object) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]
