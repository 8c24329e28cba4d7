"""Entering and changing records: facts and texts, the lists within them, provisions, files."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.core.actions.decorator import Denied
from comity.core.vault import files
from comity.modules.library import content as c
from comity.modules.library import vocabulary as v
from comity.modules.library.checking import Incomplete
from comity.modules.library.forms.provision import ProvisionForm
from comity.modules.library.forms.record import RecordForm
from comity.modules.library.forms.rows import PARTS
from comity.modules.library.forms.steps import FileForm
from comity.modules.library.forms.typed import MORE_ROWS, Rows, languages
from comity.modules.library.models import Record
from comity.modules.library.policies import can, contributor_states, may_write_somewhere
from comity.modules.library.selectors import records
from comity.modules.library.services import lifecycle
from comity.modules.library.services.versions import Conflict
from comity.modules.library.views.reading import edit_links, page_lang
from comity.modules.treaties import public as treaties
from comity.ui.requests import actor_of

#: Values a new record begins with, by kind.
_BLANK: dict[str, Any] = {
    v.Kind.LAW: {"law": {}}, v.Kind.CASE: {"case": {}},
    v.Kind.PUBLICATION: {"publication": {"kind": v.PublicationKind.STUDY}},
    v.Kind.GUIDE: {"guide": {"instrument": "", "article": "", "obligation": v.Obligation.MANDATORY}},
}  # fmt: skip


def states_for(actor: Actor, held: str = "") -> list[tuple[str, str]]:
    """The States whose records the actor may write; for curators also none (a body's record)."""
    names = treaties.participant_names(page_lang())
    if actor.kind == "system" or actor.has("curator"):
        return [("", "—"), *sorted(names.items(), key=lambda pair: pair[1])]
    own = {*contributor_states(actor), held} - {""}
    return [(iso3, names.get(iso3, iso3)) for iso3 in sorted(own)]


def new(request: HttpRequest, kind: str) -> HttpResponse:
    """A new record: a draft under a fresh number."""
    actor = actor_of(request)
    if not may_write_somewhere(actor) or kind not in v.Kind.values:
        raise Http404
    states = states_for(actor)
    if not states:
        raise Denied(_("A State enters its own records; curators enter those of any State or body."))
    first = c.Content(kind=v.Kind(kind), state=states[0][0] or request.GET.get("state", "")[:3], **_BLANK[kind])
    form = RecordForm(request.POST or None, content=first, states=states, lang=page_lang())
    problems: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            made = lifecycle.create(actor, content=form.made)
        except (Denied, Incomplete) as error:
            problems = getattr(error, "problems", [error.reason])
        else:
            messages.success(request, _("Saved as a draft. Only your State and the secretariat see it."))
            return redirect("library:work", made.number)
    context = {"form": form, "problems": problems, "title": v.Kind(kind).label, "cancel_url": reverse("library:desk")}
    return render(request, "library/edit.html", context, status=_code(form, problems))


def _code(form: Any, problems: list[str]) -> int:
    return 422 if problems or any(one.is_bound and one.errors for one in form.all_forms) else 200


def _opened(request: HttpRequest, number: str) -> tuple[Record, c.Content, int]:
    """The record, the content to change and the version it stands in. Raises Denied where it may not be changed."""
    actor = actor_of(request)
    row = records.get(actor, number)
    decision = can(actor, v.EDIT, row)
    if not decision:
        raise Denied(decision.reason)
    version = records.version_of(row, pending=True) or records.version_of(row)
    if version is None:
        raise Http404
    return row, records.content_of_version(version), version.pk


@dataclass
class Saving:
    """One attempt to save: the version the form was opened on, and what was wrong."""

    base: int
    saved: bool = False
    problems: list[str] = field(default_factory=list)


def _begin(request: HttpRequest, current: int) -> Saving:
    text = request.POST.get("base", "")
    return Saving(int(text) if text.isascii() and text.isdigit() else current)


def _save(request: HttpRequest, row: Record, content: c.Content, saving: Saving, current: int) -> bool:
    """Saves, or notes what is wrong. After a conflict the same form saves over what stands there now."""
    try:
        lifecycle.edit(actor_of(request), record=row, content=content, base=saving.base)
    except Conflict:
        saving.base = current
        saving.problems = [
            _("Somebody changed this record meanwhile. What you typed is still here; it is not saved. "
              "Look at the record in another window, then save again to put yours in its place.")
        ]  # fmt: skip
    except (Denied, Incomplete) as error:
        saving.problems = getattr(error, "problems", [error.reason])
    else:
        saving.saved = True
        messages.success(request, _("Saved. What is published stays as it is until this is published too."))
    return saving.saved


def _context(row: Record, content: c.Content, saving: Saving) -> dict[str, Any]:
    return {
        "row": row, "base": saving.base, "problems": saving.problems, "links": edit_links(row, content),
        "cancel_url": reverse("library:work" if row.working_step else "library:record", args=[row.number]),
    }  # fmt: skip


def edit(request: HttpRequest, number: str) -> HttpResponse:
    """Facts, texts and sources of a record."""
    row, content, current = _opened(request, number)
    states = states_for(actor_of(request), content.state)
    form = RecordForm(request.POST or None, content=content, states=states, lang=page_lang())
    saving = _begin(request, current)
    if request.method == "POST" and form.is_valid() and _save(request, row, form.made, saving, current):
        return redirect("library:work", number)
    context = _context(row, content, saving) | {"form": form, "title": row.number}
    return render(request, "library/edit.html", context, status=_code(form, saving.problems))


def part(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """One list within a record: its persons, charges, sentences, proceedings, editions."""
    row, content, current = _opened(request, number)
    one = PARTS.get(name)
    if one is None or one.kind != content.kind:
        raise Http404
    data = request.POST or None
    adding = bool(data and data.get("add"))
    rows = Rows(
        one.form, prefix="rows", initial=one.rows(content), data=data, unchecked=adding, more=MORE_ROWS * adding,
        options=lambda: {"lang": page_lang(), "content": content},
    )  # fmt: skip
    saving = _begin(request, current)
    values = rows.values(one.model, one.stem) if rows.checked and rows.is_valid() else None
    if values is not None and _save(request, row, one.put(content, values), saving, current):
        return redirect("library:work", number)
    wrong = rows.checked and any(form.errors for form in rows.forms)
    persons = content.case.persons if content.case else []
    context = _context(row, content, saving) | {
        "rows": rows, "title": one.title, "single": one.single,
        "states": sorted(treaties.participant_names(page_lang()).items()) if name == "persons" else [],
        "persons": persons if name == "charges" else [],
        "names_for": persons if name == "persons" and can(actor_of(request), v.NAMES, row) else [],
    }  # fmt: skip
    return render(request, "library/part.html", context, status=422 if saving.problems or wrong else 200)


def provision(request: HttpRequest, number: str, key: str = "") -> HttpResponse:
    """One provision, changed or added."""
    row, content, current = _opened(request, number)
    if key and key not in {p.key for p in content.provisions}:
        raise Http404
    form = ProvisionForm(
        request.POST or None, content=content, key=key, lang=page_lang(), after=request.GET.get("after", "")
    )
    saving = _begin(request, current)
    if request.method == "POST" and form.is_valid() and _save(request, row, form.made, saving, current):
        stands = any(p.key == form.key for p in form.made.provisions)
        return redirect("library:work_provision", number, form.key) if stands else redirect("library:work", number)
    context = _context(row, content, saving) | {"form": form, "key": key}
    return render(request, "library/edit_provision.html", context, status=_code(form, saving.problems))


def file_list(request: HttpRequest, number: str) -> HttpResponse:
    """The files of a record: added one at a time, taken away one at a time."""
    row, content, current = _opened(request, number)
    saving = _begin(request, current)
    gone = request.POST.get("remove", "")
    posted = request.method == "POST" and not gone
    form = FileForm(request.POST if posted else None, request.FILES if posted else None, choices=languages(page_lang()))
    if gone:
        kept = [f for f in content.files if f.digest != gone]
        if _save(request, row, content.model_copy(update={"files": kept}), saving, current):
            return redirect("library:files", number)
    elif posted and form.is_valid():
        given = form.cleaned_data["file"]
        kept_file = c.FileRef(
            digest=files.store(given.read()), name=given.name, size=given.size, lang=form.cleaned_data["lang"],
            media_type=(given.content_type or "application/octet-stream")[:100],
        )  # fmt: skip
        made = content.model_copy(update={"files": [*content.files, kept_file]})
        if _save(request, row, made, saving, current):
            return redirect("library:files", number)
    context = _context(row, content, saving) | {"form": form, "files": content.files}
    return render(request, "library/files.html", context, status=422 if saving.problems or form.errors else 200)
