"""Spreadsheets in and out: what is taken, what is refused and how it is named, and that nothing is lost on the way."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from comity.modules.programmes import exports
from comity.modules.programmes.importing_run import import_files
from comity.modules.programmes.models import Event
from comity.modules.programmes.tests import round_trip as round_trips
from comity.modules.programmes.tests.every_kind import contents, emptied, every_kind
from comity.modules.programmes.tests.makers import SYSTEM

pytestmark = pytest.mark.django_db


def test_every_kind_comes_back_from_a_workbook_as_it_left(tmp_path: Path) -> None:
    first, second = round_trips.round_trip(tmp_path)
    assert first == second
    assert "برنامج" in first


@pytest.mark.parametrize("place", ["one.csv", "tables.zip", "folder"])
def test_every_kind_comes_back_from_csv(tmp_path: Path, place: str) -> None:
    every_kind()
    before = contents()
    path = tmp_path / place
    if place == "one.csv":
        path.write_bytes(exports.export(SYSTEM, "csv").content)
        paths = [path]
    elif place == "folder":
        exports.write_csv_files(SYSTEM, path)
        paths = sorted(path.iterdir())
    else:
        exports.write_csv_files(SYSTEM, path)
        import zipfile

        zipfile.ZipFile(path).extractall(tmp_path / "out")
        paths = sorted((tmp_path / "out").iterdir())
    again = import_files(SYSTEM, paths)
    assert (again.imported, again.updated, again.refused) == (0, 0, [])
    assert again.unchanged == len(before)
    emptied()
    fresh = import_files(SYSTEM, paths)
    assert (fresh.imported, fresh.refused) == (len(before), [])
    assert contents() == before
