"""The desk: what waits for this person, and the history of a record."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from comity.core.actions.reads import record_read
from comity.core.people.selectors import names_of
from comity.modules.library import vocabulary as v
from comity.modules.library.policies import can, may_write_somewhere
from comity.modules.library.presentation.changes import changes
from comity.modules.library.selectors import records
from comity.modules.library.selectors.desk import desk as desk_of
from comity.modules.library.services.lifecycle import reference
from comity.modules.library.views.home import address_of
from comity.ui.requests import actor_of


def desk(request: HttpRequest) -> HttpResponse:
    """What waits for this person. Who has no desk is not told that there is one."""
    actor = actor_of(request)
    if not may_write_somewhere(actor):
        raise Http404
    return render(
        request,
        "library/desk.html",
        {
            "desk": desk_of(actor),
            "kinds": [(label, reverse("library:new", args=[kind])) for kind, label in v.Kind.choices],
            "may_create": actor.has("curator") or not actor.has("publisher"),
            "import_url": address_of("library:import") if can(actor, v.IMPORT) else "",
        },
    )


def history(request: HttpRequest, number: str) -> HttpResponse:
    """Every step of a record, newest first, each with what it changed."""
    actor = actor_of(request)
    row = records.get(actor, number)
    entries = records.history(actor, row)
    record_read(actor, reference=reference(row), label=row.label, verb=v.READ)
    sees_names = bool(can(actor, v.EDIT, row)) or actor.has("curator", "publisher")
    who = names_of(r for e in entries for r in (e.edited_by, e.step_by)) if sees_names else {}
    lines: list[dict[str, Any]] = [
        {
            "entry": entry,
            "step": v.Step(entry.step).label,
            "by": who.get(entry.step_by, entry.step_by),
            "first": older is None,
        }
        for entry, older in zip(entries, [*entries[1:], None], strict=True)
    ]
    return render(request, "library/history.html", {"row": row, "lines": lines, "names": sees_names})


def version(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """What one version changed, field by field, beside the one before it."""
    actor = actor_of(request)
    row = records.get(actor, number)
    entries = records.history(actor, row)
    at = next((n for n, entry in enumerate(entries) if entry.version == pk), None)
    if at is None:
        raise Http404
    record_read(actor, reference=reference(row), label=row.label, verb=v.READ)
    new = records.content_of_version(records.history_version(actor, row, pk))
    older = entries[at + 1] if at + 1 < len(entries) else None
    old = records.content_of_version(records.history_version(actor, row, older.version)) if older else None
    context = {"row": row, "entry": entries[at], "older": older, "changes": changes(old, new)}
    return render(request, "library/version.html", {**context, "step": v.Step(entries[at].step).label})
