"""The ten status pages of 3 February 2026: counted as they state, and better than tables made from them."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from comity.core.actions.actor import system
from comity.core.people.load_reference import load_reference as load_people
from comity.core.people.names import fold
from comity.modules.treaties.importers.importing import import_file
from comity.modules.treaties.importers.reader import read
from comity.modules.treaties.importers.records import StatusTable
from comity.modules.treaties.importers.untc.cells import CONSENT, SIGNATURE
from comity.modules.treaties.importers.untc.grid import count
from comity.modules.treaties.load_reference import load_reference
from comity.modules.treaties.selectors.status import status

#: file, number, parties and signatories as the page states them, rows in which the table beside it differs.
PAGES = [
    ("att", "XXVI-8", 117, 130, 5),
    ("cat", "IV-9", 175, 83, 0),
    ("cat_op", "IV-9-b", 96, 76, 0),
    ("ccw_p5", "XXVI-2-d", 99, None, 99),
    ("ced", "IV-16", 78, 98, 0),
    ("cerd", "IV-2", 182, 88, 0),
    ("cmw", "IV-13", 60, 40, 0),
    ("crc_op_sc", "IV-11-c", 178, 122, 0),
    ("ctbt", "XXVI-4", 178, 187, 0),
    ("ottawa", "XXVI-5", 162, 132, 7),
]
DAY = date(2026, 2, 3)
NODE = system("test")


@pytest.fixture(scope="module")
def folder(shared: Path) -> Path:
    return shared / "treaties" / "untc-html-2026-dev"


@pytest.fixture(scope="module")
def tables(folder: Path) -> dict[str, StatusTable]:
    return {name: read(folder / f"{name}.html")[0] for name, *_ in PAGES}


@pytest.mark.parametrize(("name", "number", "parties", "signatories", "_differ"), PAGES)
def test_a_page_gives_what_it_states(
    tables: dict[str, StatusTable],
    name: str,
    number: str,
    parties: int,
    signatories: int | None,
    _differ: int,
) -> None:
    table = tables[name]
    assert (table.instrument, table.as_of) == (number, DAY)
    assert (table.parties_stated, table.parties) == (parties, parties)
    assert table.signatories_stated == signatories
    assert table.signatories == (signatories or 0)
    assert table.refused == ()


@pytest.mark.parametrize(
    ("on", "parties"),
    [
        (date(2025, 12, 26), 166),
        (date(2025, 12, 27), 163),
        (date(2026, 1, 10), 162),
        (date(2026, 2, 20), 161),
    ],
)
def test_ottawa_loses_each_party_on_the_day_its_withdrawal_takes_effect(
    tables: dict[str, StatusTable], on: date, parties: int
) -> None:
    assert count(tables["ottawa"].actions, CONSENT, on) == parties


@pytest.mark.parametrize(("name", "_number", "_parties", "_signatories", "differ"), PAGES)
def test_every_difference_from_the_tables_beside_the_pages_has_its_reason(
    folder: Path, tables: dict[str, StatusTable], name: str, _number: str, _parties: int,
    _signatories: int | None, differ: int,
) -> None:  # fmt: skip
    reasons = Counter(_compare(tables[name], _beside(folder, name)))
    assert sum(reasons.values()) == differ
    assert "UNEXPLAINED" not in reasons
    expected = {
        "att": {"A (acceptance) was read as a (accession)": 3, "AA (approval) was taken for ratification": 2},
        "ccw_p5": {"the table puts the only column, consents, under signatures": 99},
        "ottawa": {
            "the table leaves out a participant in brackets, though it was party until its withdrawal": 4,
            "A (acceptance) was read as a (accession)": 2,
            "AA (approval) was taken for ratification": 1,
        },
    }  # fmt: skip
    assert dict(reasons) == expected.get(name, {})


def _beside(folder: Path, name: str) -> dict[str, dict[str, str]]:
    rows: dict[str, dict[str, str]] = {}
    for table in ("un_hr_ratifications.csv", "arms_control_ratifications.csv"):
        with (folder / table).open(encoding="utf-8-sig", newline="") as file:
            rows |= {fold(r["country_name"]): r for r in csv.DictReader(file) if r["treaty_id"] == name}
    return rows


def _compare(table: StatusTable, beside: dict[str, dict[str, str]]) -> list[str]:
    """One reason for each participant on which the page and the table differ."""
    reasons = []
    pages: dict[str, dict[str, tuple[str, date]]] = {}
    for act in table.actions:
        matter = "consent" if act.kind in CONSENT else "signature" if act.kind in SIGNATURE else act.kind
        pages.setdefault(fold(act.name), {})[matter] = (act.kind, act.deposited)
    for name in sorted(set(pages) | set(beside)):
        said, row = pages.get(name, {}), beside.get(name)
        kind, day = said.get("consent", ("", None))
        signed = said.get("signature", ("", None))[1]
        if row is None:
            gone = "withdrawal" in said
            reasons.append(
                "the table leaves out a participant in brackets, though it was party until its withdrawal"
                if gone else "UNEXPLAINED"
            )  # fmt: skip
            continue
        told = (row["action_type"].lower(), row["action_date"], row["signature_date"])
        if told == (kind, str(day or ""), str(signed or "")):
            continue
        same_days = told[1:] == (str(day or ""), str(signed or ""))
        if kind == "consent_to_be_bound" and told == ("", "", str(day)):
            reasons.append("the table puts the only column, consents, under signatures")
        elif same_days and (kind, told[0]) == ("acceptance", "accession"):
            reasons.append("A (acceptance) was read as a (accession)")
        elif same_days and (kind, told[0]) == ("approval", "ratification"):
            reasons.append("AA (approval) was taken for ratification")
        else:
            reasons.append("UNEXPLAINED")
    return reasons


@pytest.mark.django_db
def test_the_node_counts_as_the_pages_do_and_a_second_run_changes_nothing(folder: Path, shared: Path) -> None:
    load_people()
    load_reference()
    for name, number, parties, signatories, _ in PAGES:
        (report,) = import_file(NODE, folder / f"{name}.html", dry_run=False)
        told = report.as_dict(shown=False)
        assert (told["instrument"], told["parties"], told["refused"]) == (number, parties, [])
        there = status(number, DAY)
        assert (there.parties, there.signatories) == (parties, signatories or 0)
        (again,) = import_file(NODE, folder / f"{name}.html", dry_run=False)
        assert (again.imported, again.updated, again.unchanged) == (0, 0, told["imported"])
    assert status("XXVI-4", DAY).in_force_for == 0
    assert status("XXVI-8", DAY).force.day == date(2014, 12, 24)
    for on, parties in ((date(2025, 12, 26), 166), (date(2025, 12, 27), 163), (date(2026, 2, 20), 161)):
        assert status("XXVI-5", on).parties == parties


@pytest.mark.django_db
def test_the_table_the_bundled_facts_were_made_from_brings_nothing_new(shared: Path) -> None:
    load_people()
    load_reference()
    reports = import_file(NODE, shared / "treaties" / "participation.csv", dry_run=False)
    assert len(reports) == 13
    assert sum(report.unchanged for report in reports) == 2847
    assert not any(report.imported or report.updated or report.refused for report in reports)


def test_objections_name_their_addressee_where_the_text_does(tables: dict[str, StatusTable]) -> None:
    said = [s for s in tables["cat"].statements if s.kind == "objection"]
    assert len(said) == 78
    assert all(s.towards and s.made_on for s in said)
    assert Counter(s.towards[0] for s in said)["Pakistan"] == 23
