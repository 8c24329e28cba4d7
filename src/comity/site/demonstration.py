"""The demonstration: a node of its own with fictitious people and records, set up on first use."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.db import transaction

from comity.account.demonstration import Person, load
from comity.core.module import manifests
from comity.site import node
from comity.site.backup import upgrade


def prepare_demonstration(tell: Callable[[str], None]) -> list[Person]:
    """Makes the data folder the demonstration where it is not yet; returns the people made.

    Their secrets are told once and stored nowhere in the clear: later calls return nobody. Raises NodeProblem
    outside a demonstration: fictitious records never enter a real node.
    """
    if not settings.COMITY_DEMONSTRATION:
        raise node.NodeProblem("Fictitious records are loaded into the demonstration only: `comity demo`.")
    mark = node.data_folder() / "demonstration"
    if node.state() is node.State.OLDER:
        tell("The demonstration is of an older version: bringing it up to date …")
        upgrade(None)
    node.require_ready(tell)
    if mark.exists():
        return []
    tell("Loading fictitious people and records …")
    with transaction.atomic():
        people = load()
        for manifest in manifests():
            manifest.load_demonstration()
    mark.touch()
    return people


def describe(people: list[Person]) -> list[str]:
    """The lines that show, once, how to sign in as whom."""
    if not people:
        return []
    lines = ["", "People of this demonstration (fictitious). Shown once; delete var/demo to begin again."]
    for person in people:
        lines.append(f"  {person['email']}  ({person['role']} for {person['for']})")
        lines.append(f"      password {person['password']}   authenticator secret {person['totp']}")
    return [*lines, "  A code from the secret: comity demo-code SECRET, or any authenticator app.", ""]
