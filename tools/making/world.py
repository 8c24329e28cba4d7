"""The land silhouette and one point per participant, in the Equal Earth projection.

Shapes: npm package world-atlas 2.0.2 (TopoJSON of Natural Earth, public domain). No boundary is drawn: the
silhouette is land only, and a participant is a point inside the largest polygon that bears its M49 code.
"""

from __future__ import annotations

import itertools
import math
from pathlib import Path
from typing import Any

from making.files import HAND, Output, read_csv, read_json

Ring = list[tuple[float, float]]
WIDTH = 1000.0
#: Equal Earth (Šavrič, Patterson, Jenny 2018): coefficients of the polynomial, and half its width and height.
A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
ROOT3 = math.sqrt(3)
COLUMNS = ["iso3", "lon", "lat", "x", "y", "source"]
SOURCE = "world-atlas 2.0.2 countries-10m (Natural Earth, public domain): point inside the largest polygon"


def equal_earth(lon: float, lat: float) -> tuple[float, float]:
    """Returns the projected point in units of the sphere's radius, x to the east and y to the north."""
    theta = math.asin(ROOT3 / 2 * math.sin(math.radians(lat)))
    squared = theta * theta
    sixth = squared**3
    stretch = 9 * A4 * sixth * squared + 7 * A3 * sixth + 3 * A2 * squared + A1
    x = 2 * ROOT3 * math.radians(lon) * math.cos(theta) / (3 * stretch)
    return x, theta * (A4 * sixth * squared + A3 * sixth + A2 * squared + A1)


HALF_WIDTH = equal_earth(180, 0)[0]
HALF_HEIGHT = equal_earth(0, 90)[1]
SCALE = WIDTH / 2 / HALF_WIDTH
HEIGHT = 2 * HALF_HEIGHT * SCALE


def on_page(lon: float, lat: float) -> tuple[float, float]:
    """Returns the point in the picture's own units, y downwards, one decimal."""
    x, y = equal_earth(lon, lat)
    return round((x + HALF_WIDTH) * SCALE, 1), round((HALF_HEIGHT - y) * SCALE, 1)


class Topology:
    """Decodes the arcs of a TopoJSON file."""

    def __init__(self, path: Path) -> None:
        raw: dict[str, Any] = read_json(path)
        (dx, dy), (ox, oy) = raw["transform"]["scale"], raw["transform"]["translate"]
        self.objects = raw["objects"]
        self.arcs: list[Ring] = []
        for arc in raw["arcs"]:
            x = y = 0
            line: Ring = []
            for step_x, step_y in arc:
                x, y = x + step_x, y + step_y
                line.append((x * dx + ox, y * dy + oy))
            self.arcs.append(line)

    def polygons(self, geometry: dict[str, Any]) -> list[list[Ring]]:
        """Returns the polygons of a geometry, each a list of rings, the outer one first."""
        if geometry["type"] == "GeometryCollection":
            return [polygon for part in geometry["geometries"] for polygon in self.polygons(part)]
        if geometry["type"] == "Polygon":
            return [[self._ring(ring) for ring in geometry["arcs"]]]
        if geometry["type"] == "MultiPolygon":
            return [[self._ring(ring) for ring in polygon] for polygon in geometry["arcs"]]
        return []

    def _ring(self, indexes: list[int]) -> Ring:
        ring: Ring = []
        for index in indexes:
            line = self.arcs[index] if index >= 0 else self.arcs[~index][::-1]
            ring.extend(line[1:] if ring else line)
        return _unwrapped(ring)


def _unwrapped(ring: Ring) -> Ring:
    """Returns the ring without leaps over the antimeridian: longitudes may pass 180 instead."""
    straight: Ring = []
    turn = 0.0
    for lon, lat in ring:
        if straight:
            step = lon + turn - straight[-1][0]
            turn += -360 if step > 180 else 360 if step < -180 else 0
        straight.append((lon + turn, lat))
    return straight


def _cut(ring: Ring) -> list[Ring]:
    """Returns the ring cut at the antimeridian, each part within -180 and 180 degrees."""
    parts = []
    for turn in (-360, 0, 360):
        part = [(lon + turn, lat) for lon, lat in ring]
        for limit, sign in ((180.0, 1), (-180.0, -1)):
            part = _clipped(part, limit, sign)
        if len(part) > 3:
            parts.append(part)
    return parts


def _clipped(ring: Ring, limit: float, sign: int) -> Ring:
    kept: Ring = []
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        first, second = sign * x1 <= sign * limit, sign * x2 <= sign * limit
        if first:
            kept.append((x1, y1))
        if first != second:
            kept.append((limit, y1 + (limit - x1) * (y2 - y1) / (x2 - x1)))
    return kept + kept[:1] if kept and kept[0] != kept[-1] else kept


