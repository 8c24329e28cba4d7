"""What `tests/modules` asks of each module that exports and imports: out, in, and out again."""

from __future__ import annotations

import io
from pathlib import Path

from comity.core.actions.actor import system
from comity.modules.library import exports
from comity.modules.library.content import from_plain
from comity.modules.library.importing_run import import_files
from comity.modules.library.models import Record
from comity.modules.library.services.importing import write_stated
from comity.modules.library.tests.cases import KINDS, large_case

SYSTEM = system("round-trip")


def round_trip(folder: Path) -> tuple[str, str]:
    """Returns an export, and the export of an emptied library into which the first one was imported."""
    Record.objects.all().delete()
    for content in [*(from_plain({**plain, "listing": kind == "case"}) for kind, plain in KINDS.items()),
                    large_case(listing=True)]:  # fmt: skip
        write_stated(SYSTEM, record=None, base=None, content=content, waiting=False)
    first = exported()
    path = folder / "library.jsonl"
    path.write_text(first, encoding="utf-8")
    Record.objects.all().delete()
    import_files(SYSTEM, [path])
    return first, exported()


def exported() -> str:
    """Everything published, as JSON Lines in the order of identities: numbers are given anew."""
    out = io.StringIO()
    exports.write_text(SYSTEM, "jsonl", exports.chosen(SYSTEM), out)
    return "".join(sorted(out.getvalue().splitlines(keepends=True)))
