"""Runs measurements: `python -m benchmarks [pages] [imports] [fresh_run] [search [OPTION…]]`; without a name, all."""

from __future__ import annotations

import sys
from importlib import import_module

NAMES = ("pages", "imports", "fresh_run", "search")


def main(asked: list[str]) -> int:
    """Runs what was asked for in order; what follows `search` are its options; returns 2 for a name that is none."""
    begin = asked.index("search") + 1 if "search" in asked else len(asked)
    asked, options = asked[:begin], asked[begin:]
    unknown = [name for name in asked if name not in NAMES]
    if unknown:
        print(f"No benchmark {', '.join(unknown)}. There are: {', '.join(NAMES)}.", file=sys.stderr)
        return 2
    found = 0
    for name in asked or NAMES:
        run = import_module(f"benchmarks.{name}").main
        found = max(found, int((run(options) if name == "search" else run()) or 0))
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
