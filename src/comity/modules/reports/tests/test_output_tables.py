"""Figures as CSV and JSON."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from decimal import Decimal

from comity.modules.reports.document import Run
from comity.modules.reports.outputs import tables
from comity.modules.reports.tests.sample_editions import sample


def read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_each_figure_is_one_row_in_the_order_of_reading() -> None:
    document = sample("zh")
    rows = read(tables.to_csv(document))
    assert [row["key"] for row in rows] == [figure.key for figure in document.figures()]
    new = next(row for row in rows if row["slug"] == "portal.new_entries")
    assert (new["paragraph"], new["text"], new["value"], new["as_of"]) == ("6", "908", "908", "2020-03-31")
    assert rows[0]["paragraph"] == ""
    assert {row["basis"] for row in rows} == {"computed", "declared"}


def test_a_cell_is_never_a_formula_and_values_keep_every_digit() -> None:
    document = sample()
    printed = next(document.figures())
    long = "12345678901234567890.5"
    cells = [("=1+1", "1E+6"), ("+5", "-3.20"), ("@x", "0.10"), ("\u2066-5\u2069", long)]
    odd = [replace(printed, key=f"fig_{n}", text=text, value=Decimal(v)) for n, (text, v) in enumerate(cells)]
    first = replace(next(document.paragraphs()), runs=tuple(Run(f.text, figure=f) for f in odd))
    document = replace(document, body=(first,), summary=())
    rows = read(tables.to_csv(document))
    assert [row["text"] for row in rows] == ["'=1+1", "'+5", "'@x", "'-5"]
    assert [row["value"] for row in rows] == ["1000000", "'-3.20", "0.10", long]
    told = json.loads(tables.to_json(document))
    assert [figure["value"] for figure in told["figures"]] == ["1000000", "-3.20", "0.10", long]


def test_json_says_what_the_pages_say() -> None:
    document = sample("ar")
    told = json.loads(tables.to_json(document))
    assert (told["edition"], told["lang"], told["status"], told["symbols"]) == (
        "FICT-2020",
        "ar",
        "unofficial",
        ["A/99/999"],
    )
    assert document.notices[0] in told["notices"] and len(told["notices"]) == 2
    assert [set(figure) for figure in told["figures"]] == [set(tables.COLUMNS)] * 9
    assert tables.to_json(document) == tables.to_json(document)
