"""The page of one figure of an edition: what it means, how it was asked for, its history, the records behind it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from comity.core.actions.actor import Actor
from comity.core.people.selectors import names_of
from comity.modules.reports import vocabulary as v
from comity.modules.reports.evaluating import CannotEvaluate
from comity.modules.reports.forms.steps import AskForm
from comity.modules.reports.models import Edition, Snapshot
from comity.modules.reports.policies import can
from comity.modules.reports.presentation import Names, as_printed, exact, page_lang, period_words, question_facts, shown
from comity.modules.reports.presentation_tables import record_rows, released_table
from comity.modules.reports.printing import Qualifier
from comity.modules.reports.selectors import editions, figures, registry
from comity.modules.reports.selectors.figures import Asked, Figure
from comity.modules.reports.services.freezing import recompute
from comity.modules.reports.vocabulary import BasisOf, Disclosure
from comity.ui.requests import actor_of


def figure(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """The page of a figure."""
    actor, lang = actor_of(request), page_lang()
    edition = editions.edition(actor, code)
    found = figures.figure(actor, edition, slug)
    form, asked = _asked(request, found)
    other = figures.live(edition, slug, found.sight, asked) if asked else None
    names = Names(actor, lang)
    definition = found.definition
    return render(
        request,
        "reports/figure.html",
        {
            "edition": edition, "slug": slug, "found": found, "definition": definition, "staff": found.sight.staff,
            "meaning": shown(definition.meaning, lang), "unit": shown(definition.unit, lang),
            "method": shown(definition.method, lang), "said": _said(found, lang),
            "question": question_facts(definition, names, lambda part: _address(edition, part)),
            "parts": _parts(actor, found, lang), "places": _places(found, lang),
            "used_in": [(one, _address(edition, one)) for one in figures.used_in(found)],
            "last_year": figures.last_year(actor, found),
            "last_edition": editions.editions(actor).filter(code=edition.previous).first(),
            "history": _history(found, lang), "overrides": _overrides(actor, found, lang),
            "table": released_table(found, names), "records": _records(request, actor, other or found, names),
            "ask_form": form, "other": _other(other, found, lang), "files": _files(found),
            "may": {name: bool(can(actor, action, edition)) for name, action in _BUTTONS.items()},
            "waits": bool(found.snapshot and found.snapshot.approved_at is None), "names": _people(found),
        },
    )  # fmt: skip


_BUTTONS = {"correct": v.CORRECT, "override": v.OVERRIDE, "approve": v.APPROVE, "write": v.WRITE}


def _address(edition: Edition, slug: str) -> str:
    return reverse("reports:figure", args=[edition.code, slug])


def _asked(request: HttpRequest, found: Figure) -> tuple[AskForm | None, Asked]:
    """The form for another day, and what was asked. Only the secretariat asks: an answer is not approved by anybody."""
    if not found.sight.staff:
        return None, Asked()
    given = any(request.GET.get(name) for name in ("as_of", "known_at"))
    form = AskForm(request.GET if given else None)
    if not given or not form.is_valid():
        return form, Asked()
    known_at = form.cleaned_data["known_at"]
    if known_at is not None and known_at.tzinfo is None:
        known_at = known_at.replace(tzinfo=UTC)
    return form, Asked(form.cleaned_data["as_of"], known_at)


def _said(found: Figure, lang: str) -> dict[str, Any]:
    """What the page says of the number: printed, exact, its basis, its period and days."""
    number = found.number
    if number is None:
        return {"problem": found.problem}
    small = not found.sight.staff and figures.is_small(found.definition, number.value, found.released)
    value = "" if small else exact(number.value, found.definition, lang)
    period = number.period
    computed = number.computed
    hidden = computed is None or (
        not found.sight.staff and figures.is_small(found.definition, computed, found.released)
    )
    return {
        "small": small, "value": value, "printed": "" if small else as_printed(number, lang) or value,
        "qualifier": Qualifier(found.definition.qualifier).label, "rounding": found.definition.rounding,
        "basis": BasisOf(number.basis).label, "computed_basis": number.basis == "computed",
        "period": period_words(period.start, period.end, lang) if period else "", "as_of": number.as_of,
        "known_at": found.known_at, "digest": number.digest, "records": number.records,
        "computed": "" if hidden or computed is None else exact(computed, found.definition, lang),
        "disclosure": Disclosure(found.definition.disclosure).label, "version": found.row.version,
        "live": number.snapshot is None, "approved": number.approved,
    }  # fmt: skip


def _parts(actor: Actor, found: Figure, lang: str) -> list[dict[str, Any]]:
    """The figures that this one is made of, with their numbers where the reader may see them."""
    said: list[dict[str, Any]] = []
    roles = {"ratio": (_("numerator"), _("denominator")), "change": (_("now"), _("before"))}
    own = roles.get(str(found.definition.measure), ())
    for place, slug in enumerate(found.definition.parts):
        line: dict[str, Any] = {"slug": slug, "role": own[place] if own else "", "value": "", "url": ""}
        try:
            part = figures.figure(actor, found.edition, slug)
        except Http404:
            said.append(line)
            continue
        line |= {"meaning": shown(part.definition.meaning, lang), "url": _address(found.edition, slug)}
        if part.number is not None:
            line["value"] = _said(part, lang)["value"]
        said.append(line)
    return said


def _places(found: Figure, lang: str) -> list[dict[str, Any]]:
    """The paragraphs that print the figure, each with what stands there."""
    lines = []
    small = _small(found)
    for place in figures.places(found.edition, found.definition.slug, lang):
        text = ""
        if found.number is not None and not small:
            text = as_printed(found.number, lang, place.token.qualifier, place.token.style)
        anchor = f"p{place.number}" if place.number else "summary"
        url = reverse("reports:edition", args=[found.edition.code]) + f"#{anchor}"
        lines.append({"number": place.number, "key": place.key, "text": text, "url": url})
    return lines


def _small(found: Figure) -> bool:
    number = found.number
    return bool(number and not found.sight.staff and figures.is_small(found.definition, number.value, found.released))


def _history(found: Figure, lang: str) -> list[dict[str, Any]]:
    lines = []
    for row in figures.history(found):
        told = found.told(row)
        definition = registry.definition_of(row.definition)
        value = "" if told is None else exact(told, definition, lang)
        lines.append(
            {"row": row, "value": value, "standing": found.snapshot is not None and row.pk == found.snapshot.pk}
        )
    return lines


def _overrides(actor: Actor, found: Figure, lang: str) -> list[dict[str, Any]]:
    return [
        {
            "row": row, "value": exact(row.value, found.definition, lang),
            "may_confirm": bool(can(actor, v.CONFIRM_OVERRIDE, row)),
            "may_withdraw": row.withdrawn_at is None and bool(can(actor, v.OVERRIDE, found.edition)),
        }
        for row in figures.overrides(actor, found)
    ]  # fmt: skip


def _people(found: Figure) -> dict[str, str]:
    """Names of those who computed, approved, proposed and confirmed; for the secretariat only."""
    if not found.sight.staff:
        return {}
    rows = Snapshot.objects.filter(edition=found.edition, slug=found.definition.slug)
    said = [name for pair in rows.values_list("computed_by", "approved_by") for name in pair]
    over = found.edition.overrides.filter(slug=found.definition.slug)
    said += [name for pair in over.values_list("proposed_by", "confirmed_by") for name in pair]
    return names_of(name for name in said if name)


def _records(request: HttpRequest, actor: Actor, found: Figure, names: Names) -> dict[str, Any]:
    """The page of records that the reader may see; counts only for those who are told them."""
    if not found.shows_records:
        return {"none_shown": True}
    behind = figures.shares(found)
    things = figures.kinds(found)
    references = list(behind)
    page = figures.page_of_records(actor, things, references, request.GET, names.lang)
    told: dict[str, Any] = {
        "page": page,
        "rows": record_rows(page.rows, behind, found, names),
        "shares": found.shows_shares,
    }
    if found.counts_records:
        told["all"] = len(references)
        if len(references) <= figures.COUNTED_AT_ONCE or "count" in request.GET:
            seen = len(figures.visible(actor, things, references, names.lang))
            told |= {"seen": seen, "hidden": len(references) - seen}
    return told


def _other(other: Figure | None, found: Figure, lang: str) -> dict[str, Any] | None:
    """What the figure gives for another day, beside what stands."""
    if other is None:
        return None
    said = _said(other, lang)
    if other.number is not None and found.number is not None:
        said["difference"] = exact(other.number.value - found.number.value, found.definition, lang)
        said["same"] = other.number.value == found.number.value
    return said


def _files(found: Figure) -> list[tuple[str, str]]:
    """The figure as files: what it is, its records, where it comes from."""
    if found.number is None:
        return []
    names = [(_("JSON"), "figure.json"), (_("History as CSV"), "history.csv")]
    if found.shows_records:
        names.append((_("Records as CSV"), "records.csv"))
    if found.snapshot is not None:
        names.append((_("Provenance (W3C PROV)"), "prov.json"))
    args = [found.edition.code, found.definition.slug]
    return [(label, reverse("reports:figure_file", args=[*args, name])) for label, name in names]


@require_POST
def check(request: HttpRequest, code: str, slug: str, pk: int) -> HttpResponse:
    """Computes a frozen result again from the stored history and says whether its digest comes out."""
    actor = actor_of(request)
    edition = editions.edition(actor, code)
    found = figures.figure(actor, edition, slug)
    if not found.sight.staff:
        raise Http404
    row = next((one for one in figures.history(found) if one.pk == pk), None)
    if row is None:
        raise Http404
    moment = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    try:
        same = recompute(row) == row.digest
    except CannotEvaluate as refused:
        messages.error(request, str(refused))
    else:
        if same:
            messages.success(request, _("Computed again at %(moment)s: the digest is the same.") % {"moment": moment})
        else:
            words = _("Computed again at %(moment)s: the digest is another one. The stored history was changed.")
            messages.error(request, words % {"moment": moment})
    return redirect(f"{_address(edition, slug)}#history")
