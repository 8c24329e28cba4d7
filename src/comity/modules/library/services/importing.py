"""Taking records from files: each record whole or not at all, in a transaction of its own; the same again is harmless.

The system (a command on the node) publishes laws, publications, guides and listings as a file states them. Two things
wait for people: cases, because a publisher looks at the names in them, and records of which neither file nor command
names the State. What a person imports goes the way of their edits.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.core.actions.decorator import Decision, Denied, Done, action
from comity.core.vault import files, quarantine
from comity.modules.library import vocabulary as v
from comity.modules.library.checking import Incomplete, problems
from comity.modules.library.content import Content, FileRef, from_plain, to_plain
from comity.modules.library.models import Record, Version
from comity.modules.library.policies import can
from comity.modules.library.selectors.records import content_of_version
from comity.modules.library.services import lifecycle
from comity.modules.library.services.joining import join, same
from comity.modules.library.services.versions import Conflict, current, difference, open_record, write
from comity.modules.library.vocabulary import PENDING_STEPS, Step

#: Of these endings a file is no document of one record, so no record keeps it.
EXCHANGE = frozenset({".jsonl", ".ndjson", ".csv"})
_STRENGTH = ("unchanged", "updated", "imported")


@dataclass(frozen=True)
class Source:
    """The file that records are taken from: its name for reports, where it lies, and its digest."""

    name: str
    path: Path
    digest: str


@dataclass
class Outcome:
    """What became of an import. `changes` has an entry for each record, in the order of the files."""

    files: int = 0
    refused: list[dict[str, str]] = field(default_factory=list)
    notes: list[dict[str, str]] = field(default_factory=list)
    changes: dict[str, dict[str, Any]] = field(default_factory=dict)

    def count(self, what: str) -> int:
        """How many records were "imported", "updated" or "unchanged": each counts once, whatever its files."""
        return sum(change["change"] == what for change in self.changes.values())

    def as_dict(self) -> dict[str, Any]:
        """The counts as the command prints them."""
        return {
            "files": self.files,
            **{what: self.count(what) for what in reversed(_STRENGTH)},
            "waiting": sum(change["waiting"] for change in self.changes.values()),
            "refused": self.refused,
            "provisions": sum(change["provisions"] for change in self.changes.values()),
            "notes": self.notes,
        }

    def note(self, source: Source, content: Content, change: str, waiting: bool) -> None:
        """Counts a record that was taken or was there already; of several files the strongest change counts."""
        title = content.text("title")
        before = self.changes.get(content.identity)
        stronger = max(change, before["change"] if before else change, key=_STRENGTH.index)
        self.changes[content.identity] = {
            "file": source.name,
            "change": stronger,
            "kind": content.kind,
            "state": content.state or content.body,
            "title": title.value if title else (content.case.docket if content.case else ""),
            "title_lang": title.lang if title else "",
            "languages": content.languages(),
            "provisions": len(content.provisions),
            "waiting": waiting,
            "first": _first(content),
        }


def _first(content: Content) -> list[dict[str, str]]:
    """The beginning of the first provisions, for a preview."""
    texts = [p.texts[0] for p in content.provisions if p.texts and p.texts[0].text][:3]
    return [{"lang": t.lang, "label": t.label, "text": (t.heading or t.text)[:160]} for t in texts]


def take(
    actor: Actor, *, source: Source, parsed: dict[str, Any], outcome: Outcome, state: str = "", kind: str = "",
    dry_run: bool = False,
) -> None:
    """Takes what `importers.reading` made of one file and adds to `outcome` what became of it.

    `state` and `kind` hold where the file does not say; where it says otherwise, the record is refused. With
    `dry_run` nothing is written. Raises Denied for who may not import at all.
    """  # fmt: skip
    may_import(actor)
    outcome.files += 1
    outcome.notes += [{"file": source.name, "note": str(note)} for note in parsed.get("notes", ())]
    refused = [(str(one.get("place", "")), one["reason"], "") for one in parsed.get("refused", ())]
    plain = parsed.get("records", ())
    for number, values in enumerate(plain, start=1):
        try:
            content = _stated(values, state, kind)
            if len(plain) == 1 and source.path.suffix.lower() not in EXCHANGE:
                content = _with_file(content, source, dry_run)
            taken = _take(actor, content, dry_run)
            outcome.note(source, *taken)
            if _nowhere(taken[0]):
                outcome.notes.append({"file": source.name, "note": _("No State is named: it waits. Give --state.")})
        except (ValueError, Denied, Conflict, Incomplete) as error:
            reason = " ".join((getattr(error, "reason", "") or str(error)).split("\n"))
            place = str(values.get("place") or (f"record {number}" if len(plain) > 1 else ""))
            refused.append((place, reason, json.dumps(values, ensure_ascii=False, default=str)[:100_000]))
    _refuse(actor, source, refused, outcome, dry_run, whole=not plain)


def _nowhere(content: Content) -> bool:
    return not content.state and not content.body


def refuse(actor: Actor, *, source: Source, reason: str, outcome: Outcome, dry_run: bool = False) -> None:
    """Notes a file that could not be read at all; it is kept whole in the quarantine."""
    may_import(actor)
    outcome.files += 1
    _refuse(actor, source, [("", reason, "")], outcome, dry_run, whole=True)


def may_import(actor: Actor) -> None:
    """Raises Denied for who may not import."""
    decision = can(actor, v.IMPORT)
    if not decision:
        raise Denied(decision.reason)


def _refuse(
    actor: Actor, source: Source, refused: list[tuple[str, str, str]], outcome: Outcome, dry_run: bool, whole: bool
) -> None:
    outcome.refused += [
        {"file": source.name, "reason": f"{place}: {reason}" if place else reason} for place, reason, _words in refused
    ]
    if refused and not dry_run and quarantine.fresh(source.digest, refused):
        keep_refused(actor, source=source, refused=refused, whole=whole)


@action(v.IMPORT, policy=can)
def keep_refused(
    actor: Actor, *, source: Source, refused: list[tuple[str, str, str]], whole: bool
) -> Done[None]:
    """Keeps what was refused of a file, and with `whole` the file."""
    quarantine.keep(actor=actor.reference, file_name=source.name[-300:], digest=source.digest, refused=refused)
    if whole:
        quarantine.keep_file(source.path, source.digest)
    told = {"file": source.name[-120:], "sha256": source.digest, "refused": len(refused)}
    return Done(None, f"library:file:{source.digest[:16]}", difference=told, reason=refused[0][1][:500])


def _stated(values: dict[str, Any], state: str, kind: str) -> Content:
    """The record as file and command state it together. Raises ValueError where they disagree."""
    plain = {name: value for name, value in values.items() if name != "place"}
    for name, wanted in (("state", state), ("kind", kind)):
        said = plain.get(name) or (plain.get("body") if name == "state" else "")
        if wanted and said and said != wanted:
            raise ValueError(
                _("%(field)s: the file says “%(file)s”, the command says “%(command)s”.")
                % {"field": name, "file": said, "command": wanted}
            )
        if wanted:
            plain[name] = wanted
    content = from_plain(plain)
    if content.identity:
        return content
    digest = hashlib.sha256(json.dumps(to_plain(content), sort_keys=True).encode()).hexdigest()
    return content.model_copy(update={"identity": f"sha256:{digest}"})


def _with_file(content: Content, source: Source, dry_run: bool) -> Content:
    """The record with a reference to the file it was read from, which the vault keeps."""
    if not dry_run:
        files.store(source.path)
    languages = content.languages()
    ref = FileRef(
        digest=source.digest,
        name=Path(source.name).name[-200:],
        media_type=_MEDIA.get(source.path.suffix.lower(), "application/octet-stream"),
        lang=languages[0] if len(languages) == 1 else "",
        size=source.path.stat().st_size,
    )
    return content.model_copy(update={"files": [*[f for f in content.files if f.digest != ref.digest], ref]})


_MEDIA = {
    ".xml": "application/xml", ".html": "text/html", ".htm": "text/html", ".md": "text/markdown",
    ".txt": "text/plain", ".json": "application/json", ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}  # fmt: skip


def _take(actor: Actor, content: Content, dry_run: bool) -> tuple[Content, str, bool]:
    """Takes one record; returns it, what happened, and whether it waits. Raises for what is refused."""
    record = _record(content.identity)
    if record is None:
        _check(actor, content, dry_run)
        return content, "imported", _write(actor, None, None, content, dry_run)
    base = current(record, pending=True) if record.working_step else None
    base = base or current(record, pending=False) or current(record, pending=True)
    if base is None:
        raise Conflict
    old = content_of_version(base)
    if old.kind != content.kind:
        raise ValueError(
            _("kind: %(number)s is a %(old)s here, the file has a %(new)s.")
            % {"number": record.number, "old": old.kind, "new": content.kind}
        )
    new = join(old, content)
    known = new.model_copy(update={"identity": content.identity})
    if same(old, new):
        return known, "unchanged", bool(record.working_step)
    if record.is_gone or record.discarded:
        raise ValueError(
            _("%(number)s was withdrawn or thrown away here. Restore it before you import it again.")
            % {"number": record.number}
        )
    _check(actor, new, dry_run)
    return known, "updated", _write(actor, record, base, new, dry_run)


def _record(identity: str) -> Record | None:
    """The record that a file calls so: by its identity, or by its address on this node."""
    own = f"{settings.COMITY_ADDRESS}/library/"
    if identity.startswith(own):
        number = identity.removeprefix(own).strip("/")
        found = Record.objects.filter(number=number, identity="").first()
        if found:
            return found
    return Record.objects.filter(identity=identity).first()


def _check(actor: Actor, content: Content, dry_run: bool) -> None:
    """Raises Incomplete with the rules that the content breaks; of the system, the State may come later."""
    looked_at = content.model_copy(update={"files": []}) if dry_run else content
    if actor.kind == "system" and _nowhere(content):
        looked_at = looked_at.model_copy(update={"body": "-"})
    found = problems(looked_at)
    if found:
        raise Incomplete(found)


def _write(actor: Actor, record: Record | None, base: Version | None, content: Content, dry_run: bool) -> bool:
    """Writes the record the way of this actor; returns whether it waits for somebody."""
    if actor.kind != "system":
        decision = can(actor, v.EDIT, record) if record else can(actor, v.CREATE, content)
        if not decision:
            raise Denied(decision.reason)
        if not dry_run and record is None:
            lifecycle.create(actor, content=content)
        elif not dry_run and record is not None and base is not None:
            lifecycle.edit(actor, record=record, content=content, base=base.pk)
        return True
    waiting = _waits(base, content)
    if not dry_run:
        write_stated(actor, record=record, base=base, content=content, waiting=waiting)
    return waiting


def _waits(base: Version | None, content: Content) -> bool:
    """Cases and records without a State wait; and a file does not publish what somebody has in work."""
    if _nowhere(content) or (content.kind == v.Kind.CASE and not content.listing):
        return True
    return base is not None and base.pending and not _of_an_import(base)


def _of_an_import(version: Version) -> bool:
    """True for what an import left waiting and nobody touched since."""
    return version.step == Step.SUBMITTED and version.edited_by.startswith("system:")


def _system_only(actor: Actor, action: str, thing: Any = None) -> Decision:
    return Decision(actor.kind == "system", _("Only a command on the node writes records as a file states them."))


@action(v.IMPORT, policy=_system_only)
def write_stated(
    actor: Actor, *, record: Record | None, base: Version | None, content: Content, waiting: bool
) -> Done[Record]:
    """Writes a record as a file states it: shown at once, or with `waiting` submitted to the publishers.

    Raises Conflict where somebody changed the record since `base` was read.
    """
    old = None
    if record is None:
        record = open_record(content, author=actor.reference)
    else:
        lifecycle.lock(actor, v.IMPORT, record)
        now = current(record, pending=base.pending) if base else None
        if base is None or now is None or now.pk != base.pk:
            raise Conflict
        old = content_of_version(base)
    step: str = Step.PUBLISHED
    if waiting:
        step = record.working_step if record.working_step in PENDING_STEPS - {Step.APPROVED} else Step.SUBMITTED
    write(
        record, content, pending=waiting, step=step, step_by=actor.reference, edited_by=actor.reference,
        ends_work=not waiting and base is not None and base.pending,
    )  # fmt: skip
    return lifecycle.done(record, record, difference(old, content))
