"""All files of an edition in one ZIP with their digests, so that anybody can check later that none was changed."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

MANIFEST, SUMS = "manifest.json", "SHA256SUMS"
FORMAT = "comity-edition-archive"
#: What an archive may unpack to when it is checked.
MAX_UNPACKED = 2 * 2**30
_TIME = (1980, 1, 1, 0, 0, 0)
_NAME = re.compile(r"(?!.*(?:^|/)\.{1,2}(?:/|$))[\w.-]+(?:/[\w.-]+)*", re.ASCII)
_CHUNK = 2**20


def write(files: Mapping[str, bytes], about: Mapping[str, Any]) -> bytes:
    """Returns the ZIP; the same files and the same `about` (plain values for JSON) give the same bytes.

    `SHA256SUMS` is in the form of the program sha256sum and covers the manifest too. Raises ValueError for a name
    that is no plain path, or one of the two names kept for the digests.
    """
    for name in files:
        if not _NAME.fullmatch(name) or name in (MANIFEST, SUMS):
            raise ValueError(f"“{name}” cannot be the name of a file in the archive")
    listed = [{"name": name, "size": len(files[name]), "sha256": _digest(files[name])} for name in sorted(files)]
    manifest = {"format": FORMAT, "version": 1, "about": dict(about), "files": listed}
    written = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    every = {**files, MANIFEST: written.encode()}
    sums = "".join(f"{_digest(every[name])}  {name}\n" for name in sorted(every))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in [(MANIFEST, every[MANIFEST]), (SUMS, sums.encode()), *sorted(files.items())]:
            info = zipfile.ZipInfo(name, _TIME)
            info.compress_type, info.external_attr, info.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
            archive.writestr(info, content)
    return out.getvalue()


def verify(content: bytes) -> list[str]:
    """Returns what is wrong with an archive, in words for a person; nothing where every digest is right."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _verify(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        return [_("The archive does not open or is damaged: %(reason)s") % {"reason": error}]


def _verify(archive: zipfile.ZipFile) -> list[str]:
    infos = archive.infolist()
    if sum(info.file_size for info in infos) > MAX_UNPACKED:
        return [_("The archive unpacks to more than 2 GB. It was not checked.")]
    twice = sorted(name for name, count in Counter(info.filename for info in infos).items() if count > 1)
    problems = [_("%(name)s stands twice in the archive.") % {"name": name} for name in twice]
    found = {info.filename: _digest_of(archive, info) for info in infos if not info.is_dir()}
    for name in (MANIFEST, SUMS):
        if name not in found:
            problems.append(_("%(name)s is missing: this is no archive of an edition.") % {"name": name})
    if problems:
        return problems
    sums, listed = _sums(archive), _listed(archive)
    if listed is None or sums is None:
        return [_("%(name)s cannot be read.") % {"name": MANIFEST if listed is None else SUMS}]
    for name, (digest, size) in sorted(listed.items()):
        if name not in found:
            problems.append(_("%(name)s is listed but missing.") % {"name": name})
        elif found[name] != (digest, size):
            problems.append(_("%(name)s was changed: its digest is not the one in the manifest.") % {"name": name})
    problems += [
        _("%(name)s is not listed in the manifest.") % {"name": name}
        for name in sorted(set(found) - set(listed) - {MANIFEST, SUMS})
    ]
    expected = {name: digest for name, (digest, _size) in listed.items()} | {MANIFEST: found[MANIFEST][0]}
    if sums != expected:
        wrong = sorted(name for name in {*sums, *expected} if sums.get(name) != expected.get(name))
        problems.append(_("SHA256SUMS and the manifest disagree on: %(names)s.") % {"names": ", ".join(wrong)})
    return problems


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _digest_of(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with archive.open(info) as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return digest.hexdigest(), size


def _listed(archive: zipfile.ZipFile) -> dict[str, tuple[str, int]] | None:
    """Name -> digest and size; None where the manifest is none."""
    try:
        manifest = json.loads(archive.read(MANIFEST))
        if manifest["format"] != FORMAT:
            return None
        return {str(f["name"]): (str(f["sha256"]), int(f["size"])) for f in manifest["files"]}
    except (KeyError, TypeError, ValueError):
        return None


def _sums(archive: zipfile.ZipFile) -> dict[str, str] | None:
    try:
        lines = archive.read(SUMS).decode().splitlines()
        return {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    except ValueError:
        return None
