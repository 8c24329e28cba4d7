"""Runs a pure parsing function on an untrusted file, in a child process with limits.

The child gets 60 seconds, 512 MB of address space, no sockets and no programs to start. It hands its result
back as JSON, never as pickle: a file that took over the child still cannot run code in the parent.
Limits: architecture, section 3, "Untrusted files".
"""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from comity.core.vault.errors import Unreadable

SECONDS = 60
MEMORY = 512 * 2**20
RESULT = 96 * 2**20
_SOURCES = Path(__file__).resolve().parents[3]


def parse_safely(function: str, path: Path, *, limit: int, seconds: int = SECONDS) -> Any:
    """Returns what `function` ("module:function") made of the file, as plain lists, dicts and strings.

    `limit` is the size in bytes above which the file is refused without being opened. Raises Unreadable with
    the reason the function gave, or that the file broke a limit.
    """
    refused = refusal(path, limit)
    if refused:
        raise Unreadable(refused)
    with tempfile.TemporaryFile() as out:
        command = [sys.executable, "-m", "comity.core.vault.sandbox", function, str(path.resolve())]
        try:
            child = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.PIPE,
                env=environment(),
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise Unreadable(too_long(seconds)) from None
        out.seek(0)
        answer = out.read(RESULT + 1)
    if child.returncode != 0 or len(answer) > RESULT:
        raise Unreadable(broken(child.returncode, child.stderr, len(answer)))
    told = json.loads(answer)
    if "unreadable" in told:
        raise Unreadable(str(told["unreadable"]))
    return told["result"]


def refusal(path: Path, limit: int) -> str:
    """Why the file is not opened at all; "" where it may be. `limit` in bytes."""
    try:
        size = path.stat().st_size
    except OSError as error:
        return f"The file cannot be opened ({error.strerror}). Check its name and its rights."
    if not path.is_file():
        return "This is not a file. Name the file itself."
    if size > limit:
        return (
            f"The file has {size / 2**20:,.0f} MB; at most {limit / 2**20:,.0f} MB are read. Split it or save it again."
        )
    return ""


def environment() -> dict[str, str]:
    """The child's environment: where the sources lie, and nothing of the node's."""
    return {"PYTHONPATH": str(_SOURCES), "PATH": os.defpath, "LC_ALL": "C.UTF-8"}


def too_long(seconds: int = SECONDS) -> str:
    """What is said of a file that takes too long."""
    return f"Reading the file takes longer than {seconds} seconds: refused."


def too_large() -> str:
    """What is said of a file that grows too large while it is read."""
    return f"The file is built so that reading it needs more than {MEMORY // 2**20} MB: refused."


def broken(code: int, stderr: bytes, size: int) -> str:
    """What is said of a file whose child ended with `code` after telling `size` bytes."""
    if b"MemoryError" in stderr or b"emory" in stderr or size > RESULT or code in (-9, -11):
        return too_large()
    if code == -24:
        return too_long()
    last = stderr.decode(errors="replace").strip().splitlines()[-1:] or [f"code {code}"]
    return f"The file could not be read: {last[0][:200]}"


def confine(seconds: int = SECONDS) -> None:
    """Sets the limits of this process; what a child does first. `seconds` of CPU may be raised by itself only."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (RESULT + 4096, RESULT + 4096))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.addaudithook(_forbid)


def _forbid(event: str, _arguments: tuple[Any, ...]) -> None:
    if event.startswith(("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system", "ctypes.")):
        raise PermissionError(f"not allowed while reading a file: {event}")


def main(function: str, path: str) -> int:
    """The child: sets the limits, runs the function, prints its answer as JSON."""
    module_name, _, name = function.partition(":")
    parse = getattr(importlib.import_module(module_name), name)
    confine()
    try:
        told = {"result": parse(Path(path))}
    except Unreadable as error:
        told = {"unreadable": error.reason}
    json.dump(told, sys.stdout, ensure_ascii=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
