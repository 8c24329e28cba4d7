"""IATI 2.03: what leaves keeps schema and rules, what comes back is the same, what is wrong is named."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.validators import validate_slug
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from comity.core.actions.actor import PUBLIC
from comity.modules.programmes import exports, services
from comity.modules.programmes.exporters import iati_rules
from comity.modules.programmes.exporters.iati_elements import Reporter, shares
from comity.modules.programmes.exporters.iati_identity import slug
from comity.modules.programmes.exporters.iati_money import by_year
from comity.modules.programmes.importing_run import import_files
from comity.modules.programmes.models import Donor, FinancialLine, Indicator, Instalment, Pledge, Project
from comity.modules.programmes.services.importing import Outcome
from comity.modules.programmes.tests.every_kind import contents, emptied, every_kind
from comity.modules.programmes.tests.makers import CURATOR, SYSTEM, draft, made

pytestmark = pytest.mark.django_db
NODE = Reporter("XX-EXAMPLE-1", "Node of examples")
TODAY = date(2021, 1, 1)


def exported() -> bytes:
    return exports.export(SYSTEM, "iati", reporter=NODE).content


def taken(folder: Path, content: bytes, **more: bool) -> Outcome:
    path = folder / "file.xml"
    path.write_bytes(content)
    return import_files(SYSTEM, [path], reporting=NODE.identifier, **more)


def activity(told: bytes, code: str) -> etree._Element:
    return etree.fromstring(told).xpath(f"iati-activity[iati-identifier='XX-EXAMPLE-1-{code}']")[0]


def test_an_export_keeps_the_schema_and_every_rule_that_is_checked() -> None:
    every_kind()
    made_file = exports.export(SYSTEM, "iati", reporter=NODE)
    assert iati_rules.schema_problems(etree.fromstring(made_file.content)) == []
    assert iati_rules.check(made_file.content, TODAY) == []
    project = activity(made_file.content, "J1")
    kinds = [one.get("code") for one in project.iterfind("transaction/transaction-type")]
    assert sorted(kinds) == ["1", "11", "13", "4"]
    assert [(tag.get("vocabulary"), tag.get("code")) for tag in project.iterfind("tag")] == [("2", "16"), ("3", "16.3")]
    assert project.find("default-aid-type").attrib == {"code": "3", "vocabulary": "2"}
    assert sum(Decimal(one.get("percentage")) for one in project.iterfind("recipient-country")) == 100
    assert project.find("related-activity").get("ref") == "XX-EXAMPLE-1-P1"
    assert [one.get("code") for one in project.iterfind("activity-status")] == ["2"]
    assert not any("B1" in note for note in made_file.notes)
    assert b"fictitious records of a demonstration" in made_file.content


def test_an_export_comes_back_to_the_records_it_was_made_of(tmp_path: Path) -> None:
    every_kind()
    before = contents()
    outcome = taken(tmp_path, exported())
    assert (outcome.imported, outcome.updated, outcome.refused) == (0, 0, [])
    assert outcome.unchanged > 10
    assert contents() == before


def test_an_export_taken_in_elsewhere_exports_the_same(tmp_path: Path) -> None:
    every_kind()
    first = exported()
    emptied()
    made("rate", "EUR-2019", currency="EUR", rate=Decimal("0.9"), starts=date(2019, 1, 1))
    outcome = taken(tmp_path, first)
    assert outcome.refused == []
    assert exported() == first


def test_another_version_is_named_by_its_line_and_nothing_is_taken(tmp_path: Path) -> None:
    every_kind()
    other = exported().replace(b'version="2.03"', b'version="1.05"')
    emptied()
    for dry_run in (True, False):
        outcome = taken(tmp_path, other, dry_run=dry_run)
        assert [(one["row"], "1.05" in one["reason"]) for one in outcome.refused] == [(2, True)]
        assert not Project.objects.exists()


def test_a_file_against_the_schema_is_refused_by_line(tmp_path: Path) -> None:
    every_kind()
    lines = exported().splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if b"<activity-status" in line)
    broken = b"".join([*lines[:at], *lines[at + 1 :]])
    emptied()
    outcome = taken(tmp_path, broken)
    assert not Project.objects.exists()
    assert abs(outcome.refused[0]["row"] - at) <= 2
    assert "schema" in outcome.refused[0]["reason"]


def foreign(*inside: str, status: str = "2", version: str = "2.03") -> bytes:
    """A file of another publisher, written by hand after the schema; fictitious."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<iati-activities version="{version}">
