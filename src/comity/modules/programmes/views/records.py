"""The list of one kind of records, with filters, sorting, pages and files."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.core.people.selectors import participant_choices
from comity.core.people.vocabulary import GroupCode
from comity.modules.programmes.exports_list import FORMATS
from comity.modules.programmes.kinds import GROUPS, KINDS, Kind, column, step_choices
from comity.modules.programmes.policies import may_record
from comity.modules.programmes.presentation import values
from comity.modules.programmes.presentation.marks import step_mark
from comity.modules.programmes.selectors import listing
from comity.modules.programmes.selectors.records import current, kind_named
from comity.ui.paging import keyset
from comity.ui.requests import actor_of

#: Fields of choice that stand among the filters; others are kept from the address and shown as set.
_SELECTS = 3


def page_lang() -> str:
    """The language of the page."""
    return get_language() or "en"


def list_of(request: HttpRequest, kind: str) -> HttpResponse:
    """Records of a kind that meet the filters, page by page."""
    actor, lang, found = actor_of(request), page_lang(), kind_named(kind)
    filters = listing.read_filters(found, request.GET)
    rows = listing.listed(actor, found, filters)
    by_row, order = listing.ordered(found, filters, rows)
    page = keyset(by_row, order, request.GET)
    names, columns = values.Names(actor, lang), _columns(found, filters)
    return render(
        request,
        "programmes/records.html",
        {
            "kind": found, "group": GROUPS[found.group], "page": page, "filters": filters,
            "heads": _heads(found, columns), "lines": _lines(found, page.rows, names, columns),
            "total": _total(found, filters, rows, lang),
            "years": listing.years(actor, found), "kinds": _kinds(found),
            "steps": step_choices(found), "lives": _lives(found),
            "states": participant_choices(lang) if listing.has_state(found) else [],
            "groups": GroupCode.choices, "selects": _selects(found, filters), "set": _set(found, filters, names),
            "filtered": bool(filters.query()), "add_url": _add_url(actor, found),
            "programmes": _programmes(actor, found, lang),
            "empty_kind": not page.rows and not current(actor, found).exists(),
            "exports": [(fmt.upper(), _export(found, fmt, filters)) for fmt in FORMATS],
        },
    )  # fmt: skip


def _add_url(actor: Actor, kind: Kind) -> str:
    return reverse("programmes:add", args=[kind.name]) if may_record(actor, kind) else ""


def _export(kind: Kind, fmt: str, filters: listing.Filters) -> str:
    query = filters.query()
    return reverse("programmes:list_file", args=[kind.name, fmt]) + (f"?{query}" if query else "")


def _kinds(kind: Kind) -> list[dict[str, Any]]:
    """The other lists of the same group, as tabs."""
    return [
        {"label": one.plural, "url": listing.list_url(one.name), "current": one is kind}
        for one in KINDS.values() if one.group == kind.group
    ]  # fmt: skip


def _programmes(actor: Actor, kind: Kind, lang: str) -> list[tuple[str, str]]:
    if "programme" not in kind.refers:
        return []
    rows = current(actor, KINDS["programme"]).order_by("title")[:500]
    return [(row.code, row.title_in(lang)[0]) for row in rows]


def _columns(kind: Kind, filters: listing.Filters) -> list[str]:
    """The columns of the list: the programme is left out where all records are of one."""
    return [name for name in kind.columns if not (name == "programme" and filters.programme)]


def _lives(kind: Kind) -> bool:
    """True for kinds whose records take steps."""
    return len(kind.machine.steps) > 1


def _heads(kind: Kind, columns: list[str]) -> list[dict[str, Any]]:
    by = listing.sortable(kind)
    first = {"code": _("Record code"), "title": _("Title")}
    heads = [{"key": key, "label": label, "sort": True} for key, label in first.items()]
    if _lives(kind):
        heads.append({"key": "step", "label": _("Step"), "sort": True})
    for name in columns:
        field: Any = column(kind.model, name)
        numeric = field.get_internal_type() in {"DecimalField", "PositiveIntegerField"}
        heads.append({"key": name, "label": values.label_of(field), "sort": name in by, "numeric": numeric})
    if kind.name == "event":
        heads.append({"key": "people", "label": _("People"), "sort": False, "numeric": True})
    return [*heads, {"key": "starts", "label": _("Dates"), "sort": True, "first": True}]


def _lines(kind: Kind, rows: Any, names: values.Names, columns: list[str]) -> list[dict[str, Any]]:
    names.learn(kind, rows, columns)
    people = listing.people(kind, kind.model._default_manager.filter(pk__in=[row.pk for row in rows]))
    found = []
    for row in rows:
        title, lang = row.title_in(names.lang)
        cells = [
            values.cell(kind, name, getattr(row, column(kind.model, name).attname), names, row.lang) for name in columns
        ]
        if kind.name == "event":
            count = people.get(row.code)
            cells.append(values.Cell(values.number(count, names.lang) if count else "", numeric=True))
        found.append(
            {"row": row, "title": title, "lang": lang, "url": values.record_url(kind.name, row.code),
             "cells": list(zip(_labels(kind, columns), cells, strict=True)), "step": step_mark(kind, row.step)}
        )  # fmt: skip
    return found


def _labels(kind: Kind, columns: list[str]) -> list[str]:
    said = [values.label_of(column(kind.model, name)) for name in columns]
    return [*said, _("People")] if kind.name == "event" else said


def _total(kind: Kind, filters: listing.Filters, rows: Any, lang: str) -> str:
    made = listing.total_of(kind, filters, rows)
    if made is None or not made[1]:
        return ""
    name, value = made
    if name == "people":
        return _("%(number)s people attended these events.") % {"number": values.number(value, lang)}
    return _("Together US$ %(amount)s.") % {"amount": values.money(value, lang)}


def _selects(kind: Kind, filters: listing.Filters) -> list[dict[str, Any]]:
    """The first fields of choice of the kind, as filters of the page."""
    fields: list[Any] = [f for f in listing.filter_fields(kind) if f.choices]
    return [
        {"name": f.name, "label": values.label_of(f), "value": filters.fields.get(f.name, ""),
         "choices": [(str(code), label) for code, label in f.flatchoices]}
        for f in fields[:_SELECTS]
    ]  # fmt: skip


def _set(kind: Kind, filters: listing.Filters, names: values.Names) -> list[tuple[str, str, str, str]]:
    """Filters without a control on the page: (name, value, label, words). They are kept, shown and can be removed."""
    shown = {one["name"] for one in _selects(kind, filters)}
    found: list[tuple[str, str, str, str]] = []
    for name, value in filters.fields.items():
        if name not in shown:
            field: Any = column(kind.model, name)
            words = _("any") if value == listing.ANY else value
            if name in kind.refers:
                words = names.title(kind.refers[name], value)[0] or value
            elif field.choices:
                words = str(dict(field.flatchoices).get(value, value))
            found.append((name, value, values.label_of(field), words))
    for key, day, label in (("from", filters.since, _("From")), ("to", filters.until, _("To"))):
        if day:
            found.append((key, day.isoformat(), label, values.spoken(day, names.lang)))
    if filters.evaluated:
        found.append(("evaluated", str(filters.evaluated), _("Year of the evaluation"), str(filters.evaluated)))
    if filters.group:
        found.append(("group", filters.group, _("Regional group"), str(dict(GroupCode.choices).get(filters.group, ""))))
    if len(filters.steps) > 1:
        titles = dict(step_choices(kind))
        words = ", ".join(str(titles[step]) for step in filters.steps)
        found += [("step", step, _("Step") if not place else "", words if not place else "")
                  for place, step in enumerate(filters.steps)]  # fmt: skip
    return found
