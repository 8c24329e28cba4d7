"""One record, one provision of it, one of its files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.core.actions.reads import record_read
from comity.modules.library import vocabulary as v
from comity.modules.library.content import Content
from comity.modules.library.forms.rows import PARTS
from comity.modules.library.models import Record
from comity.modules.library.presentation import cases, facts, provisions, tags, texts
from comity.modules.library.selectors import pages, records
from comity.modules.library.services.lifecycle import reference
from comity.modules.library.views.files import attachment, formats_of, record_file
from comity.modules.treaties import public as treaties
from comity.ui.paging import listed
from comity.ui.requests import actor_of


def page_lang() -> str:
    """The language of the page."""
    return get_language() or "en"


def may(actor: Actor, row: Record) -> set[str]:
    """What the reader may do with the record, for the page's buttons: "edit", and others in full."""
    return {name.removeprefix("library:record:") for name in records.allowed(actor, row)}


def edit_links(row: Record, content: Content) -> list[tuple[Any, str]]:
    """The pages on which the parts of a record are changed."""
    links: list[tuple[Any, str]] = [(_("Facts, texts and sources"), reverse("library:edit", args=[row.number]))]
    for name, part in PARTS.items():
        if part.kind == content.kind:
            links.append((part.title, reverse("library:part", args=[row.number, name])))
    links.append((_("Files"), reverse("library:files", args=[row.number])))
    links.append((_("Add a provision"), reverse("library:add_provision", args=[row.number])))
    return links


def record(request: HttpRequest, number: str) -> HttpResponse:
    """A record as it is published; under work as long as nothing was. Withdrawn or superseded: 410."""
    actor = actor_of(request)
    row = records.get(actor, number)
    if row.is_gone:
        return _gone(request, row)
    record_read(actor, reference=reference(row), label=row.label, verb=v.READ)
    answer = record_file(request, actor, row, page_lang())
    return answer or show(request, row, work=row.step != v.Step.PUBLISHED)


def work(request: HttpRequest, number: str) -> HttpResponse:
    """The version under work."""
    row = pages.under_work(actor_of(request), number)
    label = records.strictest_label(row, work=True)
    record_read(actor_of(request), reference=reference(row), label=label, verb=v.READ)
    return show(request, row, work=True)


def _gone(request: HttpRequest, row: Record) -> HttpResponse:
    actor = actor_of(request)
    context = {
        "row": row,
        "reason": row.gone_reason,
        "successor": pages.successor(actor, row),
        "may": may(actor, row),
    }
    return render(request, "library/gone.html", context, status=410)


def show(request: HttpRequest, row: Record, *, work: bool) -> HttpResponse:
    """The page of a record; `work` shows the version under work."""
    content = records.content_of(row, pending=work)
    wanted = request.GET.get("go", "")
    context = frame(request, row, content, work=work)
    if wanted and (key := provisions.by_number(content, wanted)):
        return redirect(f"{context['base']}{key}/")
    lang, names = page_lang(), context["names"]
    context |= {
        "body": texts.body_of(content, context["reading"]),
        "facts": facts.facts_of(content),
        "tags": tags.every_line(content, lang, context["reading"]),
        "text": _text(request, content, context["reading"]),
        "go": wanted,
    }
    context["empty_text"] = not (context["body"] or context["text"]["total"] or content.case or content.guide)
    if content.case:
        context |= _case(content, names, lang)
    if content.publication:
        one = content.publication
        context["editions"] = [(texts.language_name(e.lang, lang), e) for e in one.editions]
        context["cited"] = pages.titles(actor_of(request), one.cites)
    if content.guide:
        context["samples"] = pages.provision_titles(actor_of(request), content.guide.samples, lang)
    return render(request, "library/record.html", context)


def frame(request: HttpRequest, row: Record, content: Content, *, work: bool) -> dict[str, Any]:
    """What every page of a record shows: title, State, languages, sources, what the reader may do."""
    actor, lang = actor_of(request), page_lang()
    reading = request.GET.get("in", "") if request.GET.get("in", "") in content.languages() else lang
    names = treaties.participant_names(lang)
    title = texts.title_of(content, row.number, reading)
    allowed = may(actor, row)
    status_label, status_mark = facts.status_of(content)
    version = records.version_of(row, pending=True) if work else None
    state_name = names.get(content.state, content.state)
    return {
        "row": row, "content": content, "work": work, "title": title, "reading": reading, "names": names,
        "state_name": state_name,
        "base": reverse("library:work" if work else "library:record", args=[row.number]) + ("text/" if work else ""),
        "record_url": reverse("library:work" if work else "library:record", args=[row.number]),
        "languages": language_links(request, content.languages(), reading),
        "status_label": status_label, "status_mark": status_mark,
        "step_label": v.Step(version.step).label if version else "",
        "work_reason": version.reason if version else "",
        "may": allowed,
        "edit_links": edit_links(row, content) if work and "edit" in allowed else [],
        "formats": formats_of(row) if not work else (),
        "shown_too": row.step == v.Step.PUBLISHED,
        "waiting": not work and v.VIEW_WORK in allowed,
        "unchecked": any(s.url and not s.checked_on for s in content.sources),
        "cite": facts.cite_as(content, title=str(title), body=state_name or content.body),
        "address": f"{settings.COMITY_ADDRESS}/library/{row.number}/",
    }  # fmt: skip


