"""The import page and its job: upload, preview, apply, cancel; and the library as JSON."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from comity.account.tests.sign_in import person, sign_in
from comity.core.vault.uploads import uploads
from comity.core.workflow.models import Job
from comity.core.workflow.worker import Worker
from comity.modules.library import importing_job
from comity.modules.library.models import Record
from comity.modules.library.tests import making
from comity.modules.library.tests.cases import KINDS

pytestmark = pytest.mark.django_db
PAGE = "/en/library/desk/import/"


@pytest.fixture(autouse=True)
def _world(tmp_path: Path, settings: Any) -> None:
    settings.COMITY_DATA = tmp_path / "node"
    making.world()


@pytest.fixture
def curator() -> Client:
    return sign_in(Client(), person("curator@example.org", "curator"))


def line(**changes: Any) -> bytes:
    return json.dumps({**KINDS["law"], "state": "AAA", "identity": "fixture:page", **changes}).encode() + b"\n"


def upload(client: Client, *files: tuple[str, bytes], **more: str) -> str:
    """Sends files and does the work that follows; returns the address of the comparison."""
    given = [SimpleUploadedFile(name, content) for name, content in files]
    answer = client.post(PAGE, {"file": given, **more})
    assert answer.status_code == 302, answer.content.decode()
    Worker().run(until_idle=True)
    return str(answer["Location"])


def job() -> Job:
    """The latest import; the worker starts other jobs too."""
    return Job.objects.filter(name="library:import").latest("pk")


def packed(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_a_curator_sees_what_would_change_and_then_applies_it(curator: Client) -> None:
    assert curator.get(PAGE).status_code == 200
    address = upload(curator, ("a.jsonl", line()), ("b.bin", b"\x00\x01"))
    page = curator.get(address).content.decode()
    assert "Invented Trafficking Act" in page and "b.bin" in page
    assert "No one does it." in page or "Offence" in page
    assert not Record.objects.exists()
    applied = curator.post(address)
    Worker().run(until_idle=True)
    assert "What was imported" in curator.get(applied["Location"]).content.decode()
    record = Record.objects.get()
    assert (record.step, record.author[:5]) == ("draft", "user:")
    again = curator.post(address)
    assert again.status_code == 302 and Record.objects.count() == 1


def test_a_zip_is_unpacked_within_bounds(curator: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = {"folder/a": line(), "folder/b": line(identity="fixture:two"), "__MACOSX/x": b"x", "folder/.c": b"x"}
    archive = packed(inside)
    page = curator.get(upload(curator, ("all.zip", archive))).content.decode()
    assert "all.zip/folder/a" in page and "MACOSX" not in page
    assert job().result["imported"] == 2
    monkeypatch.setattr(importing_job, "MOST_BYTES", 100)
    upload(curator, ("bomb.zip", packed({"a": b" " * 10_000})), ("b.jsonl", line()))
    result = job().result
    assert result["imported"] == 1 and "unpacked" in result["refused"][0]["reason"]
    upload(curator, ("broken.zip", b"PK no zip"))
    assert "cannot be opened" in job().result["refused"][0]["reason"]
    assert not list(uploads().glob("job-*"))


def test_state_and_kind_come_from_the_form(curator: Client) -> None:
    upload(curator, ("a.jsonl", line(state="")), state="BBB", kind="law")
    assert job().result["changes"][0]["state"] == "BBB"
    upload(curator, ("a.jsonl", line(state="")))
    assert job().result["refused"]


def test_a_waiting_import_is_cancelled(curator: Client) -> None:
    given = SimpleUploadedFile("a.jsonl", line())
    address = curator.post(PAGE, {"file": given})["Location"]
    assert 'name="cancel"' in curator.get(address).content.decode()
    curator.post(address, {"cancel": "1"})
    Worker().run(until_idle=True)
    assert job().state == "cancelled" and not Record.objects.exists()


def test_others_find_no_import(curator: Client) -> None:
    address = upload(curator, ("a.jsonl", line()))
    for other in (Client(), sign_in(Client(), person("publisher@example.org", "publisher"))):
        assert other.get(PAGE).status_code in (302, 404)
        assert other.get(address).status_code in (302, 404)
    assert curator.post(PAGE, {}).status_code == 200


def test_the_library_as_json_is_what_the_reader_may_see() -> None:
    shown = making.shown(making.law())
    for n in range(3):
        making.shown(making.law("BBB", title=f"Act {n}"))
    hidden = making.shown(making.law(title="Hidden Act", audience="officials"))
    gone = making.shown(making.law(title="Gone Act"), step="withdrawn")
    api = "/api/v1/library/"
    client = Client()
    first = client.get(api, {"limit": 3, "sort": "title"}).json()
    rest = client.get(api, {"limit": 3, "sort": "title", "after": first["next"]}).json()
    assert first["head"]["records"] == 4 and len(first["rows"]) == 3 and rest["next"] is None
    assert sorted(row["title"] for row in first["rows"] + rest["rows"]) == ["Act 0", "Act 1", "Act 2", "Offences Act"]
    assert client.get(api, {"state": "AAA"}).json()["head"]["records"] == 1
    whole = client.get(f"{api}{shown.number}").json()
    assert whole["provisions"][1]["key"] == "s-1" and whole["law"]["type"] == "act"
    assert len(client.get(f"{api}{shown.number}/provisions").json()) == 3
    one = client.get(f"{api}{shown.number}/provisions/s-2", {"lang": "fr"}).json()
    assert [text["lang"] for text in one["texts"]] == ["fr"]
    for path in (f"{api}{hidden.number}", f"{api}{hidden.number}/provisions", f"{api}{shown.number}/provisions/none"):
        assert client.get(path).status_code == 404
    told = client.get(f"{api}{gone.number}").json()
    assert set(told) == {"number", "step", "reason"}
    assert client.get(api, {"kind": "surprise"}).status_code == 400
