"""Results of an activity: indicators with baselines, periods with targets and actuals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from lxml import etree

from comity.modules.programmes.content import plain
from comity.modules.programmes.exporters import iati_codes as c
from comity.modules.programmes.exporters.iati_elements import Book, child, clean, mark, titles
from comity.modules.programmes.exporters.iati_identity import own

#: Steps in which a second person vouches for an actual: only these leave the house.
_APPROVED = frozenset({"approved", "locked"})


def results(made: etree._Element, told: Book, rows: Iterable[Any]) -> None:
    """Adds the results. One without an indicator is left out: the standard asks for one."""
    for row in rows:
        indicators = told.of("indicator", "result", row.code)
        if not indicators:
            told.left_out.append(f"result {row.code}: no indicator")
            continue
        one = child(made, "result", type=c.RESULT_TYPE[row.level])
        mark(one, row, parent=row.parent)
        titles(child(one, "title"), row)
        for indicator in indicators:
            _indicator(one, told, indicator)


def _indicator(made: etree._Element, told: Book, row: Any) -> None:
    one = child(made, "indicator", measure=c.MEASURE[row.measure])
    one.set("ascending", "1" if row.direction == "ascending" else "0")
    mark(one, row, unit=row.unit)
    titles(child(one, "title"), row)
    words = row.measure == "qualitative"
    if row.baseline_year is not None and (row.baseline is not None or words):
        baseline = child(one, "baseline", year=str(row.baseline_year))
        if row.baseline is not None:
            baseline.set("value" if not words else own("value"), plain(row.baseline))
    periods: dict[tuple[date, date], dict[str, list[Any]]] = defaultdict(lambda: {"target": [], "actual": []})
    for kind in ("target", "actual"):
        for value in told.of(kind, "indicator", row.code):
            if kind == "actual" and value.step not in _APPROVED:
                told.left_out.append(f"actual {value.code}: not approved")
            elif value.starts is None or value.ends is None:
                told.left_out.append(f"{kind} {value.code}: no period")
            else:
                periods[value.starts, value.ends][kind].append(value)
    for (starts, ends), values in sorted(periods.items()):
        period = child(one, "period")
        child(period, "period-start", {"iso-date": starts.isoformat()})
        child(period, "period-end", {"iso-date": ends.isoformat()})
        for kind, found in values.items():
            for value in found:
                _value(period, kind, value, words)


def _value(period: etree._Element, kind: str, row: Any, words: bool) -> None:
    """Adds a target or an actual, and each of its parts by a dimension."""
    one = child(period, kind)
    _number(one, row.value, words)
    if row.participant_id:
        child(one, "dimension", name="country", value=row.participant_id)
    record = etree.SubElement(one, own("record"))
    mark(record, row, title=row.title, lang=row.lang, value=plain(row.value), state=row.participant_id or "")
    for part in row.parts.all() if kind == "actual" else ():
        other = child(period, kind)
        _number(other, part.number, words)
        if row.participant_id:
            child(other, "dimension", name="country", value=row.participant_id)
        child(other, "dimension", name=clean(part.dimension), value=clean(part.value))
        etree.SubElement(other, own("part"), {own("of"): row.code, own("number"): plain(part.number)})


def _number(made: etree._Element, value: Any, words: bool) -> None:
    """The number, which the standard wants left out where the measure is qualitative."""
    if not words:
        made.set("value", plain(value))
