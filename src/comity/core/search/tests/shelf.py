"""A tiny source of passages, an encoder without a model, and people, for the tests of the search."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from types import SimpleNamespace
from zlib import crc32

import numpy as np

from comity.core.actions.actor import PUBLIC, Actor, Grant
from comity.core.actions.labels import may_see
from comity.core.search.passages import Passage

CURATOR = Actor("user", "user:1", 1, "curator", (Grant("curator", body="secretariat"),))
KENYAN = Actor("user", "user:2", 2, "official", (Grant("focal_point", "KEN"),))
PERUVIAN = Actor("user", "user:3", 3, "official", (Grant("observer", "PER"),))
ADMINISTRATOR = Actor("user", "user:4", 4, "administrator", (Grant("administrator", body="secretariat"),))
ACTORS = (PUBLIC, CURATOR, KENYAN, PERUVIAN, ADMINISTRATOR)


def passage(number: int, text: str, **more: object) -> Passage:
    """One passage of the shelf."""
    fields: dict[str, object] = {
        "id": f"shelf:{number}:{more.get('lang', 'en')}", "key": str(number), "kind": "provision",
        "url": f"shelf/{number}/", "lang": "en", "title": f"Section {number}", "text": text, "label": "public",
    }  # fmt: skip
    return Passage(**(fields | more))  # type: ignore[arg-type]


def allowed(actor: Actor, one: Passage) -> bool:
    """The rule of labels for a passage."""
    row = SimpleNamespace(label=one.label, owner_state=one.owner_state, visible_from=one.visible_from)
    return may_see(actor, row)  # type: ignore[arg-type]


class Shelf:
    """Passages in memory, as a module would give them from its tables."""

    name = "shelf"

    def __init__(self, passages: Iterable[Passage] = ()) -> None:
        self.all = {one.id: one for one in passages}
        self.withheld: set[str] = set()

    def put(self, one: Passage) -> None:
        self.all[one.id] = one

    def kinds(self) -> dict[str, str]:
        return {"provision": "Provision"}

    def keys(self) -> Iterator[str]:
        return (key for key, _group in itertools.groupby(sorted(one.key for one in self.all.values())))

    def passages(self, keys: Sequence[str]) -> Iterable[Passage]:
        return [one for one in self.all.values() if one.key in set(keys)]

    def visible(self, actor: Actor, ids: Sequence[str]) -> set[str]:
        return {one for one in ids if one in self.all and one not in self.withheld and allowed(actor, self.all[one])}


class Bag:
    """Texts as sums of their words' random directions: texts with the same words are near to each other."""

    name = "bag"
    dimensions = 128

    def passages(self, texts: Sequence[str]) -> np.ndarray:
        rows = [np.sum([_direction(word) for word in text.lower().split() or [""]], axis=0) for text in texts]
        return np.stack([row / np.linalg.norm(row) for row in rows]).astype(np.float32)

    def question(self, text: str) -> np.ndarray:
        return self.passages([text])[0]


def _direction(word: str) -> np.ndarray:
    return np.random.default_rng(crc32(word[:5].encode())).standard_normal(Bag.dimensions)


def at(text: str) -> datetime:
    """A moment."""
    return datetime.fromisoformat(text)
