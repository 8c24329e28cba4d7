"""Headings and places of an edition: add, name, move, take out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from comity.modules.reports import vocabulary as v
from comity.modules.reports.forms.details import PlaceForm, SectionForm
from comity.modules.reports.forms.steps import ReasonForm
from comity.modules.reports.models import Edition, Paragraph, Section
from comity.modules.reports.numbering import labels
from comity.modules.reports.policies import can
from comity.modules.reports.presentation import page_lang, shown
from comity.modules.reports.selectors import editions
from comity.modules.reports.services import outline as ordering
from comity.modules.reports.services.editions import Conflict
from comity.modules.reports.views.demanding import demand
from comity.modules.reports.views.steps import ask, work_url
from comity.modules.reports.views.work import workable
from comity.ui.requests import ActorRequest


def _writable(request: ActorRequest, code: str) -> Edition:
    found = workable(request.actor, code)
    demand(request.actor, can(request.actor, v.WRITE, found))
    return found


def _section(found: Edition, pk: int) -> Section:
    row: Section | None = found.sections.filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def _paragraph(found: Edition, key: str) -> Paragraph:
    row: Paragraph | None = found.paragraphs.filter(key=key).first()
    if row is None:
        raise Http404
    return row


def _by(request: ActorRequest) -> int:
    """Up or down, as the button says."""
    return {"up": -1, "down": 1}.get(request.POST.get("to", ""), 0)


def add_section(request: ActorRequest, code: str) -> HttpResponse:
    """A new heading at the end."""
    found = _writable(request, code)
    form = SectionForm(request.POST or None, edition=found)
    if request.method == "POST" and form.is_valid():
        row = ordering.add_section(
            request.actor, edition=found, level=form.cleaned_data["level"], title=form.texts("title")
        )
        messages.success(request, _("Saved."))
        return redirect(work_url(found, f"section-{row.pk}"))
    return _form(request, found, form, _("Add a section"))


def section(request: ActorRequest, code: str, pk: int) -> HttpResponse:
    """The words and the level of a heading."""
    found = _writable(request, code)
    row = _section(found, pk)
    form = SectionForm(request.POST or None, edition=found, section=row)
    if request.method == "POST" and form.is_valid():
        try:
            ordering.change_section(
                request.actor, edition=found, section=row, level=form.cleaned_data["level"],
                title=form.texts("title"), base=form.base_now(),
            )  # fmt: skip
        except Conflict:
            form.read_again()
            return _form(
                request, found, form, _("Section heading"), row=row, stands=form.changed_meanwhile(), status=409
            )
        messages.success(request, _("Saved."))
        return redirect(work_url(found, f"section-{row.pk}"))
    return _form(request, found, form, _("Section heading"), row=row)


def _form(
    request: ActorRequest, found: Edition, form: Any, title: str, *, row: Section | None = None, stands: Any = (),
    status: int = 0,
) -> HttpResponse:  # fmt: skip
    context = {
        "edition": found, "form": form, "title": title, "section": row, "stands": stands,
        "may_remove": row is not None and not row.paragraphs.exists(), "cancel_url": work_url(found, "paragraphs"),
    }  # fmt: skip
    return render(request, "reports/section.html", context, status=status or (422 if form.errors else 200))


@require_POST
def move_section(request: ActorRequest, code: str, pk: int) -> HttpResponse:
    """A heading with its paragraphs, one place up or down."""
    found = _writable(request, code)
    row = _section(found, pk)
    ordering.move_section(request.actor, edition=found, section=row, by=_by(request))
    return redirect(work_url(found, f"section-{row.pk}"))


def remove_section(request: ActorRequest, code: str, pk: int) -> HttpResponse:
    """Takes out a heading without paragraphs."""
    found = workable(request.actor, code)
    row = _section(found, pk)
    words = {
        "edition": found, "title": _("Take a section out"), "confirm_label": _("Take out"), "danger": True,
        "question": _("Take “%(key)s” out of %(code)s?")
        % {"key": row.title.get(found.original, ""), "code": found.code},
        "consequences": [_("The audit keeps its words.")],
    }  # fmt: skip
    return ask(
        request, can(request.actor, v.WRITE, found),
        lambda data: ordering.remove_section(request.actor, edition=found, section=row, reason=data["reason"]),
        ReasonForm(request.POST or None), words, back=work_url(found, "paragraphs"), done=_("Taken out."),
    )  # fmt: skip


@require_POST
def move_paragraph(request: ActorRequest, code: str, key: str) -> HttpResponse:
    """A paragraph, one place up or down; over the end of its section into the next."""
    found = _writable(request, code)
    ordering.move_paragraph(request.actor, edition=found, paragraph=_paragraph(found, key), by=_by(request))
    return redirect(work_url(found, key))


def place(request: ActorRequest, code: str, key: str) -> HttpResponse:
    """A paragraph's section, mandates and owner."""
    found = _writable(request, code)
    row = _paragraph(found, key)
    form = PlaceForm(request.POST or None, paragraph=row, sections=_titles(found))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        ordering.change_paragraph(
            request.actor, edition=found, paragraph=row, section=_section(found, int(data["section"])),
            mandates=data["mandates"], owner=data["owner"],
        )  # fmt: skip
        messages.success(request, _("Saved."))
        return redirect(work_url(found, key))
    words = {
        "form": form, "edition": found, "cancel_url": work_url(found, key),
        "title": f"{_('Section, mandates, owner')}: {key}",
        "explained": _("Another section: it stands at the end there. Other mandates undo the clearance."),
    }  # fmt: skip
    return render(request, "reports/form.html", words, status=422 if form.errors else 200)


def _titles(found: Edition) -> list[tuple[int, str]]:
    """The headings with their labels, for a choice."""
    lang = page_lang()
    rows = editions.outline(found).sections
    marks = labels([row.level for row in rows], lang)
    return [
        (row.pk, f"{mark} {shown(row.title, lang, found.original) or ''}")
        for row, mark in zip(rows, marks, strict=True)
    ]
