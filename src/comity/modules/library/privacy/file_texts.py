"""The text of a kept file, read in the sandbox and remembered by digest under the data folder's cache."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from comity.core.vault import files
from comity.core.vault.errors import Unreadable
from comity.modules.library.content import FileRef

#: Bump it where reading a file gives another text than before.
_EDITION = "1"
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffd]")


class Unread(Exception):
    """The text of a file could not be read; `reason` says why, for a person."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def text_of_file(file: FileRef) -> str:
    """The words of a kept file. Raises Unread for a scan, an image, a broken file, or one that is not there."""
    from comity.modules.library.importers import text_of

    cached = Path(settings.COMITY_DATA) / "cache" / "files" / file.digest[:2] / f"{file.digest}.{_EDITION}.txt"
    if cached.is_file():
        return cached.read_text(encoding="utf-8")
    if not files.is_kept(file.digest):
        raise Unread(_("The file is not kept here."))
    # Some formats are told by the ending of the name, which a kept file does not have.
    with tempfile.TemporaryDirectory() as folder:
        named = Path(folder) / f"file{Path(file.name).suffix[:10]}"
        shutil.copyfile(files.path_of(file.digest), named)
        try:
            text = text_of(named)
        except Unreadable as error:
            raise Unread(error.reason) from None
    if not _is_text(text):
        raise Unread(_("The file holds no words that can be read, such as a picture."))
    cached.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = cached.with_suffix(".part")
    part.write_text(text, encoding="utf-8")
    part.replace(cached)
    return text


def _is_text(text: str) -> bool:
    """False for nothing, and for what was no text before it was taken for one."""
    return bool(text.strip()) and len(_CONTROLS.findall(text)) * 100 <= len(text)
