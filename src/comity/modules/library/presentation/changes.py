"""What differs between two contents, field by field, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from comity.modules.library import vocabulary as v
from comity.modules.library.content import Content, to_plain

#: At most so many differences are listed.
MOST = 300


@dataclass(frozen=True)
class Change:
    """One field before and after; "" where there was or is nothing."""

    place: str
    before: str
    after: str


def changes(old: Content | None, new: Content) -> list[Change]:
    """The fields that differ; against nothing (a first version) every field that is filled."""
    before, after = dict(_flat(to_plain(old))) if old else {}, dict(_flat(to_plain(new)))
    places = [*after, *(place for place in before if place not in after)]
    found = [Change(p, before.get(p, ""), after.get(p, "")) for p in places if before.get(p, "") != after.get(p, "")]
    return found[:MOST]


def _flat(plain: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in plain.items():
        if name == "texts":
            for text in value:
                yield f"{v.TextField(text['field']).label} ({text['lang']})", text["value"]
                yield f"{v.TextField(text['field']).label} ({text['lang']}) · status", text.get("status", "")
        elif name == "provisions":
            for provision in value:
                yield from _provision(provision)
        else:
            yield from _leaves(value, name)


def _provision(provision: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield provision["key"], " · ".join(str(provision.get(n, "")) for n in ("kind", "number", "parent"))
    for text in provision.get("texts", []):
        words = "\n".join(text.get(n, "") for n in ("label", "heading", "text") if text.get(n))
        yield f"{provision['key']} ({text['lang']})", words


def _leaves(value: Any, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _leaves(inner, f"{place}.{name}")
    elif isinstance(value, list):
        if value and all(not isinstance(one, dict) for one in value):
            yield place, ", ".join(map(str, value))
            return
        for number, inner in enumerate(value, start=1):
            yield from _leaves(inner, f"{place}.{inner.get('key') or number}")
    else:
        yield place, str(value)
