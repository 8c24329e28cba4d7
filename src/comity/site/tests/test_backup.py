"""Backup and restore: equal again, on either database, and nothing is touched where something is wrong."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.harness.nodes import Node, drop_database, new_database

FILL = """
from datetime import timedelta
from django.db import transaction
from django.utils import timezone
from comity.core.audit.log import record
from comity.core.people.models import Body, Mandate, User
from comity.core.workflow import services
from comity.core.workflow.notifications import notify
user = User.objects.create_user("ana@example.org", "a long passphrase", name="Ана · آنا · 安娜")
unit = Body.objects.create(code="unit", name="Unit")
Mandate.objects.create(user=user, role="curator", body=unit, proposed_by="x")
with transaction.atomic():
    services.set_deadline(reference="a:1", kind="k", subject="Due", due_at=timezone.now(), users=[user.pk])
    notify(user=user, subject="Hello", key="n1")
    record(actor="user:1", verb="test:thing:change", reference="thing:1", difference={"n": [None, 1.5, "é"]})
from comity.core.workflow.worker import Worker
Worker().drain()
"""
#: Every row of every table, in an order and form that both databases share.
TELL = """
import hashlib, json
from comity.site import records
told = {}
from pathlib import Path
import tempfile
with tempfile.TemporaryDirectory() as folder:
    for model in records.models_at(records.applied_migrations()):
        path = Path(folder) / "rows"
        count = records.dump(model, path)
        told[model._meta.label_lower] = [count, hashlib.sha256(path.read_bytes()).hexdigest()]
