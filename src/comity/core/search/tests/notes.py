"""An invented source kept in memory, for tests of what is found by whom; its manifest is the search's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, cast

from comity.core.actions.actor import Actor
from comity.core.actions.labels import Label, Labelled, may_see
from comity.core.search import following
from comity.core.search.passages import Passage


class Notes:
    """Notes by key, one passage each."""

    name = "notes"

    def __init__(self) -> None:
        self.rows: dict[str, Passage] = {}

    def kinds(self) -> dict[str, Any]:
        return {"note": "Notes"}

    def keys(self) -> Iterator[str]:
        yield from list(self.rows)

    def passages(self, keys: Sequence[str]) -> Iterable[Passage]:
        return [self.rows[key] for key in keys if key in self.rows]

    def visible(self, actor: Actor, ids: Sequence[str]) -> set[str]:
        wanted = set(ids)
        return {row.id for row in self.rows.values() if row.id in wanted and may_see(actor, cast(Labelled, row))}

    def write(
        self, key: str, title: str, text: str, *, label: str = Label.PUBLIC, owner: str = "",
        visible_from: datetime | None = None, lang: str = "en", **more: Any,
    ) -> None:
        """Adds or changes a note, as a module's service would."""
        self.rows[key] = Passage(
            id=f"notes:{key}", key=key, kind="note", url=f"notes/{key}/", lang=lang, title=title, text=text,
            label=label, owner_state=owner, visible_from=visible_from, **more,
        )
        following.record({"source": self.name, "keys": [key]})

    def take_out(self, key: str) -> None:
        """Removes a note."""
        del self.rows[key]
        following.record({"source": self.name, "keys": [key]})
