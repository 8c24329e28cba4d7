"""The real report and the facts about it, for the tests of the importer of published reports."""

from __future__ import annotations

import csv
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPORT = "report-75th-session.zh.txt"


def facts() -> list[dict[str, str]]:
    """The figures that stand in the report, read by eye: fact of table A (or "-"), value, unit, qualifier, kind."""
    with (HERE / "published_gold.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def invented_report() -> str:
    """A fictitious English report in the style of the real ones."""
    return (HERE / "published_invented.en.txt").read_text(encoding="utf-8")
