"""The engines' processes as the measurement sees them: started, heard, and their memory watched."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

from benchmarks.report import ROOT, environment
from benchmarks.search.peers import Postgres
from tests import postgres

#: What PostgreSQL is given beyond its defaults, each to its advantage here.
SETTINGS = "-c shared_buffers=1GB -c work_mem=64MB -c maintenance_work_mem=512MB -c jit=off"
FOLDER = ROOT / "build" / "benchmark-search"
#: Settings of a node, which ours wants to have; nothing is written there.
ENVIRONMENT = environment(FOLDER / "node")
#: In a kept index: what its build took.
BUILT = "built.json"
TITLES = {"ours": "Comity", "fts5": "SQLite FTS5", "postgres": "PostgreSQL full text", "xapian": "Xapian"}


def missing(name: str) -> str:
    """Returns how to get an engine that is not here, or nothing."""
    if name == "postgres" and postgres.programs() is None:
        return "PostgreSQL is left out: apt-get install postgresql"
    if name == "xapian" and subprocess.run([*_python(name), "-c", "import xapian"], capture_output=True).returncode:
        return "Xapian is left out: apt-get install python3-xapian"
    return ""


def _python(name: str) -> list[str]:
    """Debian's Xapian belongs to the system's Python; all others run in ours."""
    return ["/usr/bin/python3" if name == "xapian" else sys.executable]


def _command(name: str, place: str, *arguments: str) -> list[str]:
    return [*_python(name), "-m", "benchmarks.search.worker", name, place, *arguments]


def run(name: str, place: str, *arguments: str) -> dict[str, Any]:
    """Runs one task of an engine to its end and returns what it told; its complaints go to the terminal."""
    done = subprocess.run(
        _command(name, place, *arguments), cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{TITLES[name]}: {arguments[0]} failed")
    return dict(json.loads(done.stdout.splitlines()[-1]))


class Importing:
    """An import that runs in a process beside the questions; `told` holds what it did, once it has ended."""

    def __init__(self, name: str, place: str, path: Path, begin: int, count: int) -> None:
        self._command = _command(name, place, "import", str(path), str(begin), str(count))
        self.told: dict[str, Any] = {}

    def __enter__(self) -> Importing:
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(self._command, cwd=ROOT, env=ENVIRONMENT, stdin=pipe, stdout=pipe, text=True)
        assert self._process.stdout is not None
        if self._process.stdout.readline().strip() != "ready":
            raise SystemExit("The import did not begin.")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        out, _none = self._process.communicate("")
        if kind is None:
            if self._process.returncode:
                raise SystemExit("The import failed.")
            self.told = json.loads(out.splitlines()[-1])


class Watch:
    """The largest sum of memory of some processes, in MB, looked at five times a second.

    A page that several processes share counts once (PSS: each has its part of it).
    """

    def __init__(self, processes: Callable[[], list[int]]) -> None:
        self._processes, self.peak = processes, 0.0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._stop.wait(0.2):
            self.peak = max(self.peak, sum(map(_share, self._processes())))


def _share(process: int) -> float:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:  # it has ended meanwhile
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)


@contextmanager
def place(name: str, folder: Path, keep: bool = False) -> Iterator[tuple[str, Callable[[], list[int]] | None]]:
    """Gives an engine an empty place, and how to find the processes of its server where it has one.

    With `keep` a folder stays afterwards and is given again as it is; PostgreSQL always begins anew.
    """
    if name == "postgres":
        with postgres.Cluster(SETTINGS) as cluster:
            yield cluster.url, Postgres(cluster.url).processes
        return
    mine = folder / name
    if not (keep and (mine / BUILT).exists()):
        shutil.rmtree(mine, ignore_errors=True)
    try:
        yield str(mine), None
    finally:
        if not keep:
            shutil.rmtree(mine, ignore_errors=True)