print(json.dumps(told))
"""
SECRET = {"COMITY_PASSPHRASE": "correct horse battery staple"}


def tell(node: Node) -> dict[str, Any]:
    return dict(json.loads(node.python(TELL)))


def files(node: Node) -> dict[str, bytes]:
    left_out = ("comity.sqlite3", "tmp", "lock", "node.json", "backups")
    return {
        str(p.relative_to(node.data)): p.read_bytes()
        for p in sorted(node.data.rglob("*"))
        if p.is_file() and not str(p.relative_to(node.data)).startswith(left_out)
    }


@pytest.fixture
def filled(node: Node) -> Node:
    node.environment |= SECRET
    node.python(FILL)
    node.must("audit", "checkpoint")
    return node


def test_a_backup_restores_to_an_equal_node(filled: Node, empty_node: Node, tmp_path: Path) -> None:
    archive = tmp_path / "node.comity"
    before = tell(filled)
    assert "records" in filled.must("backup", str(archive))
    assert archive.stat().st_mode & 0o777 == 0o600
    assert b"ana@example.org" not in archive.read_bytes()
    other = Node(tmp_path / "other", empty_node.database_url, dict(SECRET))
    other.must("restore", str(archive))
    assert tell(other) == before
    assert files(other) == files(filled)
    assert any(name.startswith("mail/") for name in files(other))
    told = json.loads(other.must("audit", "verify", "--json"))
    assert told["ok"]
    assert told["covered_to"]
    # The restored node is a working one: new rows get new keys.
    other.python("from comity.core.people.models import User\nUser.objects.create_user('ben@example.org')")


def test_a_backup_moves_between_the_databases(filled: Node, tmp_path: Path) -> None:
    """On PostgreSQL: there to SQLite and back again. On SQLite: twice SQLite."""
    first, second = tmp_path / "first.comity", tmp_path / "second.comity"
    before = tell(filled)
    filled.must("backup", str(first))
    embedded = Node(tmp_path / "embedded", "", dict(SECRET))
    embedded.must("restore", str(first))
    assert tell(embedded) == before
    embedded.must("backup", str(second))
    url = new_database()
    served = Node(tmp_path / "served", url, dict(SECRET))
    try:
        served.must("restore", str(second))
        assert tell(served) == before
        assert json.loads(served.must("audit", "verify", "--json"))["ok"]
    finally:
        drop_database(url)


def test_after_a_refused_restore_the_next_one_works(filled: Node, empty_node: Node, tmp_path: Path) -> None:
    archive = tmp_path / "node.comity"
    filled.must("backup", str(archive))
    other = Node(tmp_path / "other", empty_node.database_url, {"COMITY_PASSPHRASE": "not the right one at all"})
    assert other.comity("restore", str(archive)).returncode == 2
    assert other.comity("restore", str(archive)).returncode == 2
    other.environment = dict(SECRET)
    other.must("restore", str(archive))
    assert tell(other) == tell(filled)


def test_a_node_that_is_not_empty_is_replaced_only_when_told_to(filled: Node, tmp_path: Path) -> None:
    archive = tmp_path / "node.comity"
    filled.must("backup", str(archive))
    before = tell(filled)
    filled.python(
        "from comity.core.people.models import Body\nBody.objects.create(code='later', name='Later')"
    )
    (filled.data / "mail" / "later.eml").write_text("later")
    done = filled.comity("restore", str(archive))
    assert done.returncode == 2
    assert "--replace" in done.stderr
    assert tell(filled) != before
    filled.must("restore", str(archive), "--replace")
    assert tell(filled) == before
    assert "mail/later.eml" not in files(filled)


@pytest.mark.parametrize(
    "harm", ["passphrase", "cut", "cut at a chunk", "changed", "other file", "empty", "absent"]
)
def test_a_bad_backup_is_refused_in_words_and_changes_nothing(
    filled: Node, tmp_path: Path, harm: str
) -> None:
    archive = tmp_path / "node.comity"
    (filled.data / "files").mkdir()
    (filled.data / "files" / "big").write_bytes(os.urandom(3 * 2**20))
    filled.must("backup", str(archive))
    before = tell(filled)
    whole = archive.read_bytes()
    head = whole.index(b"\n", whole.index(b"\n") + 1) + 1
    said = {
        "passphrase": "passphrase",
        "cut": "cut short",
        "cut at a chunk": "cut short",
        "changed": "damaged",
        "other file": "no Comity backup",
        "empty": "no Comity backup",
        "absent": "cannot be read",
    }[harm]
    match harm:
        case "passphrase":
            filled.environment["COMITY_PASSPHRASE"] = "wrong horse"
        case "cut":
            archive.write_bytes(whole[: len(whole) // 2])
        case "cut at a chunk":
            archive.write_bytes(whole[: head + 2 * (2**20 + 16)])
        case "changed":
            archive.write_bytes(whole[:-100] + bytes([whole[-100] ^ 1]) + whole[-99:])
        case "other file":
            archive.write_bytes(b"PK\3\4 something else")
        case "empty":
            archive.write_bytes(b"")
        case "absent":
            archive.unlink()
    done = filled.comity("restore", str(archive), "--replace")
    assert done.returncode == 2
    assert said in done.stderr
    assert str(archive) in done.stderr
    assert "Traceback" not in done.stderr
    assert tell(filled) == before
    assert not list((filled.data / "tmp").glob("*"))


def test_a_backup_never_replaces_a_file_and_needs_a_passphrase(node: Node, tmp_path: Path) -> None:
    archive = tmp_path / "node.comity"
    done = node.comity("backup", str(archive))
    assert done.returncode == 2
    assert "COMITY_PASSPHRASE" in done.stderr
    assert not archive.exists()
    node.environment |= SECRET
    archive.write_text("something of mine")
    assert node.comity("backup", str(archive)).returncode == 2
    assert archive.read_text() == "something of mine"
    secret = tmp_path / "secret"
    secret.write_text("from a file\n")
    node.environment.pop("COMITY_PASSPHRASE")
    node.must("backup", str(tmp_path / "two.comity"), "--passphrase-file", str(secret))


def test_a_backup_of_a_newer_version_is_refused(filled: Node, tmp_path: Path) -> None:
    archive = tmp_path / "node.comity"
    filled.python(
        "from django.db import connection\nfrom django.db.migrations.recorder import MigrationRecorder\n"
        "from comity.site.backup import backup\nfrom pathlib import Path\n"
        "MigrationRecorder(connection).record_applied('people', '0999_from_the_future')\n"
        f"backup(Path({str(archive)!r}), {SECRET['COMITY_PASSPHRASE']!r})\n"
        "MigrationRecorder(connection).record_unapplied('people', '0999_from_the_future')\n"
    )
    done = filled.comity("restore", str(archive), "--replace")
    assert done.returncode == 2
    assert "newer version" in done.stderr
