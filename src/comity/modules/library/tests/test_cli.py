"""The commands from end to end: files in, files out, exit codes, and what is said of each."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import pytest

from comity.core.actions.actor import PUBLIC
from comity.modules.library import cli, exports
from comity.modules.library.content import to_plain
from comity.modules.library.importing_run import walk
from comity.modules.library.models import Record
from comity.modules.library.tests import making
from comity.modules.library.tests.cases import KINDS
from comity.modules.library.tests.making import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _world(tmp_path: Path, settings: Any) -> None:
    settings.COMITY_DATA = tmp_path / "node"
    making.world()


def options(**given: Any) -> argparse.Namespace:
    base = {"as_email": None, "actor": PUBLIC, "json": True, "dry_run": False, "lang": "", "state": "", "kind": "",
            "out": None}  # fmt: skip
    return argparse.Namespace(**{**base, **given})


def told(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def line(**changes: Any) -> str:
    return json.dumps({**KINDS["law"], "state": "AAA", "identity": "fixture:line", **changes}) + "\n"


def test_the_contract_of_import(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    (folder / ".hidden.jsonl").write_text("broken")
    (folder / "b.jsonl").write_text(line(identity="fixture:b"))
    (folder / "sub" / "a.jsonl").write_text(line(identity="fixture:a") + line(identity="fixture:c", year=2018))
    assert [path.name for path in walk([folder])] == ["b.jsonl", "a.jsonl"]
    assert cli._import(options(paths=[folder])) == 0
    first = told(capsys)
    assert {name: first[name] for name in ("files", "imported", "updated", "unchanged", "refused", "provisions")} == {
        "files": 2, "imported": 3, "updated": 0, "unchanged": 0, "refused": [], "provisions": 12,
    }  # fmt: skip
    assert isinstance(first["seconds"], float)
    assert cli._import(options(paths=[folder])) == 0
    assert told(capsys)["unchanged"] == 3


def test_a_broken_line_is_named_and_the_others_are_taken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mixed.jsonl"
    separator = "A sign\u2028that some take for a line's end"
    path.write_text('{"kind": "law", "sta\n' + line(texts=[{"field": "title", "lang": "en", "value": separator}]))
    assert cli._import(options(paths=[path])) == 1
    said = told(capsys)
    assert said["imported"] == 1 and said["refused"][0]["file"] == str(path)
    assert said["refused"][0]["reason"].startswith("line 1: ")
    assert Record.objects.get().title == separator


def test_exit_codes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    licence = tmp_path / "LICENSE"
    licence.write_bytes(b"\x00\x01")
    law = tmp_path / "a.jsonl"
    law.write_text(line())
    assert cli._import(options(paths=[law, licence])) == 1
    assert [one["file"] for one in told(capsys)["refused"]] == [str(licence)]
    assert cli._import(options(paths=[law], state="BBB")) == 1
    assert "AAA" in told(capsys)["refused"][0]["reason"]
    assert cli._import(options(paths=[tmp_path / "none"])) == 2
    assert cli._import(options(paths=[law], state="ZZZ")) == 2
    assert cli._import(options(paths=[law], as_email="x", actor=PUBLIC)) == 2
    assert cli._export(options(format="akn")) == 2
    assert cli._export(options(format="csv", out=tmp_path / "none" / "x.csv")) == 2


def test_a_dry_run_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(line())
    assert cli._import(options(paths=[path], dry_run=True)) == 0
    assert told(capsys)["imported"] == 1 and not Record.objects.exists()


def test_export_and_import_are_equal_in_both_exchange_formats(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "a.jsonl"
    source.write_text(line())
    cli._import(options(paths=[source]))
    before = next(exports.entries(exports.chosen(SYSTEM))).content
    for kind, name in (("jsonl", "out.jsonl"), ("akn", "laws")):
        assert cli._export(options(format=kind, out=tmp_path / name)) == 0
        Record.objects.all().delete()
        capsys.readouterr()
        assert cli._import(options(paths=[tmp_path / name])) == 0
        assert told(capsys)["imported"] == 1
        after = next(exports.entries(exports.chosen(SYSTEM))).content
        for field in ("law", "tags", "sources", "year", "state"):
            assert getattr(after, field) == getattr(before, field)
        assert to_plain(after)["provisions"] == to_plain(before)["provisions"]
        assert {(t.lang, t.field, t.value) for t in after.texts} == {(t.lang, t.field, t.value) for t in before.texts}


def test_export_chooses_and_writes_to_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    making.shown(making.law())
    making.shown(making.law("BBB", title="Other Act"))
    assert cli._export(options(format="jsonl", state="BBB")) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1 and "Other Act" in lines[0]
    assert cli._export(options(format="csl", kind="case")) == 0
    assert json.loads(capsys.readouterr().out) == []


#: Real files, a few of each kind, with the State given where they do not say it.
REAL = [
    ("legislation/ca-xml/eng/U-2.xml", ""), ("legislation/ca-xml/fra/U-2.xml", ""),
    ("legislation/zw-json/zw-trafficking-in-persons-act.json", ""),
    ("legislation/tn-json/constitution_eng.json", "TUN"),
    ("caselaw/uk-akn/test15.xml", ""), ("legislation/tn-json/LICENSE", ""),
]  # fmt: skip


def test_real_files_go_through(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from comity.core.people.load_reference import load_reference

    load_reference()
    said = []
    for name, state in REAL:
        code = cli._import(options(paths=[shared / name], state=state))
        said.append(told(capsys))
        assert code == len(said[-1]["refused"]), said[-1]
    assert [one["imported"] for one in said] == [1, 0, 1, 1, 1, 0]
    assert said[1]["updated"] == 1 and said[4]["waiting"] == 1 and said[2]["provisions"] > 10
    assert "not a law or case" in said[-1]["refused"][0]["reason"]
    law = Record.objects.get(participant="CAN")
    assert {t.lang for p in law.provisions.all() for t in p.texts.all()} == {"en", "fr"}
