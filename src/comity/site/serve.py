"""Serving a node: the web server and one worker, started together and stopped together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import Any

#: A worker that dies is started again, at most this often (seconds).
_RESTART_AFTER = 5.0
_STOP_WITHIN = 20.0


def _server(host: str, port: int) -> list[str]:
    workers = os.environ.get("COMITY_WORKERS", str(min(2, os.cpu_count() or 1)))
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", workers, "--blocking-threads", os.environ.get("COMITY_THREADS", "4"),
        "--blocking-threads-idle-timeout", "600", "--no-ws", "--log-level", "warning",
        "--respawn-failed-workers", "--workers-kill-timeout", "10", "comity.site.wsgi:application",
    ]  # fmt: skip


def _worker() -> list[str]:
    return [sys.executable, "-m", "comity.site.command", "worker", "--parent", str(os.getpid())]


class _Stop(Exception):
    pass


def serve(host: str, port: int) -> int:
    """Serves until told to stop; returns 0 then, 1 where the web server ended by itself.

    The worker is started again where it dies. Both are children: nothing outlives this process.
    """

    def stop(*_signal: Any) -> None:
        raise _Stop

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    # Their own session: a Ctrl-C in the terminal reaches this process only, which stops them in order.
    server = subprocess.Popen(_server(host, port), start_new_session=True)
    worker = subprocess.Popen(_worker(), start_new_session=True)
    started = time.monotonic()
    try:
        while True:
            code = server.poll()
            if code is not None:
                print(f"comity: the web server ended (code {code}).", file=sys.stderr)
                return 1
            if worker.poll() is not None and time.monotonic() - started > _RESTART_AFTER:
                worker, started = subprocess.Popen(_worker(), start_new_session=True), time.monotonic()
            time.sleep(0.2)
    except _Stop:
        return 0
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        for child in (server, worker):
            child.terminate()
        for child in (server, worker):
            _wait(child)


def _wait(child: subprocess.Popen[bytes]) -> None:
    try:
        child.wait(_STOP_WITHIN)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
