"""Telling the audit what happened to an account: people change their own sign-in through django-allauth, which
knows nothing of our services."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from comity.core.audit.log import record
from comity.core.people.policies import user_reference


def tell(user: Any, verb: str, **difference: Any) -> None:
    """Writes one entry: the person did `verb` to their own account."""
    reference = user_reference(user.pk)
    with transaction.atomic():
        record(actor=reference, verb=verb, reference=reference, difference=difference)