<iati-activity xml:lang="en" default-currency="USD">
<iati-identifier>ZZ-OTHER-9/A 1</iati-identifier>
<reporting-org ref="ZZ-OTHER-9" type="22"><narrative>Other publisher</narrative></reporting-org>
<title><narrative>Wells of Lumen</narrative><narrative xml:lang="fr">Puits de Lumen</narrative></title>
<description><narrative>Fictitious.</narrative></description>
<participating-org role="4"><narrative>Partner A</narrative></participating-org>
<activity-status code="{status}"/>
<activity-date type="2" iso-date="2019-02-01"/><activity-date type="3" iso-date="2022-02-01"/>
<contact-info><email>x@example.org</email></contact-info>
<recipient-country code="KE" percentage="60"/><recipient-country code="UG" percentage="40"/>
<sector code="15130" percentage="70"/><sector code="15160" percentage="30"/>
<tag vocabulary="3" code="16.3"/>
{"".join(inside)}
</iati-activity></iati-activities>""".encode()


def transaction(kind: str, amount: str, *, currency: str = "USD", provider: str = "Kingdom of Examples") -> str:
    return f"""<transaction><transaction-type code="{kind}"/><transaction-date iso-date="2019-03-01"/>
<value value-date="2019-03-01" currency="{currency}">{amount}</value>
<provider-org type="10"><narrative>{provider}</narrative></provider-org></transaction>"""


RESULT = """<result type="1"><title><narrative>Wells</narrative></title>
<indicator measure="1"><title><narrative>Wells dug</narrative></title><baseline year="2018" value="2"/>
<period><period-start iso-date="2019-01-01"/><period-end iso-date="2019-12-31"/>
<target value="10"/><actual value="7"/><actual value="3"><dimension name="place" value="north"/></actual></period>
</indicator></result>"""


def test_a_file_of_another_publisher_gives_project_results_and_pledge(tmp_path: Path) -> None:
    every_kind()
    emptied()
    inside = (
        '<budget><period-start iso-date="2019-01-01"/><period-end iso-date="2019-12-31"/>'
        '<value value-date="2019-01-01">500</value></budget>',
        transaction("13", "1000"), transaction("11", "1000"), transaction("1", "400"), transaction("4", "90"),
        transaction("5", "1"), RESULT,
    )  # fmt: skip
    outcome = taken(tmp_path, foreign(*inside))
    assert outcome.refused == []
    project = Project.objects.get()
    assert project.code == slug("ZZ-OTHER-9/A 1")
    assert project.source == "IATI ZZ-OTHER-9/A 1"
    assert (project.title, project.other_titles) == ("Wells of Lumen", {"fr": "Puits de Lumen"})
    assert (project.step, project.locations, project.sector) == ("implementing", ("KEN", "UGA"), "15130")
    pledge = Pledge.objects.get()
    assert (pledge.step, pledge.usd, pledge.project) == ("signed", 1000, project.code)
    assert Instalment.objects.get().pledge == pledge.code
    assert Donor.objects.get().kind == "state"
    assert {line.flow: line.usd for line in FinancialLine.objects.all()} == {"budget": 500, "delivery": 90}
    assert Indicator.objects.get().baseline == 2
    said = " ".join(note["note"] for note in outcome.notes)
    for part in ("contact-info", "share of a country", "transaction of type 5", "actual by place", "special purpose"):
        assert part in said
    again = taken(tmp_path, foreign(*inside))
    assert (again.imported, again.updated, again.refused) == (0, 0, [])


def test_what_is_wrong_in_a_foreign_file_is_named_and_the_rest_taken(tmp_path: Path) -> None:
    every_kind()
    emptied()
    inside = (transaction("13", "1000", currency="EUR"), transaction("1", "5", provider="Unheard of"), transaction(
        "4", "90", currency="EUR"))  # fmt: skip
    outcome = taken(tmp_path, foreign(*inside))
    reasons = " ".join(one["reason"] for one in outcome.refused)
    assert Project.objects.exists() and not Pledge.objects.exists()
    assert all(one["row"] for one in outcome.refused)
    for part in ("no rate of EUR", "no pledge of this provider", "kept in US dollars"):
        assert part in reasons
    unknown = taken(tmp_path, foreign().replace(b'code="KE"', b'code="ZQ"'))
    assert "“ZQ”" in unknown.refused[0]["reason"]


def test_a_person_takes_no_second_persons_step_from_a_file(tmp_path: Path) -> None:
    every_kind()
    emptied()
    path = tmp_path / "file.xml"
    path.write_bytes(foreign())
    outcome = import_files(CURATOR, [path], reporting=NODE.identifier)
    assert outcome.imported == 1 and Project.objects.get().step == "in_review"
    assert "second person" in outcome.notes[-1]["note"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<iati-activities version='2.03'>", "well-formed"),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]><iati-activities version='2.03'/>", "document type"),
        (b"<iati-organisations version='2.03'/>", "organisations"),
        (b"<html/>", "html"),
    ],
)
def test_what_is_no_iati_file_is_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    assert reason in taken(tmp_path, content).refused[0]["reason"]


def test_the_public_gets_what_is_public() -> None:
    every_kind()
    services.record(CURATOR, draft=draft("programme", "P9", (), "secretariat", level="global", starts=date(2018, 1, 1)))
    assert b"P9" not in exports.export(PUBLIC, "iati", reporter=NODE).content
    assert b"P9" in exported()


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        (b'percentage="33.33"', b'percentage="33.3"', "sum recipient-country"),
        (b'activity-date iso-date="2019-01-01"', b'activity-date iso-date="2031-01-01"', "2, NOW"),
        (b'period-end iso-date="2018-12-31"', b'period-end iso-date="2020-12-31"', "time_limit"),
        (b"<iati-identifier>XX-EXAMPLE-1-J1", b"<iati-identifier>J1", "prefix"),
        (b"<iati-identifier>XX-EXAMPLE-1-J1", b"<iati-identifier>XX-EXAMPLE-1-J/1", "regex_matches iati-identifier"),
        (b'transaction-date iso-date="2019-05-06"', b'transaction-date iso-date="2031-05-06"', "transaction-date, NOW"),
    ],
)
def test_each_rule_finds_what_breaks_it(old: bytes, new: bytes, rule: str) -> None:
    every_kind()
    content = exported()
    assert old in content
    assert any(rule in one.rule for one in iati_rules.check(content.replace(old, new), TODAY))


def test_checked_and_unchecked_rules_are_told_apart() -> None:
    assert len(iati_rules.CHECKED) > 25
    assert not set(iati_rules.CHECKED) & set(iati_rules.UNCHECKED)


@given(
    st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.integers(0, 2500),
    st.decimals(Decimal("0.01"), Decimal(10**9), places=2),
)  # fmt: skip
def test_years_of_a_budget_make_the_whole(starts: date, days: int, amount: Decimal) -> None:
    ends = date.fromordinal(starts.toordinal() + days)
    parts = list(by_year(starts, ends, amount))
    assert sum(part[2] for part in parts) == amount
    assert (parts[0][0], parts[-1][1]) == (starts, ends)
    assert all((last - first).days < 366 for first, last, _share in parts)
    assert all((later[0] - earlier[1]).days == 1 for earlier, later in zip(parts, parts[1:], strict=False))


@given(st.integers(1, 250))
def test_shares_make_a_hundred(number: int) -> None:
    assert sum(Decimal(share) for share in shares(number)) == 100


@given(st.text(min_size=1))
def test_a_code_made_of_an_identifier_is_a_code(text: str) -> None:
    validate_slug(slug(text))
    assert len(slug(text)) <= 60