def language_links(request: HttpRequest, codes: Iterable[str], reading: str) -> list[dict[str, Any]]:
    """The languages of a text, each with the address of this page in it."""
    lang = page_lang()
    names = {code: texts.language_name(code, lang) for code in codes}
    return [
        {"code": c, "name": name, "url": with_query(request, {"in": c}), "current": c == reading}
        for c, name in names.items()
    ]


def with_query(request: HttpRequest, changes: dict[str, str]) -> str:
    """This address's query with parameters set, or dropped where the value is ""."""
    query = request.GET.copy()
    for name, value in {**changes, "go": ""}.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return f"?{query.urlencode()}"


def _text(request: HttpRequest, content: Content, reading: str) -> dict[str, Any]:
    """How the provisions are shown: whole, some at a time, or as an outline with a page for each."""
    roots = provisions.tree(content.provisions, reading)
    total = sum(node.count for node in roots) or len(roots)
    flat = not any(node.is_group for node in roots)
    if provisions.whole(content):
        return {"total": total, "whole": True, "nodes": roots}
    if flat:
        page = listed(roots, lambda node: (node.piece.key,), request.GET, size=provisions.WHOLE)
        return {"total": total, "whole": False, "page": page}
    short = len(content.provisions) <= provisions.LISTED
    nodes = roots if short else provisions.groups_only(roots)
    return {"total": total, "whole": False, "nodes": nodes, "opened": short and len(nodes) < 5}


def _case(content: Content, names: dict[str, str], lang: str) -> dict[str, Any]:
    assert content.case is not None  # noqa: S101
    every = cases.parties(content.case, names, lang)
    return {
        "defendants": [p for p in every if p.charges or p.person.role == v.PartyRole.DEFENDANT],
        "others": [p for p in every if not p.charges and p.person.role != v.PartyRole.DEFENDANT],
        "unassigned": cases.unassigned(content.case, lang),
        "verdicts": cases.verdict_counts(content.case),
        "proceedings": cases.stages(content.case),
    }


def provision(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """A provision of the published version."""
    actor = actor_of(request)
    row = records.get(actor, number)
    if row.is_gone:
        return _gone(request, row)
    record_read(actor, reference=reference(row), label=row.label, verb=v.READ)
    return _provision(request, row, key, work=row.step != v.Step.PUBLISHED)


def work_provision(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """A provision of the version under work."""
    return _provision(request, pages.under_work(actor_of(request), number), key, work=True)


def _provision(request: HttpRequest, row: Record, key: str, *, work: bool) -> HttpResponse:
    content = records.content_of(row, pending=work)
    context = frame(request, row, content, work=work)
    where = provisions.place(content, key, context["reading"])
    if where is None:
        raise Http404(_("There is no such provision."))
    lang = page_lang()
    pieces = texts.pieces_of(next(p for p in content.provisions if p.key == key), context["reading"])
    first = pieces[0] if pieces else where.node.piece
    second = next((p for p in pieces[1:] if p.lang == request.GET.get("beside")), None)
    shown = [{"name": texts.language_name(p.lang, lang), "piece": p} for p in (first, second) if p]
    alone = work or where.node.is_group
    similar = [] if alone else _similar(actor_of(request), row, key, first.lang, context["names"])
    return render(
        request,
        "library/provision.html",
        context | {
            "place": where, "piece": first, "shown": shown, "beside": second,
            "languages": language_links(request, [p.lang for p in pieces], first.lang),
            "beside_links": [
                {"name": texts.language_name(p.lang, lang), "url": with_query(request, {"beside": p.lang})}
                for p in pieces[1:]
            ],
            "alone_url": with_query(request, {"beside": ""}),
            "keep": f"?{request.GET.urlencode()}" if request.GET else "",
            "children_whole": where.node.count <= provisions.WHOLE,
            "key": key,
            "tags": tags.tag_lines(tags.own_tags(content, key), lang),
            "similar": similar,
        },
    )  # fmt: skip


def _similar(actor: Actor, row: Record, key: str, lang: str, names: dict[str, str]) -> list[tuple[Any, str]]:
    """Similar provisions with the names of their States."""
    return [(hit, names.get(hit.state, hit.state)) for hit in pages.similar(actor, row, key, lang)]


def file(request: HttpRequest, number: str, digest: str) -> HttpResponse | FileResponse:
    """A file of a record, always as an attachment that no browser runs."""
    actor = actor_of(request)
    row = records.get(actor, number)
    if row.is_gone:
        return _gone(request, row)
    found = pages.file_of(actor, row, digest)
    record_read(actor, reference=reference(row), label=row.label, verb=v.READ_FILE)
    return attachment(found)
