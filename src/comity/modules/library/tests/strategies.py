"""Contents made by Hypothesis from the fields of the model itself, so that no field is forgotten."""

from __future__ import annotations

import types
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any, Union, get_args, get_origin

from annotated_types import Ge, Le, MaxLen, MinLen
from hypothesis import strategies as st
from pydantic import AwareDatetime, BaseModel
from pydantic.fields import FieldInfo

from comity.modules.library.content import Content

#: Any sign but those that are no text, or that XML and line ends change.
SIGNS = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co"))
_WORDS = st.text(SIGNS, min_size=1, max_size=12)


def model(cls: type[BaseModel], **given: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Values of a pydantic model; `given` takes the place of what a field's type says."""
    fields = {name: given[name] if name in given else _field(info) for name, info in cls.model_fields.items()}
    return st.fixed_dictionaries(fields).map(cls.model_validate)


def _field(info: FieldInfo) -> st.SearchStrategy[Any]:
    return _typed(info.annotation, list(info.metadata))


def _typed(annotation: Any, limits: list[Any]) -> st.SearchStrategy[Any]:
    origin = get_origin(annotation)
    if origin in (Union, types.UnionType):
        return st.one_of([st.none() if one is type(None) else _typed(one, limits) for one in get_args(annotation)])
    if origin is list:
        return st.lists(_typed(get_args(annotation)[0], []), max_size=2)
    if origin is not None:  # Annotated
        return _typed(annotation.__origin__, [*annotation.__metadata__, *limits])
    if issubclass(annotation, BaseModel):
        return model(annotation)
    if issubclass(annotation, Enum):
        return st.sampled_from([one.value for one in annotation])
    if annotation is bool:
        return st.booleans()
    if annotation is int:
        least = max([x.ge for x in limits if isinstance(x, Ge)], default=1)
        most = min([x.le for x in limits if isinstance(x, Le)], default=10_000)
        return st.integers(least, most)
    if annotation is AwareDatetime:
        return st.datetimes(datetime(2000, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))
    if annotation is date:
        return st.dates(date(1800, 1, 1), date(2026, 1, 1))
    return _text(limits)


def _text(limits: list[Any]) -> st.SearchStrategy[str]:
    pattern = next((x.pattern for x in limits if getattr(x, "pattern", None)), None)
    if pattern:
        signs = st.characters(codec="ascii", categories=("L", "N", "P"))
        return st.from_regex(pattern.rstrip("$") + r"\Z", alphabet=signs)
    least = max([x.min_length for x in limits if isinstance(x, MinLen)], default=0)
    most = min([x.max_length for x in limits if isinstance(x, MaxLen)], default=40)
    return st.text(SIGNS, min_size=least, max_size=min(most, 20))


def contents(kind: str) -> st.SearchStrategy[Content]:
    """Records of a kind, of any shape that the model allows."""
    kinds = {name: st.none() for name in ("law", "case", "publication", "guide")}
    kinds[kind] = _typed(Content.model_fields[kind].annotation, []).filter(bool)
    return model(Content, kind=st.just(kind), **kinds)


def sound(content: Content, states: tuple[str, ...] = ("KEN", "CAN"), identity: str = "") -> Content:
    """The same with what `checking` demands put right: keys that exist and are unique, a State that is known."""
    plain = content.model_dump(mode="json")
    plain |= {"state": states[0], "body": "", "files": [], "audience": "public", "visible_from": None}
    plain["identity"] = identity or content.identity.strip() or "fixture"
    plain["texts"] = _unique(plain["texts"], "field", "lang")
    if not plain["texts"]:
        plain["texts"] = [{"field": "title", "lang": "en", "value": "Fictitious title"}]
    plain["aliases"] = _unique(plain["aliases"], "scheme", "value")
    plain["provisions"] = _tree(plain["provisions"])
    plain["tags"] = [{"scheme": "article", "value": "UNTOC:5", "provision": p["key"]} for p in plain["provisions"]]
    for source in [*plain["sources"], *((plain["publication"] or {}).get("editions", ()))]:
        source["url"] = "https://example.org/fictitious"
    if plain["guide"]:
        plain["guide"]["instrument"] = "UNTOC"
    if plain["case"]:
        _join_case(plain["case"])
    return Content.model_validate(plain)


def _unique(rows: list[dict[str, Any]], *names: str) -> list[dict[str, Any]]:
    return list({tuple(row[name] for name in names): row for row in rows}.values())


def _tree(provisions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rows = _unique(provisions, "key")
    for number, row in enumerate(rows):
        row["parent"] = rows[number - 1]["key"] if number % 2 else ""
        row["texts"] = _unique(row["texts"], "lang")
    return rows


def _join_case(case: dict[str, Any]) -> None:
    for name in ("persons", "charges", "proceedings", "sentences"):
        case[name] = _unique(case[name], "key")
    persons = [person["key"] for person in case["persons"]]
    charges = [charge["key"] for charge in case["charges"]]
    for person in case["persons"]:
        person["count_max"] = None
    for charge in case["charges"]:
        charge["persons"] = persons[:1]
    case["sentences"] = [
        s | {"person": persons[0], "charge": charges[0] if charges else ""} for s in case["sentences"] if persons
    ]
