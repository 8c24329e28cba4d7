"""What a file from outside can do to the node that reads it: nothing."""

from pathlib import Path

import pytest

from comity.core.vault.errors import Unreadable
from comity.core.vault.sandbox import parse_safely

HERE = "comity.core.vault.tests.parsers"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "lamp.txt"
    path.write_text("light\nmore light\n")
    return path


def test_the_result_comes_back_as_plain_values(file: Path) -> None:
    assert parse_safely(f"{HERE}:first_line", file, limit=100) == {"line": "light"}


def test_a_refusal_keeps_its_words(file: Path) -> None:
    with pytest.raises(Unreadable, match="upside down; turn it round"):
        parse_safely(f"{HERE}:refuse", file, limit=100)


def test_a_file_over_the_limit_is_not_opened(tmp_path: Path) -> None:
    huge = tmp_path / "huge.html"
    with huge.open("wb") as out:
        out.truncate(200 * 2**20)
    with pytest.raises(Unreadable, match=r"has 200 MB; at most 16 MB"):
        parse_safely(f"{HERE}:first_line", huge, limit=16 * 2**20)


@pytest.mark.parametrize(
    ("function", "says"),
    [
        ("hoard", "needs more than 512 MB"),
        ("call_home", "not allowed while reading a file: socket"),
        ("start_program", "not allowed while reading a file: subprocess"),
        ("break_down", "could not be read: KeyError"),
    ],
)
def test_limits_hold(file: Path, function: str, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        parse_safely(f"{HERE}:{function}", file, limit=100)


def test_reading_ends_after_its_time(file: Path) -> None:
    with pytest.raises(Unreadable, match="longer than 1 seconds"):
        parse_safely(f"{HERE}:dawdle", file, limit=100, seconds=1)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="cannot be opened"):
        parse_safely(f"{HERE}:first_line", tmp_path / "absent", limit=100)
