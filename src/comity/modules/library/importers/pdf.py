"""PDF with a text layer. A scanned one has pictures of pages only: "needs OCR" (see `ocr.py`)."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from comity.core.vault.errors import Unreadable
from comity.modules.library.importers import markers, plain
from comity.modules.library.importers.outline import Block
from comity.modules.library.importers.records import Facts

#: How the refusal of a scan begins; the parent process tries OCR on it.
NEEDS_OCR = "needs OCR"
#: Fewer letters on the average page than this: the pages are pictures.
_FEWEST_LETTERS = 20
_MARKER_LANGS = ("en", "es", "fr", "ar", "zh", "ru")


def read(path: Path) -> tuple[dict[str, Any], list[str]]:
    """The record of a PDF, and notes. Raises Unreadable for scans, locked and damaged files."""
    pages = _pages(path)
    return of_pages(pages)


def of_pages(pages: list[str]) -> tuple[dict[str, Any], list[str]]:
    """The record of the text of pages."""
    blocks, dropped = _joined(pages)
    title = next((b.text for b in blocks[:6] if 8 < len(b.text) < 200 and re.search(r"[^\W\d_]{3}", b.text)), "")
    record, notes = plain.read(blocks, Facts(title=title))
    if dropped:
        notes.append(f"Left out, because every page repeats it: {', '.join(dropped[:4])}.")
    return record, notes


def text(path: Path) -> str:
    """All words of the file: its properties and the notes on its pages too."""
    pages = _pages(path)
    reader = PdfReader(path, strict=False)
    if reader.is_encrypted:
        reader.decrypt("")
    notes = [str(value) for value in (reader.metadata or {}).values()]
    for page in reader.pages:
        for note in page.get("/Annots") or ():
            notes.append(str(note.get_object().get("/Contents", "")))
    return "\n".join([*pages, *notes])


def _pages(path: Path) -> list[str]:
    try:
        reader = PdfReader(path, strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("The PDF is locked with a password. Save it without one.")
        pages = [page.extract_text() or "" for page in reader.pages]
    except (MemoryError, Unreadable):
        raise
    except (PyPdfError, Exception):
        raise Unreadable("The PDF does not open: the file is damaged. Print or save it to PDF again.") from None
    letters = sum(1 for page in pages for char in page if char.isalpha())
    if letters < _FEWEST_LETTERS * max(1, len(pages)):
        raise Unreadable(
            f"{NEEDS_OCR}: the pages are pictures without a text layer. "
            "Install Tesseract and Poppler (tesseract, pdftoppm) on the node, or import a file with text."
        )
    return pages


def _joined(pages: list[str]) -> tuple[list[Block], list[str]]:
    """Lines of pages put together to paragraphs; headers and page numbers that repeat are left out."""
    rows = [[line.strip() for line in page.splitlines() if line.strip()] for page in pages]
    edges = Counter(re.sub(r"\d+", "#", line) for page in rows for line in {*page[:2], *page[-2:]})
    repeated = {line for line, n in edges.items() if len(pages) >= 3 and n > len(pages) / 2}
    lines: list[str] = []
    for page in rows:
        for n, line in enumerate(page):
            edge = n < 2 or n >= len(page) - 2
            if edge and (re.sub(r"\d+", "#", line) in repeated or re.fullmatch(r"[-–\s]*\d{1,4}[-–\s]*", line)):
                continue
            lines.append(line)
    longest = sorted(map(len, lines))[int(len(lines) * 0.9)] if lines else 0
    out: list[Block] = []
    for line in lines:
        if out and not _begins(line) and _goes_on(out[-1].text, longest):
            glue = "" if re.search(r"[\u4e00-\u9fff]$", out[-1].text) else " "
            out[-1].text += glue + line
        else:
            out.append(Block(line))
    return out, sorted(line for line in repeated if re.search(r"[^\W\d_]", line))


def _begins(line: str) -> bool:
    """Whether a line surely begins a paragraph: a provision, a group, an item of a list."""
    if re.match(r"(?:\(?\w{1,3}[.)]|[•\-–—*])\s", line):
        return True
    return any(
        markers.cited(line, lang) or markers.group(line, lang, heading=False) for lang in _MARKER_LANGS
    )


def _goes_on(text: str, longest: int) -> bool:
    """Whether a paragraph is not over: its last line was full, or it does not end a sentence."""
    return not text.endswith((".", ":", ";", "。", "；", "：", "؛", "؟")) and len(text) > 0.6 * longest
