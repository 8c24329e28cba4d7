"""Writing an edition: a text in a language beside its original, a new paragraph, a new edition."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from comity.core.actions.decorator import Denied
from comity.core.texts.languages import LANGUAGE_CHOICES, UN_LANGUAGES, direction
from comity.modules.reports import tokens
from comity.modules.reports import vocabulary as v
from comity.modules.reports.forms.details import split
from comity.modules.reports.forms.texts import InsertForm, NewEditionForm, NewParagraphForm, TextForm
from comity.modules.reports.models import Edition, Paragraph
from comity.modules.reports.numbers import Numbers, numbers
from comity.modules.reports.policies import can
from comity.modules.reports.presentation import as_printed, page_lang, shown
from comity.modules.reports.selectors import editions, registry
from comity.modules.reports.services import editions as editing
from comity.modules.reports.services.editions import Conflict
from comity.modules.reports.views.demanding import demand
from comity.modules.reports.views.steps import work_url
from comity.modules.reports.views.work import workable
from comity.ui.requests import ActorRequest

SUMMARY = "summary"


@dataclass(frozen=True)
class Target:
    """What is written: a paragraph in a language, or the summary (`paragraph` None)."""

    edition: Edition
    paragraph: Paragraph | None
    lang: str
    text: str
    original: str
    number: int | None

    @property
    def seen(self) -> str:
        """Marks the text that stands: another mark means that somebody changed this very text."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def _target(request: ActorRequest, code: str, key: str, lang: str) -> Target:
    found = workable(request.actor, code)
    if lang not in UN_LANGUAGES:
        raise Http404
    if key == SUMMARY:
        said = found.summary
        return Target(found, None, lang, said.get(lang, ""), said.get(found.original, ""), None)
    parts = editions.outline(found)
    ordered = [paragraph for section in parts.sections for paragraph in parts.below(section)]
    for number, paragraph in enumerate(ordered, 1):
        if paragraph.key == key:
            text, original = parts.text(paragraph, lang), parts.text(paragraph, found.original)
            return Target(found, paragraph, lang, text, original, number)
    raise Http404


def summary(request: ActorRequest, code: str, lang: str) -> HttpResponse:
    """The summary in a language."""
    return paragraph(request, code, SUMMARY, lang)


def paragraph(request: ActorRequest, code: str, key: str, lang: str) -> HttpResponse:
    """A text in a language beside its original; what is wrong keeps what was typed."""
    target = _target(request, code, key, lang)
    found, decision = target.edition, can(request.actor, v.WRITE, target.edition)
    known = numbers(found)
    given = request.POST.copy() if request.method == "POST" else None
    insert = InsertForm(given, figures=_choices(known), prefix="insert")
    form = TextForm(given, lang=lang, initial={"value": target.text, "base": found.revision, "seen": target.seen})
    conflict, status = False, 200
    if given is not None:
        demand(request.actor, decision)
        if "insert" in given:
            given["value"] = f"{given.get('value', '').rstrip()} {insert.token()}".strip()
            form = TextForm(given, lang=lang)
        elif "save" in given and form.is_valid():
            conflict = _save(request, target, form)
            if not conflict:
                messages.success(request, _("Saved."))
                return redirect(_next(request, target))
            given["base"], given["seen"] = str(found.revision), target.seen
            form, status = TextForm(given, lang=lang), 409
        elif "save" in given:
            status = 422
    typed = str(form["value"].value() or "")
    return render(
        request,
        "reports/paragraph.html",
        {
            "edition": found, "target": target, "key": key, "lang": lang, "dir": direction(lang), "form": form,
            "insert": insert, "token": insert.token() if given is not None else "", "conflict": conflict,
            "original_dir": direction(found.original), "is_original": lang == found.original,
            "token_lines": token_lines(typed, target, known), "languages": _languages(target, key),
            "reason": "" if decision else decision.reason, "neighbours": _neighbours(target, lang),
            "checked": given is not None and "save" in given,
            "help": _(
                "A number is a token such as {fig:…}: it prints itself in this language. Write {{ and }} for braces."
            ),
        },
        status=status,
    )  # fmt: skip


def _save(request: ActorRequest, target: Target, form: TextForm) -> bool:
    """Saves what was typed; returns True where somebody changed this very text meanwhile. A change elsewhere in the
    edition is no conflict: it is tried again upon the revision that stands."""
    data = form.cleaned_data
    same_text = data["seen"] == target.seen
    base = target.edition.revision if same_text else data["base"]
    common = {"edition": target.edition, "lang": target.lang, "value": data["value"], "base": base}
    try:
        if target.paragraph is None:
            editing.write_summary(request.actor, **common)
        else:
            editing.write_text(request.actor, paragraph=target.paragraph, **common)
    except Conflict:
        return True
    return False


def _next(request: ActorRequest, target: Target) -> str:
    if "next" in request.POST and target.paragraph is not None:
        after = _neighbours(target, target.lang)["after"]
        if after:
            return str(after)
    key = target.paragraph.key if target.paragraph else "paragraphs"
    return work_url(target.edition, key)


