"""The filter tree of a question: JSON in, checked against the fields of a countable, words out.

`{"all": [...]}`, `{"any": [...]}`, `{"none": [...]}`, or one comparison `{"field": F, OPERATOR: VALUE}`.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import Q
from django.utils.text import format_lazy
from django.utils.translation import gettext as _

from comity.core.counting.countable import CountField
from comity.core.counting.vocabulary import FieldKind, Operator

Condition = Mapping[str, Any]
_JOINTS = ("all", "any", "none")
_ORDERED = (FieldKind.NUMBER, FieldKind.DATE)
_SINGLE = tuple(kind for kind in FieldKind if kind != FieldKind.CODES)
_POSSIBLE: dict[str, tuple[str, ...]] = {
    Operator.IS: _SINGLE,
    Operator.NOT: _SINGLE,
    Operator.IN: (FieldKind.CODE, FieldKind.CHOICE, FieldKind.STATE),
    Operator.HAS: (FieldKind.CODES,),
    Operator.AT_LEAST: _ORDERED,
    Operator.AT_MOST: _ORDERED,
    Operator.KNOWN: tuple(FieldKind),
}
_LOOKUPS = {Operator.IS: "", Operator.IN: "__in", Operator.AT_LEAST: "__gte", Operator.AT_MOST: "__lte"}


class BadCondition(ValueError):
    """A filter that cannot be asked: the message names the place and the remedy."""


def check(condition: Condition, fields: Mapping[str, CountField], place: str = "where") -> None:
    """Raises BadCondition where the tree has an unknown joint, field or operator, or a value of the wrong kind."""
    if not isinstance(condition, Mapping):
        raise BadCondition(_("%(place)s: a condition is an object, not %(found)r.") % _at(place, condition))
    if not condition:
        return
    joints = [joint for joint in _JOINTS if joint in condition]
    if joints:
        if len(condition) != 1 or not isinstance(condition[joints[0]], list | tuple):
            raise BadCondition(_("%(place)s: “all”, “any” and “none” stand alone and hold a list.") % _at(place))
        for index, part in enumerate(condition[joints[0]]):
            check(part, fields, f"{place}.{joints[0]}[{index}]")
        return
    field, name, value = _comparison(condition, fields, place)
    values = value if name == Operator.IN else [value]
    if name == Operator.IN and not isinstance(value, list | tuple):
        raise BadCondition(_("%(place)s: “in” holds a list.") % _at(place))
    for single in values:
        if name == Operator.KNOWN:
            if not isinstance(single, bool):
                raise BadCondition(_("%(place)s: “known” is true or false.") % _at(place))
        else:
            typed(single, field, place)


def _comparison(condition: Condition, fields: Mapping[str, CountField], place: str) -> tuple[CountField, str, Any]:
    name = str(condition.get("field"))
    if name not in fields:
        known = ", ".join(sorted(fields))
        raise BadCondition(
            _("%(place)s: there is no field “%(found)s” here. Fields: %(known)s.")
            % (_at(place, name) | {"known": known})
        )
    operators = [key for key in condition if key != "field"]
    if len(operators) != 1 or operators[0] not in _POSSIBLE:
        known = ", ".join(_POSSIBLE)
        raise BadCondition(_("%(place)s: exactly one of %(known)s is needed.") % {"place": place, "known": known})
    field = fields[name]
    if field.kind not in _POSSIBLE[operators[0]]:
        raise BadCondition(
            _("%(place)s: “%(operator)s” cannot be asked of the field “%(found)s”.")
            % (_at(place, name) | {"operator": operators[0]})
        )
    return field, operators[0], condition[operators[0]]


def _at(place: str, found: Any = "") -> dict[str, Any]:
    return {"place": place, "found": found}


def typed(value: Any, field: CountField, place: str = "where") -> Any:
    """Returns the value as the field's type. Raises BadCondition where it is none."""
    try:
        match field.kind:
            case FieldKind.NUMBER:
                return Decimal(str(value))
            case FieldKind.DATE:
                return value if isinstance(value, date) else date.fromisoformat(str(value))
            case FieldKind.FLAG if isinstance(value, bool):
                return value
            case FieldKind.CODE | FieldKind.CODES | FieldKind.STATE if isinstance(value, str):
                return value
            case FieldKind.CHOICE if any(value == code for code, _label in field.choices):
                return value
    except (ValueError, InvalidOperation):
        pass
    raise BadCondition(
        _("%(place)s: “%(found)s” is no value of the field “%(field)s”.") % (_at(place, value) | {"field": field.name})
    )


