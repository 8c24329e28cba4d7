"""JSON Lines of our own export: one record on each line, every field."""

from __future__ import annotations

import json
from typing import Any

_KINDS = frozenset({"law", "case", "publication", "guide"})


def lines(written: str) -> dict[str, Any] | None:
    """The records of a file of ours, or None where it is other JSON. Lines that cannot be read are refused alone."""
    rows = [(n, _value(line)) for n, line in enumerate(written.split("\n"), 1) if line.strip()]
    if not any(is_record(row) for _n, row in rows):
        return None
    records: list[dict[str, Any]] = []
    refused: list[dict[str, str]] = []
    for n, row in rows:
        if is_record(row):
            records.append(row)
        else:
            refused.append({"place": f"line {n}", "reason": "this line is no record; export it again."})
    return {"records": records, "refused": refused, "notes": []}


def _value(line: str) -> Any:
    try:
        return json.loads(line)
    except (json.JSONDecodeError, RecursionError):
        return None


def is_record(value: Any) -> bool:
    """Whether a JSON value has the shape of a record of the library."""
    return isinstance(value, dict) and value.get("kind") in _KINDS and value["kind"] in value
