"""Budgets and transactions of an IATI activity."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from decimal import Decimal
from typing import Any

from lxml import etree

from comity.modules.programmes.exporters import iati_codes as c
from comity.modules.programmes.exporters.iati_identity import own
from comity.modules.programmes.importers.iati_rows import KEEP, Activity, Rows, day, words

_PROMISES = (c.INCOMING_COMMITMENT, c.INCOMING_PLEDGE)
_SPENT = (c.DISBURSEMENT, c.EXPENDITURE)


def read(activity: Activity, rows: Rows) -> None:
    """Adds donors, pledges, instalments, budgets and delivery of an activity to `rows`."""
    _budgets(activity, rows)
    for planned in activity.element.iterfind("planned-disbursement"):
        if planned.get(own("code")):
            starts, ends = day(planned, "period-start"), day(planned, "period-end")
            _line(activity, rows, planned, starts, ends, _amount(planned), ("delivery", "plan"))
        else:
            rows.not_taken["planned-disbursement"] += 1
    promised = _promises(activity, rows)
    for transaction in activity.element.iterfind("transaction"):
        kind = transaction.find("transaction-type").get("code", "")
        if kind == c.INCOMING_FUNDS:
            _received(activity, rows, transaction, promised)
        elif kind in _SPENT:
            on = day(transaction, "transaction-date")
            starts = transaction.get(own("starts"), on)
            _line(activity, rows, transaction, starts, on, _amount(transaction), ("delivery", "actual"))
        elif kind not in _PROMISES:
            rows.not_taken[f"transaction of type {kind}"] += 1


def _amount(element: etree._Element) -> Decimal:
    return Decimal((element.findtext("value") or "0").strip())


def _currency(activity: Activity, element: etree._Element) -> str:
    value = element.find("value")
    return value.get("currency") or activity.element.get("default-currency", "")


def _budgets(activity: Activity, rows: Rows) -> None:
    """Adds the budget. Years that were cut out of one of our lines become that line again; where a period has a
    revised budget, the original is not taken beside it."""
    cut: dict[str, list[etree._Element]] = defaultdict(list)
    revised = {day(one, "period-start") for one in activity.element.iterfind("budget[@type='2']")}
    for budget in activity.element.iterfind("budget"):
        if code := budget.get(own("code")):
            cut[code].append(budget)
            continue
        starts, ends = day(budget, "period-start"), day(budget, "period-end")
        if budget.get("type", "1") == "1" and starts in revised:
            rows.not_taken["budget that was revised"] += 1
            continue
        _line(activity, rows, budget, starts, ends, _amount(budget), ("budget", "plan"))
    for parts in cut.values():
        starts, ends = min(day(one, "period-start") for one in parts), max(day(one, "period-end") for one in parts)
        whole = sum((_amount(one) for one in parts), Decimal(0))
        _line(activity, rows, parts[0], starts, ends, whole, ("budget", "plan"))


def _line(
    activity: Activity,
    rows: Rows,
    element: etree._Element,
    starts: str,
    ends: str,
    usd: Decimal,
    meaning: tuple[str, str],
) -> None:
    """Adds a line of budget or delivery, which is kept in US dollars."""
    line = element.sourceline or 0
    if _currency(activity, element) != "USD":
        rows.refuse(line, f"“{activity.identifier}”: budgets and delivery are kept in US dollars; this line is in "
                          f"{_currency(activity, element) or 'no currency'}.")  # fmt: skip
        return
    mine = element.get(own("code"))
    if mine is None:
        rows.notes.append("Budgets and delivery without a fund class are taken as special purpose.")
    said = words(element.find("description"))
    title = element.get(own("title")) or said or f"{meaning[0].capitalize()} {starts} – {ends}"
    rows.add(
        "money",
        line,
        {
            "code": activity.code(element, meaning[0][0].upper(), starts, _digest(element, usd)),
            "title": title[:300],
            "lang": element.get(own("lang")) or activity.lang[:3],
            "starts": starts,
            "ends": ends,
            "flow": element.get(own("flow")) or meaning[0],
            "nature": element.get(own("nature")) or meaning[1],
            "purpose": element.get(own("purpose")) or "special",
            "usd": str(usd),
            "forecast_on": element.get(own("foreseen"), ""),
            **activity.belongs,
            **activity.marks(element),
        },
    )


def _digest(element: etree._Element, amount: Decimal) -> str:
    """Tells the parts of an activity that have no identifier apart: by type, day, amount and provider."""
    kind = element.find("transaction-type")
    said = [
        kind.get("code", "") if kind is not None else str(element.tag), day(element, "transaction-date"),
        day(element, "period-start"), str(amount), words(element.find("provider-org")), element.get("ref", ""),
    ]  # fmt: skip
    return hashlib.sha256("|".join(said).encode()).hexdigest()[:8]


def _promises(activity: Activity, rows: Rows) -> dict[str, list[dict[str, Any]]]:
    """Adds pledges and their donors; returns the codes of pledges by provider. A commitment of the same provider over
    the same money as a pledge is that pledge, signed."""
    found: dict[Any, tuple[etree._Element, bool]] = {}
    for transaction in activity.element.iterfind("transaction"):
        kind = transaction.find("transaction-type").get("code", "")
        if kind not in _PROMISES:
            continue
        provider = transaction.find("provider-org")
        if provider is None or not _provider(provider):
            rows.refuse(transaction.sourceline or 0, f"“{activity.identifier}”: the pledge names no provider.")
            continue
        key = transaction.get(own("code")) or (
            _provider(provider), _amount(transaction), _currency(activity, transaction), transaction.get("ref", "")
        )  # fmt: skip
        first, signed = found.get(key, (transaction, False))
        found[key] = (first, signed or kind == c.INCOMING_COMMITMENT)
    promised: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for transaction, signed in found.values():
        provider = transaction.find("provider-org")
        promised[_provider(provider)].append(_promise(activity, rows, transaction, provider, signed))
    return promised


def _provider(provider: etree._Element) -> str:
    return str(provider.get("ref", "").strip() or words(provider))


def _promise(
    activity: Activity, rows: Rows, transaction: etree._Element, provider: etree._Element, signed: bool
) -> dict[str, Any]:
    amount = _amount(transaction)
    code = activity.code(transaction, "P", transaction.get("ref") or _digest(transaction, amount))
    aid = transaction.find(f"aid-type[@vocabulary='{c.EARMARKING_VOCABULARY}']")
    if aid is None:
        aid = activity.element.find(f"default-aid-type[@vocabulary='{c.EARMARKING_VOCABULARY}']")
    rows.add(
        "pledge",
        transaction.sourceline or 0,
        {
            "code": code,
            **_title(activity, transaction, f"Pledge of {words(provider)}"),
            "starts": day(transaction, "transaction-date"),
            "amount": str(amount),
            "currency": _currency(activity, transaction),
            "donor": _donor(activity, rows, provider),
            "purpose": transaction.get(own("purpose")) or "special",
            "earmarking": aid.get("code", "") if aid is not None else KEEP,
            **activity.belongs,
            **activity.marks(transaction, "signed" if signed else "announced"),
        },
    )
    return code


def _title(activity: Activity, transaction: etree._Element, fallback: str) -> dict[str, Any]:
    made = activity.titled(transaction.findall("description/narrative"), fallback)
    return {"title": made["title"], "lang": made["lang"]}


def _donor(activity: Activity, rows: Rows, provider: etree._Element) -> dict[str, Any]:
    """Adds the donor, once, and returns the cell with its code."""
    name = words(provider) or _provider(provider)
    code = activity.either(provider.get(own("code"), ""), _provider(provider), True)
    if (key := repr(code)) in rows.seen:
        return code
    rows.seen.add(key)
    kind = c.DONOR_KIND.get(provider.get("type", ""))
    if kind is None:
        rows.notes.append(f"The file does not say what kind of donor “{name}” is: taken as an organization.")
    rows.add(
        "donor",
        provider.sourceline or 0,
        {
            "code": code,
            **_title_of(activity, provider, name),
            "kind": kind or "organization",
            "participant": activity.either(provider.get(own("state"), ""), KEEP),
            **activity.marks(provider),
        },
    )
    return code


def _title_of(activity: Activity, provider: etree._Element, name: str) -> dict[str, Any]:
    made = activity.titled(provider.findall("narrative"), name)
    return {"title": made["title"], "lang": made["lang"]}


def _received(
    activity: Activity, rows: Rows, transaction: etree._Element, promised: dict[str, list[dict[str, Any]]]
) -> None:
    """Adds what was received of a pledge. Which pledge that is, is not guessed."""
    line = transaction.sourceline or 0
    provider = transaction.find("provider-org")
    pledges = promised.get(_provider(provider), []) if provider is not None else []
    mine = transaction.get(own("pledge"))
    if not mine and len(pledges) != 1:
        why = "no pledge" if not pledges else f"{len(pledges)} pledges"
        rows.refuse(line, f"“{activity.identifier}”: receipts are kept under a pledge, and the activity has {why} of "
                          "this provider. Enter the receipt by hand.")  # fmt: skip
        return
    amount = _amount(transaction)
    rows.add(
        "instalment",
        line,
        {
            "code": activity.code(transaction, "I", transaction.get("ref") or _digest(transaction, amount)),
            **_title(activity, transaction, "Received"),
            "starts": day(transaction, "transaction-date"),
            "amount": str(amount),
            "currency": _currency(activity, transaction),
            "pledge": activity.either(mine, pledges[0] if len(pledges) == 1 else "", True),
            "programme": activity.belongs["programme"],
            **activity.marks(transaction),
        },
    )
