"""The registry of figures: what each means, how it is asked for, its versions; curators define them."""

from __future__ import annotations

import difflib
import json
from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.core.counting.asking import countables
from comity.core.counting.countable import Period
from comity.core.people.selectors import names_of
from comity.core.texts.languages import LANGUAGE_CHOICES
from comity.modules.reports import vocabulary as v
from comity.modules.reports.definition import BadDefinition, Definition
from comity.modules.reports.evaluating import CannotEvaluate, Evaluator, Frame
from comity.modules.reports.forms.definition import DefinitionForm
from comity.modules.reports.models import FigureDefinition
from comity.modules.reports.policies import can, may_write_somewhere
from comity.modules.reports.presentation import (
    Names,
    exact,
    measure_words,
    page_lang,
    period_words,
    question_facts,
    shown,
)
from comity.modules.reports.printing import Qualifier
from comity.modules.reports.selectors import editions, pages, registry
from comity.modules.reports.selectors.figures import visible
from comity.modules.reports.services import registry as defining
from comity.modules.reports.views.demanding import demand
from comity.modules.reports.vocabulary import Disclosure, FigureKind
from comity.ui.paging import listed
from comity.ui.requests import ActorRequest

#: Records that a preview shows.
_FIRST = 10


def listing(request: ActorRequest) -> HttpResponse:
    """Every figure, found by its words."""
    lang = page_lang()
    chosen = {name: request.GET.get(name, "").strip()[:200] for name in ("q", "kind", "counts")}
    rows = pages.registry_rows(chosen["q"], chosen["kind"], chosen["counts"])
    page = listed(rows, lambda row: [row.slug], request.GET)
    names = Names(request.actor, lang)
    there = countables()
    used = dict.fromkeys(row.content.get("counts", "") for row in registry.current_rows())
    lines = [_line(row, names, lang) for row in page.rows]
    return render(
        request,
        "reports/registry.html",
        {
            "page": page, "lines": lines, "chosen": chosen, "filtered": any(chosen.values()),
            "kinds": FigureKind.choices, "may_define": bool(can(request.actor, v.DEFINE)),
            "things": sorted((name, str(there[name].title)) for name in used if name in there),
        },
    )  # fmt: skip


def _line(row: FigureDefinition, names: Names, lang: str) -> dict[str, Any]:
    definition = registry.definition_of(row)
    thing = names.countables.get(definition.counts)
    return {
        "row": row, "definition": definition, "meaning": shown(definition.meaning, lang),
        "counts": str(thing.title) if thing else "", "measure": measure_words(definition, names),
        "disclosure": Disclosure(definition.disclosure).label,
    }  # fmt: skip


def definition(request: ActorRequest, slug: str) -> HttpResponse:
    """One figure of the registry with its versions."""
    lang, names = page_lang(), Names(request.actor, page_lang())
    row = registry.row_named(slug)
    found = registry.definition_of(row)
    versions = registry.versions_of(slug)
    staff = may_write_somewhere(request.actor)
    return render(
        request,
        "reports/definition.html",
        {
            "row": row, "definition": found, "meaning": shown(found.meaning, lang), "unit": shown(found.unit, lang),
            "method": shown(found.method, lang), "question": question_facts(found, names),
            "meanings": [(code, found.meaning[code]) for code, _own in LANGUAGE_CHOICES if found.meaning.get(code)],
            "kind": FigureKind(found.kind).label, "qualifier": Qualifier(found.qualifier).label,
            "disclosure": Disclosure(found.disclosure).label, "versions": _versions(versions),
            "names": names_of(one.edited_by for one in versions) if staff else {}, "staff": staff,
            "editions": pages.editions_with(request.actor, slug) if staff or found.disclosure != Disclosure.SECRETARIAT
            else [], "may_define": bool(can(request.actor, v.DEFINE)),
            "preview": preview(request.actor, found, lang) if staff and "preview" in request.GET else None,
        },
    )  # fmt: skip


