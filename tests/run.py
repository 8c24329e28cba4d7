"""The whole suite: on SQLite with the browser, then on PostgreSQL. What is not installed is named.

Run by `make test`:  python -m tests.run [--only sqlite|postgresql] [arguments of pytest …]
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time

from tests import postgres
from tests.harness.browser import chromium


def _pytest(title: str, url: str, arguments: list[str]) -> int:
    with tempfile.TemporaryDirectory(prefix="comity-suite-") as folder:
        environment = {
            **os.environ,
            "COMITY_DATABASE_URL": url,
            "COMITY_DATA": f"{folder}/node",
            "OPENBLAS_NUM_THREADS": "1",
            "PYTHONHASHSEED": "0",
        }
        print(f"\n=== the suite on {title}", flush=True)
        started = time.monotonic()
        workers = os.environ.get("COMITY_TEST_PROCESSES", "2")
        command = [sys.executable, "-m", "pytest", "-n", workers, "--dist", "loadgroup", *arguments]
        code = subprocess.run(command, env=environment, check=False).returncode
        result = "passed" if code == 0 else f"FAILED ({code})"
        print(f"=== {title}: {result} in {time.monotonic() - started:.0f} s", flush=True)
        return code


def main(arguments: list[str]) -> int:
    """Returns 0 where everything that could run passed."""
    only = ""
    if arguments[:1] == ["--only"]:
        only, arguments = arguments[1], arguments[2:]
    left_out, codes = [], []
    has_browser = chromium() is not None
    if not has_browser:
        left_out.append("browser tests (apt-get install chromium)")
    if only in {"", "sqlite"}:
        codes.append(_pytest("SQLite", "", arguments + ([] if has_browser else ["-m", "not browser"])))
    if only in {"", "postgresql"}:
        if postgres.programs() is None:
            left_out.append("the suite on PostgreSQL (apt-get install postgresql)")
        else:
            with postgres.Cluster() as cluster:
                codes.append(_pytest("PostgreSQL", cluster.url, [*arguments, "-m", "not browser"]))
    print("Left out: " + "; ".join(left_out) if left_out else "Nothing was left out for want of a program.")
    return 1 if any(codes) or not codes else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
