"""Folders that tests work in, the shared data where it is, and the list of what was left out."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite tests use a file, as a node does: an in-memory database has other locks."""
    from django.conf import settings

    default = settings.DATABASES["default"]
    if default["ENGINE"].endswith("sqlite3"):
        name = str(tmp_path_factory.mktemp("records") / "test.sqlite3")
        default.setdefault("TEST", {})["NAME"] = name
        from django.db import connections

        connections["default"].settings_dict.setdefault("TEST", {})["NAME"] = name


@pytest.fixture(autouse=True)
def _own_data_folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No test writes into the node of the person who runs it."""
    from django.conf import settings

    with tempfile.TemporaryDirectory(prefix="comity-test-") as folder:
        monkeypatch.setattr(settings, "COMITY_DATA", Path(folder))
        monkeypatch.setattr(settings, "COMITY_SMTP_URL", "")
        yield


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """A page that another test asked for in Arabic leaves its language behind; no test depends on that."""
    from django.utils import translation

    with translation.override("en"):
        yield


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data that lies beside the tree (`../shared/data`, or COMITY_SHARED)."""
    folder = Path(os.environ.get("COMITY_SHARED", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"needs the data folder {folder} (set COMITY_SHARED to where it lies)")
    return folder


def pytest_collection_modifyitems(items: list[Any]) -> None:
    """Browser tests share one server and one browser: they run in one group. Marks by fixture."""
    for item in items:
        names = set(getattr(item, "fixturenames", ()))
        if names & {"page", "browser", "new_page"}:
            item.add_marker(pytest.mark.browser)
        if names & {"page", "browser", "new_page", "demo"}:
            item.add_marker(pytest.mark.xdist_group("demonstration"))
        if "shared" in names:
            item.add_marker(pytest.mark.shared)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Lists by name what was skipped, with the reason."""
    skipped = terminalreporter.stats.get("skipped", [])
    for report in skipped:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        terminalreporter.write_line(f"left out: {report.nodeid}: {reason.removeprefix('Skipped: ')}")
