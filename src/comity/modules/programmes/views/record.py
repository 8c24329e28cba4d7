"""One record: its facts, its step and what may follow, what it belongs to, how it came about."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from comity.core.actions.actor import Actor
from comity.core.actions.labels import Label
from comity.modules.programmes import vocabulary as v
from comity.modules.programmes.kinds import GROUPS, Kind
from comity.modules.programmes.machines import Step
from comity.modules.programmes.policies import can, may_take_step
from comity.modules.programmes.presentation import values
from comity.modules.programmes.presentation.marks import step_mark
from comity.modules.programmes.selectors import listing
from comity.modules.programmes.selectors.records import kind_named, one
from comity.modules.programmes.selectors.related import Change, history, referring
from comity.modules.programmes.views.records import page_lang
from comity.ui.paging import listed
from comity.ui.requests import actor_of

#: Versions on one page of the history.
_VERSIONS = 20


def record(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """The page of one record."""
    actor, lang, found = actor_of(request), page_lang(), kind_named(kind)
    row = one(actor, found, code)
    names = values.Names(actor, lang)
    title, title_lang = row.title_in(lang)
    heads, lines = values.child_table(row, found, names)
    return render(
        request,
        "programmes/record.html",
        {
            "kind": found, "row": row, "title": title, "title_lang": title_lang, "group": GROUPS[found.group],
            "list_url": listing.list_url(found.name), "facts": values.facts(row, found, names),
            "heads": heads, "people": _people(found, row, lang), "step": step_mark(found, row.step),
            "children": [
                [(label, numeric, cell) for (label, numeric), cell in zip(heads, line, strict=True)] for line in lines
            ],
            "steps": _steps(actor, found, row), "related": _related(actor, row, lang),
            "may": {name.rpartition(":")[2] for name in v.RECORD_ACTIONS if can(actor, name, row)},
            "may_not_correct": can(actor, v.CORRECT, row).reason if can(actor, v.MOVE, row) else "",
            "label": Label(row.label).label, "owner": names.state(row.owner_state) if row.owner_state else "",
            "history": _history(request, actor, row, found, names),
            "project_url": reverse("programmes:project", args=[row.code]) if found.name == "project" else "",
            "portfolio_url": _portfolio(found, row),
        },
    )  # fmt: skip


def _portfolio(kind: Kind, row: Any) -> str:
    return reverse("programmes:home") + f"?programme={row.code}" if kind.name == "programme" else ""


def _people(kind: Kind, row: Any, lang: str) -> str:
    """How many people attended an event."""
    if kind.name != "event":
        return ""
    count = sum(child.count for child in row.attendance.all())
    return values.number(count, lang) if count else ""


def _steps(actor: Actor, kind: Kind, row: Any) -> list[dict[str, Any]]:
    """The steps that may follow: its verb, its address, and why this reader may not take it ("" where they may)."""
    if not can(actor, v.MOVE, row):
        return []
    found = []
    for name in kind.machine.following(row.step):
        step: Step = kind.machine.steps[name]
        allowed = may_take_step(actor, row, name)
        found.append(
            {"name": name, "verb": step.verb, "second": step.second, "reason": "" if allowed else allowed.reason,
             "url": reverse("programmes:move", args=[kind.name, row.code, name])}
        )  # fmt: skip
    return found


def _related(actor: Actor, row: Any, lang: str) -> list[dict[str, Any]]:
    found = []
    for one_kind in referring(actor, row):
        lines = []
        for other in one_kind.rows:
            title, title_lang = other.title_in(lang)
            lines.append(
                {"row": other, "title": title, "lang": title_lang, "step": step_mark(one_kind.kind, other.step),
                 "url": values.record_url(one_kind.kind.name, other.code)}
            )  # fmt: skip
        found.append({"kind": one_kind.kind, "lines": lines, "count": one_kind.count, "url": one_kind.url})
    return found


def _history(request: HttpRequest, actor: Actor, row: Any, kind: Kind, names: values.Names) -> dict[str, Any] | None:
    if not can(actor, v.HISTORY, row):
        return None
    page = listed(history(actor, row), lambda change: [change.row.pk], request.GET, _VERSIONS)
    return {"page": page, "lines": [_version(change, kind, names) for change in page.rows]}


def _version(change: Change, kind: Kind, names: values.Names) -> dict[str, Any]:
    differences = []
    for name, (old, new) in (change.changed or {}).items():
        before, after = values.plain_text(kind, name, old, names), values.plain_text(kind, name, new, names)
        differences.append((values.field_label(kind, name), before, after))
    return {"change": change, "step": step_mark(kind, change.row.step), "first": change.changed is None,
            "differences": differences}  # fmt: skip
