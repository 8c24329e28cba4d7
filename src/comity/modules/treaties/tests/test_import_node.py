"""Importing into a node: what is planned, written and kept, and that a second run does nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import models

from comity.core.actions.actor import PUBLIC, system
from comity.core.actions.decorator import Denied
from comity.core.audit.models import Entry as AuditEntry
from comity.core.people.load_reference import load_reference as load_people
from comity.core.vault.models import Quarantine
from comity.modules.treaties.importers.importing import Report, import_file
from comity.modules.treaties.load_reference import load_reference
from comity.modules.treaties.models import (
    Edition,
    Instrument,
    Source,
    Statement,
    TerritorialApplication,
    TreatyAction,
)
from comity.modules.treaties.selectors.status import status

FIXTURES = Path(__file__).parent / "fixtures"
PAGE = FIXTURES / "lighthouses.html"
HEAD = "iso3,state,instrument,action,date,source\n"
NODE = system("test")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _reference(db: None) -> None:
    load_people()
    load_reference()


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """The page four months on: one date corrected, one row gone, one new, a declaration reworded."""
    text = PAGE.read_text()
    start, end = text.index("\t\t<td>Eswatini"), text.index("\t\t<td>Finland")
    row = text[start:end]
    for old, new in (
        (row, row.replace("Eswatini", "Ghana").replace("11 Nov\t 2007", "12 Nov\t 2020")),
        ("15-06-2024", "15-10-2024"),
        ("Parties :     9", "Parties :     8"),
        ("7 Jul\t 2004 a", "8 Jul\t 2004 a"),
        ("Chad has no coast and declares so.", "Chad has no coast."),
    ):
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / "later.html"
    path.write_text(text.replace("Signatories :      7", "Signatories :      6"))
    return path


def taken(path: Path, dry_run: bool = False) -> dict[str, Any]:
    (report,) = import_file(NODE, path, dry_run=dry_run)
    return report.as_dict(shown=dry_run)


def rows_of(*kinds: type[models.Model]) -> list[Any]:
    return [list(kind.objects.order_by("pk").values()) for kind in kinds]  # type: ignore[attr-defined]


EVERYTHING = (
    TreatyAction,
    Statement,
    TerritorialApplication,
    Edition,
    Source,
    Instrument,
    Quarantine,
    AuditEntry,
)


def test_a_page_makes_its_instrument_and_facts() -> None:
    report = taken(PAGE)
    assert report == {
        "file": "lighthouses.html", "instrument": "XXX-3", "as_of": "2024-06-15",
        "parties_stated": 9, "parties": 9, "signatories_stated": 7, "signatories": 7,
        "actions": 21, "declarations": 8, "objections": 3,
        "imported": 34, "updated": 0, "unchanged": 0, "refused": [],
    }  # fmt: skip
    there = status("XXX-3", date(2024, 6, 15))
    assert (there.parties, there.signatories, there.source_ends) == (9, 7, date(2024, 6, 15))
    assert there.force.day == date(2003, 9, 1)
    assert status("xxx-3", date(2024, 9, 1)).parties == 8
    instrument = Instrument.objects.get(code="XXX-3")
    assert instrument.titles.get().value == "Convention on the Keeping of Lighthouses"
    objection = Statement.objects.get(participant_id="NOR", kind="objection", made_on="2012-08-08")
    assert [p.iso3 for p in objection.towards.all()] == ["SWZ"]


def test_a_dry_run_writes_nothing_and_shows_everything() -> None:
    before = rows_of(*EVERYTHING)
    shown = taken(PAGE, dry_run=True)["plan"]
    assert rows_of(*EVERYTHING) == before
    assert len(shown) == 34
    assert {line["change"] for line in shown} == {"new"}
    assert not (Path(settings.COMITY_DATA) / "quarantine").exists()


def test_running_again_changes_nothing() -> None:
    taken(PAGE)
    before = rows_of(*EVERYTHING)
    report = taken(PAGE)
    assert (report["imported"], report["updated"], report["unchanged"]) == (0, 0, 34)
    assert rows_of(*EVERYTHING) == before


def test_a_later_edition_shows_and_makes_versions(later: Path) -> None:
    taken(PAGE)
    old = TreatyAction.objects.get(participant_id="TCD", kind="accession", instrument__code="XXX-3")
    planned = [line for line in taken(later, dry_run=True)["plan"] if line["change"] != "unchanged"]
    assert {(line["change"], line["iso3"], line["subject"]) for line in planned} == {
        ("changed", "TCD", "action"), ("new", "GHA", "action"), ("missing", "SWZ", "action"),
        ("changed", "TCD", "statement"),
    }  # fmt: skip
    report = taken(later)
    assert (report["imported"], report["updated"], report["unchanged"], report["parties"]) == (1, 3, 31, 8)
    versions = TreatyAction.objects.filter(fact=old.fact).order_by("pk")
    assert [(v.deposited, v.superseded_at is None) for v in versions] == [
        (date(2004, 7, 7), False), (date(2004, 7, 8), True),
    ]  # fmt: skip
    assert not TreatyAction.objects.known_at().filter(participant_id="SWZ", instrument__code="XXX-3").exists()
    before = status("XXX-3", date(2024, 6, 15), versions[0].recorded_at)
    assert {row.iso3 for row in before.rows} >= {"SWZ", "TCD"}


def test_an_older_edition_does_not_undo_a_newer_one(later: Path) -> None:
    taken(later)
    report = taken(PAGE)
    assert "newer than the page's 2024-06-15" in report["refused"][0]["reason"]
    assert (report["imported"], report["updated"]) == (0, 0)
    assert status("XXX-3", date(2024, 10, 15)).parties == 8


def test_a_table_beside_a_page_is_kept_and_the_depositary_prevails(tmp_path: Path) -> None:
    taken(PAGE)
    table = tmp_path / "table.csv"
    table.write_text(
        HEAD
        + "TCD,Chad,XXX-3,accession,2005-01-01,a newspaper\n"
        + "GHA,Ghana,XXX-3,accession,2024-07-01,a newspaper\n"
    )
    (line, other) = taken(table, dry_run=True)["plan"]
    assert (line["change"], line["iso3"]) == ("new", "TCD")
    assert line["contradicted_by"] == ["UN Treaty Collection, status of XXX-3: accession 2004-07-07"]
    assert other["contradicted_by"] == []
    taken(table)
    there = status("XXX-3", date(2024, 7, 2))
    chad, ghana = there.row("TCD"), there.row("GHA")
    assert chad and chad.consent and chad.consent.deposited == date(2004, 7, 7)
    assert [act.deposited for act in chad.contradicted_by] == [date(2005, 1, 1)]
    assert ghana and ghana.is_party, "the page ends before Ghana's accession and so says nothing of it"


def test_wrong_rows_are_refused_with_their_numbers_and_kept() -> None:
    taken(PAGE)
    reports = {report.instrument: report for report in import_file(NODE, FIXTURES / "table.csv", dry_run=False)}
    told = {refusal.row: refusal.reason for report in reports.values() for refusal in report.refused}
    assert set(told) == {"6", "7", "8", "9", "10", "11", "12"}
    for row, words in (
        ("6", "is not a day"), ("7", "nobody is known by the name"), ("8", "are two participants"),
        ("9", "is no action"), ("10", "no instrument this node knows"), ("11", "columns"),
        ("12", "no source"),
    ):  # fmt: skip
        assert words in told[row]
    lamps = reports["XXX-3"].as_dict(shown=False)
    assert (lamps["actions"], lamps["imported"], lamps["parties_stated"]) == (6, 4, None)
    kept = Quarantine.objects.filter(file_name="table.csv")
    assert {row.place for row in kept} == set(told)
    assert kept.get(place="7").content.startswith("Lampland")
    again = Quarantine.objects.count()
    import_file(NODE, FIXTURES / "table.csv", dry_run=False)
    assert Quarantine.objects.count() == again


def test_a_consent_to_a_protocol_needs_its_convention(tmp_path: Path) -> None:
    outside = TreatyAction.objects.filter(instrument__code="UNTOC").values("participant_id")
    from comity.core.people.models import Participant

    iso3 = Participant.objects.filter(kind="un_member").exclude(pk__in=outside).values_list("pk", flat=True)[0]
    table = tmp_path / "table.csv"
    table.write_text(
        HEAD + f"{iso3},,UNTOC-TIP,accession,2013-05-05,invented\nALB,,UNTOC-TIP,signature,2001-01-01,invented\n"
    )
    (report,) = import_file(NODE, table, dry_run=False)
    assert report.refused[0].row == "2"
    assert "37(2)" in report.refused[0].reason
    assert report.imported == 1
    table.write_text(
        HEAD + f"{iso3},,UNTOC-TIP,accession,2013-05-05,invented\n{iso3},,UNTOC,accession,2013-05-05,invented\n"
    )
    assert not any(report.refused for report in import_file(NODE, table, dry_run=False))


def test_a_file_refused_as_a_whole_is_kept_as_it_came(tmp_path: Path) -> None:
    cut = tmp_path / "cut.html"
    cut.write_bytes(PAGE.read_bytes()[:5000])
    before = rows_of(TreatyAction, Edition, Instrument)
    (report,) = import_file(NODE, cut, dry_run=False)
    assert (report.instrument, report.refused[0].row) == (None, "file")
    assert rows_of(TreatyAction, Edition, Instrument) == before
    kept = Quarantine.objects.get(file_name="cut.html")
    copy = Path(settings.COMITY_DATA) / "quarantine" / kept.digest
    assert copy.read_bytes() == cut.read_bytes()
    assert copy.stat().st_mode & 0o077 == 0


def test_a_failure_in_the_middle_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    from comity.modules.treaties.importers import apply

    def fail(*_: Any) -> None:
        raise RuntimeError("the lamp went out")

    monkeypatch.setattr(apply, "_address", fail)
    before = rows_of(*EVERYTHING)
    with pytest.raises(RuntimeError):
        import_file(NODE, PAGE, dry_run=False)
    assert rows_of(*EVERYTHING) == before


def test_the_public_may_not_import() -> None:
    with pytest.raises(Denied):
        import_file(PUBLIC, PAGE, dry_run=False)
    assert not Instrument.objects.filter(code="XXX-3").exists()


def test_an_import_stands_in_the_audit() -> None:
    taken(PAGE)
    entry = AuditEntry.objects.order_by("-pk")[0]
    assert entry.verb == "treaties:table:import"
    assert "lighthouses.html" in json.dumps(entry.difference)


def test_the_command_tells_what_it_did(capsys: pytest.CaptureFixture[str], run: Callable[..., int]) -> None:
    assert run("treaties", "import", str(PAGE), "--json") == 0
    (report,) = json.loads(capsys.readouterr().out)["files"]
    assert (report["instrument"], report["parties"], report["refused"]) == ("XXX-3", 9, [])
    assert run("treaties", "import", str(FIXTURES / "another_site.html"), str(PAGE), "--json") == 1
    foreign, page = json.loads(capsys.readouterr().out)["files"]
    assert "The Lamp Gazette" in foreign["refused"][0]["reason"]
    assert page["unchanged"] == 34
    assert run("treaties", "import", str(FIXTURES / "absent.html"), "--json") == 2
    capsys.readouterr()
    assert run("treaties", "status", "XXX-3", "--on", "2024-06-15", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["instrument"], told["on"], told["parties"], told["signatories"]) == (
        "XXX-3",
        "2024-06-15",
        9,
        7,
    )
    assert set(told) == {
        "instrument",
        "on",
        "known_at",
        "parties",
        "in_force_for",
        "signatories",
        "source_ends",
        "sources",
    }
    assert run("treaties", "parties", "XXX-3", "--on", "2024-06-15", "--json") == 0
    parties = json.loads(capsys.readouterr().out)["parties"]
    assert len(parties) == 9
    assert {"iso3", "name", "action", "deposited", "in_force", "source"} == set(parties[0])
    assert run("treaties", "between", "NOR", "ALB", "--on", "2024-06-15", "--json") == 0
    both = json.loads(capsys.readouterr().out)
    codes = [one["instrument"] for one in both["in_force"] + both["not_yet"]]
    assert "XXX-3" in codes
    assert run("treaties", "status", "NO-SUCH", "--json") == 2


@pytest.fixture
def run() -> Callable[..., int]:
    """Runs a sub-command of `comity` in this process and returns its exit code."""
    import argparse

    from comity.modules.treaties.cli import add_commands

    def call(*arguments: str) -> int:
        parser = argparse.ArgumentParser()
        add_commands(parser.add_subparsers())
        options = parser.parse_args(arguments)
        options.as_email, options.actor = None, PUBLIC
        return int(options.run(options))

    return call


def test_a_report_adds_up(tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text(
        HEAD + "ALB,,UNTOC,signature,2000-12-12,one paper\nAUT,,UNTOC,signature,2000-12-12,another paper\n"
    )
    (report,) = import_file(NODE, table, dry_run=True)
    assert isinstance(report, Report)
    assert (report.instrument, report.actions, report.imported, report.signatories) == ("UNTOC", 2, 2, 2)
