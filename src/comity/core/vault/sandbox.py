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
    try:
        size = path.stat().st_size
    except OSError as error:
        raise Unreadable(f"The file cannot be opened ({error.strerror}). Check its name and its rights.") from None
    if not path.is_file():
        raise Unreadable("This is not a file. Name the file itself.")
    if size > limit:
        raise Unreadable(
            f"The file has {size / 2**20:,.0f} MB; at most {limit / 2**20:,.0f} MB are read. Split it or save it again."
        )
    with tempfile.TemporaryFile() as out:
        command = [sys.executable, "-m", "comity.core.vault.sandbox", function, str(path.resolve())]
        environment = {"PYTHONPATH": str(_SOURCES), "PATH": os.defpath, "LC_ALL": "C.UTF-8"}
        try:
            child = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.PIPE,
                env=environment,
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise Unreadable(f"Reading the file takes longer than {seconds} seconds: refused.") from None
        out.seek(0)
        answer = out.read(RESULT + 1)
    if child.returncode != 0 or len(answer) > RESULT:
        raise Unreadable(_broken(child.returncode, child.stderr, len(answer)))
    told = json.loads(answer)
    if "unreadable" in told:
        raise Unreadable(str(told["unreadable"]))
    return told["result"]


def _broken(code: int, stderr: bytes, size: int) -> str:
    if b"MemoryError" in stderr or b"emory" in stderr or size > RESULT or code in (-9, -11):
        return f"The file is built so that reading it needs more than {MEMORY // 2**20} MB: refused."
    if code == -24:
        return f"Reading the file takes longer than {SECONDS} seconds: refused."
    last = stderr.decode(errors="replace").strip().splitlines()[-1:] or [f"code {code}"]
    return f"The file could not be read: {last[0][:200]}"


def _forbid(event: str, _arguments: tuple[Any, ...]) -> None:
    if event.startswith(("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system", "ctypes.")):
        raise PermissionError(f"not allowed while reading a file: {event}")


def main(function: str, path: str) -> int:
    """The child: sets the limits, runs the function, prints its answer as JSON."""
    import resource

    module_name, _, name = function.partition(":")
    parse = getattr(importlib.import_module(module_name), name)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (RESULT + 4096, RESULT + 4096))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.addaudithook(_forbid)
    try:
        told = {"result": parse(Path(path))}
    except Unreadable as error:
        told = {"unreadable": error.reason}
    json.dump(told, sys.stdout, ensure_ascii=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
