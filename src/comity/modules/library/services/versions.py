"""Writing one version of a record's content, closing the one before it, and deriving the tables of the shown one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from comity.core.actions.labels import Label
from comity.core.people.names import fold
from comity.core.texts.models import TextStatus
from comity.modules.library import models
from comity.modules.library.content import Content, Text, to_plain
from comity.modules.library.models import ProvisionSet, Record, Version
from comity.modules.library.numbering import NOWHERE, next_number
from comity.modules.library.vocabulary import PENDING_STEPS, Kind, Step, TextField

#: Fields of a difference of which the audit keeps keyed digests only: they may name people.
PERSONAL = frozenset({"texts", "case", "aliases", "sources", "files", "identity", "confirmed"})
_BATCH = 1000


class Conflict(Exception):
    """Somebody else changed the record meanwhile; `reason` says what to do."""

    def __init__(self) -> None:
        super().__init__("changed meanwhile")
        self.reason = _("Somebody changed this record meanwhile. Open it again and repeat your change.")


def open_record(content: Content, *, author: str) -> Record:
    """Adds an empty record with a fresh number, for a first `write`."""
    return Record.objects.create(
        number=next_number(content.state or ("" if content.body else NOWHERE), content.year),
        kind=content.kind,
        author=author,
        owner_state=content.state,
        participant_id=content.state or None,
    )


def current(record: Record, *, pending: bool) -> Version | None:
    """The version that stands in a line of the record now."""
    return (
        Version.objects.filter(record=record, pending=pending, superseded_at__isnull=True)
        .select_related("provisions")
        .first()
    )


def write(
    record: Record,
    content: Content,
    *,
    pending: bool,
    step: str,
    step_by: str,
    edited_by: str,
    reason: str = "",
    ends_work: bool = False,
    confirmed: Iterable[str] = (),
) -> Version:
    """Adds a version and closes the one open in its line (with `ends_work` also the one under work), at one moment.

    `pending` with step "withdrawn" is work thrown away. The record's own fields and the derived tables follow.
    Raises Conflict where another writer was faster. Call it inside a transaction, the record's row locked.
    """
    at = timezone.now()
    open_ones = {row.pending: row for row in Version.objects.filter(record=record, superseded_at__isnull=True)}
    shown, work = open_ones.get(False), open_ones.get(True)
    before = shown or work
    for row in {pending: open_ones.get(pending), **({True: work} if ends_work else {})}.values():
        if row and not Version.objects.filter(pk=row.pk, superseded_at__isnull=True).update(superseded_at=at):
            raise Conflict
    provisions = kept(content)
    version = Version.objects.create(
        record=record,
        pending=pending,
        step=step,
        content=_without_provisions(content),
        provisions=provisions,
        edited_by=edited_by,
        step_by=step_by,
        reason=reason[:500],
        confirmed=sorted(set(confirmed)),
        recorded_at=at,
    )
    _writers(record, work, edited_by, pending=pending, ends_work=ends_work)
    _stand(record, step, pending=pending, shown=shown is not None, ends_work=ends_work)
    record.changed_at = at
    if not pending or shown is None:
        same = before is not None and before.provisions_id == provisions.pk
        derive(record, content, provisions=not same)
    else:
        record.save()
    return version


def _without_provisions(content: Content) -> dict[str, Any]:
    return {name: value for name, value in to_plain(content).items() if name != "provisions"}


def plain_provisions(content: Content) -> list[dict[str, Any]]:
    """The provisions as a version keeps them."""
    return [p.model_dump(mode="json", exclude_defaults=True) for p in content.provisions]


def provisions_digest(content: Content) -> str:
    """SHA-256 of the provisions' canonical JSON."""
    return digest_of(plain_provisions(content))


def digest_of(plain: list[dict[str, Any]]) -> str:
    """SHA-256 of the canonical JSON of plain provisions, hex."""
    canonical = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def kept(content: Content) -> ProvisionSet:
    """The set of these provisions, added where no version had it yet."""
    plain = plain_provisions(content)
    row = ProvisionSet(digest=digest_of(plain), content=plain)
    if not ProvisionSet.objects.filter(pk=row.pk).exists():
        ProvisionSet.objects.bulk_create([row], ignore_conflicts=True)
    return row


def _writers(record: Record, work: Version | None, edited_by: str, *, pending: bool, ends_work: bool) -> None:
    """Keeps who wrote in this round of work; a round begins with the first version under work."""
    if pending and work is None:
        record.writers = "|"
    elif not pending and (ends_work or work is not None):
        return
    record.author = edited_by
    if f"|{edited_by}|" not in record.writers:
        record.writers = f"{record.writers if pending else '|'}{edited_by}|"


def _stand(record: Record, step: str, *, pending: bool, shown: bool, ends_work: bool) -> None:
    """Where the record stands after this version."""
    if pending:
        record.working_step = step if step in PENDING_STEPS else ""
        record.discarded = step not in PENDING_STEPS
    elif ends_work:
        record.working_step, record.discarded = "", False
    if not pending or not shown:
        record.step = step
    if not pending and step == Step.PUBLISHED:
        record.gone_reason, record.superseded_by = "", None


