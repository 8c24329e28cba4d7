"""Every word of a content that its readers may see, with the place where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from comity.modules.library import vocabulary as v
from comity.modules.library.content import Content, to_plain

_DIGEST = re.compile(r"^[0-9a-f]{64}$")


def words_of(content: Content) -> Iterator[tuple[str, str]]:
    """Pairs of place and text: all strings of the content, whatever field, names of files included.

    Walking the plain values, not a list of fields, keeps a field that is added later from being forgotten.
    """
    for field, value in to_plain(content).items():
        if field == "texts":
            for text in value:
                yield from _strings(text, f"{v.TextField(text['field']).label} ({text['lang']})")
        elif field == "provisions":
            for provision in value:
                yield from _strings(provision, provision["key"])
        else:
            yield from _strings(value, field)


def _strings(value: Any, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        if not _DIGEST.match(value):
            yield place, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _strings(inner, place if name in {"value", "text", "texts"} else f"{place}.{name}")
    elif isinstance(value, list):
        for number, inner in enumerate(value, start=1):
            named = isinstance(inner, dict) and inner.get("key")
            yield from _strings(inner, f"{place}.{named or number}")
