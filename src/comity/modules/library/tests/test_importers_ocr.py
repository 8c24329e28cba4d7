"""Scanned PDFs where Tesseract and Poppler are installed: stand-ins for both programs write what they would."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfWriter

from comity.core.vault.errors import Unreadable
from comity.modules.library import importers

_TESSERACT = """#!/bin/sh
if [ "$1" = "--list-langs" ]; then echo eng; exit 0; fi
printf 'Lamps Act 2031\\n\\nSection 1. Lamps are lit.\\nSection 2. So is oil on page %s.\\n' "$(basename "$1")"
"""
_PDFTOPPM = """#!/bin/sh
for last; do :; done
: > "$last-1.png"
"""


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "scan.pdf"
    writer = PdfWriter()
    writer.add_blank_page(width=200, height=200)
    writer.write(str(path))
    return path


def _install(folder: Path, **programs: str) -> str:
    folder.mkdir()
    for name, script in programs.items():
        (folder / name).write_text(script)
        (folder / name).chmod(0o755)
    return f"{folder}:/usr/bin:/bin"


def test_a_scan_is_read_with_both_programs(scan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", _install(tmp_path / "bin", tesseract=_TESSERACT, pdftoppm=_PDFTOPPM))
    told = importers.read(scan)
    assert [p["key"] for p in told["records"][0]["provisions"]][-2:] == ["s-1", "s-2"]
    assert any("OCR" in note for note in told["notes"])
    assert "page-1.png" in importers.text_of(scan)


def test_a_program_that_fails_is_named(scan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = "#!/bin/sh\nexit 3\n"
    monkeypatch.setenv("PATH", _install(tmp_path / "bin", tesseract=_TESSERACT, pdftoppm=broken))
    with pytest.raises(Unreadable, match="could not be read \\(pdftoppm\\)"):
        importers.read(scan)
