"""Lists of records: filters of the address, the order, and the rows that meet them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import BadRequest
from django.db.models import Exists, F, OuterRef, Q, QuerySet, TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.core.people.names import fold
from comity.core.people.vocabulary import GroupCode
from comity.modules.library import vocabulary as v
from comity.modules.library.models import ProvisionText, Record, RecordText, Tag
from comity.modules.library.policies import scope

#: Sort keys of the address and the fields they stand for; the last is unique, none is null.
ORDERS: dict[str, tuple[str, ...]] = {
    "state": ("state_name", "title", "number"),
    "title": ("title", "number"),
    "number": ("number",),
    "date": ("sorted_on", "number"),
    "newest": ("-changed_at", "number"),
}
_WORK = "work"


@dataclass(frozen=True)
class Filters:
    """What the address asks for; empty means any. `step` "work" means whatever is not published."""

    q: str = ""
    kind: str = ""
    state: str = ""
    region: str = ""
    step: str = ""
    language: str = ""
    crime_type: str = ""
    article: str = ""
    issue: str = ""
    subtype: str = ""
    status: str = ""
    year_from: int | None = None
    year_to: int | None = None
    sort: str = "state"


def read_filters(params: Mapping[str, str]) -> Filters:
    """Reads the address. Raises BadRequest naming the parameter that is not understood."""
    names = [name for name in Filters.__dataclass_fields__ if not name.startswith("year_")]
    values = {name: str(params.get(name, "")).strip()[:200] for name in names}
    values["state"] = values["state"].upper()
    allowed: dict[str, list[str]] = {
        "kind": v.Kind.values,
        "region": GroupCode.values,
        "step": [*v.Step.values, _WORK],
    }
    for name, known in allowed.items():
        if values[name] and values[name] not in known:
            raise BadRequest(
                _("%(name)s: “%(text)s” is unknown. Choose one of: %(known)s.")
                % {"name": name, "text": values[name][:40], "known": ", ".join(known)}
            )
    if values["sort"].removeprefix("-") not in ORDERS:
        values["sort"] = "state"
    years = {name: _year(name, str(params.get(name, "")).strip()) for name in ("year_from", "year_to")}
    return Filters(**values, **years)  # type: ignore[arg-type]


def _year(name: str, text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        raise BadRequest(_("%(name)s: “%(text)s” is no year.") % {"name": name, "text": text[:40]})
    return int(text)


def order_of(filters: Filters) -> tuple[str, ...]:
    """The fields of the order asked for, "-" in front of each where it runs downwards."""
    fields = ORDERS[filters.sort.removeprefix("-")]
    if not filters.sort.startswith("-"):
        return fields
    return tuple(field.removeprefix("-") if field.startswith("-") else f"-{field}" for field in fields)


def found(actor: Actor, filters: Filters, *, lang: str = "en") -> QuerySet[Record]:
    """The records that meet the filters and that the actor may see, with the fields that sorting needs.

    Published ones unless `filters.step` names another; States are named in `lang`.
    """
    rows = scope(actor, v.VIEW, Record.objects.filter(_step(filters.step)))
    for name, field in (("kind", "kind"), ("state", "participant_id"), ("subtype", "subtype"), ("status", "status")):
        if value := getattr(filters, name):
            rows = rows.filter(**{field: value})
    if filters.region:
        rows = rows.filter(participant__regional_group=filters.region)
    if filters.year_from is not None:
        rows = rows.filter(year__gte=filters.year_from)
    if filters.year_to is not None:
        rows = rows.filter(year__lte=filters.year_to)
    for word in fold(filters.q).split():
        rows = rows.filter(folded__contains=word)
    if filters.language:
        rows = rows.filter(_in_language(filters.language))
    for scheme in (v.TagScheme.CRIME_TYPE, v.TagScheme.ISSUE):
        if value := getattr(filters, scheme.value):
            rows = rows.filter(Exists(Tag.objects.filter(record=OuterRef("pk"), scheme=scheme, value=value)))
    if filters.article:
        rows = rows.filter(Exists(Tag.objects.filter(under(filters.article), record=OuterRef("pk"))))
    return rows.select_related("participant").annotate(
        state_name=Coalesce(
            KeyTextTransform(lang, "participant__names"),
            KeyTextTransform("en", "participant__names"),
            F("participant_id"),
            F("body"),
            output_field=TextField(),
        )
    )


def _step(step: str) -> Q:
    if step == _WORK:
        return ~Q(working_step="")
    return Q(step=step) | Q(working_step=step) if step else Q(step=v.Step.PUBLISHED)


def _in_language(lang: str) -> Q:
    return Q(Exists(RecordText.objects.filter(record=OuterRef("pk"), lang=lang))) | Q(
        Exists(ProvisionText.objects.filter(provision__record=OuterRef("pk"), lang=lang))
    )


def under(article: str) -> Q:
    """Filter on tags: an article ("UNTOC:5", with its paragraphs), or any article of an instrument ("UNTOC")."""
    tags = Q(scheme=v.TagScheme.ARTICLE)
    if ":" not in article:
        return tags & Q(value__startswith=f"{article}:")
    return tags & (Q(value=article) | Q(value__startswith=f"{article}("))
