"""Final clauses as data, and what follows from them. Pure functions over plain values; no database.

A rule is a dictionary kept with its source on the instrument:
  entry_into_force: threshold, counts ("all" or "states_only"), actions (the kinds of consent that count; all
  where absent), named_states, delay, later, not_before_parent; condition or signatories_only: a further
  condition that no source of ours lets us judge, so that nothing is computed
  denunciation: delay, cascades_to_protocols
A delay is {"days": n}, {"months": n} or {"months": n, "first_of_month": true}.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any


@dataclass(frozen=True)
class Consent:
    """A consent to be bound: by whom, deposited when, whether by a State, effective when if the source says so."""

    iso3: str
    deposited: date
    is_state: bool = True
    succession: bool = False
    effective: date | None = None
    kind: str = ""


@dataclass(frozen=True)
class Withdrawal:
    """A denunciation or withdrawal: notice received, and the day it takes effect (None where unknown)."""

    iso3: str
    notified: date
    effective: date | None


def add_delay(start: date, delay: Mapping[str, Any] | None) -> date:
    """Returns the day that lies `delay` after `start`; `start` itself where there is no delay.

    "First of month": the first day of the n-th month after the month of `start`. A month's end that the
    target month lacks becomes its last day. Raises ValueError for a delay of another shape.
    """
    if not delay:
        return start
    if "days" in delay:
        return start + timedelta(days=int(delay["days"]))
    if "months" in delay:
        months = start.year * 12 + start.month - 1 + int(delay["months"])
        year, month = divmod(months, 12)
        last = calendar.monthrange(year, month + 1)[1]
        return date(year, month + 1, 1 if delay.get("first_of_month") else min(start.day, last))
    raise ValueError(f"A delay has days or months, not {sorted(delay)}.")


def withdrawal_effect(notified: date, stated: date | None, rule: Mapping[str, Any] | None) -> date | None:
    """Returns the day a withdrawal takes effect: as stated, else by the rule, else None (a gap)."""
    if stated is not None:
        return stated
    if rule and rule.get("delay"):
        return add_delay(notified, rule["delay"])
    return None


def standing_consent(consents: Iterable[Consent], withdrawals: Iterable[Withdrawal], on: date) -> Consent | None:
    """Returns the consent by which one participant counts as a party on that day, None where it does not.

    Counted as the depositary counts: deposited by that day, and no later withdrawal in effect on it.
    A withdrawal ends participation on the day it takes effect.
    """
    standing = None
    for consent in sorted(consents, key=lambda c: c.deposited):
        if consent.deposited > on:
            break
        ended = any(
            w.notified >= consent.deposited and w.effective is not None and w.effective <= on for w in withdrawals
        )
        if not ended:
            standing = standing or consent
    return standing


@dataclass(frozen=True)
class EntryIntoForce:
    """When an instrument entered into force, and how that is known.

    `threshold_reached` is the day of the deposit that completed the condition.
    """

    computed: date | None
    threshold_reached: date | None
    stated: date | None = None

    @property
    def day(self) -> date | None:
        """The stated date prevails over the computed one."""
        return self.stated or self.computed

    @property
    def differs(self) -> bool:
        """True where both are known and are not the same day."""
        return self.stated is not None and self.computed is not None and self.stated != self.computed


def threshold_day(
    rule: Mapping[str, Any], consents: Iterable[Consent], withdrawals: Iterable[Withdrawal]
) -> date | None:
    """Returns the day on which the condition for entry into force was first met; None where it is not.

    Only participants that stand as parties on that day count; organizations do not where the rule says
    "states_only"; every State in `named_states` must be among them. None too where the clause has a further
    condition (such as "five producer States") that our sources do not let us judge.
    """
    if rule.get("condition") or rule.get("signatories_only"):
        return None
    kinds = rule.get("actions")
    counted = [
        c
        for c in consents
        if (c.is_state or rule.get("counts") != "states_only") and (not kinds or not c.kind or c.kind in kinds)
    ]
    left = [w for w in withdrawals if w.effective is not None]
    named = set(rule.get("named_states") or ())
    need = int(rule.get("threshold") or len(named) or 0)
    if need == 0:
        return None
    for day in sorted({c.deposited for c in counted}):
        standing = {
            c.iso3
            for c in counted
            if c.deposited <= day
            and not any(w.iso3 == c.iso3 and w.notified >= c.deposited and w.effective <= day for w in left)  # type: ignore[operator]
        }
        if len(standing) >= need and named <= standing:
            return day
    return None


def entry_into_force(
    rule: Mapping[str, Any] | None,
    consents: Iterable[Consent],
    withdrawals: Iterable[Withdrawal],
    *,
    stated: date | None = None,
    parent: date | None = None,
) -> EntryIntoForce:
    """Computes entry into force by the rule beside the date the depositary states.

    `parent` is the parent instrument's own day, which a Protocol's may not precede where the rule says so.
    """
    if not rule:
        return EntryIntoForce(None, None, stated)
    reached = threshold_day(rule, list(consents), list(withdrawals))
    if reached is None:
        return EntryIntoForce(None, None, stated)
    computed: date | None = add_delay(reached, rule.get("delay"))
    if rule.get("not_before_parent"):
        computed = max(computed, parent) if computed and parent else None
    return EntryIntoForce(computed, reached, stated)


def in_force_for(
    rule: Mapping[str, Any] | None,
    force: EntryIntoForce,
    consent: Consent,
    *,
    parent_in_force: date | None = None,
    needs_parent: bool = False,
) -> date | None:
    """Returns from when the instrument binds one participant; None where our sources do not tell.

    A date stated for the participant prevails. Who deposited by the day the threshold was reached is bound
    with the instrument; who came later by the rule for later States, never before the instrument itself
    nor, for a Protocol, before its parent. Where that day is not known, the rule for later States gives the
    same answer for all: what it gives for the first ones lies before the instrument's own day. A successor
    is bound from its succession; the deposit is taken where the source gives no other day.
    """
    if consent.effective is not None:
        return consent.effective
    if force.day is None or rule is None:
        return None
    if needs_parent and parent_in_force is None:
        return None
    if consent.succession:
        own = consent.deposited
    elif force.threshold_reached is None or consent.deposited > force.threshold_reached:
        if rule.get("later") is None:
            return None
        own = add_delay(consent.deposited, rule["later"])
    else:
        own = force.day
    days = [own, force.day]
    if needs_parent and parent_in_force is not None:
        days.append(parent_in_force)
    return max(days)
