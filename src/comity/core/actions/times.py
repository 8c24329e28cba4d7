"""Two times: what was true when stands in each fact; what was known when stands here."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone


class RecordedQuerySet(models.QuerySet[Any]):
    """Queries over versions of facts."""

    def known_at(self, moment: datetime | None = None) -> Self:
        """Keeps the version of each fact that was known at `moment`; now where None."""
        if moment is None:
            return self.filter(superseded_at__isnull=True)
        return self.filter(Q(superseded_at__isnull=True) | Q(superseded_at__gt=moment), recorded_at__lte=moment)


class Recorded(models.Model):
    """A version of a fact. A change closes the old version and adds a new one; nothing is overwritten."""

    fact = models.UUIDField(default=uuid.uuid4, db_index=True, editable=False)
    recorded_at = models.DateTimeField(default=timezone.now, db_index=True, editable=False)
    superseded_at = models.DateTimeField(null=True, blank=True, db_index=True, editable=False)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        abstract = True
