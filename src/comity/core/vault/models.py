"""What was refused and is kept."""

from __future__ import annotations

from django.db import models


class Quarantine(models.Model):
    """A row, or a whole file (`place` ""), that an importer refused; `content` holds its words.

    A file refused as a whole lies in the data folder under `quarantine/<digest>` as it came.
    """

    file_name = models.CharField(max_length=300)
    digest = models.CharField(max_length=64, db_index=True)
    place = models.CharField(max_length=300, blank=True)
    reason = models.TextField()
    content = models.TextField(blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    actor = models.CharField(max_length=120)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["digest", "place"], name="quarantine_once")]

    def __str__(self) -> str:
        return f"{self.file_name} {self.place}"
