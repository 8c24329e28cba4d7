"""The job behind the import page: files that somebody uploaded, first compared, then applied."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path, PurePosixPath
from typing import Any

from django.utils.translation import gettext as _

from comity.core.vault.errors import Unreadable
from comity.core.vault.uploads import uploads
from comity.modules.library.importing_run import LIMIT, import_files

#: What a zip may hold: files, and bytes when unpacked.
MOST_FILES = 2_000
MOST_BYTES = 512 * 2**20
#: Records that a preview shows.
SHOWN = 200


def run_import(
    progress: Any, *, uploaded: list[dict[str, str]], dry_run: bool, state: str = "", kind: str = ""
) -> dict[str, Any]:
    """Reads the uploads ({"digest", "name"}), compares them and, unless a dry run, applies them.

    Returns counts as the command's, and the records under `changes`. Ends between two files when it is cancelled.
    """
    unpacked = uploads() / f"job-{progress.job.pk}"
    shutil.rmtree(unpacked, ignore_errors=True)
    unpacked.mkdir(mode=0o700)
    refused: list[dict[str, str]] = []
    try:
        paths, names = _files(uploaded, unpacked, refused)
        outcome = import_files(
            progress.actor, paths, names=names, state=state, kind=kind, dry_run=dry_run,
            tell=lambda done, name: progress.step(done, len(paths), name),
        )  # fmt: skip
    finally:
        shutil.rmtree(unpacked, ignore_errors=True)
    outcome.refused[:0] = refused
    changes = sorted(outcome.changes.values(), key=lambda change: change["change"] == "unchanged")
    return {**outcome.as_dict(), "changes": changes[:SHOWN], "more": max(0, len(changes) - SHOWN)}


def _files(
    uploaded: list[dict[str, str]], unpacked: Path, refused: list[dict[str, str]]
) -> tuple[list[Path], list[str]]:
    """The files to read, under their own endings, and their names for the report."""
    paths, names = [], []
    for number, upload in enumerate(uploaded):
        kept, name = uploads() / upload["digest"], upload["name"]
        if name.lower().endswith(".zip"):
            try:
                found = _unzip(kept, unpacked / str(number))
            except Unreadable as error:
                refused.append({"file": name, "reason": error.reason})
                continue
            paths += [path for path, _inner in found]
            names += [f"{name}/{inner}" for _path, inner in found]
        else:
            place = unpacked / f"{number}{PurePosixPath(name).suffix[:12]}"
            shutil.copyfile(kept, place)
            paths.append(place)
            names.append(name)
    return paths, names


def _unzip(archive: Path, folder: Path) -> list[tuple[Path, str]]:
    """Unpacks a zip, names of its own making, in the order of the names. Raises Unreadable beyond the bounds."""
    folder.mkdir()
    found, left = [], MOST_BYTES
    try:
        with zipfile.ZipFile(archive) as opened:
            members = sorted((m for m in opened.infolist() if _wanted(m)), key=lambda member: member.filename)
            if len(members) > MOST_FILES:
                raise Unreadable(_("The zip holds more than %(number)d files. Split it.") % {"number": MOST_FILES})
            for number, member in enumerate(members):
                place = folder / f"{number}{PurePosixPath(member.filename).suffix[:12]}"
                with opened.open(member) as packed, place.open("xb") as out:
                    size = 0
                    while piece := packed.read(2**20):
                        size += len(piece)
                        if size > min(LIMIT, left):
                            raise Unreadable(_("The zip is too large when unpacked. Split it."))
                        out.write(piece)
                left -= size
                found.append((place, member.filename[-250:]))
    except (zipfile.BadZipFile, zipfile.LargeZipFile, RuntimeError, NotImplementedError, EOFError, OSError):
        raise Unreadable(_("The zip cannot be opened. Pack it again, without a password.")) from None
    return found


def _wanted(member: zipfile.ZipInfo) -> bool:
    parts = PurePosixPath(member.filename).parts
    return not member.is_dir() and not any(part.startswith((".", "__MACOSX")) for part in parts)
