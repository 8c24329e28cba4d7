"""One record: its row, its content now or as it was known then, what this actor may do with it, its history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.core.actions.labels import Label, may_see
from comity.core.people.names import fold
from comity.modules.library import vocabulary as v
from comity.modules.library.content import Content
from comity.modules.library.models import Record, RestrictedName, Version
from comity.modules.library.policies import can, known, scope


def get(actor: Actor, number: str) -> Record:
    """The record of this number, gone ones included (`is_gone`: the page answers "gone" with `gone_reason`).

    Raises Http404 where there is none that this actor may know of.
    """
    found = known(actor, Record.objects.select_related("participant", "superseded_by")).filter(number=number).first()
    if found is None:
        raise Http404(_("There is no such record."))
    return found


def by_alias(actor: Actor, value: str) -> list[Record]:
    """The records that this actor may see under an older or foreign number, which several may share."""
    rows = Record.objects.filter(aliases__folded=fold(value)[:200]).select_related("participant").distinct()
    return list(scope(actor, v.VIEW, rows).order_by("number")[:50])


def content_of(record: Record, *, pending: bool = False, known_at: datetime | None = None) -> Content:
    """The content that stands in a line: the shown one (or, where nothing was ever shown, the one under work).

    With `known_at`, as it stood at that moment. Raises Http404 where nothing stood there. Who may see it is the
    caller's question: `can(actor, VIEW, record)`, for `pending` VIEW_WORK, for another moment `content_then`.
    """
    version = version_of(record, pending=pending, known_at=known_at)
    if version is None:
        raise Http404(_("There is no such record."))
    return content_of_version(version)


def version_of(record: Record, *, pending: bool = False, known_at: datetime | None = None) -> Version | None:
    """The version that `content_of` reads, None where there is none; its pk is the `base` of an edit."""
    rows = Version.objects.filter(record=record).known_at(known_at).select_related("provisions")
    if pending:
        return rows.filter(pending=True).first()
    return rows.order_by("pending", "-recorded_at", "-pk").first()


def content_then(actor: Actor, record: Record, moment: datetime) -> Content:
    """The content that was published at a moment. Raises Http404 where none was, or not for this actor."""
    rows = Version.objects.filter(record=record, pending=False, step=v.Step.PUBLISHED).known_at(moment)
    version = rows.select_related("provisions").first()
    if version is None or not can(actor, v.VIEW, record):
        raise Http404(_("Nothing was published here at that time."))
    if not _may_read(actor, record, version):
        raise Http404(_("Nothing was published here at that time."))
    return content_of_version(version)


def _may_read(actor: Actor, record: Record, version: Version) -> bool:
    """True where the audience that the version was published for holds this actor; today's rule decides besides."""
    label = version.content.get("audience", Label.PUBLIC)
    return may_see(actor, Record(label=label, owner_state=record.owner_state, visible_from=record.visible_from))


def content_of_version(version: Version) -> Content:
    """The content a version keeps."""
    return Content.model_validate({**version.content, "provisions": version.provisions.content})


def allowed(actor: Actor, record: Record) -> set[str]:
    """The actions that this actor may do with the record now."""
    return {action for action in v.RECORD_ACTIONS if can(actor, action, record)}


@dataclass(frozen=True)
class HistoryEntry:
    """One step in the life of a record. `changed` names the fields that differ from the version listed before it."""

    version: int
    at: datetime
    until: datetime | None
    pending: bool
    step: str
    step_by: str
    edited_by: str
    reason: str
    changed: tuple[str, ...]
    confirmed: tuple[str, ...]


def history(actor: Actor, record: Record) -> list[HistoryEntry]:
    """The record's steps, newest first: all of them for those who see what is under work, else the published ones.

    Raises Http404 for those who may not see the history.
    """
    if not can(actor, v.HISTORY, record):
        raise Http404(_("There is no such record."))
    rows = list(record.versions.order_by("recorded_at", "pk"))
    if not _sees_work(actor, record):
        rows = [row for row in rows if not row.pending and _may_read(actor, record, row)]
    entries: list[HistoryEntry] = []
    before: Version | None = None
    for row in rows:
        entries.append(
            HistoryEntry(
                row.pk, row.recorded_at, row.superseded_at, row.pending, row.step, row.step_by, row.edited_by,
                row.reason, _changed(before, row), tuple(row.confirmed),
            )
        )  # fmt: skip
        before = row
    return entries[::-1]


def history_version(actor: Actor, record: Record, pk: int) -> Version:
    """One version of the history. Raises Http404 where this actor's `history` does not show it."""
    if pk not in {entry.version for entry in history(actor, record)}:
        raise Http404(_("There is no such record."))
    return record.versions.select_related("provisions").get(pk=pk)


def _sees_work(actor: Actor, record: Record) -> bool:
    """VIEW_WORK without asking whether anything is under work now."""
    return bool(can(actor, v.VIEW_WORK, Record(**{**_standing(record), "working_step": v.Step.DRAFT})))


def _standing(record: Record) -> dict[str, object]:
    return {name: getattr(record, name) for name in ("label", "owner_state", "visible_from", "step", "writers")}


def _changed(before: Version | None, row: Version) -> tuple[str, ...]:
    if before is None:
        return ()
    names = {*before.content, *row.content}
    changed = {name for name in names if before.content.get(name) != row.content.get(name)}
    if before.provisions_id != row.provisions_id:
        changed.add("provisions")
    return tuple(sorted(changed))


def restricted_names(actor: Actor, record: Record) -> dict[str, list[str]]:
    """The known forms of names by the person's key, for those who may change them; empty for others."""
    found: dict[str, list[str]] = {}
    if can(actor, v.NAMES, record):
        rows = RestrictedName.objects.filter(record=record).order_by("pk")
        for key, form in rows.values_list("person_key", "form"):
            found.setdefault(key, []).append(form)
    return found


def strictest_label(record: Record, *, work: bool = False) -> str:
    """The label under which a read of the record (with `work`, of what is under work) stands in the audit."""
    return str(Label.OWN_STATE if work and record.label == Label.PUBLIC else record.label)


def published(actor: Actor) -> QuerySet[Record]:
    """The published records that this actor may see now."""
    return scope(actor, v.VIEW, Record.objects.filter(step=v.Step.PUBLISHED))


def counts(actor: Actor) -> dict[str, int]:
    """How many published records of each kind this actor may see."""
    rows = published(actor).order_by().values_list("kind").annotate(n=Count("pk"))
    return {**dict.fromkeys(v.Kind.values, 0), **dict(rows)}

