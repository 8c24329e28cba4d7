"""Pages that anybody may read: search, one authority, its history, networks."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.core.actions.reads import record_read
from comity.core.people.selectors import names_of
from comity.modules.directory import exports, table
from comity.modules.directory import vocabulary as v
from comity.modules.directory.exporters.sheet import FontMissing
from comity.modules.directory.models import Authority
from comity.modules.directory.policies import can, may_write_somewhere
from comity.modules.directory.selectors import pages
from comity.modules.directory.selectors.asking import all_states, authority_count
from comity.modules.directory.selectors.content import record_of
from comity.modules.directory.selectors.networks import network_card, network_cards, networks_of
from comity.modules.directory.selectors.search import found, order_of, read_filters
from comity.modules.directory.services.lifecycle import reference
from comity.modules.directory.services.versions import difference
from comity.modules.treaties import public as treaties
from comity.ui.exports import table_file
from comity.ui.paging import keyset
from comity.ui.requests import actor_of

CONTENT_TYPES = {
    "vcard": ("text/vcard; charset=utf-8", "vcf"),
    "pdf": ("application/pdf", "pdf"),
    "json": ("application/json; charset=utf-8", "json"),
    "csv": ("text/csv; charset=utf-8", "csv"),
}


def now_and_lang() -> tuple[datetime, str]:
    """The moment of the answer and the language of the page."""
    return timezone.now(), get_language() or "en"


def search(request: HttpRequest) -> HttpResponse:
    """The directory with its filters; the same rows as CSV and JSON."""
    at, lang = now_and_lang()
    actor, filters = actor_of(request), read_filters(request.GET)
    if request.GET.get("format") in {"csv", "json"}:
        rows = table.rows(exports.search_cards(actor, filters, at=at, lang=lang))
        answer = table_file(request, "directory", rows, list(table.COLUMNS), {"as_of": at, "lang": lang})
        assert answer is not None  # noqa: S101
        return answer
    page = keyset(found(actor, filters, at=at, lang=lang), order_of(filters), request.GET)
    exports.record_export(actor, page.rows, "page")
    return render(
        request,
        "directory/search.html",
        {
            "page": page,
            "cards": pages.as_cards(page.rows, at=at, lang=lang),
            "filters": filters,
            "filtered": any(value for name, value in vars(filters).items() if name != "sort"),
            "empty_directory": not page.rows and not authority_count(actor),
            "desk": may_write_somewhere(actor),
            **choices(lang),
        },
    )


def choices(lang: str) -> dict[str, Any]:
    """What the filters offer."""
    return {
        "states": all_states(lang),
        "functions": v.Function.choices,
        "instruments": [(i.code, i.short) for i in treaties.instruments(lang)],
        "accepted": sorted(
            ((code, pages.language_name(code, lang)) for code in ("ar", "zh", "en", "fr", "ru", "es", "pt", "de")),
            key=lambda pair: pair[1],
        ),
        "standings": [
            (s.value, s.label) for s in (v.Standing.PUBLISHED, v.Standing.CONFIRMATION_DUE, v.Standing.STALE)
        ],
    }


def authority(request: HttpRequest, code: str) -> HttpResponse:
    """One authority: what is shown of it, or that it was withdrawn and what replaced it."""
    at, lang = now_and_lang()
    actor = actor_of(request)
    try:
        row = pages.get(actor, code)
    except Http404:
        return show(request, pages.get(actor, code, pending=True), at, lang)
    if row.state == v.State.PUBLISHED and request.GET.get("format") in CONTENT_TYPES:
        return file_of(actor, [row], request.GET["format"], code, at, lang)
    return show(request, row, at, lang)


def file_of(actor: Actor, rows: list[Authority], kind: str, name: str, at: datetime, lang: str) -> HttpResponse:
    """Some authorities as a file. A missing font answers 503 with the name of its package."""
    try:
        content = exports.export(actor, kind, rows, lang=lang, at=at)
    except FontMissing as missing:
        return HttpResponse(missing.reason, status=503, content_type="text/plain; charset=utf-8")
    return attachment(content, kind, name)


def attachment(content: bytes, kind: str, name: str) -> HttpResponse:
    """An answer that is saved as a file."""
    content_type, ending = CONTENT_TYPES[kind]
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response


def show(request: HttpRequest, row: Authority, at: datetime, lang: str) -> HttpResponse:
    """The page of one version, shown or under work."""
    actor = actor_of(request)
    record_read(actor, reference=reference(row.code), label=pages.label_read(actor, row), verb=v.READ)
    gone = row.state in {v.State.WITHDRAWN, v.State.SUPERSEDED}
    may = pages.allowed(actor, row)
    return render(
        request,
        "directory/authority.html",
        {
            "card": pages.card(row, at=at, lang=lang),
            "row": row,
            "gone": gone,
            "may": {k.split(":")[-1] for k in may},
            "differences": pages.differences_of(actor, row, at.date()) if not gone else [],
            "networks": networks_of(row.participant_id, lang),
            "other": _other(actor, row),
            "hide": gone and v.EDIT not in may,
            "now": at,
        },
        status=410 if gone and v.EDIT not in may else 200,
    )


def _other(actor: Actor, row: Authority) -> Authority | None:
    """The version of the other line: under work where the shown one is read, and the reverse."""
    try:
        return pages.get(actor, row.code, pending=not row.pending)
    except Http404:
        return None


def history(request: HttpRequest, code: str) -> HttpResponse:
    """All versions, with what each changed; for officials."""
    at, lang = now_and_lang()
    actor = actor_of(request)
    row = pages.get_either(actor, code)
    versions = pages.history(actor, row)
    if not versions:
        raise Http404(_("There is no such history."))
    record_read(actor, reference=reference(row.code), label=pages.label_read(actor, row), verb=v.READ)
    who = names_of(r for one in versions for r in (one.edited_by, one.step_by))
    entries = []
    for newer, older in zip(versions, [*versions[1:], None], strict=True):
        changes = difference(record_of(older) if older else None, record_of(newer)) if older else {}
        entries.append(
            {
                "version": newer,
                "state": newer.get_state_display(),
                "by": who.get(newer.step_by, newer.step_by),
                "changed": sorted(set(changes) - {"state"}),
                "first": older is None,
            }
        )
    return render(
        request,
        "directory/history.html",
        {
            "card": pages.card(row, at=at, lang=lang),
            "entries": entries,
            "code": code,
            "names": bool(can(actor, v.EDIT, row)),
        },
    )


def networks(request: HttpRequest) -> HttpResponse:
    """All networks."""
    _at, lang = now_and_lang()
    cards = network_cards(lang)
    rows = [
        {
            "code": c.network.code,
            "name": str(c.name or ""),
            "kind": c.network.kind,
            "members": [code for code, _n, _s in c.members],
            "fictitious": c.network.fictitious,
        }
        for c in cards
    ]
    columns = ["code", "name", "kind", "members", "fictitious"]
    return table_file(request, "networks", rows, columns) or render(
        request, "directory/networks.html", {"cards": cards}
    )


def network(request: HttpRequest, code: str) -> HttpResponse:
    """One network and who belongs to it."""
    _at, lang = now_and_lang()
    card = network_card(code, lang)
    rows = [{"participant": c, "name": n, "since": since} for c, n, since in card.members]
    return table_file(request, f"network-{code}", rows, ["participant", "name", "since"]) or render(
        request, "directory/network.html", {"card": card}
    )
