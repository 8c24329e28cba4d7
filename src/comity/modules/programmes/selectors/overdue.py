"""What is late on a day. Lateness is computed each time, never a step of a record."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.modules.programmes.kinds import KINDS
from comity.modules.programmes.selectors.listing import APPROVED
from comity.modules.programmes.selectors.records import current

#: Steps of a recommendation that is still to be carried out.
OPEN_RECOMMENDATION = ("issued", "responded", "in_progress")
_DONE_EVALUATION = ("final", "presented")
_RUNNING_PROJECT = ("implementing", "revision")
_OPEN_PLEDGE = ("announced", "signed", "part_received")


@dataclass(frozen=True)
class Late:
    """A record that is late: of which kind, since when, and what is missing."""

    kind: str
    row: Any
    due: date
    what: str


def overdue(actor: Actor, today: date, *, programme: str = "", project: str = "") -> list[Late]:
    """Returns what the actor may see that is late, the oldest first; of one programme or one project where named."""
    scoped = {"programme": programme} if programme else {}
    if project:
        scoped = {"project": project}
    found = [
        *_targets(actor, today, programme, project),
        *_recommendations(actor, today, programme, project),
        *_evaluations(actor, today, programme, project),
        *_pledges(actor, today, scoped),
        *_projects(actor, today, programme, project),
        *_events(actor, today, scoped),
    ]
    return sorted(found, key=lambda late: (late.due, late.kind, late.row.code))


def indicators_of(actor: Actor, programme: str, project: str) -> Any:
    """Returns the indicators of a project or programme, else all; those of its results where they name no project."""
    rows = current(actor, KINDS["indicator"])
    if project:
        results = current(actor, KINDS["result"]).filter(project=project).order_by().values("code")
        return rows.filter(project=project) | rows.filter(project="", result__in=results)
    return rows.filter(programme=programme) if programme else rows


def _targets(actor: Actor, today: date, programme: str, project: str) -> list[Late]:
    indicators = set(indicators_of(actor, programme, project).values_list("code", flat=True))
    past = [t for t in current(actor, KINDS["target"]).filter(ends__lt=today) if t.indicator in indicators]
    actuals: dict[str, list[Any]] = defaultdict(list)
    for actual in current(actor, KINDS["actual"]).filter(step__in=APPROVED, ends__isnull=False):
        actuals[actual.indicator].append(actual)
    return [
        Late("target", target, target.ends, _("The period is over and no actual is approved."))
        for target in past
        if not any(covers(target, actual) for actual in actuals[target.indicator])
    ]


def covers(target: Any, actual: Any) -> bool:
    """True where the actual lies in the target's period, and in its place where it names one."""
    if actual.starts is None or actual.ends is None or target.ends is None:
        return False
    inside = (target.starts is None or actual.starts >= target.starts) and actual.ends <= target.ends
    return inside and target.participant_id in (None, actual.participant_id)


def _recommendations(actor: Actor, today: date, programme: str, project: str) -> list[Late]:
    rows = current(actor, KINDS["recommendation"]).filter(due__lt=today, step__in=OPEN_RECOMMENDATION)
    if programme:
        rows = rows.filter(programme=programme)
    if project:
        rows = rows.filter(
            evaluation__in=current(actor, KINDS["evaluation"]).filter(project=project).order_by().values("code")
        )
    return [Late("recommendation", row, row.due, _("The recommendation is not implemented yet.")) for row in rows]


def _evaluations(actor: Actor, today: date, programme: str, project: str) -> list[Late]:
    rows = current(actor, KINDS["project"]).filter(evaluation_due__lt=today).exclude(step__in=("cancelled", "idea"))
    rows = rows.filter(code=project) if project else rows.filter(programme=programme) if programme else rows
    done = current(actor, KINDS["evaluation"]).filter(step__in=_DONE_EVALUATION).order_by()
    late = rows.exclude(code__in=done.exclude(project="").values("project"))
    return [Late("project", row, row.evaluation_due, _("The evaluation is due and not final.")) for row in late]


def _pledges(actor: Actor, today: date, scoped: dict[str, str]) -> list[Late]:
    rows = list(current(actor, KINDS["pledge"]).filter(ends__lt=today, step__in=_OPEN_PLEDGE, **scoped))
    paid = received(actor, [row.code for row in rows])
    found = []
    for row in rows:
        rest = row.amount - paid.get((row.code, row.currency), Decimal(0))
        if rest > 0:
            said = {"currency": row.currency, "rest": f"{rest:,.0f}"}
            found.append(Late("pledge", row, row.ends, _("%(currency)s %(rest)s of the pledge did not arrive.") % said))
    return found


def received(actor: Actor, pledges: list[str]) -> dict[tuple[str, str], Decimal]:
    """Returns what arrived for each of the pledges, by code and currency."""
    rows = current(actor, KINDS["instalment"]).filter(pledge__in=pledges).order_by()
    return {(p, c): n for p, c, n in rows.values_list("pledge", "currency").annotate(n=Sum("amount"))}


def _projects(actor: Actor, today: date, programme: str, project: str) -> list[Late]:
    rows = current(actor, KINDS["project"]).filter(ends__lt=today, step__in=_RUNNING_PROJECT)
    rows = rows.filter(code=project) if project else rows.filter(programme=programme) if programme else rows
    return [Late("project", row, row.ends, _("The project's end is past and it is not closed.")) for row in rows]


def _events(actor: Actor, today: date, scoped: dict[str, str]) -> list[Late]:
    rows = current(actor, KINDS["event"]).filter(starts__lt=today, **scoped)
    found = []
    for row in rows.filter(step__in=("planned", "confirmed", "held")):
        due = row.ends or row.starts
        if due < today:
            held = row.step == "held"
            what = _("The attendance is not entered.") if held else _("It is not said whether it was held.")
            found.append(Late("event", row, due, what))
    return found
