"""Pages of instruments: the list, one instrument, its articles, statements, non-parties, changes."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from comity.core.module import manifests
from comity.core.people.vocabulary import GroupCode
from comity.modules.treaties import policies, tables
from comity.modules.treaties.asking import moment_of
from comity.modules.treaties.feeds import atom
from comity.modules.treaties.selectors.changes import changes, editions
from comity.modules.treaties.selectors.statements import applications, statements
from comity.modules.treaties.selectors.states import participant_or_404
from comity.modules.treaties.selectors.status import Status, facts_stamp, instrument_or_404, status
from comity.modules.treaties.selectors.titles import article_tree, named
from comity.modules.treaties.views.addresses import moved
from comity.modules.treaties.views.bodies import Asked, instrument_body
from comity.modules.treaties.vocabulary import ActionKind, InstrumentGroup, StatementKind
from comity.ui.exports import table_file
from comity.ui.requests import ActorRequest


def _lang() -> str:
    return get_language() or "en"


def _asked(request: ActorRequest) -> dict[str, Any]:
    moment = moment_of(request.GET)
    return {"moment": moment, "on": moment.on, "known_at": moment.known_at}


def instrument_list(request: ActorRequest) -> HttpResponse:
    """All instruments in their groups, as of a day."""
    asked = _asked(request)
    rows = tables.instruments(asked["on"], asked["known_at"], _lang())
    words = request.GET.get("q", "").strip()
    if words:
        rows = [row for row in rows if words.casefold() in f"{row['code']} {row['title']}".casefold()]
    file = table_file(request, "treaties", rows, tables.INSTRUMENTS, {"on": asked["on"]})
    if file:
        return file
    groups = [
        {"label": label, "rows": found}
        for code, label in InstrumentGroup.choices
        if (found := [row for row in rows if row["group"] == code])
    ]
    return render(
        request,
        "treaties/instruments.html",
        {
            **asked,
            "groups": groups,
            "words": words,
            "may_edit": bool(policies.can(request.actor, policies.READ_PROPOSAL)),
        },
    )


def _tabs(code: str, request: ActorRequest, here: str) -> list[dict[str, Any]]:
    query = request.GET.copy()
    for name in list(query):
        if name not in {"on", "known_at"}:
            query.pop(name)
    tail = f"?{query.urlencode()}" if query else ""
    names = [
        ("instrument", _("Participants")),
        ("articles", _("Articles")),
        ("statements", _("Reservations and declarations")),
        ("non_parties", _("Not party")),
    ]
    return [
        {"label": label, "url": reverse(f"treaties:{name}", args=[code]) + tail, "current": name == here}
        for name, label in names
    ]


def _about(request: ActorRequest, code: str, here: str) -> tuple[Status, dict[str, Any]]:
    """What every page of one instrument shows: its names, the day, the totals, the tabs."""
    found = instrument_or_404(code)
    asked = _asked(request)
    current, names = status(found.code, asked["on"], asked["known_at"]), named(_lang())
    return current, {
        **asked,
        "instrument": found,
        "named": names[found.code],
        "status": current,
        "tabs": _tabs(found.code, request, here),
        "may_edit": bool(policies.can(request.actor, policies.READ_PROPOSAL)),
        "head": tables.head(current),
        "parent": names.get(found.parent.code) if found.parent else None,
    }


def instrument(request: ActorRequest, code: str) -> HttpResponse:
    """One instrument: totals with their day and source, map, timeline, participants."""
    current, context = _about(request, code, "instrument")
    if context["instrument"].code != code:
        return moved(request, "treaties:instrument", context["instrument"].code)
    if request.GET.get("format"):
        rows = tables.participants(current, _lang())
        file = table_file(request, f"{current.code}-{current.on}", rows, tables.PARTICIPANTS, context["head"])
        if file:
            return file
    return render(
        request,
        "treaties/instrument.html",
        {
            **context,
            "body": instrument_body(
                Asked(
                    current.code, _lang(), current.on, context["known_at"], context["moment"].is_today,
                    request.GET.urlencode(), context["may_edit"], facts_stamp(),
                )
            ),
            "editions": editions(current.code),
            "applications": list(applications(code=current.code, known_at=context["known_at"])),
        },
    )


def article_list(request: ActorRequest, code: str) -> HttpResponse:
    """The article tree of one instrument."""
    _current, context = _about(request, code, "articles")
    lines = article_tree(context["instrument"].code, _lang())
    rows = [
        {
            "number": line.number,
            "kind": line.kind,
            "title": line.title and str(line.title),
            "notification": line.notification,
            "source": line.source,
        }
        for line in lines
    ]
    columns = ("number", "kind", "title", "notification", "source")
    file = table_file(request, f"{code}-articles", rows, columns, {"instrument": code})
    return file or render(request, "treaties/articles.html", {**context, "lines": lines})


def article(request: ActorRequest, code: str, number: str) -> HttpResponse:
    """One article: what it is about, what it asks to be notified, what States stated on it."""
    current, context = _about(request, code, "articles")
    tree = article_tree(current.code, _lang())
    articles = [line for line in tree if line.kind == "article"]
    place = next((i for i, line in enumerate(articles) if line.number == number), None)
    if place is None:
        raise Http404(f"{current.code} has no article {number} in our sources.")
    said = statements(code=current.code, article=number, known_at=context["known_at"])
    rows = tables.statements(said, current.on, _lang())
    file = table_file(request, f"{code}-{number}", rows, tables.STATEMENTS, context["head"])
    return file or render(
        request,
        "treaties/article.html",
        {
            **context,
            "line": articles[place],
            "rows": rows,
            "paragraphs": [line for line in tree if line.kind == "paragraph" and line.number.startswith(f"{number}(")],
            "sections": sorted(
                (s for m in manifests() for s in m.article_sections(request.actor, current.code, number)),
                key=lambda section: section.order,
            ),
            "previous": articles[place - 1] if place else None,
            "next": articles[place + 1] if place + 1 < len(articles) else None,
        },
    )


def statement_list(request: ActorRequest, code: str) -> HttpResponse:
    """Reservations, declarations, objections and notifications, with their State, date and source."""
    current, context = _about(request, code, "statements")
    said = statements(code=current.code, known_at=context["known_at"])
    rows = tables.statements(said, current.on, _lang())
    kind = request.GET.get("kind", "")
    if kind in StatementKind.values:
        rows = [row for row in rows if row["kind"] == kind]
    if not request.GET.get("all"):
        rows = [row for row in rows if row["stands"]]
    file = table_file(request, f"{code}-statements", rows, tables.STATEMENTS, context["head"])
    return file or render(
        request,
        "treaties/statements.html",
        {
            **context,
            "rows": rows,
            "kinds": StatementKind.choices,
            "kind": kind,
            "kind_labels": dict(StatementKind.choices),
            "applications": list(applications(code=current.code, known_at=context["known_at"])),
        },
    )


def non_parties(request: ActorRequest, code: str) -> HttpResponse:
    """Members of the United Nations that are not party on the day, by regional group."""
    current, context = _about(request, code, "non_parties")
    rows = tables.non_parties(current, _lang())
    file = table_file(request, f"{code}-non-parties", rows, tables.NON_PARTIES, context["head"])
    if file:
        return file
    labels = dict(GroupCode.choices)
    groups = [
        {"label": labels[group], "rows": [row for row in rows if row["group"] == group]}
        for group in dict.fromkeys(row["group"] for row in rows)
    ]
    return render(request, "treaties/non_parties.html", {**context, "groups": groups, "total": len(rows)})


def _changes(request: ActorRequest) -> tables.Rows:
    code, iso3 = request.GET.get("instrument", ""), request.GET.get("state", "")
    found = changes(
        code=instrument_or_404(code).code if code else None,
        iso3=participant_or_404(iso3).iso3 if iso3 else None,
        limit=100,
    )
    return tables.changes(found, _lang())


def change_list(request: ActorRequest) -> HttpResponse:
    """What changed, newest first; the same rows as the feed."""
    rows = _changes(request)
    file = table_file(request, "treaty-changes", rows, tables.CHANGES)
    return file or render(
        request,
        "treaties/changes.html",
        {
            "rows": rows,
            "instruments": named(_lang()).values(),
            "chosen": request.GET.get("instrument", ""),
            "state": request.GET.get("state", ""),
            "action_labels": dict(ActionKind.choices),
        },
    )


def change_feed(request: ActorRequest) -> HttpResponse:
    """The same changes as an Atom feed."""
    return atom(request, _changes(request), _lang())
