"""The cases of a public listing as facts: number, State or body, year, address; a title only where it is a docket
number, because a title can name a victim. The importer's own reader says what stands in a row."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from making.files import TREE, Output

SOURCE = "SHERLOC case-law database, listed in xihaoCCC/SHERLOC_Case_Analysis (commit 6e237a8)"
COLUMNS = ("unodc_number", "state", "body", "year", "title", "url", "source")


def make(data: Path, output: Output, known: set[str]) -> list[str]:
    """Writes cases.csv; returns what the listing lacks or has twice, one line each.

    Raises SystemExit for a row that is refused and for a State that is no participant.
    """
    sys.path.insert(0, str(TREE / "src"))
    from comity.modules.library.importers import case_list

    text = (data / "sherloc" / "trafficking_cases.csv").read_text(encoding="utf-8-sig")
    parsed = case_list.read(text)
    rows = [
        {
            "unodc_number": record["aliases"][0]["value"], "state": record.get("state", ""),
            "body": record.get("body", ""), "year": record.get("year", ""),
            "title": record["case"].get("docket", ""), "url": record["sources"][0]["url"], "source": SOURCE,
        }
        for record in parsed["records"]
    ]  # fmt: skip
    unknown = {row["state"] for row in rows} - known - {""}
    if unknown or parsed["refused"]:
        raise SystemExit(f"trafficking_cases.csv: no participants {sorted(unknown)}; refused {parsed['refused']}")
    rows.sort(key=lambda row: (row["state"] or "~", str(row["year"]), row["url"]))
    output.table("modules/library/reference/cases.csv", COLUMNS, rows)
    twice = [number for number, times in Counter(row["unodc_number"] for row in rows).items() if times > 1]
    return [
        f"{sum(not row['year'] for row in rows)} of {len(rows)} cases: year not stated",
        f"{sum(not row['title'] for row in rows)} cases: title is no docket number, left out",
        f"numbers used twice: {', '.join(sorted(twice))}",
    ]
