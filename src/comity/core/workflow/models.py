"""Background jobs, deadlines and notifications."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    QUEUED = "queued", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


class Job(models.Model):
    """One piece of background work. A worker holds it by a lease; when the lease runs out (a killed worker),
    another takes it up from `checkpoint`."""

    name = models.CharField(max_length=80)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.QUEUED, db_index=True)
    actor = models.CharField(max_length=120)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    done_steps = models.PositiveIntegerField(default=0)
    total_steps = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=300, blank=True)
    checkpoint = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    error = models.TextField(blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    cancel_requested = models.BooleanField(default=False)
    worker = models.CharField(max_length=120, blank=True)
    lease_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    not_before = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    #: A second job of the same key is not queued while one waits or runs (scheduled jobs use it).
    key = models.CharField(max_length=120, blank=True, db_index=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                condition=models.Q(state__in=["queued", "running"]) & ~models.Q(key=""),
                name="workflow_job_key_once",
            )
        ]


class Deadline(models.Model):
    """Something due by a moment; passing it never blocks, it only shows and reminds."""

    reference = models.CharField(max_length=200, db_index=True)
    kind = models.CharField(max_length=80)
    subject = models.CharField(max_length=300)
    url = models.CharField(max_length=300, blank=True)
    due_at = models.DateTimeField(db_index=True)
    met_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    users = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="deadlines")


class Notification(models.Model):
    """A message to one person, on their page and by mail."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications")
    subject = models.CharField(max_length=300)
    body = models.TextField(blank=True)
    url = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)
    key = models.CharField(max_length=200, null=True, unique=True)  # noqa: DJ001 null keeps unkeyed ones apart

    class Meta:
        ordering = ["-id"]
