"""Declared counts as a countable: what somebody declared and a second person confirmed can stand in a report."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from comity.core.actions.actor import Actor
from comity.core.counting.countable import CountField, RecordLine
from comity.core.counting.stored import StoredCountable
from comity.core.counting.vocabulary import FieldKind
from comity.modules.reports.models import DeclaredCount
from comity.modules.reports.policies import declared_scope
from comity.modules.reports.vocabulary import DeclaredStep

_PREFIX = "reports:declared:"


def countables() -> list[StoredCountable]:
    """Returns what this module declares as countable."""
    fields = {
        "code": CountField("code", _("Declared count"), FieldKind.CODE, "code"),
        "unit": CountField("unit", _("Unit"), FieldKind.CODE, "unit"),
        "value": CountField("value", _("Value"), FieldKind.NUMBER, "value"),
        "starts": CountField("starts", _("From"), FieldKind.DATE, "starts"),
        "ends": CountField("ends", _("To"), FieldKind.DATE, "ends"),
    }
    meaning = _(
        "A number that no module of this node computes: declared with a document, confirmed by a second person."
    )
    return [StoredCountable("reports.declared", _("Declared counts"), meaning, fields, _confirmed, _lines, _PREFIX)]


def _confirmed() -> QuerySet[Any]:
    return DeclaredCount.objects.filter(step=DeclaredStep.CONFIRMED)


def _lines(actor: Actor, codes: Collection[str], lang: str) -> list[RecordLine]:
    rows = declared_scope(actor, DeclaredCount.objects.filter(code__in=list(codes)))
    return [
        RecordLine(
            f"{_PREFIX}{row.code}", str(row.title.get(lang) or row.title.get("en") or row.code),
            lang if row.title.get(lang) else "en", f"/reports/declared/{row.code}/", row.label, row.starts, row.ends,
        )
        for row in rows.order_by("starts", "code")
    ]  # fmt: skip