def derive(record: Record, content: Content, *, provisions: bool = True) -> None:
    """Brings the record's fields and the tables of lists, filters and search to this content, and saves the record.

    `provisions` False leaves the provisions as they are (the same ones are derived already).
    """
    shown = Version.objects.filter(record=record, pending=False).exists()
    set_fields(record, content, shown=shown)
    record.save()
    for model, rows in rows_of(record, content).items():
        model.objects.filter(record=record).delete()
        model.objects.bulk_create(rows, batch_size=_BATCH)
    if provisions:
        _provisions(record, content)


def set_fields(record: Record, content: Content, *, shown: bool) -> None:
    """Brings the record's own fields to this content, without saving them; `shown`: something was published ever."""
    title = content.text(TextField.SHORT_TITLE) or content.text(TextField.TITLE)
    record.participant_id = content.state or None
    record.owner_state, record.body, record.year = content.state, content.body, content.year
    record.audience = content.audience
    record.label = content.audience if shown else Label.OWN_STATE
    record.visible_from = content.visible_from if shown else None
    docket = content.case.docket if content.case else ""
    record.title = (title.value if title else docket or record.number)[:500]
    record.folded = _folded(record, content)
    record.identity, record.listing, record.fictitious = content.identity, content.listing, content.fictitious
    record.subtype, record.status = _subtype(content)
    record.dated = _day(content)
    record.sorted_on = record.dated or date(content.year or 1000, 1, 1)


def _folded(record: Record, content: Content) -> str:
    words = [record.number, *(a.value for a in content.aliases)]
    words += [t.value for t in content.texts if t.field in {TextField.TITLE, TextField.SHORT_TITLE}]
    if content.law:
        words.append(content.law.official_number)
    if content.case:
        words += [content.case.docket, content.case.citation]
    return "\n".join(fold(word) for word in words if word)


def _subtype(content: Content) -> tuple[str, str]:
    """What lists filter by within a kind: type and status."""
    if content.law:
        return content.law.type, content.law.status
    if content.case:
        return content.case.type_of_proceeding or "", content.case.latest_ruling or ""
    if content.publication:
        return content.publication.kind, ""
    return (content.guide.obligation if content.guide else ""), ""


def _day(content: Content) -> date | None:
    match content.kind:
        case Kind.LAW:
            return content.law.adopted_on if content.law else None
        case Kind.CASE:
            return content.case.decided_on if content.case else None
        case Kind.PUBLICATION:
            return content.publication.published_on if content.publication else None
    return None


def rows_of(record: Record, content: Content) -> dict[Any, list[Any]]:
    """The rows of texts, tags and aliases that stand for this content, by table; nothing is written."""
    return {
        models.RecordText: [models.RecordText(record=record, **t.model_dump()) for t in content.texts],
        models.Tag: [
            models.Tag(record=record, scheme=t.scheme, value=t.value, provision_key=t.provision) for t in content.tags
        ],
        models.Alias: [
            models.Alias(record=record, scheme=a.scheme, value=a.value, folded=fold(a.value)[:200])
            for a in content.aliases
        ],
    }


def _provisions(record: Record, content: Content) -> None:
    old = models.Provision.objects.filter(record=record)
    models.ProvisionText.objects.filter(provision__record=record)._raw_delete(old.db)
    old._raw_delete(old.db)
    rows = [
        models.Provision(record=record, key=p.key, parent_key=p.parent, kind=p.kind, number=p.number, order=order)
        for order, p in enumerate(content.provisions)
    ]
    models.Provision.objects.bulk_create(rows, batch_size=_BATCH)
    models.ProvisionText.objects.bulk_create(
        [
            models.ProvisionText(
                provision=row, lang=t.lang, label=t.label, heading=t.heading, text=t.text, status=t.status
            )
            for row, p in zip(rows, content.provisions, strict=True)
            for t in p.texts
        ],
        batch_size=_BATCH,
    )


def difference(old: Content | None, new: Content) -> dict[str, Any]:
    """What changed: field to [old, new], or to the new value where there was nothing before; provisions as digests."""
    after = _without_provisions(new)
    if old is None:
        return {**after, "provisions": provisions_digest(new)} if new.provisions else after
    before = _without_provisions(old)
    names = sorted({*before, *after})
    found = {n: [before.get(n), after.get(n)] for n in names if before.get(n) != after.get(n)}
    was, now = provisions_digest(old), provisions_digest(new)
    return {**found, "provisions": [was, now]} if was != now else found


def carry(old: Iterable[Text], new: Iterable[Text]) -> list[Text]:
    """Gives edited texts their versions, so that translations of a changed original become stale.

    A changed original raises its version; a changed translation is brought up to the original's.
    """
    before: dict[tuple[str, str], Text] = {(t.field, t.lang): t for t in old}
    carried: dict[tuple[str, str], Text] = {}
    for text in new:
        was = before.get((text.field, text.lang))
        version = 1 if was is None else was.version + (was.value != text.value)
        carried[text.field, text.lang] = text.model_copy(update={"version": version})
    originals: dict[str, Text] = {t.field: t for t in carried.values() if t.status == TextStatus.ORIGINAL}
    for (field, lang), text in carried.items():
        was, original = before.get((field, lang)), originals.get(field)
        if original is None or text is original:
            text.of_version = text.version
        else:
            changed = was is None or was.value != text.value
            text.of_version = original.version if changed or was is None else was.of_version
    return list(carried.values())
