"""The audit log's page."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from comity.account import audit_log
from comity.account.forms import AuditFilter
from comity.account.views.gate import administrators_only
from comity.core.people.selectors import names_of
from comity.ui.exports import table_file
from comity.ui.paging import keyset
from comity.ui.requests import ActorRequest


@administrators_only
def log(request: ActorRequest) -> HttpResponse:
    """Who did what to what and when, newest first; as CSV or JSON with `?format=`."""
    actor = request.actor
    form = AuditFilter(request.GET or None)
    chosen: dict[str, Any] = form.cleaned_data if form.is_bound and form.is_valid() else {}
    rows = audit_log.entries(actor, **chosen)
    if request.GET.get("format") in {"csv", "json"}:
        table = audit_log.exported(actor, rows, chosen)
        answer = table_file(request, "audit-log", table, audit_log.COLUMNS)
        if answer is not None:
            return answer
    page = keyset(rows, by=("-at", "-pk"), params=request.GET)
    names = names_of(row.actor for row in page.rows)
    shown = [{"entry": row, "who": names[row.actor], "difference": list(row.difference.items())} for row in page.rows]
    context = {"form": form, "page": page, "rows": shown}
    return render(request, "comity_account/audit.html", context)
