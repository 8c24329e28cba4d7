"""What goes wrong with files from outside."""

from __future__ import annotations


class Unreadable(Exception):
    """A file that cannot be taken at all. `reason` names the place and the remedy, in words for a person."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
