"""A node whose search knows one invented source."""

from __future__ import annotations

import pytest

from comity.core.search import jobs
from comity.core.search.apps import SearchConfig
from comity.core.search.tests.notes import Notes


@pytest.fixture
def notes(db: None, monkeypatch: pytest.MonkeyPatch) -> Notes:
    """An empty source, and an index that serves."""
    source = Notes()
    monkeypatch.setattr(SearchConfig, "search_sources", lambda _manifest: [source])
    jobs.build()
    return source
