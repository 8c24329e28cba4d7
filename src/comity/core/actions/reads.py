"""Reads and exports of labelled records stand in the audit too."""

from __future__ import annotations

from django.db import transaction

from comity.core.actions.actor import Actor
from comity.core.actions.labels import Label
from comity.core.audit.log import record


def record_read(actor: Actor, *, reference: str, label: str, verb: str = "core:record:read") -> None:
    """Writes an audit entry for a read or export of a record that is not public; nothing for a public one."""
    if label == Label.PUBLIC:
        return
    with transaction.atomic():
        record(actor=actor.reference, verb=verb, reference=reference, difference={"label": label})
