"""The list of records with its filters, and the same rows as files."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from comity.core.texts.languages import UN_LANGUAGES
from comity.modules.library import vocabulary as v
from comity.modules.library.policies import may_write_somewhere
from comity.modules.library.presentation import facts, tags
from comity.modules.library.presentation.texts import language_name
from comity.modules.library.selectors import records
from comity.modules.library.selectors.search import Filters, found, order_of, read_filters
from comity.modules.library.views.files import OF_LIST, list_file
from comity.modules.library.views.reading import page_lang
from comity.modules.treaties import public as treaties
from comity.ui.paging import keyset
from comity.ui.requests import actor_of

#: What "status" means within a kind.
_STATUSES = {v.Kind.LAW: v.LawStatus, v.Kind.CASE: v.CourtLevel}
_SUBTYPES = {
    v.Kind.LAW: v.LawType, v.Kind.CASE: v.ProceedingType, v.Kind.PUBLICATION: v.PublicationKind,
    v.Kind.GUIDE: v.Obligation,
}  # fmt: skip


def listing(request: HttpRequest) -> HttpResponse:
    """Records that meet the filters, page by page; as CSV and JSON all of them."""
    actor, lang, filters = actor_of(request), page_lang(), read_filters(request.GET)
    rows = found(actor, filters, lang=lang)
    if answer := list_file(request, actor, rows, lang):
        return answer
    page = keyset(rows, order_of(filters), request.GET)
    return render(
        request,
        "library/records.html",
        {
            "page": page,
            "lines": [{"row": row, "status": _status(row), "subtype": _subtype(row)} for row in page.rows],
            "filters": filters,
            "filtered": any(value for name, value in vars(filters).items() if name not in {"sort", "step"}),
            "empty_library": not page.rows and not records.published(actor).exists(),
            "desk": may_write_somewhere(actor),
            "formats": OF_LIST,
            **choices(filters, lang),
        },
    )


def choices(filters: Filters, lang: str) -> dict[str, Any]:
    """What the filters offer."""
    names = treaties.participant_names(lang)
    kind = v.Kind(filters.kind) if filters.kind else None
    codes = sorted({*UN_LANGUAGES, "pt", "de", filters.language} - {""})
    return {
        "kinds": v.Kind.choices,
        "states": sorted(((iso3, name) for iso3, name in names.items()), key=lambda pair: pair[1]),
        "languages": sorted(((c, language_name(c, lang)) for c in codes), key=lambda pair: pair[1]),
        "crime_types": tags.crime_types(lang),
        "issues": tags.issues(lang),
        "statuses": _STATUSES[kind].choices if kind in _STATUSES else [],
        "subtypes": _SUBTYPES[kind].choices if kind else [],
    }


def _status(row: Any) -> tuple[Any, str]:
    """A law's status in words with its badge's mark; ("", "") where none is kept."""
    if row.kind != v.Kind.LAW or not row.status or row.status == v.LawStatus.UNKNOWN:
        return "", ""
    status = v.LawStatus(row.status)
    return status.label, facts.STATUS_MARKS[status]


def _subtype(row: Any) -> Any:
    kinds = _SUBTYPES[v.Kind(row.kind)]
    return kinds(row.subtype).label if row.subtype in kinds.values else ""
