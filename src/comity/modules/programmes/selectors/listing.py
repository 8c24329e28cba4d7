"""Lists of records of one kind: what the address asks for, in what order. Numbers on other pages are counts of
these same lists, so that a number and the list it opens never disagree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db import models as fields_of
from django.db.models import F, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.urls import reverse

from comity.core.actions.actor import Actor
from comity.core.counting.codes import CodesField
from comity.modules.programmes import vocabulary as v
from comity.modules.programmes.kinds import KINDS, Kind, column
from comity.modules.programmes.selectors.records import current

#: Steps of an event that took place.
HELD = ("held", "attendance_entered", "verified")
#: Steps in which an actual or a claim counts.
APPROVED = ("approved", "locked")
#: Any State, any jurisdiction: the field is filled. None: it is empty.
ANY, NONE = "any", "none"
_NO_DAY = date(1, 1, 1)


@dataclass(frozen=True)
class Filters:
    """What a list is asked for. `steps` () for all but withdrawn; `fields` are exact values of fields of the kind."""

    q: str = ""
    programme: str = ""
    steps: tuple[str, ...] = ()
    year: int | None = None
    since: date | None = None
    until: date | None = None
    #: ISO3 code, or "any".
    state: str = ""
    group: str = ""
    #: Year in which the evaluation ended.
    evaluated: int | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    sort: str = ""

    def query(self) -> str:
        """Returns the filters as a query of an address, without "?"."""
        pairs: list[tuple[str, Any]] = [
            ("q", self.q), ("programme", self.programme), *(("step", step) for step in self.steps),
            ("year", self.year), ("from", self.since), ("to", self.until), ("state", self.state),
            ("group", self.group), ("evaluated", self.evaluated), *self.fields.items(), ("sort", self.sort),
        ]  # fmt: skip
        return urlencode([(name, value) for name, value in pairs if value not in ("", None)])


def list_url(kind: str, filters: Filters | None = None) -> str:
    """Returns the address of a list."""
    query = filters.query() if filters else ""
    return reverse("programmes:records", args=[kind]) + (f"?{query}" if query else "")


def filter_fields(kind: Kind) -> list[fields_of.Field[Any, Any]]:
    """Returns the fields of a kind by whose exact value its lists may be narrowed."""
    return [
        f for f in kind.model._meta.concrete_fields
        if f.name in kind.form_fields and f.name not in {"programme", "lang"}
        and (f.choices or f.name in kind.refers or f.name in {"jurisdiction", "subregion", "instrument", "currency"}
             or (isinstance(f, CodesField) and f.name != "ratings"))
    ]  # fmt: skip


def read_filters(kind: Kind, params: QueryDict) -> Filters:
    """Returns what the address asks for; what cannot be read is left out."""
    names = {f.name for f in filter_fields(kind)}
    steps = [s for s in params.getlist("step") if s in kind.machine.steps or s == v.WITHDRAWN]
    return Filters(
        q=params.get("q", "").strip()[:200],
        programme=params.get("programme", "")[:60],
        steps=tuple(steps),
        year=_year(params.get("year", "")),
        since=_day(params.get("from", "")),
        until=_day(params.get("to", "")),
        state=params.get("state", "").strip()[:3],
        group=params.get("group", "")[:20],
        evaluated=_year(params.get("evaluated", "")),
        fields={name: params.get(name, "")[:120] for name in sorted(names) if params.get(name)},
        sort=params.get("sort", ""),
    )


def _year(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and 1 <= int(text) <= 9999 else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def listed(actor: Actor, kind: Kind, filters: Filters) -> QuerySet[Any]:
    """Returns the records that the list shows, unordered."""
    withdrawn = v.WITHDRAWN in filters.steps
    rows = current(actor, kind, search=filters.q, withdrawn=withdrawn)
    if filters.steps and not withdrawn:
        rows = rows.filter(step__in=filters.steps)
    if filters.programme:
        own = Q(code=filters.programme) if kind.name == "programme" else Q(programme=filters.programme)
        rows = rows.filter(own)
    if filters.year:
        rows = rows.filter(starts__year=filters.year)
    if filters.since:
        rows = rows.filter(starts__gte=filters.since)
    if filters.until:
        rows = rows.filter(starts__lte=filters.until)
    return _narrowed(actor, kind, filters, _placed(kind, filters, rows))


def has_state(kind: Kind) -> bool:
    """True where records of the kind are about a State."""
    return "participant" in kind.form_fields


def _placed(kind: Kind, filters: Filters, rows: QuerySet[Any]) -> QuerySet[Any]:
    if not has_state(kind):
        return rows
    if filters.state == ANY:
        rows = rows.filter(participant__isnull=False)
    elif filters.state:
        rows = rows.filter(participant_id=filters.state.upper())
    return rows.filter(participant__regional_group=filters.group) if filters.group else rows


def _narrowed(actor: Actor, kind: Kind, filters: Filters, rows: QuerySet[Any]) -> QuerySet[Any]:
    for name, value in filters.fields.items():
        model_field = column(kind.model, name)
        if isinstance(model_field, CodesField):
            rows = rows.filter(**{f"{name}__contains": f"|{value}|"})
        elif value == ANY:
            rows = rows.exclude(**{name: ""})
        elif value == NONE:
            rows = rows.filter(**{name: ""})
        elif isinstance(model_field, fields_of.IntegerField):
            rows = rows.filter(**{name: int(value)}) if value.isascii() and value.isdigit() else rows.none()
        else:
            rows = rows.filter(**{name: value})
    if filters.evaluated and kind.name == "evaluation":
        return rows.filter(ends__year=filters.evaluated)
    if filters.evaluated and kind.refers.get("evaluation"):
        reports = current(actor, KINDS["evaluation"]).filter(ends__year=filters.evaluated)
        return rows.filter(evaluation__in=reports.order_by().values("code"))
    return rows


def sortable(kind: Kind) -> dict[str, str]:
    """Returns the columns by which a list can be sorted, with the expression each is sorted by."""
    found = {"code": "code", "title": "title", "starts": "sort_starts", "step": "step"}
    for name in kind.columns:
        model_field = column(kind.model, name)
        if isinstance(model_field, fields_of.ForeignKey):
            found[name] = "sort_state"
        elif not model_field.null and not isinstance(model_field, CodesField):
            found[name] = name
    return found


def ordered(kind: Kind, filters: Filters, rows: QuerySet[Any]) -> tuple[QuerySet[Any], Sequence[str]]:
    """Returns the rows with what they are sorted by, and the order for `keyset`: newest first where none is asked."""
    rows = rows.annotate(sort_starts=Coalesce("starts", Value(_NO_DAY, fields_of.DateField())))
    if has_state(kind):
        rows = rows.annotate(sort_state=Coalesce(F("participant_id"), Value("")))
    by = sortable(kind)
    name, minus = filters.sort.lstrip("-"), "-" if filters.sort.startswith("-") else ""
    if name not in by:
        name, minus = "starts", "-"
    return rows, [f"{minus}{by[name]}"] if name == "code" else [f"{minus}{by[name]}", "code"]


def people(kind: Kind, rows: QuerySet[Any]) -> dict[str, int]:
    """Returns how many people attended each of the events, by code; {} for other kinds."""
    if kind.name != "event":
        return {}
    found = rows.order_by().values_list("code").annotate(n=Sum("attendance__count"))
    return {code: n for code, n in found if n}


def total_of(kind: Kind, filters: Filters, rows: QuerySet[Any]) -> tuple[str, Any] | None:
    """Returns what the records of a list add up to: ("people", n) or ("usd", amount); None where a sum has no sense.

    Reach is never added up (overlap), nor are budgets to deliveries or plans to actuals.
    """
    if kind.name == "event":
        return "people", rows.order_by().aggregate(n=Sum("attendance__count"))["n"] or 0
    alike = {"flow", "nature"} <= filters.fields.keys()
    if kind.is_money or (kind.name == "money" and alike):
        return "usd", rows.order_by().aggregate(n=Sum("usd"))["n"] or 0
    return None


def years(actor: Actor, kind: Kind) -> list[int]:
    """Returns the years in which records of the kind begin, newest first."""
    days = current(actor, kind).order_by().dates("starts", "year", order="DESC")
    return [day.year for day in days if day]
