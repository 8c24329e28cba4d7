"""Enumerations of questions about records."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FieldKind(models.TextChoices):
    """What a field holds: it decides which comparisons and measures are possible."""

    CODE = "code", _("code")
    CHOICE = "choice", _("choice")
    CODES = "codes", _("list of codes")
    STATE = "state", _("State")
    NUMBER = "number", _("number")
    DATE = "date", _("date")
    FLAG = "flag", _("yes or no")


class Measure(models.TextChoices):
    """What is made of the records that a question finds."""

    COUNT = "count", _("number of records")
    SUM = "sum", _("sum")
    DISTINCT = "distinct", _("number of different values")
    MAX = "max", _("greatest value")
    LATEST = "latest", _("latest value")


class PeriodRule(models.TextChoices):
    """How the dates of a record must stand to the period and to the day asked about."""

    WITHIN = "within", _("begun in the period")
    ACTIVE = "active", _("under way at some time in the period")
    COVERED = "covered", _("of exactly this period")
    AT = "at", _("standing on the day")
    UNTIL = "until", _("begun by the day, since the beginning")


class Operator(models.TextChoices):
    """Comparisons of a condition."""

    IS = "is", _("is")
    IN = "in", _("is one of")
    NOT = "not", _("is not")
    HAS = "has", _("contains")
    AT_LEAST = "at_least", _("is at least")
    AT_MOST = "at_most", _("is at most")
    KNOWN = "known", _("is known")
