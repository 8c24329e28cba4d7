import uuid

from django.db import models


class Segment(models.Model):
    """One writer's own part of the log: a chain that only this writer appends to."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    writer = models.CharField(max_length=120)
    started_at = models.DateTimeField()


class Entry(models.Model):
    """One line of the log. Its hash covers all its fields and the hash before it in the segment."""

    segment = models.ForeignKey(Segment, on_delete=models.PROTECT, related_name="entries")
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField(db_index=True)
    actor = models.CharField(max_length=120, db_index=True)
    verb = models.CharField(max_length=80, db_index=True)
    reference = models.CharField(max_length=200, db_index=True)
    reason = models.TextField(blank=True)
    difference = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["segment", "number"], name="audit_entry_once")]
        ordering = ["-at", "-id"]


class Checkpoint(models.Model):
    """The heads of all segments at one moment, signed, and chained to the checkpoint before."""

    number = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    body = models.JSONField()
    signature = models.TextField()

    class Meta:
        ordering = ["number"]
