"""The money of a project: pledged, received, budgeted, spent; each computed from its records."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from comity.core.actions.actor import Actor
from comity.modules.programmes import vocabulary as v
from comity.modules.programmes.kinds import KINDS
from comity.modules.programmes.selectors.records import current


@dataclass
class Currency:
    """Pledged and received in one currency, and their value in US dollars at the rates of their days."""

    code: str
    pledged: Decimal = Decimal(0)
    pledged_usd: Decimal = Decimal(0)
    received: Decimal = Decimal(0)
    received_usd: Decimal = Decimal(0)

    @property
    def open(self) -> Decimal:
        """What has not arrived, in the currency."""
        return self.pledged - self.received


@dataclass(frozen=True)
class PledgeLine:
    """A pledge with what arrived of it, by instalment."""

    row: Any
    instalments: list[Any]


@dataclass(frozen=True)
class Funds:
    """All of it. `budget`, `delivery`, `income` by (flow, nature) in US dollars."""

    pledges: list[PledgeLine]
    currencies: list[Currency]
    lines: dict[tuple[str, str], Decimal]

    @property
    def pledged_usd(self) -> Decimal:
        """What was pledged and not written off, in US dollars."""
        return sum((c.pledged_usd for c in self.currencies), Decimal(0))

    @property
    def received_usd(self) -> Decimal:
        """What arrived, in US dollars."""
        return sum((c.received_usd for c in self.currencies), Decimal(0))

    @property
    def budget(self) -> Decimal | None:
        """Planned budget; None where none is recorded."""
        return self.lines.get((v.Flow.BUDGET, v.Nature.PLAN))

    @property
    def delivery(self) -> Decimal | None:
        """What was spent; None where none is recorded."""
        return self.lines.get((v.Flow.DELIVERY, v.Nature.ACTUAL))


def funds(actor: Actor, project: str) -> Funds:
    """Returns the money of a project. A pledge that was written off counts no longer; what arrived of it does."""
    pledges = list(current(actor, KINDS["pledge"]).filter(project=project).order_by("starts", "code"))
    instalments: dict[str, list[Any]] = defaultdict(list)
    rows = current(actor, KINDS["instalment"]).filter(pledge__in=[row.code for row in pledges])
    for row in rows.order_by("starts", "code"):
        instalments[row.pledge].append(row)
    by_currency: dict[str, Currency] = {}
    for pledge in pledges:
        if pledge.step != "written_off":
            held = by_currency.setdefault(pledge.currency, Currency(pledge.currency))
            held.pledged += pledge.amount
            held.pledged_usd += pledge.usd
        for part in instalments[pledge.code]:
            held = by_currency.setdefault(part.currency, Currency(part.currency))
            held.received += part.amount
            held.received_usd += part.usd
    lines = current(actor, KINDS["money"]).filter(project=project).order_by()
    sums = {(f, n): total for f, n, total in lines.values_list("flow", "nature").annotate(n=Sum("usd"))}
    made = [PledgeLine(row, instalments[row.code]) for row in pledges]
    return Funds(made, [by_currency[code] for code in sorted(by_currency)], sums)
