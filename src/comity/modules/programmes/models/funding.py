"""Who pays, what was promised and received, and what was planned, spent and foreseen.

Money keeps its currency. Its value in US dollars is computed once, at the rate of the day on which it was pledged or
received, and the rate stands beside it: a later rate never changes what was reported.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from comity.modules.programmes import vocabulary as v
from comity.modules.programmes.models.base import OfProject, ProgrammeRecord, participant


def _money(title: Any = None, **more: Any) -> models.DecimalField[Any, Any]:
    """An amount of money with its cents."""
    return models.DecimalField(title, max_digits=18, decimal_places=2, **more)


class Money(models.Model):
    """An amount in a currency (ISO 4217), and its value in US dollars at a dated rate (units for one dollar)."""

    amount = _money(_("Amount"))
    currency = models.CharField(_("Currency"), max_length=3, default="USD")
    rate = models.DecimalField(_("Rate"), max_digits=18, decimal_places=6, editable=False)
    rate_on = models.DateField(_("Rate of"), editable=False)
    usd = _money(_("US dollars"), editable=False)

    class Meta:
        abstract = True


class Donor(ProgrammeRecord):
    """A State, organization or private body that gives."""

    kind = models.CharField(_("Kind"), max_length=12, choices=v.DonorKind.choices)
    participant = participant()


class Agreement(ProgrammeRecord, OfProject):
    """A funding agreement with a donor."""

    donor = models.CharField(_("Donor"), max_length=60, db_index=True)
    reference = models.CharField(_("Reference"), max_length=120, blank=True)


class Pledge(ProgrammeRecord, OfProject, Money):
    """What a donor promised. `starts` is the day on which it was signed or announced."""

    donor = models.CharField(_("Donor"), max_length=60, db_index=True)
    agreement = models.CharField(_("Agreement"), max_length=60, blank=True)
    purpose = models.CharField(_("Purpose"), max_length=12, choices=v.Purpose.choices, default=v.Purpose.SPECIAL)
    #: IATI 2.03, codelist EarmarkingCategory: 1 unearmarked to 4 tightly earmarked.
    earmarking = models.PositiveSmallIntegerField(
        _("Earmarking"), choices=[(n, str(n)) for n in range(1, 5)], default=4
    )

    class Meta(ProgrammeRecord.Meta):
        constraints = [
            *ProgrammeRecord.Meta.constraints,
            models.CheckConstraint(condition=Q(starts__isnull=False), name="pledge_dated"),
        ]


class Instalment(ProgrammeRecord, Money):
    """A part of a pledge that arrived. `starts` is the day of its receipt."""

    pledge = models.CharField(_("Pledge"), max_length=60, db_index=True)

    class Meta(ProgrammeRecord.Meta):
        constraints = [
            *ProgrammeRecord.Meta.constraints,
            models.CheckConstraint(condition=Q(starts__isnull=False), name="instalment_dated"),
        ]


class FinancialLine(ProgrammeRecord, OfProject):
    """Budget, delivery or income of a period, in US dollars: planned, actual or foreseen on a day."""

    flow = models.CharField(_("Flow"), max_length=8, choices=v.Flow.choices)
    nature = models.CharField(_("Nature"), max_length=8, choices=v.Nature.choices)
    purpose = models.CharField(_("Fund class"), max_length=12, choices=v.Purpose.choices)
    usd = _money(_("US dollars"))
    forecast_on = models.DateField(_("Foreseen on"), null=True, blank=True)

    class Meta(ProgrammeRecord.Meta):
        constraints = [
            *ProgrammeRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(starts__isnull=False, ends__isnull=False),
                name="financial_line_period",
                violation_error_message=_("A period is needed: from and to."),
            ),
            models.CheckConstraint(
                condition=~Q(nature="forecast") | Q(forecast_on__isnull=False),
                name="financial_line_forecast_dated",
                violation_error_message=_("A forecast carries the day on which it was made."),
            ),
        ]


class ExchangeRate(ProgrammeRecord):
    """Units of a currency for one US dollar from a day on (`starts`), with its source."""

    currency = models.CharField(_("Currency"), max_length=3, db_index=True)
    rate = models.DecimalField(_("Units for one US dollar"), max_digits=18, decimal_places=6)

    class Meta(ProgrammeRecord.Meta):
        constraints = [
            *ProgrammeRecord.Meta.constraints,
            models.CheckConstraint(condition=Q(starts__isnull=False) & Q(rate__gt=0), name="exchange_rate_dated"),
        ]
