"""Who may see which passage, as one exact term of the index. The rule itself is `labels.may_see` and nothing else.

Every passage has one access code made of its label, the State where that matters, and the moment of its embargo.
A search asks the rule about each code that occurs in the index (there are few) and leaves the others out of the
query, before anything is ranked or counted; so an embargo ends by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from comity.core.actions.actor import Actor, Grant
from comity.core.actions.labels import Label, Labelled, may_see
from comity.core.search.passages import Passage


def code_of(passage: Passage) -> str:
    """The access code: "public", "own_state:KEN", "public@2030-01-01T00:00:00+00:00" …"""
    code = passage.label
    if passage.label == Label.OWN_STATE:
        code += f":{passage.owner_state}"
    if passage.visible_from is not None:
        moment = passage.visible_from
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
        code += f"@{moment.isoformat()}"
    return code


def sees(actor: Actor, code: str) -> bool:
    """Whether the actor may see passages of this code now."""
    what, _at, moment = code.partition("@")
    label, _colon, owner = what.partition(":")
    row: Any = SimpleNamespace(
        label=label, owner_state=owner, visible_from=datetime.fromisoformat(moment) if moment else None
    )
    return may_see(actor, cast(Labelled, row))


class Codes:
    """Access codes of an index. What does not depend on the hour is asked of the rule once for actors alike."""

    def __init__(self, codes: Sequence[str | None]) -> None:
        self.codes = codes
        self._timed = [place for place, code in enumerate(codes) if code is not None and "@" in code]
        self._known: dict[tuple[str, tuple[Grant, ...]], NDArray[np.bool_]] = {}

    def seen(self, actor: Actor) -> NDArray[np.bool_]:
        """For each code whether the actor may see it now; None (a passage that is gone) is nobody's."""
        alike = (actor.kind, actor.grants)
        if alike not in self._known:
            if len(self._known) > 1000:
                self._known.clear()
            self._known[alike] = np.array([code is not None and sees(actor, code) for code in self.codes], dtype=bool)
        found = self._known[alike].copy()
        for place in self._timed:
            found[place] = sees(actor, str(self.codes[place]))
        return found

    def hidden(self, actor: Actor) -> list[str]:
        """Those that the actor may not see now."""
        return [str(code) for code, seen in zip(self.codes, self.seen(actor), strict=True) if not seen]
