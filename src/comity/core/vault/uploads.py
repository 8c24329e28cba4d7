"""Uploads that wait to be compared and applied: by their SHA-256 digest under the data folder."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings


def uploads() -> Path:
    """The folder in which uploads lie."""
    folder = Path(settings.COMITY_DATA) / "uploads"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def keep_upload(chunks: Iterable[bytes]) -> str:
    """Writes an upload piece by piece under its digest, which it returns."""
    digest, part = hashlib.sha256(), uploads() / f"part-{os.urandom(8).hex()}"
    with part.open("xb") as out:
        for chunk in chunks:
            digest.update(chunk)
            out.write(chunk)
    part.rename(uploads() / digest.hexdigest())
    return digest.hexdigest()
