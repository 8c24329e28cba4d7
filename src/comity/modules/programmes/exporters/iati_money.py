"""Budgets, planned spending and transactions of an activity."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from lxml import etree

from comity.modules.programmes.content import plain
from comity.modules.programmes.exporters import iati_codes as c
from comity.modules.programmes.exporters.iati_elements import Book, child, mark, narrative
from comity.modules.programmes.exporters.iati_identity import own

_CENT = Decimal("0.01")


def budgets(made: etree._Element, told: Book, lines: Iterable[Any]) -> None:
    """Adds the lines of the budget. The standard allows a budget one year at most: a longer line is cut into years,
    its amount shared by days."""
    for line in lines:
        if line.flow != "budget":
            continue
        kind = {"plan": ("1", "1"), "forecast": ("2", "1"), "actual": ("2", "2")}[line.nature]
        for starts, ends, amount in by_year(line.starts, line.ends, line.usd):
            one = child(made, "budget", type=kind[0], status=kind[1])
            _mark_line(one, line)
            _period(one, starts, ends)
            _value(one, amount, "USD", starts)


def planned(made: etree._Element, told: Book, lines: Iterable[Any]) -> None:
    """Adds delivery that is planned or foreseen."""
    for line in lines:
        if line.flow == "delivery" and line.nature != "actual":
            one = child(made, "planned-disbursement", type="1" if line.nature == "plan" else "2")
            _mark_line(one, line)
            _period(one, line.starts, line.ends)
            _value(one, line.usd, "USD", line.starts)


def transactions(made: etree._Element, told: Book, pledges: Iterable[Any], lines: Iterable[Any]) -> None:
    """Adds pledges (13; once signed also as commitments, 11), what was received of them (1), and delivery (4).

    A date in the future is no transaction. Lines of income are left out: instalments tell the same money.
    """
    for pledge in pledges:
        if pledge.starts > told.today:
            told.left_out.append(f"pledge {pledge.code}: its day is to come")
            continue
        _incoming(made, told, c.INCOMING_PLEDGE, pledge, pledge)
        if pledge.step != "announced":
            _incoming(made, told, c.INCOMING_COMMITMENT, pledge, pledge)
        for part in told.of("instalment", "pledge", pledge.code):
            if part.starts > told.today:
                told.left_out.append(f"instalment {part.code}: its day is to come")
            else:
                _incoming(made, told, c.INCOMING_FUNDS, part, pledge)
    for line in lines:
        if line.flow == "income":
            told.left_out.append(f"money {line.code}: income, told by the instalments of pledges")
        elif line.flow == "delivery" and line.nature == "actual":
            _delivery(made, told, line)


def _incoming(made: etree._Element, told: Book, kind: str, row: Any, pledge: Any) -> None:
    one = child(made, "transaction")
    mark(one, row, kind="instalment" if row is not pledge else "pledge")
    child(one, "transaction-type", code=kind)
    child(one, "transaction-date", {"iso-date": row.starts.isoformat()})
    _value(one, row.amount, row.currency, row.starts)
    narrative(child(one, "description"), row.title, row.lang)
    donor = told.rows["donor"].get(pledge.donor)
    if donor is not None:
        provider = child(one, "provider-org", type=c.ORGANISATION_TYPE[donor.kind])
        mark(provider, donor, state=donor.participant_id or "")
        narrative(provider, donor.title, donor.lang)
    receiver = child(one, "receiver-org", ref=told.reporter.identifier, type=told.reporter.type)
    narrative(receiver, told.reporter.name)
    if row is pledge:
        child(one, "aid-type", code=str(pledge.earmarking), vocabulary=c.EARMARKING_VOCABULARY)
        one.set(own("purpose"), pledge.purpose)
    else:
        one.set(own("pledge"), pledge.code)


def _delivery(made: etree._Element, told: Book, line: Any) -> None:
    if line.ends > told.today:
        told.left_out.append(f"money {line.code}: its period is not over")
        return
    one = child(made, "transaction")
    _mark_line(one, line)
    one.set(own("starts"), line.starts.isoformat())
    child(one, "transaction-type", code=c.EXPENDITURE)
    child(one, "transaction-date", {"iso-date": line.ends.isoformat()})
    _value(one, line.usd, "USD", line.ends)
    narrative(child(one, "description"), line.title, line.lang)


def _mark_line(made: etree._Element, line: Any) -> None:
    mark(made, line, kind="money", flow=line.flow, nature=line.nature, purpose=line.purpose, title=line.title,
         lang=line.lang, foreseen=line.forecast_on or "")  # fmt: skip


def _period(made: etree._Element, starts: date, ends: date) -> None:
    child(made, "period-start", {"iso-date": starts.isoformat()})
    child(made, "period-end", {"iso-date": ends.isoformat()})


def _value(made: etree._Element, amount: Decimal, currency: str, on: date) -> None:
    child(made, "value", {"value-date": on.isoformat()}, currency=currency, text=plain(amount))


def by_year(starts: date, ends: date, amount: Decimal) -> Iterator[tuple[date, date, Decimal]]:
    """Yields the periods of at most one year that make up a period, with their share of the amount by days; the last
    has the rest, so that they make the whole."""
    days, left, begin = (ends - starts).days + 1, amount, starts
    while True:
        end = min(ends, _year_after(begin) - timedelta(days=1))
        share = left if end == ends else (amount * ((end - begin).days + 1) / days).quantize(_CENT, ROUND_HALF_EVEN)
        yield begin, end, share
        if end == ends:
            return
        left, begin = left - share, end + timedelta(days=1)


def _year_after(day: date) -> date:
    """The same day of the next year; 1 March for 29 February."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)
