"""A step line of a number over time, drawn on the server as SVG with classes only.

Time runs from left to right in every language, as in the printed series of the United Nations; the
numbers stand at the side where reading begins. The table beside it says the same in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from comity.ui.maps import read

WIDTH, HEIGHT = 720, 260
LEFT, RIGHT, TOP, BOTTOM = 56, 30, 16, 40
_YEARS = (1, 2, 5, 10, 20, 25, 50, 100)
_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000)


@dataclass(frozen=True)
class Line:
    """One drawn series: its words, its path and its last number."""

    label: Any
    path: str
    area: str
    end_x: float
    end_y: float
    last: float


@dataclass(frozen=True)
class Tick:
    """A label on an axis."""

    at: float
    text: str


@dataclass(frozen=True)
class Drawing:
    """Everything the template needs."""

    lines: list[Line]
    years: list[Tick]
    numbers: list[Tick]
    since: date
    until: date


def _series(series: Any) -> list[tuple[Any, list[tuple[date, float]], date | None]]:
    """Accepts one list of (date, number) or a list of {label, points, end}."""
    rows = list(series)
    if rows and isinstance(rows[0], tuple):
        return [("", sorted(rows), None)]
    return [(read(one, "label"), sorted(read(one, "points", [])), read(one, "end", None)) for one in rows]


def _step(span: float, choices: Sequence[int], most: int) -> int:
    return next((step for step in choices if span / step <= most), choices[-1])


def draw(series: Iterable[Any]) -> Drawing | None:
    """Returns the drawing of one or more step series, or None where there is nothing to draw.

    Each line ends where its `end` says (where the source ends), else at its last change: no line is
    drawn beyond what is known.
    """
    given = [one for one in _series(series) if one[1]]
    if not given:
        return None
    since = date(min(points[0][0] for _label, points, _end in given).year, 1, 1)
    until = max(max(points[-1][0], end or points[-1][0]) for _label, points, end in given)
    top = max(number for _label, points, _end in given for _day, number in points) or 1
    step = _step(top, _STEPS, 4)
    ceiling = -(-top // step) * step
    days = max((until - since).days, 1)

    def x(day: date) -> float:
        return round(LEFT + (day - since).days / days * (WIDTH - LEFT - RIGHT), 1)

    def y(number: float) -> float:
        return round(HEIGHT - BOTTOM - number / ceiling * (HEIGHT - TOP - BOTTOM), 1)

    lines = []
    for label, points, end in given:
        path = f"M{x(points[0][0])} {y(0)}" + "".join(f"H{x(day)}V{y(number)}" for day, number in points)
        last_x = x(max(end or points[-1][0], points[-1][0]))
        path += f"H{last_x}"
        area = f"{path}V{y(0)}z"
        lines.append(Line(label, path, area, last_x, y(points[-1][1]), points[-1][1]))
    gap = _step((until.year - since.year) or 1, _YEARS, 7)
    first = -(-since.year // gap) * gap
    years = [Tick(x(date(year, 1, 1)), str(year)) for year in range(first, until.year + 1, gap)]
    numbers = [Tick(y(number), str(number)) for number in range(0, int(ceiling) + 1, step)]
    return Drawing(lines, years, numbers, since, until)
