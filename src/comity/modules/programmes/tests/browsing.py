"""Addresses of the module's pages."""

from __future__ import annotations

HOME = "/en/programmes/"


def page_of(kind: str, code: str, more: str = "") -> str:
    """The address of a record's page, or of what is done to it."""
    return f"{HOME}records/{kind}/{code}/{more}"
