"""The node: the folder it keeps everything in, of which version that is, and how it becomes this one."""

from __future__ import annotations

import contextlib
import enum
import fcntl
import json
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, OperationalError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from comity import __version__
from comity.core.module import manifests


class NodeProblem(Exception):
    """Why a command cannot work on this node, and what to do about it."""


class State(enum.Enum):
    """What a data folder is, compared with this version of Comity."""

    EMPTY = "empty"
    READY = "ready"
    OLDER = "older"
    NEWER = "newer"


def data_folder() -> Path:
    """The folder that holds everything this node keeps."""
    return Path(settings.COMITY_DATA)


def _stamp() -> dict[str, Any]:
    try:
        found = json.loads((data_folder() / "node.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def state() -> State:
    """Compares the node's records and stamp with this version.

    Raises NodeProblem where the records cannot be reached.
    """
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        return State.EMPTY
    try:
        applied = set(MigrationRecorder(connection).applied_migrations())
    except (OperationalError, DatabaseError) as error:
        raise NodeProblem(f"The records cannot be reached: {str(error).strip()}") from error
    if not applied or (data_folder() / "preparing").exists():
        return State.EMPTY
    known = set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)
    written_by = _number(_stamp().get("version", __version__))
    if applied - known or written_by > _number(__version__):
        return State.NEWER
    if known - applied or written_by < _number(__version__):
        return State.OLDER
    return State.READY


@contextlib.contextmanager
def locked() -> Iterator[None]:
    """Keeps two commands from preparing, upgrading or restoring the same folder at once."""
    os.umask(0o077)
    folder = data_folder()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        handle = open(folder / "lock", "w")  # noqa: SIM115 closed below
    except OSError as error:
        raise NodeProblem(f"The data folder {folder} cannot be used: {error.strerror}.") from error
    with handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def prepare(tell: Callable[[str], None] = lambda line: None) -> None:
    """Makes an empty folder a node: tables, keys, reference facts. A broken-off preparation starts over."""
    with locked():
        if state() is not State.EMPTY:
            return
        tell(f"Preparing {data_folder()} with the reference facts …")
        keep_secret_key()
        marker = data_folder() / "preparing"
        marker.touch()
        bring_up_to_date()
        marker.unlink()


def bring_up_to_date() -> None:
    """Applies migrations, loads the reference facts of every app, and stamps the folder."""
    call_command("migrate", verbosity=0, interactive=False)
    for manifest in manifests():
        with transaction.atomic():
            manifest.load_reference()
    write_stamp()


def write_stamp() -> None:
    """Notes in the folder which version wrote it last."""
    stamp = {"version": __version__, "since": datetime.now(UTC).isoformat(timespec="seconds")}
    (data_folder() / "node.json").write_text(json.dumps(stamp) + "\n", encoding="utf-8")


def keep_secret_key() -> None:
    """Stores the key this process began with, so that its children and later starts use the same."""
    path = data_folder() / "keys" / "secret.key"
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with contextlib.suppress(FileExistsError):
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as handle:
            handle.write(settings.SECRET_KEY)


def require_ready(tell: Callable[[str], None] = lambda line: None) -> None:
    """Prepares an empty folder; passes a folder of this version.

    Raises NodeProblem for a folder of an older or newer version.
    """
    os.umask(0o077)
    found = state()
    if found is State.EMPTY:
        prepare(tell)
    elif found is State.OLDER:
        raise NodeProblem(
            f"{data_folder()} was written by an older version of Comity. Run `comity upgrade`: "
            "it makes a backup first."
        )
    elif found is State.NEWER:
        raise NodeProblem(
            f"{data_folder()} was written by a newer version of Comity than {__version__}. "
            "Install that version, or restore a backup of this one."
        )
