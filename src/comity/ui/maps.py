"""The map of participants: one dot for each that a fact speaks of, on land without any boundary.

No territory is ever coloured and no line between territories is drawn, so the map says nothing about
whose a territory is; a small island is as visible as a large State. Shapes differ as well as colours.
Places are those of `reference/map_points.csv` (Equal Earth projection, its source in every row).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

WIDTH, HEIGHT = 1000, 440
REFERENCE = Path(__file__).resolve().parent / "reference"
POINTS = REFERENCE / "map_points.csv"
LAND = REFERENCE / "land.svgpath"

#: Outline of each mark around the point 0,0.
SHAPES = {
    "disc": "M-4.6 0a4.6 4.6 0 1 0 9.2 0a4.6 4.6 0 1 0 -9.2 0z",
    "ring": "M-4.2 0a4.2 4.2 0 1 0 8.4 0a4.2 4.2 0 1 0 -8.4 0z",
    "diamond": "M0 -6L6 0L0 6L-6 0z",
    "square": "M-4.2 -4.2H4.2V4.2H-4.2z",
    "triangle": "M0 -5.6L5.4 4.2H-5.4z",
    "cross": "M-4.2 -4.2L4.2 4.2M4.2 -4.2L-4.2 4.2",
    "bar": "M-5 -1.7H5V1.7H-5z",
}
TONES = ("strong", "soft", "warn", "stop", "quiet")


@dataclass(frozen=True)
class LegendRow:
    """One status of the map: its words, its mark and how many participants have it."""

    status: str
    label: Any
    outline: str
    shape: str
    tone: str
    count: int


@dataclass(frozen=True)
class Dot:
    """One drawn participant."""

    x: float
    y: float
    label: Any
    note: Any
    url: str
    row: LegendRow


@cache
def places() -> dict[str, tuple[float, float]]:
    """Returns the place of each participant's dot by ISO3 code; empty where the file is missing."""
    if not POINTS.is_file():
        return {}
    with POINTS.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return {row["iso3"]: (float(row["x"]), float(row["y"])) for row in rows if row["x"] and row["y"]}


def read(thing: Any, name: str, default: Any = "") -> Any:
    """Returns a mapping's key or an object's attribute."""
    found = thing.get(name, default) if isinstance(thing, Mapping) else getattr(thing, name, default)
    return default if found is None else found


def draw(points: Iterable[Any], legend: Iterable[Any]) -> tuple[list[LegendRow], list[Dot], list[Dot]]:
    """Returns the legend with counts, the dots to draw, and those that have no place on the map.

    A point whose status is not in the legend states no fact this map is about: it is neither drawn nor
    counted. Raises ValueError for a shape or tone this map does not know.
    """
    given = [point for point in points if read(point, "status")]
    rows: dict[str, LegendRow] = {}
    for item in legend:
        status, shape, tone = read(item, "status"), read(item, "shape", "disc"), read(item, "tone", "strong")
        if shape not in SHAPES or tone not in TONES:
            raise ValueError(f"map legend {status!r}: unknown shape {shape!r} or tone {tone!r}")
        count = sum(read(point, "status") == status for point in given)
        rows[status] = LegendRow(status, read(item, "label"), SHAPES[shape], shape, tone, count)
    order = {status: place for place, status in enumerate(rows)}
    known = places()
    dots: list[Dot] = []
    unplaced: list[Dot] = []
    stating = [point for point in given if read(point, "status") in rows]
    for point in sorted(stating, key=lambda p: -order[read(p, "status")]):
        x, y = known.get(read(point, "iso3"), (0.0, 0.0))
        row = rows[read(point, "status")]
        dot = Dot(x, y, read(point, "label"), read(point, "note"), read(point, "url"), row)
        (dots if read(point, "iso3") in known else unplaced).append(dot)
    return list(rows.values()), dots, unplaced
