"""Load from many connections: `wrk` where it is installed, else a small client of our own."""

from __future__ import annotations

import asyncio
import re
import shutil
import statistics
import subprocess
import tempfile
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

_SCRIPT = """
done = function(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format("RESULT %d %d %d %d\\n", summary.requests, summary.duration,
    latency:percentile(95.0), errors.status + errors.connect + errors.read + errors.write + errors.timeout))
end
"""


@dataclass(frozen=True)
class Load:
    """What came of it: answers per second, the 95th percentile in milliseconds, answers that were none."""

    per_second: float
    p95: float
    failed: int


def tool() -> str:
    """What makes the load."""
    return "wrk" if shutil.which("wrk") else "the client in benchmarks/load.py"


def measure(url: str, *, connections: int = 50, seconds: int = 10) -> Load:
    """Asks for one address again and again over that many connections."""
    if not shutil.which("wrk"):
        return asyncio.run(_own(url, connections, seconds))
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(_SCRIPT)
        script.flush()
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", "-s", script.name, url]
        told = subprocess.run(command, text=True, capture_output=True, check=True).stdout
    found = re.search(r"RESULT (\d+) (\d+) (\d+) (\d+)", told)
    if found is None:
        raise SystemExit(f"wrk said nothing that we understand:\n{told}")
    requests, duration, p95, failed = map(int, found.groups())
    return Load(requests / (duration / 1e6), p95 / 1000, failed)


async def _own(url: str, connections: int, seconds: int) -> Load:
    parts = urlsplit(url)
    query = f"?{parts.query}" if parts.query else ""
    ask = f"GET {parts.path}{query} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode()
    end, times, failed = time.monotonic() + seconds, [], 0

    async def one() -> None:
        nonlocal failed
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        while time.monotonic() < end:
            began = time.monotonic()
            writer.write(ask)
            head = await reader.readuntil(b"\r\n\r\n")
            length = re.search(rb"content-length: (\d+)", head.lower())
            await reader.readexactly(int(length.group(1)) if length else 0)
            failed += b" 200 " not in head.split(b"\r\n", 1)[0]
            times.append(time.monotonic() - began)
        writer.close()

    began = time.monotonic()
    await asyncio.gather(*(one() for _ in range(connections)))
    p95 = statistics.quantiles(times, n=20)[-1] * 1000
    return Load(len(times) / (time.monotonic() - began), p95, failed)
