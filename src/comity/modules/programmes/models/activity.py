"""What is done: events with their attendance, reach, products, outcomes and operations."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from comity.core.counting.codes import CodesField
from comity.modules.programmes import vocabulary as v
from comity.modules.programmes.models.base import OfProject, ProgrammeRecord, once, participant


class Event(ProgrammeRecord, OfProject):
    """A training, workshop or meeting, planned and held. `starts` and `ends` are the days on which it is held."""

    type = models.CharField(_("Type"), max_length=16, choices=v.EventType.choices, default=v.EventType.TRAINING)
    mode = models.CharField(_("Mode"), max_length=12, choices=v.EventMode.choices, default=v.EventMode.IN_PERSON)
    participant = participant(verbose_name=_("Host State"))
    place = models.CharField(_("Place"), max_length=120, blank=True)
    region = models.CharField(_("Region served"), max_length=120, blank=True)
    subjects = CodesField(_("Subjects"), help_text=_("Separated by commas"))
    languages = CodesField(_("Languages"))
    partners = CodesField(_("Partners"))
    #: The figure of another count that this event is part of: never added to it.
    overlap_group = models.CharField(_("Overlap group"), max_length=60, blank=True)


class Attendance(models.Model):
    """How many of one audience, sex and State attended. Names of persons are not kept here (decision 15)."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="attendance")
    participant = participant()
    audience = models.CharField(_("Audience"), max_length=20, choices=v.Audience.choices)
    sex = models.CharField(_("Sex"), max_length=12, choices=v.Sex.choices, default=v.Sex.NOT_RECORDED)
    count = models.PositiveIntegerField(_("How many"))
    basis = models.CharField(_("Basis"), max_length=12, choices=v.Basis.choices)
    certificates = models.PositiveIntegerField(_("Certificates"), default=0)

    class Meta:
        ordering = ["event", "id"]
        #: Sums over many events read this index alone.
        indexes = [models.Index(fields=["event", "sex", "audience", "participant", "count"], name="attendance_counted")]
        constraints = [
            models.CheckConstraint(
                condition=Q(certificates__lte=models.F("count")),
                name="attendance_certificates",
                violation_error_message=_("There are more certificates than people."),
            ),
            *once("attendance", ["event", "audience", "sex"], _("This State, audience and sex stand there twice.")),
        ]


class Reach(ProgrammeRecord, OfProject):
    """People reached, counted by a method. Counts of one overlap group hold the same people: never added up."""

    audience = models.CharField(_("Audience"), max_length=20, choices=v.Audience.choices)
    participant = participant()
    mode = models.CharField(_("Mode"), max_length=10, choices=v.ReachMode.choices)
    count = models.PositiveIntegerField(_("How many"))
    method = models.CharField(_("How it was counted"), max_length=300)
    overlap_group = models.CharField(_("Overlap group"), max_length=60, blank=True)
    evidence = models.CharField(_("Evidence"), max_length=300, blank=True)


class Product(ProgrammeRecord, OfProject):
    """A tool, handbook, course, study: one edition of it. `starts` is the day on which it was finalized."""

    type = models.CharField(_("Type"), max_length=12, choices=v.ProductType.choices)
    edition = models.PositiveSmallIntegerField(_("Edition"), default=1)
    parts = models.PositiveSmallIntegerField(_("Parts"), default=1)
    symbol = models.CharField(_("Symbol"), max_length=80, blank=True)
    languages = CodesField(_("Languages"))
    partners = CodesField(_("Partners"))


class Adoption(models.Model):
    """A site that uses a product."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="adoption")
    site = models.CharField(_("Site"), max_length=200)
    participant = participant()
    since = models.DateField(_("Since"), null=True, blank=True)
    pilot = models.BooleanField(_("Pilot"), default=False)

    class Meta:
        ordering = ["product", "id"]
        constraints = [*once("adoption", ["product", "site"], _("This site stands there twice."))]


class OutcomeClaim(ProgrammeRecord, OfProject):
    """Something that followed from the work, with evidence and a second person who verified it. Aggregates only."""

    type = models.CharField(_("Type"), max_length=20, choices=v.OutcomeType.choices)
    participant = participant()
    count = models.PositiveIntegerField(_("How many"))
    activity = models.CharField(_("Follows from the event"), max_length=60, blank=True)
    evidence = models.CharField(_("Evidence"), max_length=300, blank=True)


class Operation(ProgrammeRecord, OfProject):
    """A joint operation, and what was counted in it."""

    partners = CodesField(_("Partners"))
    sequence = models.PositiveSmallIntegerField(_("Sequence number"), null=True, blank=True)
    measure = models.CharField(_("What was counted"), max_length=120, blank=True)
    count = models.PositiveIntegerField(_("How many"), default=0)
    evidence = models.CharField(_("Evidence"), max_length=300, blank=True)


class OperationState(models.Model):
    """A State that took part in an operation."""

    operation = models.ForeignKey(Operation, on_delete=models.CASCADE, related_name="states")
    participant = participant(null=False)

    class Meta:
        ordering = ["operation", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["operation", "participant"],
                name="operation_state_once",
                violation_error_message=_("This State stands there twice."),
            )
        ]
