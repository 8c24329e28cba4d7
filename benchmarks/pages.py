"""Pages per second and p95 under 50 connections, beside an empty view on the same server in the same run."""

from __future__ import annotations

import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

from benchmarks.load import Load, measure, tool
from benchmarks.report import comity, environment, machine, table, write
from tests.harness.nodes import free_port

EMPTY = "/empty/"
PAGES = {
    "empty view": EMPTY,
    "instrument (UNTOC, map, timeline, 190 rows)": "/en/treaties/UNTOC/",
    "instrument on a past day": "/en/treaties/UNTOC/?on=2010-06-30",
    "instrument as JSON (API)": "/api/v1/treaties/UNTOC",
    "State (Albania)": "/en/states/ALB/",
    "directory search": "/en/directory/?q=justice",
    "directory, all": "/en/directory/",
}
LIMITS = """## What limits us

The empty view touches no records; every real page reads some. The server has as many processes as the machine has
cores, and the load is made on the same machine, so the client takes its share. Python holds one core per process:
a page that needs 20 ms of it gives at most 50 answers per second and core, whatever the connections, and 50
connections then wait for each other: p95 is the length of the queue, not of one answer.

- The long part of an instrument's page (map, timeline, table) is written once per question, language and state of
  the facts, and kept; per answer remain about ten small reads and the frame of the page. Without that it was 80 ms.
- Who is party on a day is computed once per instrument, day and moment of knowledge; the first reader pays for it.
- The State page and the directory are written anew for each reader: parts of authorities depend on who reads and on
  the hour ("open now"). In the directory nearly all of the time goes into reading the parts of 37 authorities and
  putting their words into the reader's language."""


def main() -> int:
    """Prepares a demonstration in a temporary folder, serves it as `comity serve` does, and measures."""
    before = machine()
    with tempfile.TemporaryDirectory(prefix="comity-benchmark-") as name:
        folder, port = Path(name), free_port()
        address = f"http://localhost:{port}"
        env = environment(folder / "node", COMITY_DEMONSTRATION="1", COMITY_ADDRESS=address)
        comity(env, "demo", "--prepare-only", "--json", folder=folder)
        from comity.site.serve import _server

        server = subprocess.Popen([*_server("127.0.0.1", port)[:-1], "benchmarks.wsgi:application"], env=env)
        try:
            _wait(f"{address}/healthz")
            found = {title: _one(address + path) for title, path in PAGES.items()}
        finally:
            server.terminate()
            server.wait(30)
    base = found["empty view"]
    rows = [
        (
            title, f"{load.per_second:.0f}", f"{load.p95:.0f}", load.failed,
            f"1/{base.per_second / load.per_second:.1f}", f"{load.p95 / base.p95:.1f} ×",
        )
        for title, load in found.items()
    ]  # fmt: skip
    head = ("page", "per second", "p95 ms", "failed", "rate beside the empty view", "p95 beside the empty view")
    write("pages", "Pages under 50 connections", "make benchmark ARGS=pages", [
        f"Load by {tool()}, 50 connections, 10 seconds each after 3 seconds of warming up; server and node as "
        "`comity serve` runs them (granian, WSGI, SQLite); the demonstration's records.",
        table(head, rows), LIMITS,
    ], before)  # fmt: skip
    return 0 if not any(load.failed for load in found.values()) else 1


def _one(url: str) -> Load:
    measure(url, seconds=3)
    return measure(url)


def _wait(url: str) -> None:
    for _try in range(200):
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("The server did not become healthy.")


if __name__ == "__main__":
    raise SystemExit(main())
