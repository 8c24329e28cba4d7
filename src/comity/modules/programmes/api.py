"""The programme's records as JSON: the same records as the pages, for the same person."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Query, Router, Schema

from comity.core.actions.labels import Label
from comity.core.actions.reads import record_read
from comity.modules.programmes import vocabulary as v
from comity.modules.programmes.content import as_plain, draft_of
from comity.modules.programmes.kinds import KINDS, Kind
from comity.modules.programmes.references import path, reference
from comity.modules.programmes.selectors.records import current, kind_named, one
from comity.ui.listed import Listed
from comity.ui.paging import keyset
from comity.ui.requests import actor_of

router = Router()
#: Most rows of one page of a list.
MOST = 200


class Asked(Schema):
    """The filters of a list of records, and which page of it."""

    q: str = ""
    programme: str = ""
    step: str = ""
    after: str = ""
    before: str = ""
    limit: int = 50


@router.get("/", summary="Kinds of records")
def kinds(request: HttpRequest) -> list[dict[str, Any]]:
    """The kinds of records, with the number that you may see and the fields of each."""
    actor = actor_of(request)
    return [
        {
            "kind": kind.name,
            "title": str(kind.plural),
            "records": current(actor, kind).count(),
            "fields": kind.form_fields,
            "details": kind.child_fields,
        }
        for kind in KINDS.values()
    ]


@router.get("/records/{kind}", response=Listed, summary="List records of one kind")
def listing(request: HttpRequest, kind: str, asked: Query[Asked]) -> dict[str, Any]:
    """Records of a kind by code, a page at a time; ask again with `after` = `next`."""
    actor, found, given = actor_of(request), kind_named(kind), asked.dict()
    rows = current(actor, found, search=asked.q, programme=asked.programme, step=asked.step)
    if found.child is not None:
        rows = rows.prefetch_related(found.children)
    page = keyset(rows, ("code",), given, min(max(asked.limit, 1), MOST))
    for label in sorted({row.label for row in page.rows} - {Label.PUBLIC}):
        record_read(actor, reference=f"programmes:list:{kind}", label=label, verb=v.EXPORT)
    return {
        "head": {"records": page.total, "kind": kind},
        "rows": [_told(found, row) for row in page.rows],
        "next": page.next,
        "previous": page.previous,
    }


@router.get("/records/{kind}/{code}", summary="One record")
def record(request: HttpRequest, kind: str, code: str) -> dict[str, Any]:
    """Everything that stands in one record now, with its details."""
    actor, found = actor_of(request), kind_named(kind)
    row = one(actor, found, code)
    record_read(actor, reference=reference(kind, code), label=row.label, verb=v.VIEW)
    return _told(found, row)


def _told(kind: Kind, row: Any) -> dict[str, Any]:
    return {
        "kind": kind.name,
        "code": row.code,
        "step": row.step,
        **as_plain(draft_of(row)),
        "fictitious": row.fictitious,
        "recorded_at": row.recorded_at.isoformat(),
        "url": f"{settings.COMITY_ADDRESS}{path(kind.name, row.code)}",
    }
