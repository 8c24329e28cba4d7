"""The directory as JSON: the same rows as the pages, for the same person."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import override
from ninja import Query, Router, Schema

from comity.core.actions.reads import record_read
from comity.core.texts.languages import UN_LANGUAGES
from comity.modules.directory import table
from comity.modules.directory import vocabulary as v
from comity.modules.directory.exports import search_cards
from comity.modules.directory.records import to_plain
from comity.modules.directory.selectors import pages
from comity.modules.directory.selectors.asking import whom_to_ask
from comity.modules.directory.selectors.content import strictest_label, visible_record
from comity.modules.directory.selectors.networks import network_cards
from comity.modules.directory.selectors.search import read_filters
from comity.modules.directory.services.lifecycle import reference
from comity.ui.requests import actor_of

router = Router()


class Asked(Schema):
    """The filters of the search page."""

    state: str = ""
    function: str = ""
    instrument: str = ""
    article: str = ""
    language: str = ""
    standing: str = ""
    open: str = ""
    q: str = ""
    sort: str = "state"
    lang: str = "en"


class Table(Schema):
    """A table: what stands above it, and its rows."""

    head: dict[str, Any]
    rows: list[dict[str, Any]]


def _lang(code: str) -> str:
    return code if code in UN_LANGUAGES else "en"


@router.get("/", response=Table, summary="Search the directory")
def search(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    """The authorities that meet the filters, all of them, in the order asked for."""
    lang = _lang(asked.lang)
    filters = read_filters(asked.dict())
    cards = search_cards(actor_of(request), filters, at=timezone.now(), lang=lang)
    return {"head": {"rows": len(cards), "lang": lang}, "rows": table.rows(cards)}


@router.get("/ask", summary="Find whom to ask")
def ask(
    request: HttpRequest,
    asking: str,
    asked: str,
    need: str,
    instrument: str = "",
    on: date | None = None,
    lang: str = "en",
) -> dict[str, Any]:
    """What is in force between two States on a day, and whom to ask for a kind of help."""
    at = timezone.now()
    with override(_lang(lang)):
        answer = whom_to_ask(
            actor_of(request),
            asking=asking,
            asked=asked,
            need=need,
            instrument=instrument,
            at=at,
            on=on or at.date(),
            lang=_lang(lang),
        )
    for choice in answer.choices:
        _record(request, choice.card.row)
    return {
        "asking": answer.asking.iso3,
        "asked": answer.asked.iso3,
        "need": answer.need,
        "on": answer.on,
        "in_force": [
            {
                "instrument": b.code,
                "since": b.since,
                "source_ends": b.source_ends,
                "articles": [number for number, _title in b.articles],
            }
            for b in answer.bonds
        ],
        "authorities": [
            {**row, "designated_under_instrument": choice.exact}
            for row, choice in zip(table.rows([c.card for c in answer.choices]), answer.choices, strict=True)
        ],
    }


@router.get("/networks", summary="Networks")
def networks(request: HttpRequest, lang: str = "en") -> list[dict[str, Any]]:
    """Networks and who belongs to them today."""
    return [
        {
            "code": c.network.code,
            "kind": c.network.kind,
            "name": str(c.name or ""),
            "fictitious": c.network.fictitious,
            "members": [code for code, _name, _since in c.members],
        }
        for c in network_cards(_lang(lang))
    ]


@router.get("/{code}", summary="One authority")
def authority(request: HttpRequest, code: str) -> dict[str, Any]:
    """One published authority with the parts this person may see, as the exchange file holds it."""
    row = pages.get(actor_of(request), code)
    if row.state != v.State.PUBLISHED:
        return {"code": row.code, "state": row.state, "superseded_by": row.superseded_by}
    _record(request, row)
    return {
        **to_plain(visible_record(row, actor_of(request))),
        "standing": pages.card(row, at=timezone.now(), lang="en").standing,
    }


def _record(request: HttpRequest, row: Any) -> None:
    actor = actor_of(request)
    label = strictest_label(row, visible_record(row, actor))
    record_read(actor, reference=reference(row.code), label=label, verb=v.READ)
