"""Real nodes in temporary folders: the `comity` command in processes of its own, on either database."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest

from tests.harness.data import ROOT


@dataclass
class Node:
    """A node of its own: folder, database, environment."""

    data: Path
    database_url: str = ""
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def env(self) -> dict[str, str]:
        """The environment of this node's processes; nothing of the caller's COMITY_* settings."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("COMITY_", "DJANGO_", "PYTEST"))}
        kept |= {"COMITY_DATA": str(self.data), "COMITY_DATABASE_URL": self.database_url}
        return kept | {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"} | self.environment

    def comity(self, *arguments: str, timeout: int = 300, **more: Any) -> subprocess.CompletedProcess[str]:
        """Runs the command to its end; the caller looks at `returncode`, `stdout`, `stderr`."""
        command = [sys.executable, "-m", "comity.site.command", *map(str, arguments)]
        return subprocess.run(
            command,
            env=self.env,
            cwd=self.data.parent,
            text=True,
            capture_output=True,
            timeout=timeout,
            check=False,
            stdin=subprocess.DEVNULL,
            **more,
        )

    def must(self, *arguments: str, **more: Any) -> str:
        """Runs the command, which must succeed, and returns what it printed."""
        done = self.comity(*arguments, **more)
        assert done.returncode == 0, f"comity {' '.join(map(str, arguments))}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Starts the command and returns the process."""
        command = [sys.executable, "-m", "comity.site.command", *map(str, arguments)]
        return subprocess.Popen(
            command,
            env=self.env,
            cwd=self.data.parent,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
        )

    def python(self, source: str, *arguments: str, wait: bool = True) -> Any:
        """Runs Python source with Django set up for this node, in a process of its own.

        Returns what it printed, or the process where `wait` is False.
        """
        start = "import os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'comity.site.settings'\n"
        command = [sys.executable, "-c", start + "import django; django.setup()\n" + source, *arguments]
        process = subprocess.Popen(
            command,
            env=self.env,
            cwd=self.data.parent,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        if not wait:
            return process
        out, err = process.communicate(timeout=300)
        assert process.returncode == 0, err
        return out


def _administer(url: str, statement: str) -> None:
    import psycopg

    parts = urlsplit(url)
    with psycopg.connect(urlunsplit(parts._replace(path="/postgres")), autocommit=True) as connection:
        connection.execute(statement.encode())


def new_database(template: str = "template0") -> str:
    """Makes a fresh database in the cluster of this run and returns its address; "" on SQLite."""
    url = os.environ.get("COMITY_DATABASE_URL", "")
    if not url:
        return ""
    name = f"node_{uuid.uuid4().hex[:12]}"
    _administer(url, f'CREATE DATABASE {name} TEMPLATE {template} ENCODING "UTF8"')
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def drop_database(url: str) -> None:
    """Drops what `new_database` made."""
    if url:
        _administer(url, f"DROP DATABASE IF EXISTS {urlsplit(url).path[1:]} WITH (FORCE)")


@pytest.fixture
def empty_node(tmp_path: Path) -> Iterator[Node]:
    """A node whose folder does not exist yet."""
    node = Node(tmp_path / "node", new_database())
    yield node
    drop_database(node.database_url)


@pytest.fixture(scope="session")
def _prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    node = Node(tmp_path_factory.mktemp("prepared") / "node", new_database())
    node.must("prepare")
    yield node
    drop_database(node.database_url)


@pytest.fixture
def node(_prepared: Node, tmp_path: Path) -> Iterator[Node]:
    """A node with the reference facts, this test's own; a copy of one that was prepared once."""
    url = new_database(urlsplit(_prepared.database_url).path[1:]) if _prepared.database_url else ""
    shutil.copytree(_prepared.data, tmp_path / "node")
    (tmp_path / "node").chmod(0o700)
    yield Node(tmp_path / "node", url)
    drop_database(url)


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def running(node: Node, *arguments: str, port: int) -> Iterator[str]:
    """Starts a serving command and yields its address once it is healthy; stops it at the end."""
    log = (node.data.parent / "server.log").open("w+")
    command = [sys.executable, "-m", "comity.site.command", *arguments, "--port", str(port)]
    process = subprocess.Popen(
        command,
        env=node.env,
        cwd=node.data.parent,
        stdout=log,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
    )
    address = f"http://localhost:{port}"
    try:
        wait_for(lambda: healthy(address) or process.poll() is not None, seconds=60)
        assert process.poll() is None, (log.seek(0), log.read())[1]
        yield address
    finally:
        process.terminate()
        process.wait(30)
        log.close()


def healthy(address: str) -> bool:
    """True where /healthz answers 200."""
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def wait_for(condition: Callable[[], Any], seconds: float = 20, every: float = 0.05) -> Any:
    """Waits until `condition()` is true and returns what it gave; fails the test after `seconds`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(every)
    raise AssertionError(f"not within {seconds} seconds: {condition}")


@dataclass
class Demonstration:
    """A running demonstration: its address, its node, and the people who can sign in."""

    url: str
    node: Node
    #: [{"email", "password", "totp", "role", "for"}]
    people: list[dict[str, str]]

    def person(self, role: str, scope: str = "") -> dict[str, str]:
        """The first person with this role (and for this State or body, where given)."""
        return next(p for p in self.people if p["role"] == role and (not scope or p["for"] == scope))


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    """The demonstration, set up once and served with its worker for all tests that share it."""
    folder = tmp_path_factory.mktemp("demonstration")
    port = free_port()
    node = Node(folder / "demo", new_database())
    node.environment = {"COMITY_DEMONSTRATION": "1", "COMITY_ADDRESS": f"http://localhost:{port}"}
    told = node.must("demo", "--prepare-only", "--json", timeout=600)
    people = json.loads(told.strip().splitlines()[-1])["people"]
    with running(node, "demo", port=port) as address:
        yield Demonstration(address, node, people)
    drop_database(node.database_url)
