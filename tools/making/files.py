"""Reading hand-kept files and writing deterministic ones."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

TREE = Path(__file__).resolve().parents[2]
HAND = TREE / "tools" / "reference"
SOURCE_TREE = TREE / "src" / "comity"
LANGUAGES = ("en", "ar", "es", "fr", "ru", "zh")
OWN_WORDING = "Comity, own wording"


def read_csv(path: Path) -> list[dict[str, str]]:
    """Returns the rows of a CSV file with a head row."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return [dict(row) for row in csv.DictReader(stream)]


def read_json(path: Path) -> Any:
    """Returns the content of a JSON file."""
    return json.loads(path.read_text(encoding="utf-8"))


class Output:
    """Writes files below `src/comity`, UTF-8 with LF, and remembers which of them changed."""

    def __init__(self, check: bool = False) -> None:
        self.check = check
        self.changed: list[str] = []
        self.sizes: dict[str, int] = {}

    def text(self, name: str, content: str) -> None:
        """Writes `content` to the file `name` below src/comity, unless only checking."""
        path = SOURCE_TREE / name
        old = path.read_text(encoding="utf-8") if path.is_file() else None
        self.sizes[name] = len(content.encode())
        if old == content:
            return
        self.changed.append(name)
        if not self.check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8", newline="\n")

    def table(self, name: str, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
        """Writes a CSV file with the given columns, rows in the order given."""
        stream = io.StringIO()
        writer = csv.DictWriter(stream, columns, lineterminator="\n", extrasaction="raise")
        writer.writeheader()
        writer.writerows(rows)
        self.text(name, stream.getvalue())

    def json(self, name: str, content: Any) -> None:
        """Writes a JSON file, indented by one, keys in the order given."""
        self.text(name, json.dumps(content, ensure_ascii=False, indent=1, sort_keys=False) + "\n")

    def report(self) -> list[str]:
        """Returns one line per file: its size, and whether it changed."""
        return [
            f"{size:>9,}  {'changed' if name in self.changed else 'same   '}  {name}"
            for name, size in self.sizes.items()
        ]
