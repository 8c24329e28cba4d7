"""The desk of an edition: its state and steps, its checks, its figures, its paragraphs."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.core.people.selectors import names_of
from comity.core.texts.languages import LANGUAGE_CHOICES
from comity.core.texts.models import TextStatus
from comity.core.workflow.models import Job, JobState
from comity.core.workflow.selectors import jobs
from comity.modules.reports import vocabulary as v
from comity.modules.reports.checking import EditionFinding, findings
from comity.modules.reports.checks.model import Code
from comity.modules.reports.models import Edition, Paragraph
from comity.modules.reports.numbering import labels
from comity.modules.reports.numbers import Number, Numbers, numbers
from comity.modules.reports.policies import can
from comity.modules.reports.presentation import as_printed, exact, page_lang, period_words, shown
from comity.modules.reports.selectors import editions
from comity.modules.reports.selectors.editions import Outline
from comity.modules.reports.selectors.figures import values_now
from comity.modules.reports.vocabulary import BEFORE_FREEZE, FOLLOWING, PUBLISHED, BasisOf, EditionState
from comity.ui.requests import actor_of

#: Where a session keeps the paragraph that was taken out last.
REMOVED = "reports:removed"
#: The job that issues an edition.
ISSUE_JOB = "reports:issue"


def workable(actor: Actor, code: str) -> Edition:
    """Returns an edition whose desk `actor` may see. Raises Http404 otherwise."""
    found = editions.edition(actor, code)
    if not can(actor, v.VIEW_WORK, found):
        raise Http404
    return found


def work(request: HttpRequest, code: str) -> HttpResponse:
    """Everything that those who write an edition look at."""
    actor, lang = actor_of(request), page_lang()
    found = workable(actor, code)
    parts = editions.outline(found)
    known = numbers(found)
    found_wrong = findings(found)
    kept = request.session.get(REMOVED) or {}
    live = "live" in request.GET and found.state not in BEFORE_FREEZE
    return render(
        request,
        "reports/work.html",
        {
            "edition": found, "title": shown(found.title, lang, found.original),
            "period": period_words(found.period_start, found.period_end, lang),
            "steps": _steps(actor, found), "past": _past(found),
            "findings": _grouped(found, found_wrong),
            "figures": _figures(actor, found, parts, known, lang, live=live), "live": live,
            "frozen": found.state not in BEFORE_FREEZE, "published": found.state in PUBLISHED,
            "sections": _sections(actor, found, parts, found_wrong, lang), "languages": LANGUAGE_CHOICES,
            "summary": [(lang_, bool(found.summary.get(lang_))) for lang_, _name in LANGUAGE_CHOICES],
            "waiting": sum(not number.approved for number in known.by_slug.values()),
            "uncleared": [p.key for p in parts.paragraphs if p.cleared_at is None],
            "may": {name: bool(can(actor, action, found)) for name, action in _ACTIONS.items()},
            "removed": kept.get("key") if kept.get("edition") == found.code else "", "issuing": _issuing(actor, found),
        },
    )  # fmt: skip


_ACTIONS = {
    "write": v.WRITE, "freeze": v.FREEZE, "approve": v.APPROVE, "correct": v.CORRECT, "clear": v.CLEAR,
    "issue": v.ISSUE, "translate": v.TAKE_TRANSLATION, "create": v.CREATE,
}  # fmt: skip


def issue_key(found: Edition) -> str:
    """An edition is issued by one job at a time."""
    return f"{ISSUE_JOB}:{found.code}"


def _issuing(actor: Actor, found: Edition) -> Job | None:
    """The reader's own job that issues the edition just now."""
    unfinished = [JobState.QUEUED, JobState.RUNNING]
    return jobs(actor).filter(name=ISSUE_JOB, key=issue_key(found), state__in=unfinished).first()


def _steps(actor: Actor, found: Edition) -> list[dict[str, Any]]:
    """The states that may follow: what each is called, its address, why this reader may not take it."""
    ways = {
        EditionState.FROZEN: (v.FREEZE, reverse("reports:freeze", args=[found.code]), _("Freeze the figures")),
        EditionState.ISSUED: (v.ISSUE, reverse("reports:issue", args=[found.code]), _("Issue the edition")),
        EditionState.CORRECTED: (v.ISSUE, reverse("reports:issue", args=[found.code]), _("Issue a correction")),
    }
    made, order = [], list(EditionState)
    for to in FOLLOWING[found.state]:
        state = EditionState(to)
        label = _("Set to “%(state)s”") % {"state": state.label}
        move = (v.MOVE, reverse("reports:move", args=[found.code, to]), label)
        action, url, label = ways.get(state, move)
        decision = can(actor, action, found)
        made.append({"label": label, "url": url, "reason": "" if decision else decision.reason,
                     "back": order.index(state) < order.index(EditionState(found.state))})  # fmt: skip
    return made


def _past(found: Edition) -> list[dict[str, Any]]:
    rows = list(found.steps.all())
    names = names_of(row.actor for row in rows)
    return [{"row": row, "state": EditionState(row.state).label, "by": names.get(row.actor, row.actor)} for row in rows]


