"""A throw-away PostgreSQL cluster for one run of the tests."""

from __future__ import annotations

import getpass
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType


def programs() -> Path | None:
    """The folder that holds `initdb` and `postgres`, or None where PostgreSQL's server is not installed."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((f for f in folders if (f / "initdb").exists() and (f / "postgres").exists()), None)


class Cluster:
    """A cluster in a temporary folder, on a free port of the loopback address; gone at the end.

    PostgreSQL refuses to run as root: then it runs as the user `postgres`, which Debian's package makes.
    """

    def __init__(self, settings: str = "") -> None:
        """Takes more settings as options of `postgres` ("-c jit=off"); raises where no server is installed."""
        found = programs()
        if found is None:
            raise RuntimeError("PostgreSQL is not installed: apt-get install postgresql")
        self._programs, self._settings = found, settings
        self._folder = Path(tempfile.mkdtemp(prefix="comity-postgres-"))
        self._as = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        self._user = "postgres" if self._as else getpass.getuser()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])

    @property
    def url(self) -> str:
        """The address of the cluster's database for tests."""
        return f"postgresql://{self._user}@127.0.0.1:{self.port}/comity"

    def __enter__(self) -> Cluster:
        data = self._folder / "data"
        if self._as:
            owner = pwd.getpwnam("postgres")
            os.chown(self._folder, owner.pw_uid, owner.pw_gid)
        self._run(
            "initdb", "-D", data, "-U", self._user, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"
        )
        options = (
            f"-p {self.port} -k {self._folder} -c listen_addresses=127.0.0.1 -c max_connections=200"
            f" -c fsync=off -c full_page_writes=off -c synchronous_commit=off {self._settings}"
        )
        self._run("pg_ctl", "-D", data, "-o", options, "-l", self._folder / "log", "-w", "start")
        try:
            self._run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", self._user, "comity")
        except RuntimeError:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._run("pg_ctl", "-D", self._folder / "data", "-m", "immediate", "-w", "stop")
        shutil.rmtree(self._folder, ignore_errors=True)

    def _run(self, program: str, *arguments: str | Path) -> None:
        command = [*self._as, str(self._programs / program), *map(str, arguments)]
        # pg_ctl leaves a server behind that would keep a pipe open for ever.
        out = subprocess.DEVNULL if program == "pg_ctl" else subprocess.PIPE
        done = subprocess.run(
            command, cwd=self._folder, stdout=out, stderr=subprocess.STDOUT, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stdout or (self._folder / 'log').read_text()}")
