"""The results of a project or programme: for each indicator what was targeted, what was approved, how far that is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from comity.core.actions.actor import Actor
from comity.modules.programmes import vocabulary as v
from comity.modules.programmes.kinds import KINDS
from comity.modules.programmes.rollup import Entry, Rolled, met, rolled, series_of
from comity.modules.programmes.selectors.listing import APPROVED
from comity.modules.programmes.selectors.overdue import covers, indicators_of
from comity.modules.programmes.selectors.records import current


@dataclass(frozen=True)
class TargetLine:
    """A target with what was reached in its period. `percent` None where nothing is approved."""

    row: Any
    reached: Rolled
    percent: Decimal | None
    #: "before" or "after" a break in the series; "across" where its period holds the break.
    series: str
    #: {dimension: [(part, number)]}; the part "" is what is not broken down.
    parts: dict[str, list[tuple[str, Decimal]]] = field(default_factory=dict)


@dataclass(frozen=True)
class IndicatorLine:
    """An indicator: its targets, and all approved actuals of each series rolled up."""

    row: Any
    targets: list[TargetLine]
    before: Rolled
    after: Rolled
    #: Actuals whose period holds the break: they are in no number.
    across: tuple[Entry, ...]
    #: How many actuals wait for approval.
    waiting: int


@dataclass(frozen=True)
class ResultLine:
    """A result with its indicators. `row` None: indicators whose result the reader may not see."""

    row: Any
    indicators: list[IndicatorLine]


def results(actor: Actor, *, programme: str = "", project: str = "") -> list[ResultLine]:
    """Returns the results framework of a project or a programme, outputs first."""
    indicators = list(indicators_of(actor, programme, project).order_by("code"))
    codes = [row.code for row in indicators]
    targets, actuals = _by_indicator(actor, "target", codes), _by_indicator(actor, "actual", codes)
    lines: dict[str, list[IndicatorLine]] = defaultdict(list)
    for row in indicators:
        lines[row.result].append(indicator_line(row, targets[row.code], actuals[row.code]))
    found = {row.code: row for row in current(actor, KINDS["result"]).filter(code__in=lines)}
    own = current(actor, KINDS["result"]).filter(**({"project": project} if project else {"programme": programme}))
    found |= {row.code: row for row in own}
    levels = v.ResultLevel.values
    made = [ResultLine(row, lines.pop(code, [])) for code, row in sorted(found.items())]
    made.sort(key=lambda line: (levels.index(line.row.level), line.row.code))
    rest = [line for group in lines.values() for line in group]
    return [*made, ResultLine(None, rest)] if rest else made


def _by_indicator(actor: Actor, kind: str, codes: Sequence[str]) -> dict[str, list[Any]]:
    rows = current(actor, KINDS[kind]).filter(indicator__in=codes).order_by("starts", "ends", "code")
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows.prefetch_related("parts") if kind == "actual" else rows:
        found[row.indicator].append(row)
    return found


def indicator_line(row: Any, targets: Sequence[Any], actuals: Sequence[Any]) -> IndicatorLine:
    """Returns an indicator with its numbers, out of its targets and its actuals in any step."""
    approved = [a for a in actuals if a.step in APPROVED and a.starts and a.ends]
    parted = series_of([entry_of(a) for a in approved], row.break_on)
    return IndicatorLine(
        row,
        [_target_line(row, target, approved) for target in targets],
        _rolled(row, parted.before),
        _rolled(row, parted.after),
        parted.across,
        sum(a.step in {"draft", "submitted", "returned", "reopened"} for a in actuals),
    )


def entry_of(actual: Any) -> Entry:
    """Returns an approved actual as a value to roll up."""
    return Entry(
        actual.code, actual.starts, actual.ends, actual.participant_id or "", actual.value, actual.numerator,
        actual.denominator,
    )  # fmt: skip


def _rolled(row: Any, entries: Sequence[Entry]) -> Rolled:
    scale = Decimal(100) if row.measure == v.IndicatorMeasure.PERCENTAGE else Decimal(1)
    return rolled(entries, row.over_places, row.over_periods, scale)


def _series(row: Any, starts: date | None, ends: date | None) -> str:
    if row.break_on is None or (starts and starts >= row.break_on):
        return "after"
    return "before" if ends and ends < row.break_on else "across"


def baseline_of(row: Any, series: str) -> Decimal | None:
    """Returns the baseline that values of a series may be held against: none where it belongs to the other one."""
    if row.break_on is None:
        baseline: Decimal | None = row.baseline
        return baseline
    own = "after" if row.baseline_year and row.baseline_year >= row.break_on.year else "before"
    return row.baseline if series == own else None


def _target_line(row: Any, target: Any, approved: Sequence[Any]) -> TargetLine:
    series = _series(row, target.starts, target.ends)
    inside = [a for a in approved if covers(target, a) and _series(row, a.starts, a.ends) == series]
    if series == "across":
        return TargetLine(target, Rolled(None), None, series)
    reached = _rolled(row, [entry_of(a) for a in inside])
    percent = None
    if reached.value is not None:
        percent = met(reached.value, target.value, baseline_of(row, series), row.direction)
    return TargetLine(target, reached, percent, series, _parts(row, reached, inside))


def _parts(row: Any, reached: Rolled, actuals: Sequence[Any]) -> dict[str, list[tuple[str, Decimal]]]:
    """The disaggregation of what made the number. A ratio or a number of places has none: its parts add to nothing."""
    if reached.value is None or {row.over_places, row.over_periods} & {v.RollUp.RATIO, v.RollUp.DISTINCT}:
        return {}
    deciding = {entry.key for entry in reached.deciding}
    sums: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for actual in actuals:
        if actual.code in deciding:
            for part in actual.parts.all():
                sums[part.dimension][part.value] += part.number
    found = {}
    for dimension, parts in sums.items():
        rest = reached.value - sum(parts.values(), Decimal(0))
        found[dimension] = [*parts.items(), *([("", rest)] if rest > 0 else [])]
    return found
