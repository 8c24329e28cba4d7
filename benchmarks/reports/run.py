"""Prepares a fresh node, measures in a process of its own, and writes the result."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.report import comity, environment, machine, table, write

LIMITS = """## What limits us

- A sum over all attendance reads a third of a million index entries for each audience: half of the time of all figures
  is the database's, half is Python's (names of versions, digests). Figures of one programme read only its events.
- Freezing also writes, for each figure, every record with its version.
- Documents are made from one value per language; PDF (typst) takes most of it, Word the rest. docxtpl only puts ready
  numbers into a ready text: it computes nothing, numbers no paragraph, and knows no record.
- SQLite sums decimals as floating point and rounds to the column's places: exact up to 15 digits."""


def main(options: list[str] | None = None) -> int:
    """Measures with the sizes of the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks reports")
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--rows", type=int, default=1_000_000, help="rows of attendance")
    asked = parser.parse_args(options or [])
    before = machine()
    with tempfile.TemporaryDirectory(prefix="comity-benchmark-") as name:
        folder = Path(name)
        env = environment(folder / "node", DJANGO_SETTINGS_MODULE="comity.site.settings")
        comity(env, "prepare", folder=folder)
        command = [sys.executable, "-m", "benchmarks.reports.work", str(asked.events), str(asked.rows)]
        done = subprocess.run(command, env=env, text=True, stdout=subprocess.PIPE, check=False)
        if done.returncode:
            return done.returncode
    _write(json.loads(done.stdout.splitlines()[-1]), before)
    return 0


def _write(found: dict[str, Any], before: str) -> None:
    floor = found["docxtpl_six_documents"]
    names = {
        "all_figures": "all 142 figures computed", "freeze": "freezing them with their records",
        "twelve_documents": "twelve documents (six languages, DOCX and PDF)",
        "figure_page_all": "page of the figure with all events behind it",
        "figure_page_one": "page of a figure of one programme",
        "docxtpl_six_documents": "floor: docxtpl, six Word files with ready numbers",
    }  # fmt: skip
    rows = [(title, f"{found[name]:.2f}", f"{found[name] / floor:.1f}") for name, title in names.items()]
    facts = (
        f"{found['events']} events, {found['rows']} rows of attendance; 116 paragraphs, 142 figures. Loading "
        f"took {found['load']:.0f} s; peak memory of the process {found['peak_mb']} MB. Two builds equal to the "
        f"byte: {found['equal_to_the_byte']}; digests recomputed from history equal: {found['digests_equal']}."
    )
    head = ("what", "seconds", "times the floor")
    write("reports", "Figures and documents of an edition", "make benchmark ARGS=reports",
          [facts, table(head, rows), LIMITS], before)  # fmt: skip
