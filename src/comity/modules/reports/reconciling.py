"""What this node can say to the figures of a report that somebody else published.

A figure is backed where a module recognises what it counts (`countable.Recognises`) and the node's records make the
printed claim true; it disagrees where they do not, and the reason is told; of the rest nobody here has records. Nothing
is matched by its value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from comity.core.counting.asking import check_question, countables
from comity.core.counting.countable import Countable, Question, Recognised, Recognises, value_of
from comity.modules.reports.printing import Claim, Qualifier, implied


@dataclass(frozen=True)
class Reconciled:
    """A published figure and what the node's records say. `state`: "agrees", "disagrees" or "unbacked"."""

    paragraph: int
    text: str
    unit: str
    printed: str
    qualifier: str
    state: str
    counted: str = ""
    counts: str = ""
    where: Mapping[str, Any] | None = None
    source_ends: date | None = None
    reason: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The finding in JSON types."""
        ends = self.source_ends.isoformat() if self.source_ends else None
        return {**self.__dict__, "where": dict(self.where or {}), "source_ends": ends}


def reconcile(content: Mapping[str, Any], lang: str, on: date) -> list[Reconciled]:
    """Returns what the node says on a day to each figure of a report (in the shape of `published.as_json`)."""
    texts = {paragraph["number"]: paragraph["text"] for paragraph in content["paragraphs"]}
    reading = [thing for thing in countables().values() if isinstance(thing, Recognises)]
    places: dict[int, int] = {}
    made = []
    for figure in content["figures"]:
        number = figure["paragraph"]
        text = texts.get(number, "")
        at = text.find(figure["text"], places.get(number, 0))
        at = at if at >= 0 else max(text.find(figure["text"]), 0)
        places[number] = at + 1
        around = text[:at], text[at + len(figure["text"]) :]
        made.append(_one(figure, around, lang, on, reading))
    return made


def _one(figure: Mapping[str, Any], around: tuple[str, str], lang: str, on: date, reading: list[Any]) -> Reconciled:
    said = {
        "paragraph": figure["paragraph"], "text": figure["text"], "unit": figure["unit"],
        "printed": figure["value"], "qualifier": figure["qualifier"],
    }  # fmt: skip
    if figure["kind"] == "quantity":
        for thing in reading:
            asked = thing.recognise(figure["unit"], *around, lang, on)
            if asked is not None:
                return _compared(said, thing, asked, on)
    return Reconciled(**said, state="unbacked", reason=_("No records of this node are known to count this."))


def _compared(said: dict[str, Any], thing: Countable, asked: Recognised, on: date) -> Reconciled:
    question = Question(asked.where, asked.measure, asked.of, None, asked.period_rule, on)
    check_question(thing, question)
    counted = value_of(question.measure, thing.parts(question))
    claim = Claim(Decimal(said["printed"]), Qualifier(said["qualifier"]))
    agrees = implied(claim, counted, _step(claim.number))
    common = {
        **said, "counted": f"{counted.normalize():f}", "counts": thing.name, "where": asked.where,
        "source_ends": asked.source_ends,
    }  # fmt: skip
    if agrees:
        return Reconciled(**common, state="agrees")
    return Reconciled(**common, state="disagrees", reason=_reason(counted, asked.source_ends, on))


def _reason(counted: Decimal, ends: date | None, on: date) -> str:
    if ends is None:
        return _("This node has no source for it.")
    if ends < on:
        return _("Our source ends on %(day)s, with %(counted)s.") % {"day": ends.isoformat(), "counted": int(counted)}
    return _("Our records count %(counted)s.") % {"counted": int(counted)}


def _step(number: Decimal) -> str:
    """The step to which a printed number is rounded: that of its last digit that is not zero."""
    exponent = number.normalize().as_tuple().exponent
    return f"{Decimal(1).scaleb(int(exponent)):f}" if int(exponent) > 0 else "1"


def summary(found: list[Reconciled]) -> dict[str, int]:
    """Returns how many figures agree, disagree and are backed by nobody."""
    return {state: sum(item.state == state for item in found) for state in ("agrees", "disagrees", "unbacked")}
