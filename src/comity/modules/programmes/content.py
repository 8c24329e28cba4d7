"""What a person says of a record, apart from what the house adds: one value for forms, imports and services."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models as fields_of

from comity.core.actions.labels import Label
from comity.modules.programmes.kinds import Kind, column, kind_of
from comity.modules.programmes.models import ProgrammeRecord


@dataclass(frozen=True)
class Draft:
    """Content of a record. `values` by field name, typed as the field; a State is its ISO3 code or None.

    `children` are the child rows in the same way; `other_titles` {lang: title}.
    """

    kind: Kind
    code: str
    values: Mapping[str, Any]
    children: Sequence[Mapping[str, Any]] = ()
    label: str = Label.SECRETARIAT
    owner_state: str = ""
    other_titles: Mapping[str, str] = field(default_factory=dict)
    fictitious: bool = False


def values_of(row: fields_of.Model, names: Sequence[str]) -> dict[str, Any]:
    """Returns the values of a row by field name; a State as its code."""
    return {name: getattr(row, column(row, name).attname) for name in names}


def draft_of(row: ProgrammeRecord) -> Draft:
    """Returns the content of a stored version."""
    kind = kind_of(row)
    rows = getattr(row, kind.children).all() if kind.child else ()
    return Draft(
        kind,
        row.code,
        values_of(row, kind.form_fields),
        tuple(values_of(child, kind.child_fields) for child in rows),
        row.label,
        row.owner_state,
        row.other_titles,
        row.fictitious,
    )


def plain(value: Any) -> Any:
    """Returns a value as it is compared and exported: JSON types, decimals without trailing zeros."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    return "" if value is None else value


def as_plain(draft: Draft) -> dict[str, Any]:
    """Returns a draft's content in JSON types, to compare two of them."""
    said = {name: plain(value) for name, value in draft.values.items()}
    children = [{name: plain(value) for name, value in child.items()} for child in draft.children]
    return {
        **said,
        "label": draft.label,
        "owner_state": draft.owner_state,
        "other_titles": dict(draft.other_titles),
        **({draft.kind.children: children} if draft.kind.child else {}),
    }


def difference(before: Draft | None, after: Draft) -> dict[str, Any]:
    """Returns what a change changed: field → [old, new]; all filled fields of a new record."""
    new = as_plain(after)
    if before is None:
        return {name: value for name, value in new.items() if value not in ("", [], {})}
    old = as_plain(before)
    return {name: [old.get(name), value] for name, value in new.items() if old.get(name) != value}
