"""The commands, the pages of import and export, the API and what the search finds."""

from __future__ import annotations

import argparse
import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import etree
from openpyxl import load_workbook

from comity.account.tests.sign_in import person, sign_in
from comity.core.actions.actor import PUBLIC, Actor
from comity.core.actions.models import OutboxMessage
from comity.core.people.load_reference import load_reference
from comity.core.vault.uploads import uploads
from comity.core.workflow.models import Job
from comity.core.workflow.worker import Worker
from comity.modules.programmes import services
from comity.modules.programmes.cli import add_commands
from comity.modules.programmes.models import Event
from comity.modules.programmes.search import ProgrammesSource
from comity.modules.programmes.tests.books import ATTENDANCE, EVENT, book, event, people
from comity.modules.programmes.tests.every_kind import contents, emptied, every_kind
from comity.modules.programmes.tests.makers import CURATOR, SYSTEM, draft

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _world(tmp_path: Path, settings: Any) -> None:
    settings.COMITY_DATA = tmp_path / "node"
    every_kind()


def comity(*words: str, actor: Actor = SYSTEM, as_email: str | None = None) -> int:
    """Runs `comity programmes …` as somebody."""
    parser = argparse.ArgumentParser()
    add_commands(parser.add_subparsers(dest="command", required=True))
    options = parser.parse_args(["programmes", *words])
    options.actor, options.as_email = actor, as_email
    return int(options.run(options))


