"""Files from end to end: walked, read by confined children, taken. Used by the command and by the job of the desk."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from comity.core.actions.actor import Actor
from comity.core.vault.batch import parse_each
from comity.core.vault.errors import Unreadable
from comity.core.vault.quarantine import digest_of
from comity.modules.library.services.importing import Outcome, Source, may_import, refuse, take

READER = "comity.modules.library.importers.reading:parse"
#: No file is opened that has more bytes.
LIMIT = 64 * 2**20


def walk(paths: Iterable[Path]) -> Iterator[Path]:
    """The files named and those in the folders named, in order; hidden ones are left out unless named themselves."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        for folder, folders, names in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            yield from (Path(folder) / name for name in sorted(names) if not name.startswith("."))


def _recognised(path: Path, refused: Unreadable) -> Any:
    """What Tesseract makes of a scanned file where it is installed, else why the file is refused."""
    if "OCR" not in refused.reason:
        return refused
    from comity.modules.library.importers import ocr

    try:
        return ocr.read(path) if ocr.wanted(refused) and ocr.installed() else refused
    except Unreadable as error:
        return error


def import_files(
    actor: Actor,
    paths: Sequence[Path],
    *,
    names: Sequence[str] = (),
    state: str = "",
    kind: str = "",
    dry_run: bool = False,
    tell: Callable[[int, str], None] = lambda done, name: None,
) -> Outcome:
    """Imports files and returns what became of them; `names` are theirs for reports, where they differ from paths.

    `tell(done, name)` is called before each file. Raises Denied for who may not import.
    """
    may_import(actor)
    outcome = Outcome()
    called = list(names) or [str(path) for path in paths]
    for number, (path, parsed) in enumerate(parse_each(READER, paths, limit=LIMIT)):
        tell(number, called[number])
        if isinstance(parsed, Unreadable):
            parsed = _recognised(path, parsed)
        readable = not isinstance(parsed, Unreadable) or path.is_file()
        source = Source(called[number], path, digest_of(path) if readable else "")
        if isinstance(parsed, Unreadable):
            refuse(actor, source=source, reason=parsed.reason, outcome=outcome, dry_run=dry_run or not readable)
        else:
            take(actor, source=source, parsed=parsed, outcome=outcome, state=state, kind=kind, dry_run=dry_run)
    tell(len(called), "")
    return outcome
