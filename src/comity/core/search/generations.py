"""Where the node's index lies: one folder per generation, and a file that names the one that serves.

A new generation is built beside the one that serves and takes its place by one atomic rename; what is left of old
ones and of builds that were killed is taken away later, when no reader can be about to open it.
"""

from __future__ import annotations

import shutil
import time
import uuid
from pathlib import Path

from django.conf import settings

from comity.core.search import files
from comity.core.search.files import Busy, Unusable

#: Seconds for which a folder that does not serve is left alone.
_GRACE = 60


def home() -> Path:
    """The folder of everything the search keeps. All of it is derived from the records and can be lost."""
    return Path(settings.COMITY_DATA) / "search"


def current() -> Path:
    """The folder of the index that serves. Raises Unusable where there is none."""
    try:
        name = (home() / "current").read_text(encoding="utf-8").strip()
    except (OSError, UnicodeError) as error:
        raise Unusable("No index has been built yet.") from error
    if not name or "/" in name or not (home() / name).is_dir():
        raise Unusable("The index that should serve is not there.")
    return home() / name


def fresh() -> Path:
    """The name of a folder for a new generation."""
    home().mkdir(mode=0o700, parents=True, exist_ok=True)
    return home() / f"generation-{time.strftime('%Y%m%dT%H%M%S')}-{uuid.uuid4().hex[:8]}"


def serve(folder: Path) -> None:
    """Lets this generation serve from now on."""
    files.replace(home() / "current", folder.name)


def clean() -> None:
    """Takes away generations that do not serve and that nobody writes."""
    try:
        serving: Path | None = current()
    except Unusable:
        serving = None
    for folder in home().glob("generation-*"):
        if folder == serving or time.time() - folder.stat().st_mtime < _GRACE:
            continue
        try:
            with files.locked(folder / "write.lock"):
                if not (home() / "current").exists() or (home() / "current").read_text().strip() != folder.name:
                    shutil.rmtree(folder, ignore_errors=True)
        except (Busy, OSError):
            continue