def _versions(versions: list[FigureDefinition]) -> list[dict[str, Any]]:
    """Each version with what it changed, and whether it asks something else than the one before."""
    made = []
    for row, older in zip(versions, [*versions[1:], None], strict=True):
        new = registry.definition_of(row)
        old = registry.definition_of(older) if older else None
        broken = old is not None and old.content_digest() != new.content_digest()
        made.append({"row": row, "first": older is None, "broken": broken,
                     "changes": _changes(older.content, row.content) if older else []})  # fmt: skip
    return made


def _changes(old: dict[str, Any], new: dict[str, Any]) -> list[tuple[str, list[tuple[str, str]]]]:
    """What differs: the field's name and its lines, each with "-", "+" or " "."""
    found = []
    for name in dict.fromkeys([*old, *new]):
        before, after = old.get(name), new.get(name)
        if before != after:
            lines = difflib.ndiff(_plain(before), _plain(after))
            found.append((name, [(line[0], line[2:]) for line in lines if line[0] in "+- "]))
    return found


def _plain(value: Any) -> list[str]:
    if value in (None, "", [], {}):
        return []
    return (
        value.splitlines() if isinstance(value, str) else json.dumps(value, indent=2, ensure_ascii=False).splitlines()
    )


def preview(actor: Actor, found: Definition, lang: str) -> dict[str, Any]:
    """What a definition gives now, for the latest edition's period, and the first records behind it."""
    edition = editions.editions(actor).first()
    today = datetime.now(UTC).date()
    year = Period(today.replace(month=1, day=1), today.replace(month=12, day=31))
    frame = editions.frame_of(edition) if edition else Frame(year, today)
    frame = Frame(frame.period, frame.as_of, None, frame.periods, frame.days)
    known = registry.definitions_of(registry.with_parts(found.parts)) | {found.slug: found}
    try:
        answer = Evaluator(known, frame).answer(found.slug)
    except CannotEvaluate as refused:
        return {"problem": str(refused)}
    things = countables()
    used = [things[one.counts] for one in known.values() if one.counts in things]
    references = list(dict.fromkeys(line.record for line in answer.evidence))[:_FIRST]
    period = answer.period
    return {
        "value": exact(answer.value, found, lang), "records": answer.records, "as_of": answer.as_of,
        "period": period_words(period.start, period.end, lang) if period else "",
        "lines": list(visible(actor, used, references, lang).values()),
    }  # fmt: skip


def edit(request: ActorRequest, slug: str = "") -> HttpResponse:
    """A new figure, or a new version of one; what is wrong keeps what was typed."""
    demand(request.actor, can(request.actor, v.DEFINE))
    row = registry.row_named(slug) if slug else None
    given = registry.definition_of(row) if row else None
    form = DefinitionForm(request.POST or None, given=given)
    looked: dict[str, Any] | None = None
    if request.method == "POST" and form.is_valid():
        found = form.definition()
        if row is None and registry.current_rows().filter(slug=found.slug).exists():
            form.add_error("slug", _("There is a figure of this name already."))
        elif "preview" in request.POST:
            looked = preview(request.actor, found, page_lang())
        else:
            try:
                made = defining.define(request.actor, definition=found, reason=form.cleaned_data["reason"])
            except BadDefinition as refused:
                form.add_error("question", str(refused))
            else:
                messages.success(request, _("Saved as version %(version)d.") % {"version": made.version})
                return redirect("reports:definition", made.slug)
    return render(
        request,
        "reports/define.html",
        {
            "form": form, "row": row, "preview": looked, "things": _things(),
            "cancel_url": reverse("reports:definition", args=[slug]) if slug else reverse("reports:registry"),
        },
        status=422 if form.errors else 200,
    )  # fmt: skip


def _things() -> list[dict[str, Any]]:
    """What can be counted here, with its fields: help for who writes a question."""
    return [
        {"name": name, "title": thing.title, "meaning": thing.meaning,
         "fields": [(field.name, field.title, field.kind) for field in thing.fields.values()]}
        for name, thing in sorted(countables().items())
    ]  # fmt: skip