def _grouped(found: Edition, wrong: list[EditionFinding]) -> list[dict[str, Any]]:
    """The findings; what is wrong in several languages alike stands once, with the languages."""
    made: dict[tuple[str, str, str, str], dict[str, Any]] = {}
    for one in wrong:
        line = made.setdefault((one.code, one.paragraph, one.figure, one.message), _finding(found, one) | {"langs": []})
        if one.lang:
            line["langs"].append((one.lang, _repair(found, one)))
    return list(made.values())


def _finding(found: Edition, one: EditionFinding) -> dict[str, Any]:
    """A finding with its title and the page on which it is repaired."""
    own = {
        "unprintable": _("Cannot be printed"), "derived": _("Does not follow from its parts"),
        "overlap": _("Adds up what overlaps"), "small_cell": _("Not for the public"),
        "no_period": _("A figure without period"),
    }  # fmt: skip
    title = own.get(one.code) or (Code(one.code).label if one.code in Code.values else one.code)
    return {"one": one, "title": title, "url": _repair(found, one)}


def _repair(found: Edition, one: EditionFinding) -> str:
    lang = one.lang or found.original
    if one.paragraph == "summary":
        return reverse("reports:summary", args=[found.code, lang])
    if one.paragraph and one.number is not None:
        return reverse("reports:paragraph", args=[found.code, one.paragraph, lang])
    return reverse("reports:figure", args=[found.code, one.figure]) if one.figure else ""


def _figures(
    actor: Actor, found: Edition, parts: Outline, known: Numbers, lang: str, *, live: bool
) -> list[dict[str, Any]]:
    """Every figure of the edition in reading order, then those the figures are made of."""
    order = dict.fromkeys([*editions.slugs_of(found, parts), *known.by_slug, *known.problems])
    now = values_now(found, list(known.by_slug)) if live else {}
    lines = []
    for slug in order:
        number = known.by_slug.get(slug)
        if number is None:
            lines.append({"slug": slug, "problem": known.problems.get(slug) or _("There is no number for it yet.")})
            continue
        lines.append(_figure_line(actor, slug, number, now.get(slug), lang))
    return lines


def _figure_line(actor: Actor, slug: str, number: Number, now: Decimal | None, lang: str) -> dict[str, Any]:
    row = number.snapshot
    computed = number.computed if number.computed is not None else number.value
    own = row is not None and actor.kind != "system" and row.computed_by == actor.reference
    return {
        "slug": slug, "number": number, "value": exact(number.value, number.definition, lang),
        "printed": as_printed(number, lang), "basis": BasisOf(number.basis).label,
        "computed": number.basis == "computed", "waits": row is not None and row.approved_at is None, "own": own,
        "meaning": shown(number.definition.meaning, lang),
        "period": period_words(number.period.start, number.period.end, lang) if number.period else "",
        "now": "" if now is None or now == computed else exact(now, number.definition, lang),
    }  # fmt: skip


def _sections(
    actor: Actor, found: Edition, parts: Outline, wrong: list[EditionFinding], lang: str
) -> list[dict[str, Any]]:
    """Headings with their paragraphs: in which languages each stands, whether it is cleared, what is wrong with it."""
    counts: dict[str, int] = {}
    for one in wrong:
        counts[one.paragraph] = counts.get(one.paragraph, 0) + 1
    made, number, count = [], 0, len(parts.paragraphs)
    marks = labels([section.level for section in parts.sections], lang)
    for place, (section, mark) in enumerate(zip(parts.sections, marks, strict=True)):
        lines = []
        for paragraph in parts.below(section):
            number += 1
            lines.append(
                _paragraph_line(actor, found, parts, paragraph, number)
                | {"wrong": counts.get(paragraph.key, 0), "first": number == 1 and place == 0,
                   "last": number == count and place == len(marks) - 1}
            )  # fmt: skip
        title = shown(section.title, lang, found.original)
        made.append({"section": section, "label": mark, "title": title, "lines": lines})
    return made


def _status_words(state: str) -> str:
    own = {"missing": _("missing"), "stale": _("older than the original")}
    return own.get(state) or str(TextStatus(state).label)


def _paragraph_line(actor: Actor, found: Edition, parts: Outline, paragraph: Paragraph, number: int) -> dict[str, Any]:
    texts = {text.lang: text for text in paragraph.texts.all()}
    original = texts.get(found.original)
    langs = []
    for code, name in LANGUAGE_CHOICES:
        text = texts.get(code)
        state = "missing" if text is None or not text.value.strip() else str(TextStatus(text.status))
        if text is not None and original is not None and text is not original and text.of_version < original.version:
            state = "stale"
        langs.append({"code": code, "name": name, "state": state, "words": _status_words(state)})
    start = parts.text(paragraph, found.original)
    return {
        "paragraph": paragraph, "number": number, "langs": langs, "start": start,
        "may_clear": paragraph.cleared_at is None and bool(can(actor, v.CLEAR, found))
        and (actor.kind == "system" or paragraph.written_by != actor.reference),
    }  # fmt: skip
