"""Reading the audit log: for administrators, who by that role see verbs and references, never labelled records."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from comity.account.vocabulary import EXPORT_AUDIT
from comity.core.actions.actor import Actor
from comity.core.actions.decorator import Denied
from comity.core.audit.log import record
from comity.core.audit.models import Entry
from comity.core.people.models import User
from comity.core.people.policies import user_reference
from comity.core.people.vocabulary import Role

COLUMNS = ("at", "actor", "verb", "reference", "reason", "difference", "segment", "number", "hash")
#: One export holds at most so many entries; narrow it by days for more.
EXPORT_LIMIT = 50_000


def entries(
    actor: Actor,
    *,
    who: str = "",
    verb: str = "",
    reference: str = "",
    start: date | None = None,
    end: date | None = None,
) -> QuerySet[Entry]:
    """Entries, narrowed. `who` is part of a reference, a name or an address; `end` is included.

    Raises Denied for who is neither an administrator with a second factor nor the system.
    """
    if actor.kind != "system" and not (actor.has(Role.ADMINISTRATOR) and actor.second_factor):
        raise Denied(_("Only administrators read the audit log."))
    rows = Entry.objects.all()
    if who:
        people = User.objects.filter(Q(name__icontains=who) | Q(email__icontains=who)).values_list("pk", flat=True)
        rows = rows.filter(Q(actor__icontains=who) | Q(actor__in=[user_reference(pk) for pk in people[:500]]))
    if verb:
        rows = rows.filter(verb__icontains=verb)
    if reference:
        rows = rows.filter(reference__icontains=reference)
    if start:
        rows = rows.filter(at__gte=datetime.combine(start, time.min, UTC))
    if end:
        rows = rows.filter(at__lt=datetime.combine(end + timedelta(days=1), time.min, UTC))
    return rows


def exported(actor: Actor, rows: QuerySet[Entry], chosen: dict[str, Any]) -> list[dict[str, Any]]:
    """The entries as table rows for a file. The export stands in the log itself, with what was chosen."""
    with transaction.atomic():
        record(
            actor=actor.reference,
            verb=EXPORT_AUDIT,
            reference="audit:log",
            difference={name: str(value) for name, value in chosen.items() if value},
        )
        found = list(rows.order_by("-at", "-pk")[:EXPORT_LIMIT])
    return [
        {
            "at": row.at,
            "actor": row.actor,
            "verb": row.verb,
            "reference": row.reference,
            "reason": row.reason,
            "difference": row.difference,
            "segment": str(row.segment_id),
            "number": row.number,
            "hash": row.hash,
        }
        for row in found
    ]
