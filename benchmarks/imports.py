"""Seconds and peak memory of importing depositary pages, one by one and all in one command."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.report import ROOT, comity, environment, machine, table, write

LIMITS = """## What limits us

Each command starts Python and Django anew (the row "nothing to do": `comity treaties status`), and each page is
read in a child process of its own with limits on time and memory; its start is part of the time. Peak memory is the
largest of any process of the command, the child included."""

_CHILD = """
import resource, subprocess, sys, time
began = time.monotonic()
code = subprocess.run(sys.argv[1:]).returncode
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(f"MEASURED {time.monotonic() - began:.3f} {peak / 1024:.1f} {code}", file=sys.stderr)
"""


def pages() -> list[Path]:
    """The real pages, which lie beside the tree, else the invented one of the tests."""
    folder = Path(os.environ.get("COMITY_SHARED", ROOT.parent / "shared" / "data")) / "treaties"
    found = sorted(folder.glob("untc-html*/*.html"))
    return found or sorted((ROOT / "src/comity/modules/treaties/tests/fixtures").glob("*.html"))


def _timed(env: dict[str, str], folder: Path, *arguments: str) -> tuple[float, float, str]:
    command = [sys.executable, "-c", _CHILD, sys.executable, "-m", "comity.site.command", *arguments]
    done = subprocess.run(command, env=env, cwd=folder, text=True, capture_output=True, check=True)
    told = next(line for line in done.stderr.splitlines() if line.startswith("MEASURED"))
    _word, seconds, peak, code = told.split()
    if code not in {"0", "1"}:
        raise SystemExit(done.stderr)
    return float(seconds), float(peak), done.stdout


def main() -> int:
    """Imports each page into a node of its own, then all into another, then all again."""
    before, files = machine(), pages()
    if not files:
        raise SystemExit("No pages to import.")
    with tempfile.TemporaryDirectory(prefix="comity-benchmark-") as name:
        folder = Path(name)
        env = environment(folder / "node")
        comity(env, "prepare", folder=folder)
        shutil.copytree(folder / "node", folder / "one")
        seconds, peak, _out = _timed(env, folder, "treaties", "status", "UNTOC", "--json")
        rows: list[tuple[object, ...]] = [("nothing to do", "", "", f"{seconds:.1f}", f"{peak:.0f}")]
        own = env | {"COMITY_DATA": str(folder / "one")}
        for path in files:
            seconds, peak, out = _timed(own, folder, "treaties", "import", str(path), "--json")
            told = json.loads(out)["files"][0]
            rows.append(
                (told["instrument"], f"{path.stat().st_size / 1024:.0f}", told["parties"], f"{seconds:.1f}",
                 f"{peak:.0f}")
            )  # fmt: skip
        for title in (f"all {len(files)} in one command", "all again: nothing changes"):
            seconds, peak, out = _timed(env, folder, "treaties", "import", *map(str, files), "--json")
            size = sum(path.stat().st_size for path in files) / 1024
            rows.append((title, f"{size:.0f}", "", f"{seconds:.1f}", f"{peak:.0f}"))
    head = ("instrument", "page, KB", "parties", "seconds", "peak memory, MB")
    write("imports", "Importing depositary pages", "make benchmark ARGS=imports", [table(head, rows), LIMITS], before)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
