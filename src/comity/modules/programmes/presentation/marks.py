"""The mark and the words of a record's step."""

from __future__ import annotations

from typing import Any

from comity.modules.programmes.kinds import Kind, step_choices

_DONE = frozenset(
    {"verified", "approved", "locked", "completed", "implemented", "met", "in_force", "adopted", "received",
     "published", "presented", "final", "active", "implementing", "serving"}
)  # fmt: skip
_STOPPED = frozenset({"cancelled", "withdrawn", "written_off", "declined", "withdrawn_from_use"})
_HELD_UP = frozenset({"suspended", "postponed", "stalled", "returned", "reopened", "revision"})


def step_mark(kind: Kind, step: str) -> tuple[Any, str]:
    """Returns the words of a step and the kind of its badge; ("", "") for kinds without a life of their own."""
    if step == "recorded":
        return "", ""
    words = dict(step_choices(kind)).get(step, step)
    if step in _DONE:
        return words, "ok"
    if step in _STOPPED:
        return words, "stop"
    return words, "warn" if step in _HELD_UP else "info"
