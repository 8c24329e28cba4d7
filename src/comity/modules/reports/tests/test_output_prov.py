"""Provenance of figures in PROV-JSON."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from prov.model import ProvDocument

from comity.modules.reports.outputs import prov
from comity.modules.reports.outputs.prov import Provenance

FIRST = Provenance(
    figure="tip.trained/1",
    value=Decimal("3214"),
    computed_at=datetime(2020, 4, 1, 12, tzinfo=UTC),
    code_version="1.2",
    approver="A. Person",
    definition="tip.trained@2",
    records=(("programmes.event/7", "3"), ("programmes.event/8", "1")),
)
SECOND = replace(FIRST, figure="tip.trained/2", value=Decimal("3200"), approver="", revision_of="tip.trained/1")


def read(content: bytes) -> ProvDocument:
    return ProvDocument.deserialize(content=content.decode(), format="json")


def lines(content: bytes) -> str:
    return str(read(content).get_provn())


def test_a_snapshot_is_generated_from_records_and_attributed_to_its_approver() -> None:
    said = lines(prov.write([FIRST]))
    assert "wasGeneratedBy(comity:figure/tip.trained/1, comity:computation/tip.trained/1, 2020-04-01T12:00:00" in said
    assert "used(comity:computation/tip.trained/1, comity:record/programmes.event/7@3" in said
    assert "wasAttributedTo(comity:figure/tip.trained/1, comity:person/A.%20Person" in said
    assert (
        "wasAssociatedWith(comity:computation/tip.trained/1, comity:software/1.2, comity:definition/tip.trained@2"
        in said
    )
    assert 'prov:value="3214"' in said


def test_a_correction_is_a_revision_and_both_values_stay() -> None:
    said = lines(prov.write([SECOND, FIRST]))
    assert "wasDerivedFrom(comity:figure/tip.trained/2, comity:figure/tip.trained/1" in said
    assert "prov:Revision" in said
    assert 'prov:value="3200"' in said and 'prov:value="3214"' in said
    assert said.count("wasAttributedTo") == 1


def test_a_record_used_twice_is_one_entity() -> None:
    said = lines(prov.write([FIRST, SECOND]))
    assert said.count("entity(comity:record/programmes.event/7@3") == 1


def test_the_order_of_the_snapshots_does_not_matter_nor_does_the_run() -> None:
    here = prov.write([FIRST, SECOND], notices=("fictitious",))
    assert prov.write([SECOND, FIRST], notices=("fictitious",)) == here
    code = (
        "import sys; from comity.modules.reports.tests.test_output_prov import *; "
        "sys.stdout.buffer.write(prov.write([FIRST, SECOND], notices=('fictitious',)))"
    )
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
        assert (
            subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=True).stdout
            == here
        )


def test_two_snapshots_of_one_name_and_a_time_without_zone_are_refused() -> None:
    with pytest.raises(ValueError, match="two snapshots"):
        prov.write([FIRST, FIRST])
    with pytest.raises(ValueError, match="no zone"):
        prov.write([replace(FIRST, computed_at=datetime(2020, 4, 1))])
