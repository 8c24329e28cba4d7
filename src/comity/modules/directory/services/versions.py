"""Writing one version of an authority with its rows, and closing the one before it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from comity.core.actions.labels import Label
from comity.modules.directory import models
from comity.modules.directory.models import Authority
from comity.modules.directory.records import SCALARS, AuthorityRecord, TextRecord, to_plain
from comity.modules.directory.vocabulary import PENDING_STATES, TextKind

#: Fields of a difference of which the audit keeps keyed digests only: they name people or are for officials.
PERSONAL = frozenset({"contacts", "texts"})


class Conflict(Exception):
    """Somebody else changed the record meanwhile; `reason` says what to do."""

    def __init__(self) -> None:
        super().__init__("changed meanwhile")
        self.reason = _("Somebody changed this entry meanwhile. Open it again and repeat your change.")


def close(version: Authority, at: datetime) -> None:
    """Ends a version. Raises Conflict where it has been ended already."""
    ended = Authority.objects.filter(pk=version.pk, superseded_at__isnull=True).update(superseded_at=at)
    if not ended:
        raise Conflict


def write(
    record: AuthorityRecord,
    *,
    step_by: str,
    edited_by: str,
    reason: str = "",
    replaces: Iterable[Authority] = (),
    fact: Any = None,
) -> Authority:
    """Adds a version from a record and closes those it replaces, at one moment.

    Raises Conflict where one of them is closed already.
    """
    at = timezone.now()
    for version in replaces:
        close(version, at)
        fact = fact or version.fact
    pending = record.state in PENDING_STATES
    values = {name: getattr(record, name) for name in SCALARS}
    row = Authority(
        **values,
        participant_id=record.participant,
        owner_state=record.participant,
        pending=pending,
        label=Label.OWN_STATE if pending else record.audience,
        sort_name=record.original_name()[:300],
        recorded_at=at,
        edited_by=edited_by,
        step_by=step_by,
        reason=reason[:500],
    )
    if fact:
        row.fact = fact
    row.save(force_insert=True)
    _children(row, record)
    return row


def _children(row: Authority, record: AuthorityRecord) -> None:
    iso3 = record.participant
    models.AuthorityFunction.objects.bulk_create(
        models.AuthorityFunction(authority=row, function=f) for f in record.functions
    )
    models.AuthorityProvision.objects.bulk_create(
        models.AuthorityProvision(authority=row, instrument=p.instrument, article=p.article) for p in record.provisions
    )
    models.AuthorityLanguage.objects.bulk_create(
        models.AuthorityLanguage(authority=row, lang=code) for code in record.languages
    )
    models.AuthorityChannel.objects.bulk_create(
        models.AuthorityChannel(authority=row, channel=c) for c in record.channels
    )
    models.AuthorityMeans.objects.bulk_create(
        models.AuthorityMeans(authority=row, means=m.means, encryption=m.encryption, signature=m.signature)
        for m in record.means
    )
    models.OfficeHours.objects.bulk_create(
        models.OfficeHours(authority=row, weekday=h.weekday, opens=h.opens, closes=h.closes) for h in record.hours
    )
    models.AuthorityText.objects.bulk_create(
        models.AuthorityText(
            authority=row,
            kind=t.kind,
            lang=t.lang,
            value=t.value,
            status=t.status,
            label=t.label,
            owner_state=iso3,
            version=t.version,
            of_version=t.of_version,
        )
        for t in record.texts
    )
    models.ContactPoint.objects.bulk_create(
        models.ContactPoint(
            authority=row,
            kind=c.kind,
            value=c.value,
            lang=c.lang,
            label=c.label,
            owner_state=iso3,
            urgent=c.urgent,
            note=c.note,
            order=number,
        )
        for number, c in enumerate(record.contacts)
    )


def difference(old: AuthorityRecord | None, new: AuthorityRecord) -> dict[str, Any]:
    """Returns what changed: field to [old, new], or to the new value where there was nothing before."""
    after = to_plain(new)
    if old is None:
        return {key: value for key, value in after.items() if value not in ("", [], None, False)}
    before = to_plain(old)
    return {key: [before[key], after[key]] for key in after if before[key] != after[key]}


def carry(old: Iterable[TextRecord], new: list[TextRecord]) -> list[TextRecord]:
    """Gives edited texts their versions, so that translations of a changed original become stale.

    A changed original raises its version; a changed translation is brought up to the original's.
    """
    before = {(t.kind, t.lang): t for t in old}
    for kind in TextKind.values:
        texts = [t for t in new if t.kind == kind]
        for text in texts:
            was = before.get((text.kind, text.lang))
            text.version = 1 if was is None else was.version + (was.value != text.value)
        original = next((t for t in texts if t.status == "original"), None)
        for text in texts:
            was = before.get((text.kind, text.lang))
            changed = was is None or was.value != text.value
            if text is original or original is None:
                text.of_version = text.version
            else:
                text.of_version = original.version if changed or was is None else was.of_version
    return new
