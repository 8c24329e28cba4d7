"""What records are called: in the audit, behind figures, in addresses."""

from __future__ import annotations


def reference(kind: str, code: str) -> str:
    """Returns what the audit and the figures call a record."""
    return f"programmes:{kind}:{code}"


def path(kind: str, code: str) -> str:
    """Returns the address of a record's page below the language."""
    return f"/programmes/records/{kind}/{code}/"
