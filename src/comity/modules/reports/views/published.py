"""Reports that others published: uploaded, looked at, kept, and compared with what this node's records say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from comity.core.counting.asking import countables
from comity.core.people.selectors import today
from comity.core.texts.languages import direction
from comity.core.vault.errors import Unreadable
from comity.core.vault.uploads import keep_upload, uploads
from comity.modules.reports import reconciling
from comity.modules.reports import vocabulary as v
from comity.modules.reports.forms.declared import PublishedForm
from comity.modules.reports.policies import can
from comity.modules.reports.presentation import page_lang
from comity.modules.reports.presentation_published import (
    ParagraphLine,
    paragraph_lines,
    reconciled_line,
    unresolved_lines,
)
from comity.modules.reports.published import LANGUAGES
from comity.modules.reports.selectors import pages
from comity.modules.reports.services import published
from comity.modules.reports.views.demanding import demand
from comity.ui.paging import listed
from comity.ui.requests import ActorRequest, actor_of

_DIGEST = re.compile(r"[0-9a-f]{64}")
_STATES = ("agrees", "disagrees", "unbacked")
#: Paragraphs that a preview shows.
_FIRST = 5


def listing(request: ActorRequest) -> HttpResponse:
    """Reports that were imported."""
    lines = [{"row": row, "counts": _counts(row.content)} for row in pages.published_reports(request.actor)]
    context = {"lines": lines, "may_import": bool(can(request.actor, v.IMPORT_PUBLISHED))}
    return render(request, "reports/published_list.html", context)


def _counts(content: Mapping[str, Any]) -> dict[str, int]:
    return {part: len(content[part]) for part in ("paragraphs", "figures", "unresolved")}


def upload(request: ActorRequest) -> HttpResponse:
    """Takes a file, shows what was read, and keeps it once that was seen."""
    demand(request.actor, can(request.actor, v.IMPORT_PUBLISHED))
    if request.method == "POST" and request.POST.get("digest"):
        return _keep(request)
    form = PublishedForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        file, lang = form.cleaned_data["file"], form.cleaned_data["lang"]
        digest = keep_upload(file.chunks())
        try:
            content = published.read_file(uploads() / digest, lang)
        except Unreadable as refused:
            form.add_error("file", refused.reason)
        else:
            context |= {
                "digest": digest, "name": PurePosixPath(file.name or "report").name[-200:], "lang": lang,
                "dir": direction(lang), "counts": _counts(content),
                "first": paragraph_lines(content, page_lang())[:_FIRST],
            }  # fmt: skip
    return render(request, "reports/published_upload.html", context, status=422 if form.errors else 200)


def _keep(request: ActorRequest) -> HttpResponse:
    digest, lang = request.POST["digest"], request.POST.get("lang", "")
    path = uploads() / digest
    if not _DIGEST.fullmatch(digest) or lang not in LANGUAGES or not path.is_file():
        messages.error(request, _("The file is no longer here. Upload it again."))
        return redirect("reports:import_published")
    try:
        content = published.read_file(path, lang)
        name = PurePosixPath(request.POST.get("name", "report")).name[-200:]
        row = published.keep(request.actor, name=name, lang=lang, digest=digest, content=content)
    except Unreadable as refused:
        messages.error(request, refused.reason)
        return redirect("reports:import_published")
    messages.success(request, _("Kept."))
    return redirect("reports:published_report", row.code)


def _day(request: HttpRequest) -> date:
    """The day for which the records are asked. Raises BadRequest for a text that is no day."""
    text = request.GET.get("on", "")
    try:
        return date.fromisoformat(text) if text else today()
    except ValueError:
        raise BadRequest(_("“%(text)s” is no day. Write 2020-05-01.") % {"text": text[:40]}) from None


def report(request: HttpRequest, code: str) -> HttpResponse:
    """A report of others: its figures against the records, its paragraphs, what it leaves open."""
    lang, on = page_lang(), _day(request)
    row = pages.published_report(actor_of(request), code)
    found = reconciling.reconcile(row.content, row.lang, on)
    state = request.GET.get("state", "")
    chosen = [item for item in found if item.state == state] if state in _STATES else found
    things = countables()
    paragraphs = paragraph_lines(row.content, lang)
    page = listed(paragraphs, _key, request.GET)
    return render(
        request,
        "reports/published.html",
        {
            "row": row, "dir": direction(row.lang), "on": on, "state": state, "counts": _counts(row.content),
            "tabs": _tabs(reconciling.summary(found), state, on, len(found)),
            "lines": [reconciled_line(item, things, lang) for item in chosen], "page": page,
            "unresolved": unresolved_lines(row.content),
        },
    )  # fmt: skip


def _key(line: ParagraphLine) -> tuple[int]:
    return (line.number,)


def _tabs(summary: Mapping[str, int], state: str, on: date, total: int) -> list[dict[str, Any]]:
    words = {"agrees": _("Backed by records"), "disagrees": _("Disagrees"), "unbacked": _("Backed by nobody here")}
    made = [{"label": _("All"), "url": f"?on={on}#figures", "current": state not in _STATES, "count": total}]
    for name in _STATES:
        made.append({"label": words[name], "url": f"?on={on}&state={name}#figures", "current": state == name,
                     "count": summary[name]})  # fmt: skip
    return made
