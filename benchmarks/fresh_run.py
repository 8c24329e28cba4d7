"""Size and time of a fresh `make run`: from a clone of what is committed to the first page."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

from benchmarks.report import ROOT, machine, table, write
from tests.harness.nodes import free_port

LIMITS = """## What limits us

Nearly all of the time goes into fetching and unpacking packages (Python and npm); it depends on the line and on
what pip and npm have kept from earlier runs, and both caches were as the machine had them. Once set up, a start is
the start of the server."""


def size(folder: Path) -> str:
    """Megabytes of a folder; links are not followed."""
    total = sum(p.lstat().st_size for p in folder.rglob("*") if p.is_file() and not p.is_symlink())
    return f"{total / 2**20:.1f}"


def start(clone: Path, port: int) -> tuple[float, float]:
    """Runs `make run` until a page answers; returns the seconds until then and until it had stopped."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("COMITY_", "DJANGO_", "VIRTUAL_ENV", "MAKE"))}
    began = time.monotonic()
    log = (clone.parent / "make.log").open("a")
    process = subprocess.Popen(
        ["make", "run", f"PORT={port}"], cwd=clone, env=env, stdout=log, stderr=log, start_new_session=True
    )
    try:
        while True:
            if process.poll() is not None or time.monotonic() - began > 900:
                raise SystemExit(f"make run did not serve:\n{(clone.parent / 'make.log').read_text()[-3000:]}")
            try:
                with urllib.request.urlopen(f"http://localhost:{port}/en/treaties/UNTOC/", timeout=10) as answer:
                    if answer.status == 200:
                        return time.monotonic() - began, answer.length or 0
            except OSError:
                time.sleep(0.2)
    finally:
        os.killpg(process.pid, 15)
        process.wait(60)


def main() -> int:
    """Clones the committed tree into a temporary folder and starts it three times."""
    before = machine()
    with tempfile.TemporaryDirectory(prefix="comity-fresh-") as name:
        clone = Path(name) / "comity"
        subprocess.run(["git", "clone", "--quiet", "--no-local", str(ROOT), str(clone)], check=True)
        source = size(clone)
        first, _length = start(clone, free_port())
        again, _length = start(clone, free_port())
        folders = [
            ("the clone with its history", source), (".venv", size(clone / ".venv")),
            ("node_modules", size(clone / "node_modules")), ("build", size(clone / "build")),
            ("var/demo", size(clone / "var" / "demo")),
            ("front-end files that are served", size(clone / "src/comity/ui/static/vendor")),
        ]  # fmt: skip
    times = [("first `make run`: clone to the page of UNTOC", f"{first:.0f}"), ("later `make run`", f"{again:.1f}")]
    write("fresh_run", "A fresh `make run`", "make benchmark ARGS=fresh_run", [
        table(("step", "seconds"), times), table(("folder", "MB"), folders), LIMITS,
    ], before)  # fmt: skip
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
