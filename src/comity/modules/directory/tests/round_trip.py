"""What `tests/modules` asks of each module that exports and imports: out, in, and out again."""

from __future__ import annotations

from pathlib import Path

from django.utils import timezone

from comity.modules.directory import exports
from comity.modules.directory.importers import json_file
from comity.modules.directory.models import Authority
from comity.modules.directory.services.importing import import_file
from comity.modules.directory.tests.making import SYSTEM, shown, world


def round_trip(folder: Path) -> tuple[bytes, bytes]:
    """Returns an export, and the export of an emptied directory into which the first one was imported."""
    world()
    shown("AAA-central")
    shown("BBB-central", zone="+05:30")
    first = _exported()
    path = folder / "directory.json"
    path.write_bytes(first)
    Authority.objects.all().delete()
    import_file(SYSTEM, file=path.name, digest="round-trip", parsed=json_file.parse(path))
    return first, _exported()


def _exported() -> bytes:
    rows = exports.current(SYSTEM)
    return exports.export(SYSTEM, "json", rows, lang="en", at=timezone.now())
