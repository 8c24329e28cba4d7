"""Makes the bundled reference facts from the folder of shared data and the hand-kept files beside this one.

    python tools/reference.py ../shared/data [--atlas node_modules/world-atlas] [--check]

The output is the same for the same input. `--check` writes nothing and exits 1 where a file would change.
Requires Python 3.11 only. Map files are made where the npm package world-atlas 2.0.2 is found.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from making import articles, cases, participants, treaties, vocabularies, world
from making.files import TREE, Output


def main() -> int:
    """Reads the arguments, makes every file, reports; returns the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path, help="folder of the shared data")
    parser.add_argument("--atlas", type=Path, default=TREE / "node_modules" / "world-atlas")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    if not (options.data / "states" / "states.csv").is_file():
        print(
            f"{options.data}: no states/states.csv there; give the folder of the shared data", file=sys.stderr
        )
        return 2
    output = Output(check=options.check)
    people = participants.make(options.data, output)
    treaties.make(options.data, output, people)
    articles.make(options.data, output)
    vocabularies.make(output)
    gaps = cases.make(options.data, output, set(people))
    if (options.atlas / "countries-10m.json").is_file():
        world.make(options.atlas, output, people)
    else:
        print(f"map files left alone: no world-atlas in {options.atlas}", file=sys.stderr)
    for line in [*output.report(), *gaps]:
        print(line)
    return 1 if options.check and output.changed else 0


if __name__ == "__main__":
    sys.exit(main())
