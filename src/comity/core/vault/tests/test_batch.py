"""Many files by few children: each result in its place, each file under its own limits."""

from __future__ import annotations

import os
import socket
import time
from pathlib import Path
from typing import Any

import pytest

from comity.core.vault import batch
from comity.core.vault.errors import Unreadable

LIMIT = 1000
HERE = "comity.core.vault.tests.test_batch"


def act(path: Path) -> Any:
    """Does what the file says; runs in the child."""
    words = path.read_text()
    match words:
        case "memory":
            return [b"x" * 2**29 for _n in range(4)]
        case "die":
            os._exit(7)
        case "raise":
            raise ValueError("an invented mistake")
        case "refuse":
            raise Unreadable("not today")
        case "loop":
            while True:
                pass
        case "sleep":
            time.sleep(60)
        case "socket":
            socket.create_connection(("127.0.0.1", 9))
        case "print":
            print("words of a parser")
    return words


def read(folder: Path, words: list[str], **options: Any) -> list[Any]:
    paths = []
    for number, word in enumerate(words):
        paths.append(folder / f"{number}.txt")
        paths[-1].write_text(word)
    told = list(batch.parse_each(f"{HERE}:act", paths, limit=LIMIT, **options))
    assert [path for path, _result in told] == paths
    return [result for _path, result in told]


def test_each_file_has_its_result(tmp_path: Path) -> None:
    assert read(tmp_path, ["a", "print", "ü\n", ""]) == ["a", "print", "ü\n", ""]
    assert read(tmp_path, []) == []


def test_more_files_than_one_child_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "FILES", 2)
    assert read(tmp_path, list("abcde")) == list("abcde")


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("refuse", "not today"), ("memory", "512 MB"), ("die", "code 7"), ("raise", "an invented mistake"),
        ("socket", "not allowed"), ("loop", "longer than"), ("x" * 1001, "Split it"),
    ],
)  # fmt: skip
def test_a_file_that_breaks_a_limit_is_refused_and_the_others_are_read(word: str, reason: str, tmp_path: Path) -> None:
    told = read(tmp_path, ["a", word, "b", word, "c"], seconds=2)
    assert [one for one in told if not isinstance(one, Unreadable)] == ["a", "b", "c"]
    assert isinstance(told[1], Unreadable) and reason in told[1].reason and isinstance(told[3], Unreadable)


def test_a_child_that_waits_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "PATIENCE", 5)
    told = read(tmp_path, ["a", "sleep", "b"], seconds=1)
    assert told[0] == "a" and isinstance(told[1], Unreadable) and told[2] == "b"


def test_a_missing_file_is_refused_in_its_place(tmp_path: Path) -> None:
    told = list(batch.parse_each(f"{HERE}:act", [tmp_path / "none", tmp_path], limit=LIMIT))
    assert all(isinstance(result, Unreadable) for _path, result in told)
