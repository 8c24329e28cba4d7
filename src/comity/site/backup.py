"""Saving all that a node keeps into one sealed file, and getting it back."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction

from comity import __version__
from comity.core.workflow import jobs
from comity.site import node, records
from comity.site.archive import ArchiveProblem, OpeningReader, SealingWriter

#: What lies in the data folder and is no part of a backup: the records (saved row by row), backups, locks, the index.
_LEFT_OUT = (
    "comity.sqlite3", "backups", "cache", "lock", "node.json", "preparing", "restoring", "tmp", "run", "search",
)  # fmt: skip


@dataclass(frozen=True)
class Saved:
    """What a backup or a restoration took: rows, files, and the file's size in bytes."""

    rows: int
    files: int
    size: int


def _kept_files(folder: Path) -> list[Path]:
    """The files of the data folder that a backup takes, as paths relative to it."""
    found = []
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if path.is_symlink() or not path.is_file() or path.suffix == ".part":
            continue
        if not relative.parts[0].startswith(_LEFT_OUT):
            found.append(relative)
    return found


@contextlib.contextmanager
def _one_moment() -> Iterator[None]:
    """All tables as they are at one moment, without keeping anybody from writing."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        usual = connection.transaction_mode  # type: ignore[attr-defined]
        connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]
        try:
            with transaction.atomic():
                yield
        finally:
            connection.transaction_mode = usual  # type: ignore[attr-defined]
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            yield


def backup(target: Path, passphrase: str) -> Saved:
    """Writes records, files and keys of this node to `target`, sealed with the passphrase.

    The file appears only when it is whole. Raises NodeProblem where it exists already or cannot be written.
    """
    if target.exists():
        raise node.NodeProblem(f"{target} exists already; a backup never replaces a file.")
    if not passphrase:
        raise node.NodeProblem("A backup needs a passphrase: set COMITY_PASSPHRASE or use --passphrase-file.")
    part = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=_scratch()) as scratch:
            descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as out, SealingWriter(out, passphrase) as sealed:
                rows, files = _write(sealed, Path(scratch))
        part.replace(target)
    except OSError as error:
        raise node.NodeProblem(f"{target} cannot be written: {error.strerror}.") from error
    finally:
        part.unlink(missing_ok=True)
    return Saved(rows=rows, files=files, size=target.stat().st_size)


def _scratch() -> Path:
    folder = node.data_folder() / "tmp"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _write(sealed: SealingWriter, scratch: Path) -> tuple[int, int]:
    migrations = records.applied_migrations()
    counts: dict[str, int] = {}
    with tarfile.open(fileobj=sealed, mode="w|gz") as tar:
        with _one_moment():
            for model in records.models_at(migrations):
                label = model._meta.label_lower
                path = scratch / f"{label}.jsonl"
                counts[label] = records.dump(model, path)
                tar.add(path, arcname=f"records/{label}.jsonl")
                path.unlink()
        files = _kept_files(node.data_folder())
        for relative in files:
            tar.add(node.data_folder() / relative, arcname=f"files/{relative}", recursive=False)
        head = {
            "version": __version__,
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "migrations": migrations,
            "counts": counts,
            "files": len(files),
        }
        path = scratch / "manifest.json"
        path.write_text(json.dumps(head), encoding="utf-8")
        tar.add(path, arcname="manifest.json")
    return sum(counts.values()), len(files)


def _take_out(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    """Writes one plain file below `folder` (Debian 12's Python has no filters of `tarfile` yet)."""
    name = PurePosixPath(member.name)
    content = tar.extractfile(member) if member.isreg() else None
    if content is None or name.is_absolute() or ".." in name.parts:
        raise ArchiveProblem("This backup holds something that is no plain file.")
    target = folder / name
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with content, target.open("wb") as out:
        shutil.copyfileobj(content, out)


def _open(source: Path, passphrase: str, folder: Path) -> dict[str, Any]:
    """Opens the whole file into `folder` before anything of the node is touched; returns its manifest."""
    try:
        with source.open("rb") as raw:
            reader = OpeningReader(raw, passphrase)
            with tarfile.open(fileobj=reader, mode="r|gz") as tar:
                for member in tar:
                    _take_out(tar, member, folder)
            reader.finish()
        return dict(json.loads((folder / "manifest.json").read_text(encoding="utf-8")))
    except (tarfile.TarError, EOFError, ValueError, KeyError) as error:
        raise node.NodeProblem(
            f"{source}: this backup is damaged ({error}); nothing was restored."
        ) from error
    except ArchiveProblem as error:
        raise node.NodeProblem(f"{source}: {error}") from error
    except OSError as error:
        raise node.NodeProblem(f"{source} cannot be read: {error.strerror or error}.") from error


def is_empty() -> bool:
    """True where this node holds nothing yet: no table, and no file but the secret key that every start makes."""
    folder = node.data_folder()
    if folder.exists() and set(_kept_files(folder)) - {Path("keys/secret.key")}:
        return False
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        return True
    return not connection.introspection.table_names()


def restore(source: Path, passphrase: str, *, replace: bool = False) -> Saved:
    """Makes this node what the backup says; records come up to this version where the backup is older.

    Raises NodeProblem, and leaves the node as it was, where the file is damaged, the passphrase wrong, the
    backup of a newer version, or the node not empty and `replace` not set.
    """
    if not replace and not is_empty():
        raise node.NodeProblem(
            f"{node.data_folder()} holds a node already. Restore into an empty folder, or add --replace "
            "to lose what it holds now."
        )
    with node.locked(), tempfile.TemporaryDirectory(dir=_scratch()) as scratch:
        folder = Path(scratch)
        head = _open(source, passphrase, folder)
        if newer := records.unknown_migrations(head["migrations"]):
            raise node.NodeProblem(
                f"{source} was made by a newer version of Comity: {head['version']} has {newer[0]}."
            )
        try:
            if connection.vendor == "sqlite":
                _into_new_file(head, folder)
            else:
                with transaction.atomic():
                    records.drop_all_tables()
                    _fill(head, folder)
        except ValueError as error:
            raise node.NodeProblem(f"{source}: {error} Nothing was restored.") from error
        _put_files(folder / "files")
        node.write_stamp()
    return Saved(rows=sum(head["counts"].values()), files=head["files"], size=source.stat().st_size)


def _fill(head: dict[str, Any], folder: Path) -> None:
    records.migrate_to(head["migrations"])
    records.load_all(records.models_at(head["migrations"]), folder / "records", head["counts"])
    call_command("migrate", verbosity=0, interactive=False)


def _into_new_file(head: dict[str, Any], folder: Path) -> None:
    """SQLite: fills a fresh file and puts it in the place of the old one only when it is whole."""
    place = Path(connection.settings_dict["NAME"])
    fresh = folder / "fresh.sqlite3"
    connection.close()
    connection.settings_dict["NAME"] = str(fresh)
    try:
        _fill(head, folder)
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()
        connection.settings_dict["NAME"] = place
    for suffix in ("-wal", "-shm"):
        Path(f"{place}{suffix}").unlink(missing_ok=True)
    fresh.replace(place)


def _put_files(folder: Path) -> None:
    """Takes away the files the node had and puts those of the backup there."""
    home = node.data_folder()
    for relative in _kept_files(home):
        (home / relative).unlink()
    # Derived from the records that were just replaced: the worker builds it anew.
    shutil.rmtree(home / "search", ignore_errors=True)
    for path in sorted(folder.rglob("*")):
        target = home / path.relative_to(folder)
        if path.is_dir():
            target.mkdir(mode=0o700, parents=True, exist_ok=True)
        else:
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            shutil.move(path, target)
            target.chmod(0o600)


def upgrade(passphrase: str | None) -> Path | None:
    """Backs up a node of an older version, then brings it to this one; None where there was nothing to do.

    Without a passphrase the backup, which lies beside the records it holds, is sealed with a key of the
    folder (`keys/upgrade.key`). Raises NodeProblem for a folder of a newer version.
    """
    found = node.state()
    if found is node.State.NEWER:
        node.require_ready()
    if found is node.State.EMPTY:
        node.prepare()
        return None
    if found is node.State.READY:
        return None
    with node.locked():
        kept = (
            node.data_folder() / "backups" / f"before-{__version__}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.comity"
        )
        kept.parent.mkdir(mode=0o700, exist_ok=True)
        backup(kept, passphrase or _folder_key())
        try:
            node.bring_up_to_date()
            # The bundled facts may have changed, and loading them tells nobody.
            jobs.put("search:rebuild", {}, key="search:rebuild", actor="system:upgrade")
        except Exception as error:
            raise node.NodeProblem(
                f"The upgrade failed: {error}. To go back, install the former version and run "
                f"`comity restore --replace {kept}`."
            ) from error
    return kept


def _folder_key() -> str:
    path = node.data_folder() / "keys" / "upgrade.key"
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_text(os.urandom(24).hex())
        path.chmod(0o600)
    return path.read_text().strip()