def test_import_prints_one_object(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = book(tmp_path / "b.xlsx", {"event": [EVENT, event("A"), event("B", "05/06/2019")],
                                      "attendance": [ATTENDANCE, people("A")]})  # fmt: skip
    assert comity("import", str(path), "--dry-run", "--json") == 1
    preview = json.loads(capsys.readouterr().out)
    assert (preview["imported"], preview["updated"], preview["unchanged"]) == (1, 0, 0)
    assert preview["refused"][0]["file"] == str(path) and preview["refused"][0]["row"] == 3
    assert not Event.objects.filter(code="A").exists()
    assert comity("import", str(path)) == 1
    said = capsys.readouterr().out
    assert "1 imported" in said and "sheet event, row 3" in said
    assert Event.objects.filter(code="A").exists()
    assert comity("import", str(tmp_path / "none.xlsx")) == 2
    assert comity("import", str(path), actor=PUBLIC, as_email="x@example.org") == 2


@pytest.mark.parametrize("kind", ["xlsx", "csv", "iati"])
def test_export_and_import_by_command_change_nothing(tmp_path: Path, kind: str) -> None:
    out = tmp_path / f"out.{'xml' if kind == 'iati' else kind}"
    before = contents()
    assert comity("export", "--format", kind, "--out", str(out)) == 0
    assert comity("import", str(out)) == 0
    assert contents() == before


def test_export_without_a_path_goes_to_standard_output(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = io.TextIOWrapper(io.BytesIO())
    monkeypatch.setattr(sys, "stdout", out)
    assert comity("export", "--format", "iati", "--reporting-org", "XX-EX-2") == 0
    root = etree.fromstring(out.buffer.getvalue())  # type: ignore[attr-defined]
    assert root.find("iati-activity/reporting-org").get("ref") == "XX-EX-2"
    assert "not approved" not in capsys.readouterr().err


def test_no_organisation_is_named_that_nobody_gave(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.xml"
    assert comity("export", "--format", "iati", "--out", str(out)) == 0
    assert b"41128" not in out.read_bytes()
    assert "no registered organisation identifier" in capsys.readouterr().err
    emptied()
    assert comity("export", "--format", "iati", "--out", str(out)) == 2


def test_an_export_holds_what_the_actor_may_see(tmp_path: Path) -> None:
    services.record(CURATOR, draft=draft("event", "SECRET", (), "secretariat", programme="P1"))
    out = tmp_path / "out.csv"
    for actor, seen in ((PUBLIC, False), (CURATOR, True)):
        assert comity("export", "--format", "csv", "--out", str(out), actor=actor) == 0
        assert ("SECRET" in out.read_text(encoding="utf-8-sig")) is seen
    assert comity("export", "--format", "csv", "--out", str(tmp_path / "tables.zip")) == 0
    assert comity("template", "--out", str(tmp_path / "template.xlsx"), "--lang", "zh") == 0
    assert "event" in load_workbook(tmp_path / "template.xlsx").sheetnames


@pytest.fixture
def curator() -> Client:
    return sign_in(Client(), person("curator@example.org", "curator"))


PAGE = "/en/programmes/import/"


def upload(client: Client, path: Path) -> str:
    """Sends a file and does the work that follows; returns the address of the comparison."""
    answer = client.post(PAGE, {"file": SimpleUploadedFile(path.name, path.read_bytes())})
    assert answer.status_code == 302, answer.content.decode()
    Worker().run(until_idle=True)
    return str(answer["Location"])


def test_a_curator_sees_row_by_row_and_then_takes_what_is_right(curator: Client, tmp_path: Path) -> None:
    path = book(tmp_path / "b.xlsx", {"event": [EVENT, event("A"), event("B")],
                                      "attendance": [ATTENDANCE, people("A"), people("B", "Congo")]})  # fmt: skip
    assert "import/template/" in curator.get(PAGE).content.decode()
    address = upload(curator, path)
    page = curator.get(address).content.decode()
    assert "Training A" in page and "COD (" in page and "attendance" in page
    assert not Event.objects.filter(code="A").exists()
    taken = curator.post(address)
    Worker().run(until_idle=True)
    assert "What was taken and refused" in curator.get(taken["Location"]).content.decode()
    assert Event.objects.filter(code="A").get().edited_by.startswith("user:")
    assert not Event.objects.filter(code="B").exists()
    curator.post(address)
    Worker().run(until_idle=True)
    assert Event.objects.filter(code="A").count() == 1
    assert not list(uploads().glob("job-*"))


def test_a_waiting_import_is_cancelled_and_others_find_none(curator: Client, tmp_path: Path) -> None:
    path = book(tmp_path / "b.xlsx", {"event": [EVENT, event("A")]})
    answer = curator.post(PAGE, {"file": SimpleUploadedFile(path.name, path.read_bytes())})
    curator.post(answer["Location"], {"cancel": "1"})
    Worker().run(until_idle=True)
    assert Job.objects.get(name="programmes:import").state == "cancelled"
    for other in (Client(), sign_in(Client(), person("publisher@example.org", "publisher"))):
        assert other.get(PAGE).status_code in (302, 404)
        assert other.get(answer["Location"]).status_code in (302, 404)
    assert curator.post(PAGE, {}).status_code == 200


def test_files_leave_by_the_pages_too() -> None:
    services.record(CURATOR, draft=draft("event", "SECRET", (), "secretariat", programme="P1"))
    client = Client()
    for kind, begins in (("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf"), ("iati", b"<?xml")):
        answer = client.get(f"/en/programmes/export/{kind}/")
        assert answer.status_code == 200 and answer.content.startswith(begins)
        assert b"SECRET" not in answer.content
    assert client.get("/en/programmes/import/template/").content.startswith(b"PK")
    assert client.get("/en/programmes/export/pdf/").status_code == 404
    emptied()
    assert client.get("/en/programmes/export/iati/").status_code == 409


def test_the_api_gives_what_the_reader_may_see(curator: Client) -> None:
    services.record(CURATOR, draft=draft("event", "SECRET", (), "secretariat", programme="P1"))
    api = "/api/v1/programmes/"
    listed = Client().get(api).json()
    assert {one["kind"]: one["records"] for one in listed}["event"] == 2
    first = Client().get(f"{api}records/event", {"limit": 1}).json()
    rest = Client().get(f"{api}records/event", {"limit": 1, "after": first["next"]}).json()
    assert [first["rows"][0]["code"], rest["rows"][0]["code"]] == ["EV-1", "EV-2"]
    assert first["head"]["records"] == 2 and rest["next"] is None
    assert [row["count"] for row in first["rows"][0]["attendance"]] == [12, 5]
    assert Client().get(f"{api}records/event/SECRET").status_code == 404
    assert curator.get(f"{api}records/event/SECRET").json()["label"] == "secretariat"
    assert Client().get(f"{api}records/nothing").status_code == 404
    assert curator.get(f"{api}records/event", {"q": "secret"}).json()["head"]["records"] == 1


def test_the_search_finds_titles_notes_and_other_languages() -> None:
    load_reference()
    source = ProgrammesSource()
    keys = list(source.keys())
    assert {"programme:P1", "project:J1", "event:EV-1", "product:T1"} <= set(keys)
    found = {passage.id: passage for passage in source.passages(keys)}
    assert found["programmes:project:J1:en"].text.startswith("+note")
    assert found["programmes:project:J1:fr"].title == "Deuxième titre"
    assert found["programmes:event:EV-2:zh"].lang == "zh"
    row = services.record(CURATOR, draft=draft("event", "SECRET", (), "secretariat", programme="P1"))
    hidden = "programmes:event:SECRET:en"
    asked = [*found, hidden, "programmes:event:NONE:en", "nonsense"]
    assert source.visible(PUBLIC, asked) == set(found)
    assert source.visible(CURATOR, [hidden]) == {hidden}
    told = OutboxMessage.objects.filter(topic="search:changed").latest("pk").payload
    assert told == {"source": "programmes", "keys": ["event:SECRET"]}
    services.withdraw(CURATOR, row=row, reason="twice")
    assert not list(source.passages(["event:SECRET"])) and not source.visible(CURATOR, [hidden])
