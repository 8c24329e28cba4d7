"""Fixtures of the treaties module's tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from hypothesis import HealthCheck, settings

from comity.core.people.load_reference import load_reference as load_people
from comity.core.texts.load_reference import load_reference as load_texts
from comity.modules.treaties.load_reference import load_reference as load_treaties
from comity.modules.treaties.selectors import status, titles
from comity.modules.treaties.views import bodies

# Examples share one database within a test: rows that one example adds are for it alone by their codes.
settings.register_profile(
    "treaties", deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """Remembered results are kept by ids and moments; a test's rollback may give the same ids again."""
    status._status.cache_clear()
    titles._named.cache_clear()
    titles._names.cache_clear()
    bodies.instrument_body.cache_clear()


@pytest.fixture(scope="module")
def reference(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The bundled reference facts for all tests of one file, loaded once."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            load_people()
            load_texts()
            load_treaties()
        yield
        call_command("flush", interactive=False, verbosity=0)
