"""Facts about the machine, tables in Markdown, and processes of a node."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "results"


def machine() -> str:
    """One line: cores, memory, versions. No names of machines, no paths."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GB of memory, {platform.system()}, "
        f"Python {platform.python_version()}; load before the run {load:.1f}; "
        f"{datetime.now(UTC).date().isoformat()}"
    )


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Returns a Markdown table; numbers are written as they come."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join([*lines, *("| " + " | ".join(map(str, row)) + " |" for row in rows)])


def write(name: str, title: str, command: str, parts: Sequence[str], before: str, folder: Path = RESULTS) -> None:
    """Prints the result and keeps it in `benchmarks/results/NAME.md`, or in another folder."""
    facts = f"Measured on: {before}. A load above the number of cores means that other work shared the machine."
    text = "\n\n".join([f"# {title}", facts, f"Repeat with `{command}`.", *parts]) + "\n"
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.md").write_text(text, encoding="utf-8")
    print(text)


def environment(data: Path, **more: str) -> dict[str, str]:
    """The environment of a node in that folder, whatever the caller's own settings are."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("COMITY_", "DJANGO_"))}
    return kept | {"COMITY_DATA": str(data), "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"} | more


def comity(env: dict[str, str], *arguments: str, folder: Path) -> str:
    """Runs a command of that node, which must succeed or refuse rows (1), and returns what it printed."""
    command = [sys.executable, "-m", "comity.site.command", *arguments]
    done = subprocess.run(command, env=env, cwd=folder, text=True, capture_output=True, check=False)
    if done.returncode not in {0, 1}:
        raise SystemExit(f"comity {' '.join(arguments)} failed:\n{done.stderr}")
    return done.stdout
