"""Programmes with their components, projects, and the help that States and jurisdictions get."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from comity.core.counting.codes import CodesField
from comity.modules.programmes import vocabulary as v
from comity.modules.programmes.models.base import OfProject, ProgrammeRecord, participant


class Programme(ProgrammeRecord):
    """A country, regional or global programme. A programme that is extended keeps its start: it is not new."""

    level = models.CharField(_("Level"), max_length=12, choices=v.Level.choices)
    parent = models.CharField(_("Part of the programme"), max_length=60, blank=True)
    theme = models.CharField(_("Thematic area"), max_length=120, blank=True)
    participant = participant()
    regions = CodesField(_("Regions"))
    cycle = models.PositiveSmallIntegerField(_("Cycle"), default=1)
    #: The day on which this cycle began; `starts` is the day on which the programme began.
    cycle_starts = models.DateField(_("Cycle from"), null=True, blank=True)
    manager = models.CharField(_("Manager"), max_length=200, blank=True)
    mandates = CodesField(_("Mandates"), help_text=_("Symbols, separated by commas"))
    sdg_targets = CodesField(_("SDG targets"), help_text=_("Such as 16.4, separated by commas"))
    partners = CodesField(_("Partners"))


class Component(ProgrammeRecord):
    """A component of a programme, with a start of its own."""

    participant = participant()


class Project(ProgrammeRecord):
    """A project of a programme, with its document, its place and its evaluation clause."""

    document = models.CharField(_("Project document"), max_length=200, blank=True)
    sector = models.CharField(_("DAC sector"), max_length=5, blank=True)
    sdg_targets = CodesField(_("SDG targets"))
    locations = CodesField(_("States or regions"), help_text=_("ISO 3166-1 codes or names, separated by commas"))
    manager = models.CharField(_("Manager"), max_length=200, blank=True)
    partners = CodesField(_("Partners"))
    evaluation_type = models.CharField(_("Evaluation"), max_length=12, choices=v.EvaluationType.choices, blank=True)
    evaluation_due = models.DateField(_("Evaluation due"), null=True, blank=True)
    #: What earlier evaluations taught and this project took up: codes of lessons.
    lessons = CodesField(_("Lessons used"))


class Assistance(ProgrammeRecord, OfProject):
    """Help to one State or to one jurisdiction that is no State: never both, never one counted as the other."""

    participant = participant()
    jurisdiction = models.CharField(_("Jurisdiction that is no State"), max_length=120, blank=True)
    subregion = models.CharField(_("Subregion"), max_length=80, blank=True)
    mode = models.CharField(_("Mode"), max_length=20, choices=v.AssistanceMode.choices, default=v.AssistanceMode.DIRECT)
    theme = models.CharField(_("Subject"), max_length=120, blank=True)
    instrument = models.CharField(_("Instrument"), max_length=40, blank=True)
    request = models.CharField(_("Request"), max_length=60, blank=True)

    class Meta(ProgrammeRecord.Meta):
        constraints = [
            *ProgrammeRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(participant__isnull=False, jurisdiction="")
                | (Q(participant__isnull=True) & ~Q(jurisdiction="")),
                name="assistance_state_or_jurisdiction",
                violation_error_message=_("Name a State or a jurisdiction, never both."),
            ),
        ]


class AssistanceRequest(ProgrammeRecord, OfProject):
    """A State asks for help, and what was answered."""

    participant = participant(null=False)
    requester = models.CharField(_("Requesting authority"), max_length=200)
    need = models.TextField(_("What is needed"))
    need_source = models.CharField(_("Where the need comes from"), max_length=12, choices=v.NeedSource.choices)
    priority = models.CharField(_("Priority"), max_length=8, choices=v.Priority.choices, default=v.Priority.MEDIUM)
    answer = models.TextField(_("Answer"), blank=True)
    feedback = models.TextField(_("Feedback"), blank=True)


class LegislativeCase(ProgrammeRecord, OfProject):
    """Support to one law, regulation, policy, strategy or action plan of a State."""

    participant = participant(null=False)
    type = models.CharField(_("Type"), max_length=12, choices=v.LegislativeType.choices)
    instrument = models.CharField(_("Instrument"), max_length=40, blank=True)
    articles = CodesField(_("Articles"))
    drafts = models.PositiveSmallIntegerField(_("Drafts delivered"), default=0)
    adopted_title = models.CharField(_("Title as adopted"), max_length=300, blank=True)
    adopted_on = models.DateField(_("Adopted on"), null=True, blank=True)
    evidence = models.CharField(_("Evidence"), max_length=300, blank=True)


class Placement(ProgrammeRecord, OfProject):
    """An adviser or mentor at a post, and the State or region served. The person is not named here."""

    role = models.CharField(_("Role"), max_length=16, choices=v.PlacementRole.choices)
    post = models.CharField(_("Duty station"), max_length=120)
    participant = participant()
    region = models.CharField(_("Region served"), max_length=120, blank=True)
