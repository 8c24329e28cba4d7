"""Our search beside SQLite FTS5, PostgreSQL full text and Xapian: `python -m benchmarks search --help`."""

from __future__ import annotations

from collections.abc import Sequence


def main(options: Sequence[str] = ()) -> int:
    """Runs the measurement; loaded late, since a peer's process needs only its own part."""
    from benchmarks.search.run import main as run

    return run(options)
