"""What may be said of a value: the claim with its qualifier, refused where the value does not imply it.

A rounding is a step written as a decimal: "1" to the unit, "1000" to thousands, "100000" to a tenth of a million,
"0.1" for a percentage with one decimal. Percentages are percents: 20.8, not 0.208.

Rules (domain document, section 7):

- "more than": down to the step, and the value is strictly greater; 3,214 is more than 3,000, 3,000 is not;
- "at least": down to the step, and the value is not smaller;
- "nearly": up to the step, and the value is strictly smaller, by less than one step;
- "about": to the nearest step, so at most half a step away;
- exact, for a count: the value itself; the step must not change it;
- exact, for money, a percentage or a change: to the printed precision. The printed number stands for all values that
  round to it at the step (half away from zero), as "$602.5 million" does for 602,481,000 at the step 100000.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal, InvalidOperation, localcontext
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Qualifier(models.TextChoices):
    """How a printed number stands to the value behind it."""

    EXACT = "exact", gettext_lazy("exact")
    MORE_THAN = "more_than", gettext_lazy("more than")
    AT_LEAST = "at_least", gettext_lazy("at least")
    NEARLY = "nearly", gettext_lazy("nearly")
    ABOUT = "about", gettext_lazy("about")


class Kind(StrEnum):
    """What a number counts; a change is a percentage that may be negative."""

    COUNT = "count"
    MONEY = "money"
    PERCENT = "percent"
    CHANGE = "change"


class Dishonest(ValueError):
    """The qualified number is not implied by the value. The message says why and what to do, for people."""


@dataclass(frozen=True)
class Claim:
    """A rounded number and its qualifier: what is printed, before a language is chosen."""

    number: Decimal
    qualifier: Qualifier


_MODES = {
    Qualifier.MORE_THAN: ROUND_FLOOR,
    Qualifier.AT_LEAST: ROUND_FLOOR,
    Qualifier.NEARLY: ROUND_CEILING,
    Qualifier.ABOUT: ROUND_HALF_UP,
    Qualifier.EXACT: ROUND_HALF_UP,
}


def step_of(rounding: str) -> Decimal:
    """Reads a rounding ("1000", "0.1").

    Raises:
        ValueError: no decimal above 0.
    """
    try:
        step = Decimal(rounding)
    except InvalidOperation as error:
        reason = _("“%(text)s” is no rounding. Write a step such as 1000 or 0.1.") % {"text": rounding[:20]}
        raise ValueError(reason) from error
    if not step.is_finite() or step <= 0:
        raise ValueError(_("A rounding is a step above 0, such as 1000 or 0.1."))
    return step


def rounded(value: Decimal, step: Decimal, mode: str) -> Decimal:
    """Returns the multiple of `step` next to `value` in the rounding mode of `decimal`; no precision is lost."""
    with localcontext() as context:
        context.prec = 60
        return (value / step).to_integral_value(rounding=mode) * step


def claim(value: Decimal, qualifier: Qualifier | str, rounding: str = "1", kind: Kind | str = Kind.COUNT) -> Claim:
    """Says of `value` what `qualifier` and `rounding` ask for.

    Args:
        value: the exact number; percents for percentages, units of the currency for money.
        qualifier: one of `Qualifier`.
        rounding: the step, see the head of this file.
        kind: what the number counts.

    Returns:
        The rounded number with its qualifier.

    Raises:
        Dishonest: the value does not imply the claim; nothing is changed silently.
        ValueError: no such qualifier or kind, or no rounding.
    """
    qualifier, kind, step = Qualifier(qualifier), Kind(kind), step_of(rounding)
    said = Claim(rounded(value, step, _MODES[qualifier]), qualifier)
    hole = {"value": f"{value:,f}", "number": f"{said.number:,f}", "step": f"{step:,f}"}
    if qualifier is not Qualifier.EXACT and (value <= 0 or said.number <= 0):
        if value <= 0:
            raise Dishonest(_("%(value)s is not above 0, so it can only be printed exactly.") % hole)
        raise Dishonest(_("%(value)s rounded to steps of %(step)s leaves 0. Choose a smaller step.") % hole)
    if not implied(said, value, rounding, kind):
        raise Dishonest(_reason(qualifier) % hole)
    return said


def implied(said: Claim, value: Decimal, rounding: str = "1", kind: Kind | str = Kind.COUNT) -> bool:
    """Tells whether `value` makes the claim true, at the precision `rounding`. Also for claims that others printed."""
    number, step = said.number, step_of(rounding)
    if said.qualifier is Qualifier.MORE_THAN:
        return value > number
    if said.qualifier is Qualifier.AT_LEAST:
        return value >= number
    if said.qualifier is Qualifier.NEARLY:
        return number - step < value < number
    if said.qualifier is Qualifier.ABOUT:
        return 2 * abs(value - number) <= step
    if Kind(kind) is Kind.COUNT:
        return value == number
    return rounded(value, step, ROUND_HALF_UP) == number


def _reason(qualifier: Qualifier) -> str:
    if qualifier is Qualifier.MORE_THAN:
        return _("The value is %(value)s, so “more than %(number)s” is not true. Print “at least” or the exact number.")
    if qualifier is Qualifier.NEARLY:
        return _("The value is %(value)s, so “nearly %(number)s” is not true. Print the exact number.")
    return _("A count is printed exactly: %(value)s, not %(number)s. Choose a finer step or a qualifier.")
