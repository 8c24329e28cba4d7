"""Results of an IATI activity: indicators, baselines, targets and actuals by period."""

from __future__ import annotations

from typing import Any

from lxml import etree

from comity.modules.programmes.exporters import iati_codes as c
from comity.modules.programmes.exporters.iati_identity import own
from comity.modules.programmes.importers.iati_rows import KEEP, Activity, Rows, day

_LEVELS = {code: level for level, code in c.RESULT_TYPE.items()}
_MEASURES = {code: measure for measure, code in c.MEASURE.items()}
_REST = ("document-link", "reference", "location", "comment")


def read(activity: Activity, rows: Rows) -> None:
    """Adds the results of an activity to `rows`."""
    for number, result in enumerate(activity.element.iterfind("result"), start=1):
        level = _LEVELS.get(result.get("type", ""))
        if level is None:
            rows.not_taken["result of another type"] += 1
            continue
        code = activity.code(result, f"R{number}")
        rows.add(
            "result",
            result.sourceline or 0,
            {
                "code": code,
                **activity.titled(result.findall("title/narrative"), f"Result {number}"),
                "level": level,
                "parent": activity.either(result.get(own("parent"), ""), KEEP),
                **activity.belongs,
                **activity.marks(result),
            },
        )
        if result.find("description") is not None:
            rows.not_taken["description of a result"] += 1
        for name in _REST:
            rows.not_taken[f"{name} of results"] += len(result.findall(f".//{name}"))
        for place, indicator in enumerate(result.iterfind("indicator"), start=1):
            _indicator(activity, rows, indicator, code, f"R{number}I{place}")
    rows.not_taken += type(rows.not_taken)()


def _indicator(activity: Activity, rows: Rows, element: etree._Element, result: Any, place: str) -> None:
    measure = _MEASURES.get(element.get("measure", ""))
    if measure is None:
        rows.not_taken["indicator with another measure"] += 1
        return
    code = activity.code(element, place)
    baselines = element.findall("baseline")
    cells: dict[str, Any] = {
        "code": code,
        **activity.titled(element.findall("title/narrative"), f"Indicator {place}"),
        "result": result,
        "measure": measure,
        "direction": "descending" if element.get("ascending") in ("0", "false") else "ascending",
        "unit": activity.either(element.get(own("unit"), ""), KEEP),
        "baseline": baselines[0].get("value") or baselines[0].get(own("value"), "") if baselines else "",
        "baseline_year": baselines[0].get("year", "") if baselines else "",
        **activity.belongs,
        **activity.marks(element),
    }
    rows.not_taken["baseline"] += max(len(baselines) - 1, 0)
    rows.add("indicator", element.sourceline or 0, cells)
    for period in element.iterfind("period"):
        _period(activity, rows, period, code, place)


def _period(activity: Activity, rows: Rows, period: etree._Element, indicator: Any, place: str) -> None:
    starts, ends = day(period, "period-start"), day(period, "period-end")
    for kind in ("target", "actual"):
        taken: list[Any] = []
        for element in period.findall(kind):
            if (part := element.find(own("part"))) is not None:
                _part(activity, rows, element, part)
                continue
            record = element.find(own("record"))
            dimensions = element.findall("dimension")
            if record is None and dimensions:
                rows.not_taken[f"{kind} by {dimensions[0].get('name', 'dimension')}"] += 1
                continue
            mark = record if record is not None else element
            value = element.get("value") or mark.get(own("value"), "")
            code = activity.code(mark, place, kind[0].upper(), starts, str(len(taken) + 1))
            taken.append(code)
            rows.add(
                kind,
                element.sourceline or 0,
                {
                    "code": code,
                    "title": mark.get(own("title")) or f"{kind.capitalize()} {starts} – {ends}",
                    "lang": mark.get(own("lang")) or "en",
                    "starts": starts,
                    "ends": ends,
                    "indicator": indicator,
                    "value": value,
                    "participant": activity.either(mark.get(own("state"), ""), KEEP),
                    "programme": activity.belongs["programme"],
                    **activity.marks(mark),
                },
            )


def _part(activity: Activity, rows: Rows, element: etree._Element, part: etree._Element) -> None:
    """Adds a part of an actual by a dimension."""
    dimension = element.findall("dimension")[-1]
    rows.add(
        "disaggregate",
        element.sourceline or 0,
        {
            "actual": activity.either(part.get(own("of"), ""), part.get(own("of"), ""), True),
            "dimension": dimension.get("name", ""),
            "value": dimension.get("value", ""),
            "number": part.get(own("number"), ""),
        },
    )
