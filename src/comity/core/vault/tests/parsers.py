"""Functions for the sandbox to run in tests."""

import socket
import subprocess
import time
from pathlib import Path

from comity.core.vault.errors import Unreadable


def first_line(path: Path) -> dict[str, str]:
    return {"line": path.read_text().splitlines()[0]}


def refuse(path: Path) -> None:
    raise Unreadable(f"{path.name} is upside down; turn it round")


def hoard(path: Path) -> int:
    return len(bytearray(700 * 2**20))


def dawdle(path: Path) -> None:
    time.sleep(30)


def call_home(path: Path) -> None:
    socket.create_connection(("localhost", 9))


def start_program(path: Path) -> None:
    subprocess.run(["true"], check=True)


def break_down(path: Path) -> None:
    raise KeyError("lamp")
