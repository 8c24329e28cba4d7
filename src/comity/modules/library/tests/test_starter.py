"""What comes with the software: the listing of cases as facts, without a name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comity.core.people.load_reference import load_reference as load_people
from comity.modules.library.importers.docket import docket
from comity.modules.library.importing_run import import_files
from comity.modules.library.load_reference import cases, load_reference
from comity.modules.library.models import Alias, Record, Tag, Version
from comity.modules.library.tests import making
from comity.modules.library.tests.making import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _world() -> None:
    load_people()
    making.world()


def test_the_listing_loads_once_with_few_queries() -> None:
    with CaptureQueriesContext(connection) as queries:
        load_reference()
    assert Record.objects.filter(step="published", listing=True, kind="case").count() == 1590
    assert len(queries) < 8000
    load_reference()
    assert Record.objects.count() == Version.objects.count() == 1590


def test_facts_are_there_and_gaps_are_left_open() -> None:
    load_reference()
    assert Record.objects.filter(year=None).count() == 107
    assert set(Record.objects.filter(participant=None).values_list("body", flat=True)) == {
        "International or regional body"
    }
    assert Tag.objects.filter(scheme="crime_type", value="trafficking-in-persons").count() == 1590
    shared = Alias.objects.filter(value="ARGx003")
    assert shared.count() == 2 and len({alias.record_id for alias in shared}) == 2


def test_every_title_is_a_docket_number_else_the_number_stands_for_it() -> None:
    for content in cases():
        title = content.text("title")
        assert title is None or docket(title.value) == title.value
    load_reference()
    assert Record.objects.filter(title__regex=r"^[A-Z]{3}-\d{4}-\d{4}$").count() == 777


@pytest.mark.parametrize(
    ("title", "taken"),
    [
        ("Case No. 12/2010", True),
        ("6 T 8/2006", True),
        ("Dosar nr. 1ra – 718/2010", True),
        ("III KK 177/2007", True),
        ("Invented v. State, Case No. 12/2010", False),
        ("Case No. 5 Anna", False),
        ("A.B. 12/2010", False),
        ("M. 12/2010", False),
        ("Smith 2010", False),
        ("Case", False),
    ],
)
def test_in_doubt_a_title_is_not_taken(title: str, taken: bool) -> None:
    assert bool(docket(title)) is taken


def test_importing_the_listing_again_changes_nothing(shared: Path, tmp_path: Path, settings: Any) -> None:
    settings.COMITY_DATA = tmp_path
    load_reference()
    outcome = import_files(SYSTEM, [shared / "sherloc" / "trafficking_cases.csv"])
    assert not outcome.refused
    assert (outcome.count("unchanged"), outcome.count("imported"), outcome.count("updated")) == (1590, 0, 0)
