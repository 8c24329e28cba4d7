"""The door of the programmes module for other modules."""

from __future__ import annotations

from collections.abc import Collection

from comity.core.actions.actor import Actor
from comity.modules.programmes.kinds import KINDS
from comity.modules.programmes.selectors.records import lines

__all__ = ["titles"]


def titles(actor: Actor, kind: str, codes: Collection[str], lang: str) -> dict[str, str]:
    """Returns the titles of those records of a kind ("programme", "project" …) that `actor` may see, by code."""
    return {line.record.rpartition(":")[2]: line.title for line in lines(actor, KINDS[kind], codes, lang)}
