"""The results framework: results, indicators with a baseline, targets and actuals of a period."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from comity.core.counting.codes import CodesField
from comity.modules.programmes import vocabulary as v
from comity.modules.programmes.models.base import OfProject, ProgrammeRecord, participant


def _amount(title: Any = None, **more: Any) -> models.DecimalField[Any, Any]:
    """A value of an indicator."""
    return models.DecimalField(title, max_digits=18, decimal_places=4, **more)


class Result(ProgrammeRecord, OfProject):
    """An output, outcome or impact."""

    level = models.CharField(_("Level"), max_length=8, choices=v.ResultLevel.choices)
    parent = models.CharField(_("Contributes to"), max_length=60, blank=True)


class Indicator(ProgrammeRecord, OfProject):
    """What shows a result. Where its meaning changed, `break_on` is the day from which values are a new series."""

    result = models.CharField(_("Result"), max_length=60)
    measure = models.CharField(_("Measure"), max_length=12, choices=v.IndicatorMeasure.choices, default="unit")
    direction = models.CharField(_("Direction"), max_length=10, choices=v.Direction.choices, default="ascending")
    unit = models.CharField(_("Unit"), max_length=80, blank=True)
    over_periods = models.CharField(_("Over periods"), max_length=8, choices=v.RollUp.choices, default=v.RollUp.SUM)
    over_places = models.CharField(_("Over places"), max_length=8, choices=v.RollUp.choices, default=v.RollUp.SUM)
    baseline = _amount(_("Baseline"), null=True, blank=True)
    baseline_year = models.PositiveSmallIntegerField(_("Year of the baseline"), null=True, blank=True)
    break_on = models.DateField(_("Break in series on"), null=True, blank=True)
    break_note = models.CharField(_("What changed"), max_length=300, blank=True)
    disaggregated_by = CodesField(_("Disaggregated by"))


class Target(ProgrammeRecord):
    """What an indicator is to reach in a period."""

    indicator = models.CharField(_("Indicator"), max_length=60, db_index=True)
    participant = participant()
    value = _amount(_("Value"))


class Actual(ProgrammeRecord):
    """What an indicator reached in a period, approved by a second person. Of a ratio both parts are kept."""

    indicator = models.CharField(_("Indicator"), max_length=60, db_index=True)
    participant = participant()
    value = _amount(_("Value"))
    numerator = _amount(_("Numerator"), null=True, blank=True)
    denominator = _amount(_("Denominator"), null=True, blank=True)
    evidence = models.CharField(_("Evidence"), max_length=300, blank=True)

    class Meta(ProgrammeRecord.Meta):
        constraints = [
            *ProgrammeRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(numerator__isnull=True, denominator__isnull=True)
                | Q(numerator__isnull=False, denominator__gt=0),
                name="actual_whole_ratio",
                violation_error_message=_("A ratio has a numerator and a denominator above zero."),
            ),
        ]


class Disaggregate(models.Model):
    """A part of an actual: of one dimension ("sex") the value ("female") and its number."""

    actual = models.ForeignKey(Actual, on_delete=models.CASCADE, related_name="parts")
    dimension = models.CharField(_("Dimension"), max_length=40)
    value = models.CharField(_("Category"), max_length=80)
    number = _amount(_("How many"))

    class Meta:
        ordering = ["actual", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["actual", "dimension", "value"],
                name="disaggregate_once",
                violation_error_message=_("This part stands there twice."),
            )
        ]
