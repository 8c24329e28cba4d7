"""Evaluations, what they found and recommended, how management answered, and what was learned."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from comity.core.counting.codes import CodesField
from comity.modules.programmes import vocabulary as v
from comity.modules.programmes.models.base import OfProject, ProgrammeRecord


class Evaluation(ProgrammeRecord, OfProject):
    """An evaluation from plan to presentation. `planned_quarter` is what the project document says: "2020 Q3"."""

    type = models.CharField(_("Type"), max_length=12, choices=v.EvaluationType.choices)
    scope = models.TextField(_("Scope"), blank=True)
    planned_quarter = models.CharField(_("Planned for"), max_length=8, blank=True, help_text=_("Such as 2020 Q3"))
    budget = models.DecimalField(_("Budget in US dollars"), max_digits=14, decimal_places=2, null=True, blank=True)
    evaluators = models.CharField(_("Evaluators"), max_length=300, blank=True)
    #: Ratings 1 to 5 of the criteria: "relevance:4".
    ratings = CodesField(_("Ratings"), help_text=_("Such as relevance:4, separated by commas"))


class Finding(ProgrammeRecord):
    """What an evaluation found, in one of its paragraphs."""

    evaluation = models.CharField(_("Evaluation"), max_length=60, db_index=True)
    paragraph = models.CharField(_("Paragraph no."), max_length=12, blank=True)
    criterion = models.CharField(_("Criterion"), max_length=16, choices=v.Criterion.choices)
    theme = models.CharField(_("Theme"), max_length=20, choices=v.RecommendationTheme.choices)
    sdg_targets = CodesField(_("SDG targets"))


class Recommendation(ProgrammeRecord):
    """What an evaluation recommends, the management response, and how it was followed up and verified."""

    evaluation = models.CharField(_("Evaluation"), max_length=60, db_index=True)
    paragraph = models.CharField(_("Paragraph no."), max_length=12, blank=True)
    criterion = models.CharField(_("Criterion"), max_length=16, choices=v.Criterion.choices)
    theme = models.CharField(_("Theme"), max_length=20, choices=v.RecommendationTheme.choices)
    sdg_targets = CodesField(_("SDG targets"))
    addressee = models.CharField(_("Addressed to"), max_length=200, blank=True)
    priority = models.CharField(_("Priority"), max_length=8, choices=v.Priority.choices, default=v.Priority.MEDIUM)
    response = models.CharField(_("Management response"), max_length=10, choices=v.Response.choices, blank=True)
    response_reason = models.TextField(_("Reasons"), blank=True)
    actions = models.TextField(_("Actions"), blank=True)
    owner = models.CharField(_("Responsible"), max_length=200, blank=True)
    due = models.DateField(_("Due"), null=True, blank=True)
    evidence = models.CharField(_("Evidence"), max_length=300, blank=True)


class Lesson(ProgrammeRecord):
    """What was learned, and where it applies."""

    evaluation = models.CharField(_("Evaluation"), max_length=60, blank=True)
    context = models.TextField(_("Where it applies"), blank=True)
