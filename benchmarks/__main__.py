"""Runs the measurements: `python -m benchmarks [pages] [imports] [fresh_run]`; without a name, all of them."""

from __future__ import annotations

import sys
from importlib import import_module

NAMES = ("pages", "imports", "fresh_run")


def main(asked: list[str]) -> int:
    """Runs what was asked for in order; returns 2 for a name that is none."""
    unknown = [name for name in asked if name not in NAMES]
    if unknown:
        print(f"No benchmark {', '.join(unknown)}. There are: {', '.join(NAMES)}.", file=sys.stderr)
        return 2
    return max(int(import_module(f"benchmarks.{name}").main() or 0) for name in asked or NAMES)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
