"""Taking records from files: each row whole or not at all, and the same file twice changes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.core.actions.decorator import Decision, Denied, Done, action
from comity.core.search.passages import changed
from comity.core.vault.quarantine import keep
from comity.modules.directory import vocabulary as v
from comity.modules.directory.checking import Known, known, problems
from comity.modules.directory.models import Authority
from comity.modules.directory.policies import can
from comity.modules.directory.records import AuthorityRecord, from_plain, to_plain
from comity.modules.directory.selectors.content import record_of
from comity.modules.directory.services import lifecycle
from comity.modules.directory.services.networks import NetworkRefused, take_network
from comity.modules.directory.services.versions import PERSONAL, Conflict, difference, write


@dataclass
class Outcome:
    """What became of a file."""

    imported: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: list[dict[str, Any]] = field(default_factory=list)

    def refuse(self, row: Any, reason: str) -> None:
        """Notes a row that was not taken."""
        self.refused.append({"row": row, "reason": reason})

    def count(self, what: str) -> None:
        """Counts a row that was taken, or was there already."""
        setattr(self, what, getattr(self, what) + 1)


@action(v.IMPORT, policy=can)
def import_file(
    actor: Actor, *, file: str, digest: str, parsed: dict[str, list[dict[str, Any]]], dry_run: bool = False
) -> Done[Outcome]:
    """Takes the rows that `importers` read from a file. With `dry_run` it only says what it would do.

    The system (a command on the node) writes versions as the file states them; a person's rows go the way of
    their edits: they wait for verification. Raises Denied for who may not import at all.
    """
    outcome = Outcome()
    there_is, seen = known(), set()
    refused: list[tuple[str, str, str]] = []
    for item in parsed.get("authorities", ()):
        if "reason" in item:
            outcome.refuse(item["row"], item["reason"])
            refused.append((str(item["row"]), item["reason"], ""))
            continue
        try:
            record = from_plain(item["record"])
            line = (record.code, record.state in v.PENDING_STATES)
            if line in seen:
                raise ValueError(_("code: “%(code)s” stands in the file twice.") % {"code": record.code})
            seen.add(line)
            with transaction.atomic():
                outcome.count(_take(actor, record, there_is, dry_run))
        except (ValueError, Denied, Conflict) as error:
            outcome.refuse(item["row"], getattr(error, "reason", "") or str(error))
            refused.append((str(item["row"]), outcome.refused[-1]["reason"], json.dumps(item["record"], default=str)))
    _networks(actor, parsed.get("networks", ()), there_is, dry_run, outcome)
    if not dry_run:
        keep(actor=actor.reference, file_name=file, digest=digest, refused=refused)
    counts = {"imported": outcome.imported, "updated": outcome.updated, "unchanged": outcome.unchanged}
    return Done(
        outcome,
        f"directory:file:{digest[:16]}",
        difference={
            "file": file[-120:],
            "sha256": digest,
            "dry_run": dry_run,
            **counts,
            "refused": len(outcome.refused),
        },
    )


@action(v.IMPORT, policy=can)
def refuse_file(actor: Actor, *, file: str, digest: str, why: str) -> Done[None]:
    """Notes that a file could not be read at all. Raises Denied for who may not import."""
    keep(actor=actor.reference, file_name=file, digest=digest, refused=[("file", why, "")])
    return Done(None, f"directory:file:{digest[:16]}", difference={"file": file[-120:], "sha256": digest}, reason=why)


def _networks(actor: Actor, items: Iterable[dict[str, Any]], there_is: Known, dry_run: bool, outcome: Outcome) -> None:
    for item in items:
        where = f"networks {item['row']}"
        if "reason" in item:
            outcome.refuse(where, item["reason"])
            continue
        try:
            with transaction.atomic():
                outcome.count(take_network(actor, item["record"], there_is.participants, dry_run))
        except NetworkRefused as error:
            outcome.refuse(where, error.reason)


def _take(actor: Actor, record: AuthorityRecord, there_is: Known, dry_run: bool) -> str:
    """Takes one record; returns "imported", "updated" or "unchanged". Raises ValueError or Denied with a reason."""
    wrong = problems(record, there_is)
    if wrong:
        raise ValueError(" ".join(wrong))
    current = list(Authority.objects.filter(code=record.code, superseded_at__isnull=True).order_by("-pending"))
    if any(row.participant_id != record.participant for row in current):
        raise ValueError(_("code: “%(code)s” belongs to another State.") % {"code": record.code})
    if actor.kind == "system":
        return _take_as_stated(actor, record, current, dry_run)
    return _take_as_edit(actor, record, current, dry_run)


def _take_as_stated(actor: Actor, record: AuthorityRecord, current: list[Authority], dry_run: bool) -> str:
    pending = record.state in v.PENDING_STATES
    same_line = [row for row in current if row.pending == pending]
    old = record_of(same_line[0]) if same_line else None
    if old is not None and to_plain(old) == to_plain(record):
        return "unchanged"
    if not dry_run:
        _write_stated(
            actor,
            version=same_line[0] if same_line else None,
            record=record,
            fact=current[0].fact if current else None,
        )
    return "updated" if old else "imported"


def _system_only(actor: Actor, action: str, thing: Any = None) -> Decision:
    return Decision(actor.kind == "system", _("Only a command on the node writes versions as a file states them."))


@action(v.IMPORT, policy=_system_only)
def _write_stated(actor: Actor, *, version: Authority | None, record: AuthorityRecord, fact: Any) -> Done[Authority]:
    old = record_of(version) if version else None
    row = write(
        record,
        step_by=actor.reference,
        edited_by=actor.reference,
        replaces=[version] if version else [],
        fact=fact,
    )
    return Done(
        row,
        lifecycle.reference(row.code),
        difference=difference(old, record),
        personal=PERSONAL,
        effects=(changed("directory", [row.code]),),
    )


#: What an edit decides by itself, so that it does not count as a change of content.
_BY_THE_WAY = {"state": "", "last_confirmed_on": None, "superseded_by": "", "fictitious": False}


def _take_as_edit(actor: Actor, record: AuthorityRecord, current: list[Authority], dry_run: bool) -> str:
    if not current:
        decision = can(actor, v.NOMINATE, record.participant)
        if not decision:
            raise Denied(decision.reason)
        if not dry_run:
            lifecycle.nominate(actor, iso3=record.participant, record=record)
        return "imported"
    version = current[0]
    decision = can(actor, v.EDIT, version)
    if not decision:
        raise Denied(decision.reason)
    if _content(record) == _content(record_of(version)):
        return "unchanged"
    if not dry_run:
        lifecycle.edit(actor, version=version, record=record)
    return "updated"


def _content(record: AuthorityRecord) -> dict[str, Any]:
    plain = to_plain(replace(record, **_BY_THE_WAY))  # type: ignore[arg-type]
    for text in plain["texts"]:
        text.pop("version"), text.pop("of_version")
    return plain
