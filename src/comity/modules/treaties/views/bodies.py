"""The long part of an instrument's page: map, timeline and table of participants, written once per state of facts.

It is the same for everybody who asks the same question in the same language (curators see links to the desk, so
they have one of their own). What is kept is found by the moment of the newest fact: a change makes it unfindable.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from comity.modules.treaties import tables
from comity.modules.treaties.charts import map_legend, map_points, party_series
from comity.modules.treaties.selectors.status import status
from comity.ui.sorting import sort_rows


@dataclass(frozen=True)
class Asked:
    """All that the body depends on. `stamp` is `facts_stamp()`; `query` keeps what the sorting links repeat."""

    code: str
    lang: str
    on: date
    known_at: datetime | None
    is_today: bool
    query: str
    may_edit: bool
    stamp: tuple[object, ...]


@lru_cache(maxsize=64)
def instrument_body(asked: Asked) -> SafeString:
    """Returns the body as HTML, in the language that is active and named in `asked`."""
    request = HttpRequest()
    request.GET = QueryDict(asked.query)
    current = status(asked.code, asked.on, asked.known_at)
    rows = tables.participants(current, asked.lang)
    return render_to_string("treaties/_instrument_body.html", {
        "request": request, "rows": sort_rows(request, rows, tables.PARTICIPANTS), "status": current,
        "points": map_points(rows, current.on), "legend": map_legend(), "series": party_series(current),
        "on": asked.on, "moment": asked, "may_edit": asked.may_edit,
    })  # fmt: skip
