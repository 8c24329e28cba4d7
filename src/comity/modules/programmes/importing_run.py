"""Files from end to end: read by confined children, put together, taken. Used by the command and by the page's job."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from comity.core.actions.actor import Actor
from comity.core.vault.batch import parse_each
from comity.core.vault.errors import Unreadable
from comity.core.vault.quarantine import digest_of
from comity.modules.programmes.importers.assembling import Source, assemble
from comity.modules.programmes.importers.iati_settling import settled
from comity.modules.programmes.services.importing import Outcome, may_import, refuse_file, take

READER = "comity.modules.programmes.importers.reading:parse"
#: No file is opened that has more bytes; a workbook of 100,000 rows of attendance has about 4 MB.
LIMIT = 64 * 2**20
#: Seconds of reading, for one file.
SECONDS = 180


def import_files(
    actor: Actor,
    paths: Sequence[Path],
    *,
    names: Sequence[str] = (),
    dry_run: bool = False,
    reporting: str = "",
    tell: Callable[[int, str], None] = lambda done, name: None,
) -> Outcome:
    """Imports files together and returns what became of them: rows of one may refer to records of another.

    `names` are theirs for reports, where they differ from the paths; `reporting` is the node's own identifier in IATI
    files; `tell(done, name)` is called before each file. Raises Denied for who may not import.
    """
    may_import(actor)
    outcome = Outcome()
    called = list(names) or [str(path) for path in paths]
    parsed_files: list[tuple[Source, dict[str, Any]]] = []
    for number, (path, parsed) in enumerate(parse_each(READER, paths, limit=LIMIT, seconds=SECONDS)):
        tell(number, called[number])
        outcome.files += 1
        source = Source(called[number], path, digest_of(path) if path.is_file() else "")
        if isinstance(parsed, Unreadable):
            refuse_file(actor, source=source, reason=parsed.reason, outcome=outcome, dry_run=dry_run)
        else:
            parsed_files.append((source, settled(parsed, reporting)))
    take(actor, assembled=assemble(parsed_files), outcome=outcome, dry_run=dry_run)
    tell(len(called), "")
    return outcome
