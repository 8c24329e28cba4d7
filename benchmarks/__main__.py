"""Runs measurements: `python -m benchmarks [pages] [imports] [fresh_run] [search|reports [OPTION…]]`; without a name,
all."""

from __future__ import annotations

import sys
from importlib import import_module

NAMES = ("pages", "imports", "fresh_run", "search", "reports")
#: Those that take options; what follows one of them is its own.
WITH_OPTIONS = ("search", "reports")


def main(asked: list[str]) -> int:
    """Runs what was asked for in order; returns 2 for a name that is none."""
    begin = next((place + 1 for place, name in enumerate(asked) if name in WITH_OPTIONS), len(asked))
    asked, options = asked[:begin], asked[begin:]
    unknown = [name for name in asked if name not in NAMES]
    if unknown:
        print(f"No benchmark {', '.join(unknown)}. There are: {', '.join(NAMES)}.", file=sys.stderr)
        return 2
    found = 0
    for name in asked or NAMES:
        run = import_module(f"benchmarks.{name}").main
        found = max(found, int((run(options) if name in WITH_OPTIONS else run()) or 0))
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