def _neighbours(target: Target, lang: str) -> dict[str, str]:
    """The addresses of the paragraphs before and after, "" at an end."""
    if target.paragraph is None:
        return {"before": "", "after": ""}
    parts = editions.outline(target.edition)
    keys = [paragraph.key for section in parts.sections for paragraph in parts.below(section)]
    at = keys.index(target.paragraph.key)

    def address(place: int) -> str:
        inside = 0 <= place < len(keys)
        return reverse("reports:paragraph", args=[target.edition.code, keys[place], lang]) if inside else ""

    return {"before": address(at - 1), "after": address(at + 1)}


def _choices(known: Numbers) -> list[tuple[str, str]]:
    """Figures that may be put into the text: those of the edition first, then all others of the registry."""
    lang = page_lang()
    said = {row.slug: str(shown(row.content.get("meaning", {}), lang) or row.slug) for row in registry.current_rows()}
    order = dict.fromkeys([*(slug for slug in known.by_slug if slug in said), *said])
    return [(slug, f"{slug}: {said[slug]}"[:120]) for slug in order]


def _languages(target: Target, key: str) -> list[dict[str, Any]]:
    name = "reports:summary" if target.paragraph is None else "reports:paragraph"
    first = [target.edition.code] if target.paragraph is None else [target.edition.code, key]
    return [
        {"label": label, "url": reverse(name, args=[*first, code]), "current": code == target.lang, "count": None}
        for code, label in LANGUAGE_CHOICES
    ]


def token_lines(text: str, target: Target, known: Numbers) -> dict[str, Any]:
    """Returns the figures of a text with what they print in its language, and how they differ from the original's."""
    try:
        mine = tokens.figures(text)
        pieces = [piece for piece in tokens.parse(text) if isinstance(piece, tokens.FigureToken)]
    except tokens.BadToken as refused:
        return {"problem": str(refused), "lines": [], "missing": [], "added": []}
    try:
        wanted = tokens.figures(target.original) if target.lang != target.edition.original else mine
    except tokens.BadToken:
        wanted = mine
    lines = []
    for piece in pieces:
        number = known.by_slug.get(piece.slug)
        prints = as_printed(number, target.lang, piece.qualifier, piece.style) if number else ""
        lines.append({"token": tokens.write([piece]), "slug": piece.slug, "prints": prints,
                      "problem": known.problems.get(piece.slug, "") if number is None else ""})  # fmt: skip
    return {"lines": lines, "missing": _written(wanted - mine), "added": _written(mine - wanted)}


def _written(counted: Counter[tuple[str, tuple[str, ...]]]) -> list[str]:
    return [tokens.write([tokens.FigureToken(slug, options)]) for slug, options in counted.elements()]


@require_POST
def look(request: ActorRequest, code: str, key: str, lang: str) -> HttpResponse:
    """The figures of what is being typed: the part of the page that follows the typing."""
    target = _target(request, code, key, lang)
    lines = token_lines(request.POST.get("value", ""), target, numbers(target.edition))
    context = {"edition": target.edition, "token_lines": lines, "lang": lang, "dir": direction(lang)}
    return render(request, "reports/_tokens.html", context)


def add(request: ActorRequest, code: str, pk: int) -> HttpResponse:
    """A new paragraph at the end of a section."""
    found = workable(request.actor, code)
    section = found.sections.filter(pk=pk).first()
    if section is None:
        raise Http404
    demand(request.actor, can(request.actor, v.WRITE, found))
    form = NewParagraphForm(request.POST or None)
    form.fields["text"].widget.attrs |= {"lang": found.original, "dir": direction(found.original)}
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            row = editing.add_paragraph(request.actor, edition=found, section=section, key=data["key"],
                                        text=data["text"], mandates=split(data["mandates"]),
                                        owner=data["owner"])  # fmt: skip
        except Denied as refused:
            form.add_error("key", refused.reason)
        else:
            messages.success(request, _("Added. Its number follows from its place."))
            return redirect(work_url(found, row.key))
    words = {"form": form, "edition": found, "title": _("Add a paragraph"), "cancel_url": work_url(found, "paragraphs"),
             "about": shown(section.title, page_lang(), found.original)}  # fmt: skip
    return render(request, "reports/form.html", words, status=422 if form.errors else 200)


def new_edition(request: HttpRequest) -> HttpResponse:
    """Opens an edition from a file."""
    actor = request.actor  # type: ignore[attr-defined]
    demand(actor, can(actor, v.CREATE))
    form = NewEditionForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        made = editing.create(actor, content=form.cleaned_data["file"])
        messages.success(request, _("Opened."))
        return redirect(work_url(made))
    words = {"form": form, "title": _("Open an edition"), "cancel_url": reverse("reports:home")}
    return render(request, "reports/form.html", words, status=422 if form.errors else 200)
