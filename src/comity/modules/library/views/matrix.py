"""The implementation matrix, what is left to do for a State, and suggested articles."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from comity.core.people.vocabulary import GroupCode
from comity.core.workflow.services import enqueue
from comity.modules.library import vocabulary as v
from comity.modules.library.models import Suggestion
from comity.modules.library.policies import can
from comity.modules.library.selectors import matrix as matrices
from comity.modules.library.selectors import records
from comity.modules.library.selectors.todo import may_see_todo, todo, untagged_provisions
from comity.modules.library.services import suggestions
from comity.modules.treaties import public as treaties
from comity.ui.exports import table_file
from comity.ui.requests import ActorRequest

SUGGEST = "library:suggest"
#: States on one page of the grid.
PAGE = 40


def _lang() -> str:
    return get_language() or "en"


def _day(request: ActorRequest) -> date:
    """The day of the address, today without one. Raises BadRequest naming the form of a day."""
    try:
        return date.fromisoformat(request.GET.get("on") or datetime.now(UTC).date().isoformat())
    except ValueError:
        raise BadRequest(_("A day is written 2020-06-30.")) from None


def matrix(request: ActorRequest) -> HttpResponse:
    """State × article for one instrument on a day; one State or one article where the address names it."""
    lang, on = _lang(), _day(request)
    choices = treaties.instruments_with_articles(lang)
    if not choices:
        return render(request, "library/matrix.html", {"choices": (), "on": on})
    asked = {name: request.GET.get(name, "").strip() for name in ("instrument", "group", "state", "article")}
    code = asked["instrument"] or choices[0].code
    found = matrices.matrix(
        request.actor,
        code,
        on,
        lang,
        group=asked["group"] if asked["group"] in GroupCode.values else "",
        states=[asked["state"].upper()] if asked["state"] else [],
        article=asked["article"],
    )
    file = table_file(
        request, f"matrix-{code}-{on}", list(matrices.rows(found)), matrices.COLUMNS, {"source_ends": found.source_ends}
    )
    return file or render(request, "library/matrix.html", _shown(request, found, asked, choices))


def _shown(
    request: ActorRequest, found: matrices.Matrix, asked: dict[str, str], choices: list[treaties.Instrument]
) -> dict[str, Any]:
    listed = bool(asked["state"] or asked["article"])
    pages = Paginator(found.lines, PAGE if not listed else 250)
    page = pages.get_page(request.GET.get("page"))
    parties = treaties.parties(found.instrument.code, found.on).codes
    names = treaties.participant_names(_lang())
    return {
        "matrix": found,
        "on": found.on,
        "asked": asked,
        "choices": choices,
        "states": sorted(((iso3, names.get(iso3, iso3)) for iso3 in parties), key=lambda pair: pair[1]),
        "groups": GroupCode.choices,
        "all_articles": treaties.articles(found.instrument.code, _lang()),
        "page": page,
        "lines": [(line, [(a, line.cell(a.number)) for a in found.articles]) for line in page],
        "listed": listed,
        "may_see_todo": bool(asked["state"]) and may_see_todo(request.actor, asked["state"].upper()),
    }


def todo_list(request: ActorRequest, iso3: str) -> HttpResponse:
    """What is left to do for one State; "not found" for who is neither the State nor the secretariat."""
    iso3 = iso3.upper()
    name = treaties.participant_names(_lang()).get(iso3)
    if name is None or not may_see_todo(request.actor, iso3):
        raise Http404
    on = _day(request)
    found = todo(request.actor, iso3, on, _lang())
    rows = [
        {"instrument": gap.instrument.code, "article": a.number, "title": str(a.title or "")}
        for gap in found.gaps
        for a in gap.articles
    ]
    file = table_file(request, f"to-do-{iso3}-{on}", rows, ("instrument", "article", "title"), {"state": iso3})
    return file or render(request, "library/matrix_todo.html", {"todo": found, "iso3": iso3, "name": name, "on": on})


def suggested(request: ActorRequest, number: str) -> HttpResponse:
    """The likely articles of a law's untagged provisions: a curator makes, confirms and rejects them."""
    record = records.get(request.actor, number)
    if not can(request.actor, v.TAG, record) or record.kind != v.Kind.LAW:
        raise Http404
    if request.method == "POST":
        return _decided(request, record)
    provisions = {p.key: p for p in untagged_provisions(record)}
    waiting = record.suggestions.filter(confirmed__isnull=True, provision_key__in=provisions)
    by_key: dict[str, list[Suggestion]] = {}
    for one in waiting.order_by("-score", "article"):
        by_key.setdefault(one.provision_key, []).append(one)
    titles = {
        f"{i.code}:{a.number}": a.title
        for i in treaties.instruments_with_articles(_lang())
        for a in treaties.articles(i.code, _lang())
    }
    entries = [
        (p, [(one, titles.get(one.article)) for one in by_key[key]]) for key, p in provisions.items() if key in by_key
    ]
    more = max(0, len(entries) - 50)
    context = {"record": record, "entries": entries[:50], "more": more, "untagged": len(provisions)}
    return render(request, "library/matrix_suggestions.html", context)


def _decided(request: ActorRequest, record: Any) -> HttpResponse:
    """One decision, or the wish to have suggestions made."""
    if "make" in request.POST:
        job = enqueue(request.actor, name=SUGGEST, arguments={"record": record.pk})
        messages.success(request, _("Suggestions are being made. This page shows them as they come."))
        return redirect("account_job", job.pk)
    chosen = request.POST.get("suggestion", "")
    one = record.suggestions.filter(pk=int(chosen)).first() if chosen.isdecimal() else None
    if one is None:
        raise Http404
    if request.POST.get("decision") == "confirm":
        suggestions.confirm(request.actor, suggestion=one)
        messages.success(request, _("Tagged."))
    else:
        suggestions.reject(request.actor, suggestion=one)
        messages.success(request, _("Rejected; it will not be suggested again."))
    return redirect("library:suggestions", record.number)