def as_query(condition: Condition, fields: Mapping[str, CountField]) -> Q:
    """Returns a checked tree as a filter over the paths of the fields."""
    if not condition:
        return Q()
    for joint in _JOINTS:
        if joint in condition:
            # An empty Q is dropped by "or" and not turned by "not": everything is said in so many words.
            parts = [as_query(part, fields) or ~Q(pk__in=[]) for part in condition[joint]]
            if joint == "all":
                return _joined(parts, operator.and_)
            any_of = _joined(parts, operator.or_) if parts else Q(pk__in=[])
            return any_of if joint == "any" else ~any_of
    field, name, value = _comparison(condition, fields, "where")
    match name:
        case Operator.KNOWN:
            unknown = _unknown(field)
            return ~unknown if value else unknown
        case Operator.NOT:
            return ~Q(**{field.path: typed(value, field)})
        case Operator.HAS:
            return Q(**{f"{field.path}__contains": f"|{value}|"})
        case Operator.IN:
            return Q(**{f"{field.path}__in": [typed(single, field) for single in value]})
    return Q(**{f"{field.path}{_LOOKUPS[Operator(name)]}": typed(value, field)})


def _unknown(field: CountField) -> Q:
    empty = Q(**{f"{field.path}__isnull": True})
    textual = field.kind in {FieldKind.CODE, FieldKind.CHOICE, FieldKind.CODES}
    return empty | Q(**{field.path: ""}) if textual else empty


def _joined(parts: list[Q], join: Callable[[Q, Q], Q]) -> Q:
    made = Q()
    for index, part in enumerate(parts):
        made = part if index == 0 else join(made, part)
    return made


def holds(condition: Condition, fields: Mapping[str, CountField], row: Mapping[str, Any]) -> bool:
    """Says whether a checked tree holds for one row (values by field name): the same rule as `as_query`."""
    if not condition:
        return True
    if "all" in condition:
        return all(holds(part, fields, row) for part in condition["all"])
    if "any" in condition:
        return any(holds(part, fields, row) for part in condition["any"])
    if "none" in condition:
        return not any(holds(part, fields, row) for part in condition["none"])
    field, name, value = _comparison(condition, fields, "where")
    found = row.get(field.name)
    if name == Operator.KNOWN:
        return (found not in (None, "", ())) is value
    if name == Operator.IN:
        return found in [typed(single, field) for single in value]
    if name == Operator.HAS:
        return value in (found or ())
    wanted = typed(value, field)
    if found is None:
        return name == Operator.NOT
    match name:
        case Operator.IS:
            return bool(found == wanted)
        case Operator.NOT:
            return bool(found != wanted)
        case Operator.AT_LEAST:
            return bool(found >= wanted)
    return bool(found <= wanted)


def in_words(condition: Condition, fields: Mapping[str, CountField], name: Callable[[CountField, Any], str]) -> str:
    """Returns the tree in the reader's language; `name` gives a value of a field its words."""
    if not condition:
        return ""
    for joint, between in (("all", _("and")), ("any", _("or")), ("none", _("or"))):
        if joint in condition:
            parts = [in_words(part, fields, name) for part in condition[joint]]
            whole = f" {between} ".join(
                f"({p})" if _is_joint(c) else p for p, c in zip(parts, condition[joint], strict=True)
            )
            return str(format_lazy("{} ({})", _("none of"), whole)) if joint == "none" else whole
    field, comparison, value = _comparison(condition, fields, "where")
    if comparison == Operator.KNOWN:
        said = _("is known") if value else _("is not known")
        return f"{field.title} {said}"
    values = value if comparison == Operator.IN else [value]
    said = ", ".join(name(field, single) for single in values)
    return f"{field.title} {Operator(comparison).label} {said}"


def _is_joint(condition: Condition) -> bool:
    return any(joint in condition for joint in _JOINTS)
