"""What every record of the programme has.

A row is one version of a record (`code` over all versions). Each change and each step closes the version before it
and adds a whole new one with its own child rows; nothing is overwritten. `starts` and `ends` say when it was true in
the world, `recorded_at` and `superseded_at` when it was known here. Records name each other by code.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from comity.core.actions.labels import Labelled
from comity.core.actions.times import Recorded
from comity.core.counting.codes import CodesField
from comity.core.people.models import Participant


class ProgrammeRecord(Recorded, Labelled):
    """A version of a record. `label` says who may see it; the title is in `lang`, other languages beside it."""

    code = models.SlugField(max_length=60, db_index=False)
    step = models.CharField(max_length=24)
    title = models.CharField(_("Title"), max_length=300)
    lang = models.CharField(_("Language of the title"), max_length=3, default="en")
    #: {"fr": "…"}: the title in other languages; unofficial.
    other_titles = models.JSONField(default=dict, blank=True)
    starts = models.DateField(_("From"), null=True, blank=True)
    ends = models.DateField(_("To"), null=True, blank=True)
    programme = models.CharField(_("Programme"), max_length=60, blank=True)
    note = models.TextField(_("Note"), blank=True)
    source = models.CharField(_("Source"), max_length=300, blank=True)
    fictitious = models.BooleanField(default=False)
    #: Everyone who wrote content of this record, over all versions: none of them is its second person.
    writers = CodesField()
    edited_by = models.CharField(max_length=120)
    step_by = models.CharField(max_length=120)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        abstract = True
        ordering = ["-starts", "code"]
        # What was known at a moment is asked as often as what is known now: the dates come first.
        indexes = [
            models.Index(fields=["programme", "starts", "superseded_at"], name="%(class)s_by_programme"),
            models.Index(fields=["starts", "superseded_at"], name="%(class)s_by_start"),
            models.Index(fields=["code", "recorded_at"], name="%(class)s_versions"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=Q(superseded_at__isnull=True), name="%(class)s_current_once"
            ),
            models.CheckConstraint(
                condition=Q(starts__isnull=True) | Q(ends__isnull=True) | Q(ends__gte=F("starts")),
                name="%(class)s_ends_after_start",
                violation_error_message=_("It ends before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.step})"

    def title_in(self, lang: str) -> tuple[str, str]:
        """Returns the title and its language: the reader's where there is one, else the original."""
        other = self.other_titles.get(lang) if lang != self.lang else None
        return (str(other), lang) if other else (self.title, self.lang)


class OfProject(models.Model):
    """Work that may belong to a project."""

    project = models.CharField(_("Project"), max_length=60, blank=True, db_index=True)

    class Meta:
        abstract = True


def participant(*, null: bool = True, verbose_name: Any = None) -> models.ForeignKey[Any, Any]:
    """A State or organization that a record is about."""
    name = verbose_name or _("State")
    return models.ForeignKey(
        Participant, null=null, blank=null, on_delete=models.PROTECT, related_name="+", verbose_name=name
    )


def once(name: str, fields: list[str], message: Any) -> list[models.BaseConstraint]:
    """Constraints that keep `fields` apart for each State, and for rows without one (SQL holds nulls for different)."""
    stated, unstated = Q(participant__isnull=False), Q(participant__isnull=True)
    return [
        models.UniqueConstraint(
            fields=[*fields, "participant"], condition=stated, name=f"{name}_once", violation_error_message=message
        ),
        models.UniqueConstraint(
            fields=fields, condition=unstated, name=f"{name}_once_no_state", violation_error_message=message
        ),
    ]
