"""Pages of long lists by key, not by number: a page stays right while rows are added before it."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import BadRequest, ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

Row = TypeVar("Row")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows of a list, with the markers of the page after and before them (None at an end)."""

    rows: Sequence[Row]
    next: str | None = None
    previous: str | None = None
    total: int | None = None

    def __iter__(self) -> Any:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def mark(values: Sequence[Any]) -> str:
    """Returns the opaque marker of a row from the values of its key."""
    text = json.dumps(list(values), default=str, ensure_ascii=False)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def unmark(marker: str, length: int) -> list[Any]:
    """Returns the values a marker was made of. Raises BadRequest where it was not made here."""
    try:
        text = base64.urlsafe_b64decode(marker + "=" * (-len(marker) % 4))
        values = json.loads(text)
    except (ValueError, binascii.Error):
        values = None
    plain = isinstance(values, list) and not any(isinstance(value, dict | list) for value in values)
    if not plain or len(values) != length:
        raise BadRequest(_unreadable())
    return values


def _unreadable() -> str:
    return _("The page marker in the address is not readable. Open the list from its beginning.")


def _beyond(fields: Sequence[tuple[str, bool]], values: Sequence[Any]) -> Q:
    """Rows after `values` in the order of `fields`, each (name, descending)."""
    wanted = Q(pk__in=[])
    equal: dict[str, Any] = {}
    for (name, descending), value in zip(fields, values, strict=True):
        wanted |= Q(**equal, **{f"{name}__{'lt' if descending else 'gt'}": value})
        equal[name] = value
    return wanted


def _value(row: Any, name: str) -> Any:
    for part in name.split("__"):
        row = row[part] if isinstance(row, Mapping) else getattr(row, part)
    return row


def keyset(rows: QuerySet[Any], by: Sequence[str], params: Mapping[str, str], size: int = 50) -> Page[Any]:
    """Returns the page of `rows` named by `params` ("after" or "before"), in the order `by`.

    `by` names fields, "-" in front for descending; none may be null and the last must be unique.
    Raises BadRequest for a marker that was not made here.
    """
    fields = [(name.lstrip("-"), name.startswith("-")) for name in by]
    marker, backward = params.get("after"), False
    if not marker and params.get("before"):
        marker, backward = params["before"], True
    ordered = [(name, descending != backward) for name, descending in fields]
    found = rows.order_by(*[f"-{name}" if descending else name for name, descending in ordered])
    if marker:
        values = unmark(marker, len(fields))
        try:
            found = found.filter(_beyond(ordered, values))
        except (ValidationError, ValueError, TypeError):
            raise BadRequest(_unreadable()) from None
    taken = list(found[: size + 1])
    more, taken = len(taken) > size, taken[:size]
    if backward:
        taken.reverse()

    def marker_of(row: Any) -> str:
        return mark([_value(row, name) for name, _descending in fields])

    has_next, has_previous = (bool(marker), more) if backward else (more, bool(marker))
    return Page(
        rows=taken,
        next=marker_of(taken[-1]) if taken and has_next else None,
        previous=marker_of(taken[0]) if taken and has_previous else None,
        total=rows.count(),
    )


def listed(
    rows: Sequence[Row], key: Callable[[Row], Sequence[Any]], params: Mapping[str, str], size: int = 50
) -> Page[Row]:
    """Returns the page of a list in memory named by `params`; `key` gives each row a unique tuple.

    A marker whose row is gone leads to the beginning. Raises BadRequest for an unreadable marker.
    """
    marks = [mark(key(row)) for row in rows]
    start = 0
    after, before = params.get("after", ""), params.get("before", "")
    if rows and (after or before):
        unmark(after or before, len(key(rows[0])))
    if after in marks:
        start = marks.index(after) + 1
    elif before in marks:
        start = max(0, marks.index(before) - size)
    end = min(start + size, len(rows))
    return Page(
        rows=rows[start:end],
        next=marks[end - 1] if start < end < len(rows) else None,
        previous=marks[start] if 0 < start < end else None,
        total=len(rows),
    )
