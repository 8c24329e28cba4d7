"""Keeps refused input. Called inside a service, so inside its transaction."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from comity.core.vault.models import Quarantine


def digest_of(path: Path) -> str:
    """SHA-256 of a file, read piece by piece."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fresh(digest: str, refused: Iterable[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Those of the refusals (place, reason, content) that are not yet kept for the file of this digest."""
    kept = set(Quarantine.objects.filter(digest=digest).values_list("place", "reason"))
    return [one for one in refused if (one[0][:300], one[1]) not in kept]


def keep(*, actor: str, file_name: str, digest: str, refused: Iterable[tuple[str, str, str]]) -> int:
    """Adds refusals to the quarantine, each once; returns how many were added."""
    rows = [
        Quarantine(
            file_name=file_name[:300],
            digest=digest,
            place=place[:300],
            reason=reason,
            content=content.replace("\x00", ""),
            actor=actor,
        )
        for place, reason, content in fresh(digest, refused)
    ]
    Quarantine.objects.bulk_create(rows, batch_size=500)
    return len(rows)


def keep_file(path: Path, digest: str) -> Path:
    """Copies a file that was refused as a whole into the data folder; returns where it lies."""
    folder = Path(settings.COMITY_DATA) / "quarantine"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = folder / digest
    if not kept.exists():
        shutil.copyfile(path, kept)
        kept.chmod(0o600)
    return kept
