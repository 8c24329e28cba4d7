"""What `tests/modules` asks of each module that exports and imports: out, in, and out again."""

from __future__ import annotations

from pathlib import Path

from comity.modules.programmes import exports
from comity.modules.programmes.importing_run import import_files
from comity.modules.programmes.tests.every_kind import emptied, every_kind
from comity.modules.programmes.tests.makers import SYSTEM


def round_trip(folder: Path) -> tuple[str, str]:
    """Returns an export of every kind, and the export of an emptied node into which the first one was imported."""
    emptied()
    every_kind()
    first = exports.export(SYSTEM, "csv").content.decode()
    path = folder / "programmes.xlsx"
    path.write_bytes(exports.export(SYSTEM, "xlsx").content)
    emptied()
    outcome = import_files(SYSTEM, [path])
    assert not outcome.refused, outcome.refused
    return first, exports.export(SYSTEM, "csv").content.decode()
