"""A node prepares itself, notices whose folder it is, and serves with its worker."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.harness.nodes import Node, free_port, healthy, running, wait_for

COUNT = """
from comity.core.people.models import Participant
print(Participant.objects.count())
"""
UNAPPLY = """
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
loader = MigrationLoader(connection)
# The last step of the app that nothing else stands on, taken back as if it had not been written yet.
call_command("migrate", "workflow", "zero", verbosity=0, fake=False)
"""


def test_any_command_prepares_an_empty_folder_with_the_reference_facts(empty_node: Node) -> None:
    done = empty_node.comity("audit", "verify", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["ok"]
    assert "Preparing" in done.stderr
    assert stat.S_IMODE(empty_node.data.stat().st_mode) == 0o700
    for path in empty_node.data.rglob("*"):
        assert not path.stat().st_mode & 0o077, path
    assert int(empty_node.python(COUNT)) >= 193
    again = empty_node.comity("audit", "verify", "--json")
    assert "Preparing" not in again.stderr


def test_a_preparation_that_was_broken_off_starts_over(empty_node: Node) -> None:
    empty_node.must("prepare")
    empty_node.python("from comity.core.people.models import ParticipantName as P\nP.objects.all().delete()")
    (empty_node.data / "preparing").touch()
    empty_node.must("prepare")
    assert int(empty_node.python(COUNT.replace("Participant", "ParticipantName"))) > 193
    assert not (empty_node.data / "preparing").exists()


def test_two_commands_at_once_prepare_one_node(empty_node: Node) -> None:
    processes = [empty_node.start("audit", "verify", "--json") for _ in range(2)]
    for process in processes:
        out, _ = process.communicate(timeout=120)
        assert process.returncode == 0, out
    assert int(empty_node.python(COUNT)) >= 193


def test_a_folder_of_an_older_version_is_refused_until_upgraded_and_backed_up_first(node: Node) -> None:
    node.python("from comity.core.people.models import Body\nBody.objects.create(code='kept', name='Kept')")
    node.python(UNAPPLY)
    done = node.comity("audit", "verify")
    assert done.returncode == 2
    assert "comity upgrade" in done.stderr
    assert "older version" in done.stderr
    assert "backups" in node.must("upgrade")
    (kept,) = (node.data / "backups").glob("*.comity")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert kept.stat().st_size > 1000
    assert "up to date" in node.must("upgrade")
    node.must("audit", "verify")
    told = node.python(
        "from comity.core.people.models import Body\nprint(Body.objects.get(code='kept').name)"
    )
    assert told.strip() == "Kept"


def test_the_backup_an_upgrade_made_brings_the_node_back(node: Node, tmp_path: object) -> None:
    node.python("from comity.core.people.models import Body\nBody.objects.create(code='kept', name='Kept')")
    node.python(UNAPPLY)
    node.must("upgrade")
    (kept,) = (node.data / "backups").glob("*.comity")
    key = node.data / "keys" / "upgrade.key"
    node.python("from comity.core.people.models import Body\nBody.objects.filter(code='kept').delete()")
    node.must("restore", str(kept), "--replace", "--passphrase-file", str(key))
    told = node.python(
        "from comity.core.people.models import Body\nprint(Body.objects.get(code='kept').name)"
    )
    assert told.strip() == "Kept"
    node.must("audit", "verify")


@pytest.mark.parametrize("how", ["stamp", "migration"])
def test_a_folder_of_a_newer_version_is_refused(node: Node, how: str) -> None:
    if how == "stamp":
        (node.data / "node.json").write_text('{"version": "99.0"}')
    else:
        node.python(
            "from django.db import connection\nfrom django.db.migrations.recorder import MigrationRecorder\n"
            "MigrationRecorder(connection).record_applied('people', '0999_from_the_future')"
        )
    for command in (["audit", "verify"], ["upgrade"]):
        done = node.comity(*command)
        assert done.returncode == 2
        assert "newer version" in done.stderr


def test_wrong_use_and_unreachable_records_are_told_in_words(node: Node) -> None:
    assert node.comity("no-such-command").returncode == 2
    node.environment["COMITY_DATABASE_URL"] = "postgresql://nobody@127.0.0.1:1/none"
    done = node.comity("audit", "verify")
    assert done.returncode == 2
    assert "cannot be reached" in done.stderr
    assert "Traceback" not in done.stderr


def test_serve_answers_does_background_work_and_stops_with_all_its_children(node: Node) -> None:
    port = free_port()
    worked = "from comity.core.workflow.models import Job\nprint(Job.objects.filter(state='done').count())"
    with running(node, "serve", port=port) as address:
        assert wait_for(lambda: healthy(address))  # a second process may still be starting
        wait_for(lambda: int(node.python(worked)) > 0, seconds=30)
        assert any("worker" in command for command in processes(node).values())
    wait_for(lambda: not processes(node), seconds=20)


def test_a_killed_server_leaves_no_worker_behind(node: Node) -> None:
    port = free_port()
    process = node.start("serve", "--port", str(port))
    wait_for(lambda: healthy(f"http://localhost:{port}"), seconds=60)
    wait_for(lambda: any(" worker" in command for command in processes(node).values()))
    process.kill()
    process.wait()
    try:
        wait_for(lambda: not any(" worker" in command for command in processes(node).values()), seconds=20)
    finally:
        for pid in processes(node):
            os.kill(pid, signal.SIGKILL)


def processes(node: Node) -> dict[int, str]:
    """The running processes of this node, by number, with their command lines."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if f"COMITY_DATA={node.data}\0".encode() in (folder / "environ").read_bytes():
                found[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
    return {pid: command for pid, command in found.items() if command}


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "example.org"])
def test_the_demonstration_is_served_on_this_machine_only(empty_node: Node, host: str) -> None:
    done = empty_node.comity("demo", "--host", host)
    assert done.returncode == 2
    assert "this machine only" in done.stderr
    assert not empty_node.data.exists()


def test_a_real_node_never_loads_demonstration_records(node: Node) -> None:
    done = node.python(
        "from comity.site.demonstration import prepare_demonstration\n"
        "from comity.site.node import NodeProblem\n"
        "try:\n    prepare_demonstration(print)\n"
        "except NodeProblem as problem:\n    print('refused:', problem)"
    )
    assert "refused: Fictitious records" in done


def test_a_reader_who_has_enough_is_no_error(node: Node) -> None:
    command = [sys.executable, "-m", "comity.site.command", "directory", "export", "--format", "json"]
    process = subprocess.Popen(command, env=node.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    assert b"Traceback" not in process.stderr.read()
    assert process.wait(60) == 0
