"""Asking a checked question of a countable, wherever in the house it is declared."""

from __future__ import annotations

from functools import lru_cache

from django.utils.translation import gettext as _

from comity.core.counting.conditions import BadCondition, check
from comity.core.counting.countable import Countable, Part, Question
from comity.core.counting.vocabulary import FieldKind, Measure, PeriodRule
from comity.core.module import manifests


@lru_cache(maxsize=1)
def countables() -> dict[str, Countable]:
    """Returns what the modules of this node declare as countable, by name. It stands as long as the process does."""
    return {countable.name: countable for manifest in manifests() for countable in manifest.countables()}


def countable(name: str) -> Countable:
    """Returns one countable. Raises BadCondition where no module of this node declares it."""
    found = countables().get(name)
    if found is None:
        raise BadCondition(_("No module of this node counts “%(name)s”.") % {"name": name})
    return found


def check_question(thing: Countable, question: Question) -> None:
    """Raises BadCondition where the question cannot be asked of this countable, naming the place and the remedy."""
    check(question.where, thing.fields)
    if question.measure not in Measure.values or question.period_rule not in PeriodRule.values:
        raise BadCondition(_("Unknown measure or period rule."))
    if question.period is None and question.period_rule in {PeriodRule.WITHIN, PeriodRule.ACTIVE, PeriodRule.COVERED}:
        raise BadCondition(_("A period is needed: a figure without one cannot be read."))
    if question.period is not None and question.period.end < question.period.start:
        raise BadCondition(_("The period ends before it begins."))
    if question.measure == Measure.COUNT:
        if question.of:
            raise BadCondition(_("Records are counted without naming a field."))
        return
    if question.of not in thing.fields:
        known = ", ".join(sorted(thing.fields))
        raise BadCondition(
            _("There is no field “%(of)s” here. Fields: %(known)s.") % {"of": question.of, "known": known}
        )
    numeric = thing.fields[question.of].kind == FieldKind.NUMBER
    if numeric != (question.measure != Measure.DISTINCT):
        raise BadCondition(_("Numbers are added up, other fields are told apart: “%(of)s”.") % {"of": question.of})


def ask(name: str, question: Question) -> list[Part]:
    """Returns what each record gives to the answer, sorted. Raises BadCondition for an impossible question."""
    thing = countable(name)
    check_question(thing, question)
    return thing.parts(question)
