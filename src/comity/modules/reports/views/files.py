"""One figure as files: what it is, its history, the records behind it, where it comes from."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from comity.core.actions.actor import Actor
from comity.modules.reports.models import Snapshot
from comity.modules.reports.outputs import prov
from comity.modules.reports.presentation import Names, page_lang
from comity.modules.reports.presentation_tables import record_rows
from comity.modules.reports.selectors import editions, figures
from comity.modules.reports.selectors.figures import Figure, Share
from comity.ui.exports import csv_text, plain
from comity.ui.requests import actor_of

_HISTORY = ("value", "known_at", "as_of", "period_start", "period_end", "definition", "approved_at", "reason", "digest")
_RECORDS = ("record", "title", "from", "to", "gives", "told_apart", "version")


def figure_file(request: HttpRequest, code: str, slug: str, name: str) -> HttpResponse:
    """A file of a figure, with what this reader may see of it."""
    actor = actor_of(request)
    found = figures.figure(actor, editions.edition(actor, code), slug)
    makers: dict[str, tuple[Callable[[Figure, Actor], bytes], str]] = {
        "figure.json": (_json, "application/json"),
        "history.csv": (_history, "text/csv; charset=utf-8"),
        "records.csv": (_records, "text/csv; charset=utf-8"),
        "prov.json": (_prov, "application/json"),
    }
    if name not in makers or found.number is None:
        raise Http404
    make, media_type = makers[name]
    response = HttpResponse(make(found, actor), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{code}.{slug}.{name}"'
    return response


def _told(found: Figure, row: Snapshot) -> str | None:
    value = found.told(row)
    return None if value is None else f"{value.normalize():f}"


def _history_rows(found: Figure) -> list[dict[str, Any]]:
    return [
        {
            "value": _told(found, row), "known_at": row.known_at, "as_of": row.as_of,
            "period_start": row.period_start, "period_end": row.period_end,
            "definition": f"{row.slug}@{row.definition.version}", "approved_at": row.approved_at,
            "reason": row.reason, "digest": row.digest if _told(found, row) is not None else None,
        }
        for row in figures.history(found)
    ]  # fmt: skip


def _history(found: Figure, _actor: Actor) -> bytes:
    return csv_text(_history_rows(found), _HISTORY).encode()


def _json(found: Figure, _actor: Actor) -> bytes:
    """The number with its definition, its history and its released table; null where a value is suppressed."""
    number = found.number
    assert number is not None  # noqa: S101 (figure_file answers 404)
    small = not found.sight.staff and figures.is_small(found.definition, number.value, found.released)
    told = {
        "edition": found.edition.code, "fictitious": found.edition.fictitious, "figure": found.definition.slug,
        "value": None if small else f"{number.value.normalize():f}", "basis": number.basis,
        "period": str(number.period or ""), "as_of": number.as_of, "known_at": found.known_at,
        "digest": number.digest, "approved": number.approved, "version": found.row.version,
        "definition": found.definition.model_dump(mode="json"), "history": _history_rows(found),
        "released": dict(found.released),
    }  # fmt: skip
    return (json.dumps(plain(told), ensure_ascii=False, indent=1) + "\n").encode()


def _records(found: Figure, actor: Actor) -> bytes:
    """The records that the reader may see, one row each."""
    if not found.shows_records:
        raise Http404
    behind, names = figures.shares(found), Names(actor, page_lang())
    lines = figures.visible(actor, figures.kinds(found), list(behind), names.lang)
    rows = [
        {
            "record": one.line.record, "title": one.line.title, "from": one.line.starts, "to": one.line.ends,
            "gives": _gives(behind[one.line.record]) if found.shows_shares else "", "told_apart": one.keys,
            "version": one.version,
        }
        for one in record_rows([lines[reference] for reference in sorted(lines)], behind, found, names)
    ]  # fmt: skip
    return csv_text(rows, _RECORDS).encode()


def _gives(share: Share) -> str:
    """What a record gives: a number, or one for each figure that the figure is made of."""
    return "; ".join(f"{part}: {number:f}" if part else f"{number:f}" for part, number in share.numbers.items())


def _prov(found: Figure, actor: Actor) -> bytes:
    """W3C PROV-JSON of the frozen results. Records that the reader may not see are left out, and so are suppressed
    results."""
    if found.snapshot is None:
        raise Http404
    staff = found.sight.staff
    behind = figures.shares(found) if found.shows_shares else {}
    lines = behind if staff else figures.visible(actor, figures.kinds(found), list(behind), page_lang())
    items, known = [], {row.pk for row in figures.history(found)}
    for row in figures.history(found):
        value = found.told(row)
        if value is None:
            continue
        standing = row.pk == found.snapshot.pk
        before = row.previous if row.previous_id in known else None
        items.append(
            prov.Provenance(
                _name(row), value.normalize(), row.computed_at, row.code_version,
                row.approved_by if staff else ("approved" if row.approved_at else ""),
                f"{row.slug}@{row.definition.version}",
                tuple((reference, behind[reference].version) for reference in sorted(lines)) if standing else (),
                _name(before) if before else "",
            )
        )  # fmt: skip
    return prov.write(items)


def _name(row: Snapshot) -> str:
    return f"{row.slug}@{row.computed_at.isoformat()}"
