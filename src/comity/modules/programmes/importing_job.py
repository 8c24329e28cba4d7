"""The job behind the import page: files that somebody uploaded, first compared, then taken."""

from __future__ import annotations

import shutil
from pathlib import PurePosixPath
from typing import Any

from comity.core.vault.uploads import uploads
from comity.modules.programmes.importing_run import import_files

#: Refusals and notes that a result keeps; the command tells all.
SHOWN = 500


def run_import(progress: Any, *, uploaded: list[dict[str, str]], dry_run: bool) -> dict[str, Any]:
    """Reads the uploads ({"digest", "name"}) together and, unless a dry run, takes what is right in them.

    Returns counts as the command's, with the first records that change under `changes`. Ends between two files when it
    is cancelled.
    """
    folder = uploads() / f"job-{progress.job.pk}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    try:
        paths = []
        for number, upload in enumerate(uploaded):
            place = folder / f"{number}{PurePosixPath(upload['name']).suffix[:12]}"
            shutil.copyfile(uploads() / upload["digest"], place)
            paths.append(place)
        names = [upload["name"] for upload in uploaded]
        outcome = import_files(
            progress.actor, paths, names=names, dry_run=dry_run,
            tell=lambda done, name: progress.step(done, len(paths), name),
        )  # fmt: skip
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    told = outcome.as_dict()
    taken = outcome.imported + outcome.updated
    return {
        **told,
        "refused": told["refused"][:SHOWN],
        "notes": told["notes"][:SHOWN],
        "refused_count": len(told["refused"]),
        "changes": outcome.changes,
        "more": max(0, taken - len(outcome.changes)),
    }
