"""The library as JSON: the same records as the pages, for the same person."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema

from comity.core.actions.actor import Actor
from comity.core.actions.reads import record_read
from comity.core.texts.languages import UN_LANGUAGES
from comity.modules.library import exports
from comity.modules.library import vocabulary as v
from comity.modules.library.content import Provision, to_plain
from comity.modules.library.exporters import flat
from comity.modules.library.exporters.entry import Entry
from comity.modules.library.models import Record
from comity.modules.library.policies import can
from comity.modules.library.selectors import records
from comity.modules.library.selectors.search import found, order_of, read_filters
from comity.modules.library.services.lifecycle import reference
from comity.ui.exports import plain
from comity.ui.listed import Listed
from comity.ui.paging import keyset
from comity.ui.requests import actor_of

router = Router()
#: Most rows of one page of the list.
MOST = 200


class Asked(Schema):
    """The filters of the list of records, and which page of it."""

    q: str = ""
    kind: str = ""
    state: str = ""
    region: str = ""
    language: str = ""
    crime_type: str = ""
    article: str = ""
    issue: str = ""
    subtype: str = ""
    status: str = ""
    year_from: str = ""
    year_to: str = ""
    sort: str = "state"
    lang: str = "en"
    after: str = ""
    before: str = ""
    limit: int = 50


def _lang(code: str) -> str:
    return code if code in UN_LANGUAGES else "en"


@router.get("/", response=Listed, summary="List records")
def listing(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    """Published records that meet the filters, a page at a time; ask again with `after` = `next`."""
    actor, lang, given = actor_of(request), _lang(asked.lang), asked.dict()
    filters = read_filters(given)
    page = keyset(found(actor, filters, lang=lang), order_of(filters), given, min(max(asked.limit, 1), MOST))
    shown = Record.objects.filter(pk__in=[row.pk for row in page.rows])
    exports.record_export(actor, shown, "list")
    rows = {entry.number: flat.row(entry, lang) for entry in exports.entries(shown, lang)}
    return {
        "head": {"records": page.total, "lang": lang},
        "rows": [plain(rows[row.number]) for row in page.rows if row.number in rows],
        "next": page.next,
        "previous": page.previous,
    }


@router.get("/{number}", summary="One record")
def record(request: HttpRequest, number: str) -> dict[str, Any]:
    """Everything published of one record, as JSON Lines hold it; of a gone record the reason only."""
    row = records.get(actor_of(request), number)
    if row.is_gone:
        return {"number": row.number, "step": row.step, "reason": row.gone_reason}
    entry = _entry(actor_of(request), row)
    return {"number": row.number, "step": row.step, "url": entry.url, **to_plain(entry.content)}


@router.get("/{number}/provisions", summary="The provisions of one record")
def provisions(request: HttpRequest, number: str, lang: str = "") -> list[dict[str, Any]]:
    """The provisions in reading order, in all languages or in `lang` only."""
    entry = _entry(actor_of(request), records.get(actor_of(request), number))
    return [_provision(entry, one, lang) for one in entry.content.provisions]


@router.get("/{number}/provisions/{key}", summary="One provision")
def provision(request: HttpRequest, number: str, key: str, lang: str = "") -> dict[str, Any]:
    """One provision with its words in all languages, or in `lang` only."""
    entry = _entry(actor_of(request), records.get(actor_of(request), number))
    for one in entry.content.provisions:
        if one.key == key:
            return _provision(entry, one, lang)
    raise Http404(_("There is no such record."))


def _entry(actor: Actor, row: Record) -> Entry:
    """The published content of a record; reading what is not public is audited. Raises Http404 else."""
    shown = Record.objects.filter(pk=row.pk, step=v.Step.PUBLISHED)
    entry = next(exports.entries(shown), None) if can(actor, v.VIEW, row) else None
    if entry is None:
        raise Http404(_("There is no such record."))
    record_read(actor, reference=reference(row), label=records.strictest_label(row), verb=v.READ)
    return entry


def _provision(entry: Entry, one: Provision, lang: str) -> dict[str, Any]:
    texts = [text for text in one.texts if not lang or text.lang == lang]
    return {**one.model_copy(update={"texts": texts}).model_dump(mode="json"), "url": f"{entry.url}{one.key}/"}
