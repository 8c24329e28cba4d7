"""Declared counts: entered with a document, confirmed by a second person, withdrawn. Each step adds a version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.core.actions.decorator import Denied, Done, action
from comity.core.actions.labels import Label
from comity.modules.reports import vocabulary as v
from comity.modules.reports.models import DeclaredCount
from comity.modules.reports.policies import can
from comity.modules.reports.vocabulary import DeclaredStep


@dataclass(frozen=True)
class Declaration:
    """What a person declares: a value with its unit, its days, and the document it stands in."""

    code: str
    title: dict[str, str]
    value: Decimal
    starts: date
    document: str
    unit: str = ""
    ends: date | None = None
    label: str = Label.PUBLIC
    fictitious: bool = False


@action(v.DECLARE, policy=can)
def declare(actor: Actor, *, declaration: Declaration, reason: str = "") -> Done[DeclaredCount]:
    """Enters a declared count, or a new value of one: it waits for a second person. Raises Denied without a document,
    a period that is none, or a value below zero."""
    said = declaration
    if not said.document.strip():
        raise Denied(_("Name the document that the number stands in."))
    if said.value < 0 or (said.ends is not None and said.ends < said.starts):
        raise Denied(_("A count is not below zero, and a period ends after it begins."))
    before = _current(said.code)
    row = _add(before, actor.reference, DeclaredStep.DRAFT, reason, said)
    return Done(row, f"reports:declared:{row.code}", difference={"value": [_value(before), _value(row)]}, reason=reason)


@action(v.CONFIRM_DECLARED, policy=can, on="row")
def confirm(actor: Actor, *, row: DeclaredCount) -> Done[DeclaredCount]:
    """A second person confirms the number: from now on it counts."""
    before = _locked(row)
    decision = can(actor, v.CONFIRM_DECLARED, before)
    if not decision:
        raise Denied(decision.reason)
    new = _add(before, actor.reference, DeclaredStep.CONFIRMED, "")
    return Done(new, f"reports:declared:{new.code}", difference={"step": [before.step, new.step]})


@action(v.WITHDRAW_DECLARED, policy=can, on="row")
def withdraw(actor: Actor, *, row: DeclaredCount, reason: str) -> Done[DeclaredCount]:
    """Takes a declared count back; declaring it again restores it. Raises Denied without a reason."""
    if not reason.strip():
        raise Denied(_("Say why: this step needs a reason."))
    before = _locked(row)
    new = _add(before, actor.reference, DeclaredStep.WITHDRAWN, reason)
    return Done(new, f"reports:declared:{new.code}", difference={"step": [before.step, new.step]}, reason=reason)


def _current(code: str) -> DeclaredCount | None:
    rows: Any = DeclaredCount.objects.select_for_update().filter(code=code, superseded_at__isnull=True)
    found: DeclaredCount | None = rows.first()
    return found


def _locked(row: DeclaredCount) -> DeclaredCount:
    found = _current(row.code)
    assert found is not None  # noqa: S101 (a declared count always has a current version)
    return found


def _value(row: DeclaredCount | None) -> str:
    return "" if row is None else f"{row.value.normalize():f}"


def _add(
    before: DeclaredCount | None, by: str, step: str, reason: str, said: Declaration | None = None
) -> DeclaredCount:
    """Closes the version before and adds one; what is declared stays where nothing new is said."""
    names = ("code", "title", "value", "unit", "starts", "ends", "document", "label", "fictitious")
    source: Any = said or before
    row = DeclaredCount(**{name: getattr(source, name) for name in names}, step=step, step_by=by, reason=reason)
    row.entered_by = by if said is not None or before is None else before.entered_by
    row.recorded_at = timezone.now()
    if before is not None:
        row.fact = before.fact
        before.superseded_at = row.recorded_at
        before.save(update_fields=["superseded_at"])
    row.save()
    return row
