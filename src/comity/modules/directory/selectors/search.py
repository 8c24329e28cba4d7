"""Searching the directory: filters of the address, the order, and one page of rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import BadRequest
from django.db.models import DateField, Exists, F, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.modules.directory import vocabulary as v
from comity.modules.directory.models import (
    Authority,
    AuthorityFunction,
    AuthorityLanguage,
    AuthorityProvision,
    AuthorityText,
)
from comity.modules.directory.policies import parts, scope
from comity.modules.directory.selectors.content import with_parts
from comity.modules.directory.standing import open_now, standing_filter

#: Sort keys of the address and the fields they stand for; the last is unique, none is null.
ORDERS: dict[str, tuple[str, ...]] = {
    "state": ("state_name", "sort_name", "code"),
    "name": ("sort_name", "code"),
    "confirmed": ("confirmed", "code"),
}


@dataclass(frozen=True)
class Filters:
    """What the address asks for; empty means any."""

    state: str = ""
    function: str = ""
    instrument: str = ""
    article: str = ""
    language: str = ""
    standing: str = ""
    open: bool = False
    q: str = ""
    sort: str = "state"


def read_filters(query: Mapping[str, str]) -> Filters:
    """Reads the address. Raises BadRequest naming the parameter that is not understood."""
    values = {name: str(query.get(name, "")).strip() for name in Filters.__dataclass_fields__}
    values["state"] = values["state"].upper()
    allowed: dict[str, list[str]] = {
        "function": v.Function.values,
        "standing": [v.Standing.PUBLISHED, v.Standing.CONFIRMATION_DUE, v.Standing.STALE],
    }
    for name, known in allowed.items():
        if values[name] and values[name] not in known:
            raise BadRequest(
                _("%(name)s: “%(text)s” is unknown. Choose one of: %(known)s.")
                % {"name": name, "text": values[name][:40], "known": ", ".join(known)}
            )
    if values["sort"].removeprefix("-") not in ORDERS:
        values["sort"] = "state"
    return Filters(**{**values, "open": values["open"] in {"1", "on", "true", "yes"}, "q": values["q"][:200]})  # type: ignore[arg-type]


def published(actor: Actor) -> QuerySet[Authority]:
    """The published authorities that this actor may see now."""
    rows = Authority.objects.filter(pending=False, state=v.State.PUBLISHED)
    return scope(actor, v.VIEW, rows)


def found(actor: Actor, filters: Filters, *, at: datetime, lang: str) -> QuerySet[Authority]:
    """Returns the published authorities that meet the filters, with the fields that sorting needs."""
    rows = _filtered(published(actor), filters, actor, at.date())
    if filters.open:
        candidates = rows.prefetch_related("hours")
        rows = rows.filter(pk__in=[r.pk for r in candidates if open_now(r, r.hours.all(), at)])
    return with_parts(_sortable(rows, lang), actor)


def order_of(filters: Filters) -> tuple[str, ...]:
    """The fields of the order asked for, "-" in front of each where it runs downwards."""
    fields = ORDERS[filters.sort.removeprefix("-")]
    return tuple(f"-{f}" for f in fields) if filters.sort.startswith("-") else fields


def _sortable(rows: QuerySet[Authority], lang: str) -> QuerySet[Authority]:
    return rows.annotate(
        state_name=Coalesce(
            KeyTextTransform(lang, "participant__names"),
            KeyTextTransform("en", "participant__names"),
            F("participant_id"),
            output_field=TextField(),
        ),
        confirmed=Coalesce("last_confirmed_on", Value(date(1900, 1, 1)), output_field=DateField()),
    )


def _filtered(rows: QuerySet[Authority], filters: Filters, actor: Actor, on: date) -> QuerySet[Authority]:
    me = {"authority": OuterRef("pk")}
    if filters.state:
        rows = rows.filter(participant_id=filters.state)
    if filters.function:
        rows = rows.filter(Exists(AuthorityFunction.objects.filter(function=filters.function, **me)))
    if filters.instrument or filters.article:
        wanted: dict[str, Any] = {"instrument": filters.instrument} if filters.instrument else {}
        if filters.article:
            wanted["article"] = filters.article
        rows = rows.filter(Exists(AuthorityProvision.objects.filter(**wanted, **me)))
    if filters.language:
        rows = rows.filter(Exists(AuthorityLanguage.objects.filter(lang=filters.language, **me)))
    if filters.standing:
        rows = rows.filter(standing_filter(filters.standing, on))
    for word in filters.q.split():
        rows = rows.filter(_says(word, actor))
    return rows


def _says(word: str, actor: Actor) -> Q:
    """Rows that hold the word in what this actor may see: texts, the code, the State's names.

    SQLite folds the case of ASCII only, so the usual spellings are asked for.
    """
    wanted = Q()
    for spelling in dict.fromkeys((word, word.lower(), word.capitalize(), word.upper())):
        texts = AuthorityText.objects.filter(parts(actor), authority=OuterRef("pk"), value__icontains=spelling)
        wanted |= Q(Exists(texts)) | Q(code__icontains=spelling)
        for code in ("ar", "en", "es", "fr", "ru", "zh"):
            wanted |= Q(**{f"participant__names__{code}__icontains": spelling})
    return wanted
