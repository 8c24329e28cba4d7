"""Many untrusted files read one after another by few children, under the limits of `sandbox` for each file.

Starting a child costs more than reading most files. A child reads up to `FILES` of them and tells each result as it
has it, while the caller works on the one before. A file that breaks a limit ends its child; the next one goes on
behind it. Files of one batch come from one hand: one that took over the child could falsify what is told of the next.
"""

from __future__ import annotations

import importlib
import json
import os
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from comity.core.vault import sandbox
from comity.core.vault.errors import Unreadable

#: Files that one child reads: what a file left behind in its memory goes with it.
FILES = 40
#: Seconds that a child may be silent beyond its limit, for starting and for a busy machine.
PATIENCE = 15


def parse_each(
    function: str, paths: Sequence[Path], *, limit: int, seconds: int = sandbox.SECONDS
) -> Iterator[tuple[Path, Any]]:
    """Yields, in order, each path with what `function` ("module:function") made of it, or the `Unreadable`.

    `limit` is the size in bytes above which a file is refused without being opened.
    """
    waiting = list(paths)
    while waiting:
        refused = sandbox.refusal(waiting[0], limit)
        if refused:
            yield waiting.pop(0), Unreadable(refused)
            continue
        batch = []
        for path in waiting[:FILES]:
            if sandbox.refusal(path, limit):
                break
            batch.append(path)
        told = 0
        for result in _child(function, batch, seconds):
            yield batch[told], result
            told += 1
        waiting = waiting[told:]


def _child(function: str, paths: list[Path], seconds: int) -> Iterator[Any]:
    """Yields results until all are told or the child broke; the last one is then its `Unreadable`."""
    names = [str(path.resolve()) for path in paths]
    command = [sys.executable, "-m", "comity.core.vault.batch", function, str(seconds), *names]
    with tempfile.TemporaryFile() as errors:
        child = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors, env=sandbox.environment()
        )
        try:
            lines = _Lines(child, seconds)
            for _path in paths:
                line = lines.next()
                if isinstance(line, Unreadable):
                    yield line
                    return
                if line is None:
                    code = child.wait()
                    errors.seek(0)
                    yield Unreadable(sandbox.broken(code, errors.read(), lines.size))
                    return
                yield _result(line)
        finally:
            child.kill()
            child.wait()
            if child.stdout:
                child.stdout.close()


def _result(line: bytes) -> Any:
    try:
        told = json.loads(line)
        return Unreadable(str(told["unreadable"])) if "unreadable" in told else told["result"]
    except (ValueError, TypeError, KeyError):
        return Unreadable("The file could not be read: its reader gave no answer.")


class _Lines:
    """The lines a child writes, each waited for at most `seconds` and `PATIENCE` and held to the size limit."""

    def __init__(self, child: subprocess.Popen[bytes], seconds: int) -> None:
        assert child.stdout is not None  # noqa: S101 (asked for with PIPE)
        self.stream, self.seconds, self.rest, self.size = child.stdout.fileno(), seconds, b"", 0

    def next(self) -> bytes | Unreadable | None:
        """The next line; None where the child ended; why not where it broke a limit."""
        end = time.monotonic() + self.seconds + PATIENCE
        parts, self.size = [self.rest], len(self.rest)
        while b"\n" not in parts[-1]:
            left = end - time.monotonic()
            if left <= 0 or not select.select([self.stream], [], [], left)[0]:
                return Unreadable(sandbox.too_long(self.seconds))
            part = os.read(self.stream, 1 << 20)
            self.size += len(part)
            if not part:
                return None
            if self.size > sandbox.RESULT:
                return Unreadable(sandbox.too_large())
            parts.append(part)
        line, _, self.rest = parts[-1].partition(b"\n")
        return b"".join([*parts[:-1], line])


def main(function: str, seconds: int, paths: list[str]) -> int:
    """The child: one JSON line for each path, on what was its standard output; prints of parsers go elsewhere."""
    import resource

    module_name, _, name = function.partition(":")
    parse = getattr(importlib.import_module(module_name), name)
    out = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)
    sandbox.confine(seconds)
    for path in paths:
        used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
        resource.setrlimit(resource.RLIMIT_CPU, (int(used) + seconds + 1, resource.RLIM_INFINITY))
        try:
            told = {"result": parse(Path(path))}
        except Unreadable as error:
            told = {"unreadable": error.reason}
        json.dump(told, out, ensure_ascii=True)
        out.write("\n")
        out.flush()
        del told
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1], int(sys.argv[2]), sys.argv[3:]))