def make(atlas: Path, output: Output, people: dict[str, dict[str, str]]) -> None:
    """Writes land.svgpath and map_points.csv."""
    land = Topology(atlas / "land-110m.json")
    output.text("ui/reference/land.svgpath", _silhouette(land.polygons(land.objects["land"])) + "\n")
    countries = Topology(atlas / "countries-10m.json")
    shapes: dict[str, list[list[Ring]]] = {}
    for geometry in countries.objects["countries"]["geometries"]:
        shapes.setdefault(str(geometry.get("id", "")), []).extend(countries.polygons(geometry))
    corrected = {row["iso3"]: row for row in read_csv(HAND / "map_points_extra.csv")}
    rows = []
    for code, person in people.items():
        if person["kind"] == "organization":
            continue
        if code in corrected:
            lon, lat = float(corrected[code]["lon"]), float(corrected[code]["lat"])
            source = corrected[code]["source"]
        elif person["m49"] in shapes:
            lon, lat = representative_point(shapes[person["m49"]])
            source = SOURCE
        else:
            raise SystemExit(
                f"no shape for {code} (M49 {person['m49']}); add a point to map_points_extra.csv"
            )
        x, y = on_page(lon, lat)
        rows.append(dict(zip(COLUMNS, (code, f"{lon:.2f}", f"{lat:.2f}", x, y, source), strict=True)))
    output.table("ui/reference/map_points.csv", COLUMNS, rows)


def _silhouette(polygons: list[list[Ring]]) -> str:
    """Returns the path of all land but Antarctica, in relative steps of a tenth of a unit."""
    parts = []
    for rings in polygons:
        if max(lat for _lon, lat in rings[0]) < -60:
            continue
        for ring in (part for whole in rings for part in _cut(whole)):
            points = [(round(x * 10), round(y * 10)) for x, y in (on_page(lon, lat) for lon, lat in ring)]
            steps = []
            last = points[0]
            for point in points[1:-1]:
                if point != last:
                    steps.append(_number(point[0] - last[0]) + _number(point[1] - last[1], joined=True))
                    last = point
            if len(steps) > 1:
                parts.append(
                    f"M{_number(points[0][0])}{_number(points[0][1], joined=True)}l" + " ".join(steps) + "z"
                )
    return "".join(parts)


def _number(tenths: int, joined: bool = False) -> str:
    """Writes a number of tenths as short as SVG allows; `joined` puts a separator where one is needed."""
    text = f"{tenths / 10:.1f}".rstrip("0").rstrip(".").replace("-0.", "-.")
    text = text[1:] if text.startswith("0.") else text
    return text if not joined or text.startswith("-") else "," + text


def representative_point(polygons: list[list[Ring]]) -> tuple[float, float]:
    """Returns a point (lon, lat) inside the largest polygon: its centre of area, or where that falls outside
    (a bent shape) the middle of its widest crossing. Works in a sinusoidal, equal-area plane."""
    plane = [(_plane(rings), rings) for rings in polygons]
    (middle, flat), _rings = max(plane, key=lambda item: abs(_area(item[0][1][0])))
    x, y = _centroid(flat[0])
    if not _inside(x, y, flat):
        x, y = _widest_crossing(flat)
    lon = middle + x / math.cos(math.radians(y))
    return (lon + 180) % 360 - 180, y


def _plane(rings: list[Ring]) -> tuple[float, list[Ring]]:
    longitudes = [lon for lon, _lat in rings[0]]
    middle = (min(longitudes) + max(longitudes)) / 2
    return middle, [
        [((lon - middle) * math.cos(math.radians(lat)), lat) for lon, lat in ring] for ring in rings
    ]


def _area(ring: Ring) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in itertools.pairwise(ring)) / 2


def _centroid(ring: Ring) -> tuple[float, float]:
    ox, oy = ring[0]
    near = [(x - ox, y - oy) for x, y in ring]
    twice = cx = cy = 0.0
    for (x1, y1), (x2, y2) in itertools.pairwise(near):
        cross = x1 * y2 - x2 * y1
        twice, cx, cy = twice + cross, cx + (x1 + x2) * cross, cy + (y1 + y2) * cross
    return (ox + cx / (3 * twice), oy + cy / (3 * twice)) if twice else (ox, oy)


def _crossings(y: float, rings: list[Ring]) -> list[float]:
    found = []
    for ring in rings:
        for (x1, y1), (x2, y2) in itertools.pairwise(ring):
            if (y1 > y) != (y2 > y):
                found.append(x1 + (y - y1) * (x2 - x1) / (y2 - y1))
    return sorted(found)


def _inside(x: float, y: float, rings: list[Ring]) -> bool:
    return sum(1 for crossing in _crossings(y, rings) if crossing > x) % 2 == 1


def _widest_crossing(rings: list[Ring]) -> tuple[float, float]:
    low, high = min(y for _x, y in rings[0]), max(y for _x, y in rings[0])
    best = (0.0, rings[0][0][0], rings[0][0][1])
    for step in range(1, 64):
        y = low + (high - low) * step / 64
        crossings = _crossings(y, rings)
        for left, right in zip(crossings[::2], crossings[1::2], strict=False):
            best = max(best, (right - left, (left + right) / 2, y))
    return best[1], best[2]
