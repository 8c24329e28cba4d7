"""A published report in the reader's words: paragraphs with their figures marked, what the records say to each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from comity.core.counting.countable import Countable
from comity.modules.reports.presentation import plain
from comity.modules.reports.printing import Qualifier
from comity.modules.reports.published import model
from comity.modules.reports.reconciling import Reconciled

_MARKS = {"agrees": "ok", "disagrees": "warn", "unbacked": "quiet"}


@dataclass
class ParagraphLine:
    """A paragraph: its text cut at its figures, each with what was read of it (None for plain text)."""

    number: int
    heading: str
    runs: list[tuple[str, str]] = field(default_factory=list)


def paragraph_lines(content: Mapping[str, Any], lang: str) -> list[ParagraphLine]:
    """Returns the paragraphs with their figures marked where they stand."""
    figures: dict[int, list[Mapping[str, Any]]] = {}
    for figure in content["figures"]:
        figures.setdefault(figure["paragraph"], []).append(figure)
    return [_line(one, figures.get(one["number"], []), lang) for one in content["paragraphs"]]


def _line(paragraph: Mapping[str, Any], figures: list[Mapping[str, Any]], lang: str) -> ParagraphLine:
    text, at, line = paragraph["text"], 0, ParagraphLine(paragraph["number"], paragraph["heading"])
    for figure in figures:
        start = text.find(figure["text"], at)
        if start < 0:
            continue
        line.runs += [(text[at:start], ""), (figure["text"], _read(figure, lang))]
        at = start + len(figure["text"])
    line.runs.append((text[at:], ""))
    return line


def _read(figure: Mapping[str, Any], lang: str) -> str:
    """What was read of a figure, for the reader who points at it."""
    value = figure["value"]
    if figure["kind"] in {"quantity", "money", "percent"}:
        value = plain(Decimal(value), lang)
    said = [value, figure["unit"], str(Qualifier(figure["qualifier"]).label), figure["period"] or ""]
    return " · ".join(part for part in said if part)


def reconciled_line(item: Reconciled, things: Mapping[str, Countable], lang: str) -> dict[str, Any]:
    """Returns a figure with what the records say to it, in words."""
    titles = {"agrees": _("backed"), "disagrees": _("disagrees"), "unbacked": _("nobody backs it")}
    thing = things.get(item.counts)
    return {
        "item": item, "title": titles[item.state], "mark": _MARKS[item.state],
        "qualifier": Qualifier(item.qualifier).label,
        "counted": plain(Decimal(item.counted), lang) if item.counted else "",
        "thing": str(thing.title) if thing else "",
    }  # fmt: skip


def unresolved_lines(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Returns what the report counts without a number that can be taken, each with the reason and the names."""
    reasons = {
        model.VAGUE: _("a vague word stands for a number"),
        model.RECORD: _("a record is claimed without a number"),
        model.LIST: _("names are listed, their number is not printed"),
        model.RANGE: _("a range stands for one number"),
        model.UPPER_BOUND: _("only an upper bound is printed"),
        model.FRACTION: _("a fraction stands for a share"),
    }
    return [{**one, "why": reasons.get(one["reason"], one["reason"])} for one in content["unresolved"]]
