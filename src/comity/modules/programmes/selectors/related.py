"""What refers to a record, and how a record came about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from comity.core.actions.actor import Actor
from comity.core.people.selectors import names_of
from comity.modules.programmes.content import difference, draft_of
from comity.modules.programmes.kinds import KINDS, Kind, kind_of
from comity.modules.programmes.selectors.listing import Filters, list_url
from comity.modules.programmes.selectors.records import current, versions

#: How many records of a kind a page shows before it leads to the list.
SHOWN = 8


@dataclass(frozen=True)
class Related:
    """Records of one kind that name this one in `field`: the first of them, how many there are, their list."""

    kind: Kind
    field: str
    rows: list[Any]
    count: int
    url: str


def referring(actor: Actor, row: Any, shown: int = SHOWN) -> list[Related]:
    """Returns what names the record and may be seen, kind by kind."""
    own = kind_of(row)
    found = []
    for kind in KINDS.values():
        for field, other in kind.refers.items():
            if other == own.name:
                rows = of_reference(actor, kind, field, row.code)
                count = rows.count()
                if count:
                    filters = Filters(programme=row.code) if field == "programme" else Filters(fields={field: row.code})
                    url = list_url(kind.name, filters)
                    found.append(Related(kind, field, list(rows[:shown]), count, url))
    return found


def of_reference(actor: Actor, kind: Kind, field: str, code: str) -> QuerySet[Any]:
    """Returns the records of a kind that name `code` in `field`."""
    return current(actor, kind).filter(**{field: code})


@dataclass(frozen=True)
class Change:
    """One version: when, by whom, in which step, why, and what it changed (field → [old, new]); None for the first."""

    row: Any
    by: str
    changed: dict[str, Any] | None


def history(actor: Actor, row: Any) -> list[Change]:
    """Returns all versions of a record, newest first; none for those who may not see its history."""
    kind = kind_of(row)
    rows = versions(actor, row)
    if kind.child:
        rows = rows.prefetch_related(kind.children)
    found = list(rows)
    names = names_of({one.step_by for one in found})
    drafts = [draft_of(one) for one in found]
    changes: list[Change] = []
    for place, one in enumerate(found):
        first = place + 1 == len(found)
        changed = None if first else difference(drafts[place + 1], drafts[place])
        changes.append(Change(one, names.get(one.step_by, one.step_by), changed))
    return changes
