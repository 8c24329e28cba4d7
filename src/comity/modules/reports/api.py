"""Editions and their figures as JSON: what the pages show, for the same person."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router

from comity.modules.reports.selectors import editions, registry, rows
from comity.ui.requests import actor_of

router = Router()


@router.get("/editions", summary="Editions that you may see, newest first")
def list_editions(request: HttpRequest) -> list[dict[str, Any]]:
    """Returns code, state, title by language, period and day of each edition."""
    return [_edition(edition) for edition in editions.editions(actor_of(request))]


@router.get("/editions/{code}/figures", summary="Figures of an edition: approved ones, for the secretariat all")
def list_figures(request: HttpRequest, code: str, lang: str = "en") -> dict[str, Any]:
    """Returns the edition and its figures; decimals are strings. 404 where there is no such edition for you."""
    edition = editions.edition(actor_of(request), code)
    known = rows.shown(actor_of(request), edition)
    return {**_edition(edition), "figures": rows.figure_rows(actor_of(request), edition, known, lang)}


@router.get("/editions/{code}/figures/{slug}/records", summary="Records behind a figure that you may see")
def list_records(request: HttpRequest, code: str, slug: str, lang: str = "en") -> dict[str, Any]:
    """Returns references and versions of the records, with each one's part. 404 for an unknown figure."""
    told = rows.behind(actor_of(request), editions.edition(actor_of(request), code), slug, lang)
    if told is None:
        raise Http404
    return told


@router.get("/figures", summary="The registry: what each figure means and how it is counted")
def list_definitions(request: HttpRequest) -> list[dict[str, Any]]:
    """Returns the current version of every definition."""
    return [{**row.content, "version": row.version} for row in registry.current_rows()]


def _edition(edition: Any) -> dict[str, Any]:
    return {
        "code": edition.code,
        "state": edition.state,
        "title": edition.title,
        "period": f"{edition.period_start}/{edition.period_end}",
        "as_of": edition.as_of.isoformat(),
        "symbols": list(edition.symbols),
        "fictitious": edition.fictitious,
    }
