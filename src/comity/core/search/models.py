"""The log of changes that indexes follow, and searches that people saved."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class IndexChange(models.Model):
    """A thing of a source that has to be indexed again. Kept 30 days: an index left behind longer is built anew."""

    source = models.CharField(max_length=60)
    key = models.CharField(max_length=200)
    recorded_at = models.DateTimeField(auto_now_add=True, db_index=True)


class SavedSearch(models.Model):
    """A question that a person kept, to be asked again or to be told what is new for it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches")
    name = models.CharField(max_length=120)
    #: The fields of `passages.Question` that were chosen, and the query of its page.
    question = models.JSONField(default=dict)
    address = models.CharField(max_length=4000, blank=True)
    by_mail = models.BooleanField(default=False)
    #: SHA-256 of the token in the feed's address; the token itself is shown once and never kept.
    feed_digest = models.CharField(max_length=64, null=True, blank=True, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    #: What arrived before this moment was looked at.
    checked_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "id"]


class ToldHit(models.Model):
    """A passage that is no news for a saved search: there when it was saved, or (`told_at`) told of since."""

    saved = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="told")
    passage = models.CharField(max_length=300)
    key = models.CharField(max_length=200)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["saved", "passage"], name="told_once")]


class Embargo(models.Model):
    """A thing of which something may be seen only from a moment to come: it is news then, not when it was written."""

    source = models.CharField(max_length=60)
    key = models.CharField(max_length=200)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "key", "at"], name="embargo_once")]
