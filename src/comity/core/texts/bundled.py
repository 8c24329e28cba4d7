"""Bringing bundled localised texts into the tables without touching what this node changed itself."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Any

from comity.core.texts.models import LocalisedText


def merge_texts(model: type[LocalisedText], key: tuple[str, ...], wanted: Iterable[Mapping[str, Any]]) -> int:
    """Adds bundled texts that are missing and updates those whose bundled wording changed.

    `key` names the fields that tell texts apart (owner, language …); each entry of `wanted` gives those and
    `value`, `status`, `source`. A text that was changed in this node (version above 1) is left alone.
    Returns how many rows were written; call it inside a transaction.
    """
    present: dict[Hashable, Any] = {
        tuple(getattr(row, name) for name in key): row for row in model._default_manager.all()
    }
    added, changed = [], []
    for entry in wanted:
        row = present.get(tuple(entry[name] for name in key))
        if row is None:
            added.append(model(**entry))
        elif row.version == 1 and any(getattr(row, name) != entry[name] for name in ("value", "status", "source")):
            row.value, row.status, row.source = entry["value"], entry["status"], entry["source"]
            changed.append(row)
    model._default_manager.bulk_create(added)
    model._default_manager.bulk_update(changed, ["value", "status", "source"])
    return len(added) + len(changed)
