"""Scanned PDFs, where Tesseract and Poppler are installed on the node: pages become pictures, pictures become text.

Both programs run with limits of time and memory; their text is then read in the child process as any other.
"""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from comity.core.vault.errors import Unreadable
from comity.core.vault.sandbox import parse_safely

#: More pages are refused: at some seconds a page the job would not end.
MAX_PAGES = 300
_SECONDS_PER_PAGE = 60
_MEMORY = 2 * 2**30
#: Tesseract's names of the six languages of the United Nations.
_LANGUAGES = ("eng", "fra", "spa", "ara", "rus", "chi_sim")
_NEEDS_OCR = "needs OCR"


def wanted(error: Unreadable) -> bool:
    """Whether a file was refused for want of a text layer."""
    return error.reason.startswith(_NEEDS_OCR)


def installed() -> bool:
    """Whether both programs are there."""
    return bool(shutil.which("tesseract") and shutil.which("pdftoppm"))


def read(path: Path) -> dict[str, Any]:
    """What `reading.parse` gives, of a scanned PDF. Raises Unreadable."""
    with tempfile.TemporaryDirectory() as folder:
        pages = Path(folder) / "pages.json"
        pages.write_text(json.dumps(_pages(path, Path(folder))), encoding="utf-8")
        told: dict[str, Any] = parse_safely(
            "comity.modules.library.importers.ocr:parse_pages", pages, limit=pages.stat().st_size
        )
    told["notes"].append("Read from pictures of pages (OCR): compare it with the original.")
    return told


def text(path: Path) -> str:
    """All words that are seen on the pages."""
    with tempfile.TemporaryDirectory() as folder:
        return "\n".join(_pages(path, Path(folder)))


def parse_pages(path: Path) -> dict[str, Any]:
    """The child's part: the text of the pages, as JSON, becomes a record."""
    from comity.modules.library.importers import pdf

    record, notes = pdf.of_pages(json.loads(path.read_text(encoding="utf-8")))
    return {"records": [record], "refused": [], "notes": notes}


def _pages(path: Path, folder: Path) -> list[str]:
    known = set(_run(["tesseract", "--list-langs"]).split())
    languages = "+".join(name for name in _LANGUAGES if name in known) or "eng"
    last = ["-l", str(MAX_PAGES + 1)]
    _run(["pdftoppm", "-r", "200", "-gray", "-png", *last, str(path.resolve()), str(folder / "page")], pages=10)
    pictures = sorted(folder.glob("page*.png"))
    if len(pictures) > MAX_PAGES:
        raise Unreadable(f"The scan has more than {MAX_PAGES} pages. Split it.")
    return [_run(["tesseract", str(picture), "-", "-l", languages]) for picture in pictures]


def _run(command: list[str], pages: int = 1) -> str:
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, check=False,
            timeout=_SECONDS_PER_PAGE * pages, preexec_fn=_limit,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        done = None
    if done is None or done.returncode != 0:
        raise Unreadable(f"The scan could not be read ({command[0]}). Import a file with text.")
    return done.stdout.decode("utf-8", "replace")


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
