"""CSV and JSON that `comity directory import` reads back without loss."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from comity.modules.directory.importers.csv_file import COLUMNS, DAYS
from comity.modules.directory.records import FORMAT, VERSION, AuthorityRecord, HoursRecord, to_plain
from comity.modules.directory.standing import write_interval
from comity.ui.exports import csv_text


def to_json(records: Sequence[AuthorityRecord], networks: Sequence[dict[str, Any]] = ()) -> str:
    """Returns the document that `importers.json_file` reads."""
    document = {
        "format": FORMAT,
        "version": VERSION,
        "authorities": [to_plain(r) for r in records],
        "networks": list(networks),
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def to_csv(records: Sequence[AuthorityRecord]) -> str:
    """Returns the table that `importers.csv_file` reads; cells that look like formulas are neutralised."""
    return csv_text([_row(r) for r in records], COLUMNS)


def _row(record: AuthorityRecord) -> dict[str, Any]:
    plain = to_plain(record)
    row = {name: plain.get(name) for name in COLUMNS}
    first = {c.kind: c.value for c in reversed(record.contacts)}
    names = sorted((t for t in record.texts if t.kind == "name"), key=lambda t: t.status != "original")
    row.update(
        name=names[0].value if names else "",
        lang=names[0].lang if names else "",
        provisions="; ".join(f"{p.instrument} {p.article}".strip() for p in record.provisions),
        means="; ".join(m.means + "+encryption" * m.encryption + "+signature" * m.signature for m in record.means),
        hours="; ".join(_interval(h) for h in record.hours),
        round_the_clock="yes" if record.round_the_clock else "no",
        fictitious="yes" if record.fictitious else "no",
        texts=json.dumps(plain["texts"], ensure_ascii=False) if record.texts else "",
        contacts=json.dumps(plain["contacts"], ensure_ascii=False) if record.contacts else "",
        **{kind: first.get(kind, "") for kind in ("email", "phone", "address", "website")},
    )
    return row


def _interval(h: HoursRecord) -> str:
    return f"{DAYS[h.weekday]} {write_interval(h.opens, h.closes)}"
