"""What of the programme's work can be counted: every kind of record, and the rows below some of them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from functools import partial
from typing import Any

from django.db import models as fields_of
from django.utils.translation import gettext_lazy as _

from comity.core.counting.codes import CodesField
from comity.core.counting.countable import CountField
from comity.core.counting.stored import StoredCountable
from comity.core.counting.vocabulary import FieldKind
from comity.modules.programmes.kinds import KINDS, Kind, step_choices
from comity.modules.programmes.vocabulary import WITHDRAWN

#: Fields that are about the keeping of a record, not about the work.
_LEFT_OUT = frozenset(
    {"id", "fact", "recorded_at", "superseded_at", "title", "lang", "other_titles", "note", "source", "edited_by",
     "step_by", "reason", "writers", "visible_from", "label", "owner_state", "evidence"}
)  # fmt: skip
#: What a counted child row is, by kind of its record.
_CHILDREN: dict[str, tuple[str, Any, Any]] = {
    "event": ("attendance", _("Attendance"), _("People of one State, audience and sex who attended an event.")),
    "product": ("adoption", _("Adoption"), _("A site that uses a product.")),
    "operation": ("operation_state", _("Part in an operation"), _("A State that took part in an operation.")),
    "actual": ("disaggregate", _("Part of an actual"), _("A part of what an indicator reached.")),
}


def countables() -> list[StoredCountable]:
    """Returns every kind as a countable, and the child rows as countables of their own."""
    made = [_of_kind(kind) for kind in KINDS.values()]
    made.append(
        replace(
            _of_kind(KINDS["programme"]),
            name="programmes.cycle",
            title=_("Cycles of programmes"),
            meaning=_("A cycle of a programme, dated by its own beginning; the first begins with the programme."),
            starts="cycle_starts",
        )
    )
    return made + [_of_children(KINDS[name], *said) for name, said in _CHILDREN.items()]


def _lines(kind: Kind) -> Callable[[Any, Collection[str], str], Any]:
    from comity.modules.programmes.selectors.records import lines

    return lambda actor, codes, lang: lines(actor, kind, codes, lang)


def _of_kind(kind: Kind) -> StoredCountable:
    return StoredCountable(
        name=f"programmes.{kind.name}",
        title=kind.plural,
        meaning=kind.model.__doc__ or "",
        fields=_fields(kind.model, kind),
        rows=partial(_rows, kind.model, "step"),
        lines=_lines(kind),
        prefix=f"programmes:{kind.name}:",
    )


def _of_children(kind: Kind, name: str, title: Any, meaning: Any) -> StoredCountable:
    assert kind.child is not None  # noqa: S101 (only kinds with child rows are listed)
    parent = kind.parent_field
    own = _fields(kind.child, None, skip=parent)
    of_record = _fields(kind.model, kind, through=parent)
    if host := of_record.pop("participant", None):
        # The record's own State is the host; the row's is where people came from.
        of_record["host"] = CountField("host", _("Host State"), host.kind, host.path)
    return StoredCountable(
        name=f"programmes.{name}",
        title=title,
        meaning=meaning,
        fields={**of_record, **own},
        rows=partial(_rows, kind.child, f"{parent}__step"),
        lines=_lines(kind),
        prefix=f"programmes:{kind.name}:",
        record=parent,
    )


def _rows(model: type[fields_of.Model], step: str) -> Any:
    """All versions that were not taken back: a withdrawn record counts no longer."""
    return model._default_manager.exclude(**{step: WITHDRAWN})


def _fields(
    model: type[fields_of.Model], kind: Kind | None, *, through: str = "", skip: str = ""
) -> dict[str, CountField]:
    """Returns the fields of a table that questions may name, by name."""
    made: dict[str, CountField] = {}
    start = f"{through}__" if through else ""
    for column in model._meta.concrete_fields:
        name = column.name
        if name in _LEFT_OUT or name == skip:
            continue
        title = getattr(column, "verbose_name", name)
        if name == "step" and kind is not None:
            made[name] = CountField(name, _("Step"), FieldKind.CHOICE, f"{start}step", tuple(step_choices(kind)))
            continue
        if column.related_model is not None:
            made[name] = CountField(name, title, FieldKind.STATE, f"{start}{column.attname}")
            made |= _places(name, start)
            continue
        made[name] = CountField(name, title, _kind(column), f"{start}{name}", tuple(column.choices or ()))
    return made


def _places(name: str, start: str) -> dict[str, CountField]:
    """Where a State lies, by the M49 standard: told apart without a list of its own."""
    if name != "participant":
        return {}
    places = {"m49_region": _("Region (M49)"), "m49_subregion": _("Subregion (M49)")}
    return {
        place: CountField(place, title, FieldKind.CODE, f"{start}{name}__{place}") for place, title in places.items()
    }


def _kind(column: fields_of.Field[Any, Any]) -> str:
    if isinstance(column, CodesField):
        return FieldKind.CODES
    if isinstance(column, fields_of.BooleanField):
        return FieldKind.FLAG
    if isinstance(column, fields_of.DateField):
        return FieldKind.DATE
    if column.choices and isinstance(column, fields_of.CharField):
        return FieldKind.CHOICE
    if isinstance(column, fields_of.IntegerField | fields_of.DecimalField):
        return FieldKind.NUMBER
    return FieldKind.CODE
