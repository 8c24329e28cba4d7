"""The page of a project: its plan, its money, its results, its work, and what is overdue."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from comity.core.actions.actor import Actor
from comity.modules.programmes import vocabulary as v
from comity.modules.programmes.kinds import KINDS
from comity.modules.programmes.policies import can, follows_up, may_record
from comity.modules.programmes.presentation import values
from comity.modules.programmes.presentation.marks import step_mark
from comity.modules.programmes.rollup import Rolled
from comity.modules.programmes.selectors.funds import Funds, funds
from comity.modules.programmes.selectors.listing import Filters, list_url, listed
from comity.modules.programmes.selectors.overdue import overdue
from comity.modules.programmes.selectors.records import one
from comity.modules.programmes.selectors.results import IndicatorLine, TargetLine, results
from comity.modules.programmes.views.records import page_lang
from comity.ui.requests import actor_of

_PROJECT = KINDS["project"]
#: What a project's page lists as its work.
_WORK = ("event", "assistance", "legislation", "placement", "product", "outcome", "operation", "evaluation")
#: How many records of a kind it shows before it leads to the list.
_SHOWN = 5


def project(request: HttpRequest, code: str) -> HttpResponse:
    """Everything about one project."""
    actor, lang = actor_of(request), page_lang()
    row = one(actor, _PROJECT, code)
    names = values.Names(actor, lang)
    title, title_lang = row.title_in(lang)
    money, told = funds(actor, code), follows_up(actor)
    late = overdue(actor, timezone.now().date(), project=code) if told else []
    return render(
        request,
        "programmes/project.html",
        {
            "row": row, "title": title, "title_lang": title_lang, "step": step_mark(_PROJECT, row.step),
            "url": values.record_url("project", code), "facts": values.facts(row, _PROJECT, names),
            "evaluation": row.get_evaluation_type_display(), "money": _money(money, lang, names), "funds": money,
            "results": _results(actor, row, names), "work": _work(actor, row, lang),
            "overdue": _overdue(late, lang), "follows_up": told,
            "may_correct": bool(can(actor, v.CORRECT, row)), "may_add": may_record(actor, _PROJECT),
        },
    )  # fmt: skip


def _overdue(found: list[Any], lang: str) -> list[dict[str, Any]]:
    made = []
    for late in found:
        title, title_lang = late.row.title_in(lang)
        url = values.record_url(late.kind, late.row.code)
        made.append({"late": late, "kind": KINDS[late.kind].title, "title": title, "lang": title_lang, "url": url})
    return made


def _money(found: Funds, lang: str, names: values.Names) -> dict[str, Any]:
    names.read("donor", {line.row.donor for line in found.pledges})
    pledges = [
        {"row": line.row, "donor": values.cell(KINDS["pledge"], "donor", line.row.donor, names),
         "url": values.record_url("pledge", line.row.code), "amount": values.money(line.row.amount, lang),
         "usd": values.money(line.row.usd, lang), "rate": values.number(line.row.rate, lang),
         "step": step_mark(KINDS["pledge"], line.row.step),
         "received": values.money(sum((i.usd for i in line.instalments), Decimal(0)), lang)}
        for line in found.pledges
    ]  # fmt: skip
    currencies = [
        {"code": c.code, **{name: values.money(getattr(c, name), lang)
                            for name in ("pledged", "pledged_usd", "received", "received_usd", "open")}}
        for c in found.currencies
    ]  # fmt: skip
    spent = None
    if found.budget and found.delivery is not None:
        spent = int((found.delivery / found.budget * 100).quantize(Decimal(1), ROUND_HALF_EVEN))
    said = {
        name: values.money(value, lang) if value is not None else ""
        for name, value in (("pledged", found.pledged_usd), ("received", found.received_usd),
                            ("budget", found.budget), ("delivery", found.delivery))
    }  # fmt: skip
    return {**said, "pledges": pledges, "currencies": currencies, "spent": spent,
            "any": bool(found.pledges or found.lines)}  # fmt: skip


def _results(actor: Actor, row: Any, names: values.Names) -> list[dict[str, Any]]:
    made = []
    for line in results(actor, project=row.code):
        title, lang = line.row.title_in(names.lang) if line.row else ("", "")
        made.append(
            {"row": line.row, "title": title, "lang": lang, "level": line.row.get_level_display() if line.row else "",
             "url": values.record_url("result", line.row.code) if line.row else "",
             "indicators": [_indicator(one_line, names) for one_line in line.indicators]}
        )  # fmt: skip
    return made


def _indicator(line: IndicatorLine, names: values.Names) -> dict[str, Any]:
    row = line.row
    title, lang = row.title_in(names.lang)
    return {
        "row": row, "title": title, "lang": lang, "url": values.record_url("indicator", row.code),
        "baseline": values.number(row.baseline, names.lang) if row.baseline is not None else "",
        "unit": "%" if row.measure == v.IndicatorMeasure.PERCENTAGE else row.unit,
        "places": row.get_over_places_display(), "periods": row.get_over_periods_display(),
        "targets": [_target(target, names) for target in line.targets],
        "after": _value(line.after, names.lang), "before": _value(line.before, names.lang),
        "left_out": len(line.after.left_out) + len(line.before.left_out),
        "across": [(e.key, values.record_url("actual", e.key)) for e in line.across], "waiting": line.waiting,
        "waiting_url": list_url("actual", Filters(fields={"indicator": row.code})),
    }  # fmt: skip


def _value(found: Rolled, lang: str) -> str:
    return "" if found.value is None else values.number(found.value.quantize(Decimal("0.01")), lang)


def _target(target: TargetLine, names: values.Names) -> dict[str, Any]:
    percent = None
    if target.percent is not None:
        percent = int(target.percent.quantize(Decimal(1), ROUND_HALF_EVEN))
    return {
        "row": target.row, "url": values.record_url("target", target.row.code), "series": target.series,
        "place": names.state(target.row.participant_id) if target.row.participant_id else "",
        "value": values.number(target.row.value, names.lang), "reached": _value(target.reached, names.lang),
        "behind": [(e.key, values.record_url("actual", e.key)) for e in target.reached.deciding],
        "percent": percent, "bar": max(0, min(percent or 0, 100)),
        "parts": [
            (dimension, [(part, values.number(number, names.lang)) for part, number in parts])
            for dimension, parts in target.parts.items()
        ],
    }  # fmt: skip


def _work(actor: Actor, row: Any, lang: str) -> list[dict[str, Any]]:
    found = []
    for name in _WORK:
        filters = Filters(fields={"project": row.code})
        rows = listed(actor, KINDS[name], filters)
        count = rows.count()
        if count:
            lines = []
            for other in rows.order_by("-starts", "code")[:_SHOWN]:
                title, title_lang = other.title_in(lang)
                lines.append({"row": other, "title": title, "lang": title_lang,
                              "step": step_mark(KINDS[name], other.step),
                              "url": values.record_url(name, other.code)})  # fmt: skip
            found.append({"kind": KINDS[name], "count": count, "url": list_url(name, filters), "lines": lines})
    return found
