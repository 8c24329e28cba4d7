"""What is logged survives any text, on either database."""

from __future__ import annotations

import pytest
from django.db import transaction

from comity.core.audit.checkpoints import verify
from comity.core.audit.log import record


@pytest.mark.django_db
def test_a_nul_in_a_pasted_text_is_logged_as_a_replacement_sign() -> None:
    with transaction.atomic():
        entry = record(actor="system:test", verb="a:b:c", reference="x:1", difference={"text": "before\x00after"})
    entry.refresh_from_db()
    assert entry.difference == {"text": "before\ufffdafter"}
    assert verify().ok
