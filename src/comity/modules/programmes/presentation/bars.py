"""Bars of a number by year, drawn on the server as SVG with classes only (decision 3: no script, same in print).

Bars of one year stand on each other where they are parts of a whole (`stacked`), else beside each other. Time runs
from left to right in every language. The table beside it says the same in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import Any

from babel.numbers import format_compact_decimal

from comity.ui.dates import locale_of

WIDTH, HEIGHT = 520, 250
LEFT, RIGHT, TOP, BOTTOM = 68, 8, 18, 34


@dataclass(frozen=True)
class Bar:
    """One bar: where it stands, and which series it is (1, 2, 3)."""

    x: float
    y: float
    width: float
    height: float
    series: int
    title: str


@dataclass(frozen=True)
class Tick:
    """A label on an axis."""

    at: float
    text: str


@dataclass(frozen=True)
class Chart:
    """Everything the template needs."""

    bars: list[Bar]
    numbers: list[Tick]
    labels: list[Tick]
    legend: list[tuple[int, Any]]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    end: int = WIDTH - RIGHT
    base: int = HEIGHT - BOTTOM


def step_of(top: Decimal, most: int = 4) -> Decimal:
    """Returns the distance of the lines: 1, 2 or 5 times a power of ten, so that at most `most` lines reach `top`."""
    size = Decimal(1)
    while True:
        for factor in (1, 2, 5):
            if top <= size * factor * most:
                return size * factor
        size *= 10


def draw(
    labels: Sequence[str], rows: Sequence[Sequence[Decimal]], series: Sequence[Any], lang: str, *, stacked: bool
) -> Chart | None:
    """Returns the chart: a group of bars for each label, with one value >= 0 for each series; None without values."""
    heights = [sum(row, Decimal(0)) if stacked else max(row, default=Decimal(0)) for row in rows]
    top = max(heights, default=Decimal(0))
    if not top:
        return None
    step = step_of(top)
    ceiling = ceil(top / step) * step
    slot = (WIDTH - LEFT - RIGHT) / len(rows)
    room = HEIGHT - TOP - BOTTOM
    bars: list[Bar] = []
    for place, row in enumerate(rows):
        wide = min(slot * 0.66, 64.0)
        each = wide if stacked else wide / len(series)
        at, base = LEFT + slot * place + (slot - wide) / 2, float(HEIGHT - BOTTOM)
        for number, value in enumerate(row):
            tall = float(value / ceiling) * room
            x, y = (at, base - tall) if stacked else (at + each * number, base - tall)
            title = f"{labels[place]} · {series[number]}: {compact(value, lang)}"
            if value:
                bars.append(Bar(round(x, 1), round(y, 1), round(each, 1), round(tall, 1), number + 1, title))
            base = base - tall if stacked else base
    count = int(ceiling / step)
    numbers = [Tick(round(HEIGHT - BOTTOM - room * n / count, 1), compact(step * n, lang)) for n in range(count + 1)]
    names = [Tick(round(LEFT + slot * (place + 0.5), 1), label) for place, label in enumerate(labels)]
    return Chart(bars, numbers, names, [(number + 1, one) for number, one in enumerate(series)])


def compact(value: Decimal, lang: str) -> str:
    """Returns a number as an axis shows it: 1.5M, 150万."""
    return str(format_compact_decimal(value, locale=locale_of(lang), fraction_digits=1))
