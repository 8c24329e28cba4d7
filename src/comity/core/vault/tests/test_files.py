"""Kept files: by digest, once, whole, and part of a backup."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from django.conf import settings

from comity.core.vault import files


def test_a_file_is_kept_once_by_its_digest_and_never_overwritten(tmp_path: Path) -> None:
    source = tmp_path / "judgment.txt"
    source.write_bytes(b"words" * 1000)
    digest = files.store(source)
    assert digest == hashlib.sha256(b"words" * 1000).hexdigest()
    place = files.path_of(digest)
    assert place == Path(settings.COMITY_DATA) / "files" / digest[:2] / digest
    written = place.stat().st_mtime_ns
    assert files.store(b"words" * 1000) == digest and place.stat().st_mtime_ns == written
    with files.open_file(digest) as file:
        assert file.read() == source.read_bytes()
    assert place.stat().st_mode & 0o777 == 0o600
    assert [p.name for p in (Path(settings.COMITY_DATA) / "files").rglob("*") if p.is_file()] == [digest]


def test_what_is_not_there_and_what_is_no_digest() -> None:
    missing = "0" * 64
    assert not files.is_kept(missing)
    with pytest.raises(FileNotFoundError):
        files.open_file(missing)
    for wrong in ("", "../../etc/passwd", "0" * 63, "G" * 64, "0" * 64 + "\n"):
        with pytest.raises(ValueError):
            files.path_of(wrong)


def test_removing_takes_what_was_made_of_the_file_too() -> None:
    digest = files.store(b"a name")
    made = Path(settings.COMITY_DATA) / "cache" / "files" / digest[:2] / f"{digest}.1.txt"
    made.parent.mkdir(parents=True)
    made.write_text("a name")
    files.remove(digest)
    assert not files.is_kept(digest) and not made.exists()
