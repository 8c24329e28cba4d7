"""The archive of an edition: the same bytes, and every change is found."""

from __future__ import annotations

import io
import subprocess
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.modules.reports.outputs import archive

FILES = {"report-en.docx": b"docx" * 50, "figures/figures.csv": b"a,b\r\n", "empty.txt": b""}
ABOUT = {"edition": "FICT-2020", "digest": "d" * 64, "fictitious": True}


def changed(content: bytes, name: str, new: bytes | None, *, twice: bool = False) -> bytes:
    """The archive with one file replaced, left out (None) or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as read, zipfile.ZipFile(out, "w") as made:
        for each in read.namelist():
            if each != name or twice:
                made.writestr(each, read.read(each))
        if new is not None:
            made.writestr(name, new)
    return out.getvalue()


def test_an_archive_is_right_and_the_same_in_any_order() -> None:
    content = archive.write(FILES, ABOUT)
    assert archive.verify(content) == []
    assert archive.write(dict(reversed(FILES.items())), dict(reversed(ABOUT.items()))) == content


def test_the_sums_are_those_of_sha256sum(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(archive.write(FILES, ABOUT))) as made:
        made.extractall(tmp_path)
    subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=tmp_path, check=True, capture_output=True)


@pytest.mark.parametrize(
    ("name", "new", "says"),
    [
        ("figures/figures.csv", b"a,c\r\n", "figures/figures.csv was changed"),
        ("empty.txt", None, "empty.txt is listed but missing"),
        ("more.txt", b"x", "more.txt is not listed"),
        ("manifest.json", b"{}", "manifest.json cannot be read"),
        ("manifest.json", None, "manifest.json is missing"),
        ("SHA256SUMS", None, "SHA256SUMS is missing"),
        ("SHA256SUMS", b"0  a\n", "disagree"),
        ("SHA256SUMS", b"\xff", "SHA256SUMS cannot be read"),
    ],
)
def test_every_change_is_named(name: str, new: bytes | None, says: str) -> None:
    assert any(says in problem for problem in archive.verify(changed(archive.write(FILES, ABOUT), name, new)))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_file_that_stands_twice_is_named() -> None:
    content = changed(archive.write(FILES, ABOUT), "empty.txt", b"other", twice=True)
    assert any("twice" in problem for problem in archive.verify(content))


@settings(max_examples=80, deadline=None)
@given(place=st.integers(0, 10**6), bit=st.integers(0, 7))
def test_a_flipped_bit_never_gives_other_files_that_pass(place: int, bit: int) -> None:
    content = bytearray(archive.write(FILES, ABOUT))
    content[place % len(content)] ^= 1 << bit
    if archive.verify(bytes(content)) == []:
        # Only what belongs to no file, such as a time, may differ.
        with zipfile.ZipFile(io.BytesIO(bytes(content))) as made:
            assert {name: made.read(name) for name in FILES} == FILES


@pytest.mark.parametrize("content", [b"", b"x", archive.write(FILES, ABOUT)[:200]])
def test_what_is_no_archive_is_said(content: bytes) -> None:
    assert len(archive.verify(content)) == 1


@pytest.mark.parametrize(
    "name", ["../a", "/a", "a/../b", "manifest.json", "SHA256SUMS", "", "a b", "a\nb", "a//b", "."]
)
def test_a_name_that_would_leave_the_folder_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="cannot be the name"):
        archive.write({name: b""}, ABOUT)
