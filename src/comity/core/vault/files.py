"""Files that records keep: by their SHA-256 digest under the data folder, never overwritten, so a backup takes them."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

_DIGEST = re.compile(r"[0-9a-f]{64}")


def store(content: Path | bytes) -> str:
    """Keeps a file (by path, or its bytes) and returns its digest; the same content is kept once.

    It stands there whole or not at all: written beside its place, then moved. Raises OSError where it cannot be.
    """
    folder = Path(settings.COMITY_DATA) / "files"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=folder, suffix=".part")
    try:
        sha = hashlib.sha256()
        with os.fdopen(handle, "wb") as out:
            if isinstance(content, bytes):
                sha.update(content)
                out.write(content)
            else:
                with content.open("rb") as file:
                    while piece := file.read(2**20):
                        sha.update(piece)
                        out.write(piece)
            out.flush()
            os.fsync(out.fileno())
        place = path_of(sha.hexdigest())
        if not place.exists():
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.chmod(name, 0o600)
            os.replace(name, place)
        return sha.hexdigest()
    finally:
        Path(name).unlink(missing_ok=True)


def path_of(digest: str) -> Path:
    """Where the file of a digest lies, kept or not. Raises ValueError for what is no digest."""
    if not _DIGEST.fullmatch(digest):
        raise ValueError("This is not the digest of a file.")
    return Path(settings.COMITY_DATA) / "files" / digest[:2] / digest


def is_kept(digest: str) -> bool:
    """True where the file is there."""
    return path_of(digest).is_file()


def open_file(digest: str) -> BinaryIO:
    """The kept file, open for reading. Raises FileNotFoundError where it is not there."""
    return path_of(digest).open("rb")


def remove(digest: str) -> None:
    """Takes a file away for good: for redaction only."""
    path_of(digest).unlink(missing_ok=True)
    cached = Path(settings.COMITY_DATA) / "cache" / "files" / digest[:2]
    for path in cached.glob(f"{digest}*"):
        path.unlink(missing_ok=True)
