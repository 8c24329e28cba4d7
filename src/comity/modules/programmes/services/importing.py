"""Taking records from files: each whole or not at all; the same file again changes nothing.

The system (a command on the node) writes what a file states, with its step. What a person imports goes the way of
their edits: a step that a second person takes is not taken from a file, the record waits in the step before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.core.actions.decorator import Decision, Denied, Done, action
from comity.core.actions.labels import may_see
from comity.core.people.names import fold
from comity.core.vault import quarantine
from comity.modules.programmes import services
from comity.modules.programmes import vocabulary as v
from comity.modules.programmes.checking import Incomplete, Known, problems
from comity.modules.programmes.content import Draft, difference, draft_of
from comity.modules.programmes.importers.assembling import Assembled, Place, Refusal, Source, Stated
from comity.modules.programmes.kinds import KINDS, Kind
from comity.modules.programmes.models import ProgrammeRecord
from comity.modules.programmes.policies import can
from comity.modules.programmes.services.bulk import BATCH, write_new
from comity.modules.programmes.services.records import Conflict, done, filled, undone
from comity.modules.programmes.services.versions import add_version, locked_current
from comity.modules.programmes.tables import table_of

#: Records that a preview lists.
SHOWN = 200
_AT_ONCE = 500


@dataclass
class Outcome:
    """What became of an import: counts of records, and what was refused by file, sheet and row."""

    files: int = 0
    imported: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: list[dict[str, Any]] = field(default_factory=list)
    notes: list[dict[str, str]] = field(default_factory=list)
    #: The first records that were taken, for a preview.
    changes: list[dict[str, Any]] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """The counts as the command prints them."""
        names = ("files", "imported", "updated", "unchanged", "refused", "notes")
        return {name: getattr(self, name) for name in names}

    def refuse(self, refusal: Refusal) -> None:
        """Notes what was not taken."""
        place = refusal.place
        self.refused.append(
            {"file": place.source.name, "sheet": place.sheet, "row": place.row, "reason": refusal.reason}
        )

    def count(self, what: str, one: Stated, draft: Draft) -> None:
        """Counts a record that was taken, or is there already."""
        setattr(self, what, getattr(self, what) + 1)
        if what != "unchanged" and len(self.changes) < SHOWN:
            self.changes.append(
                {
                    "change": what, "kind": one.kind.name, "code": one.code, "title": draft.values["title"],
                    "lang": draft.values["lang"], "rows": len(draft.children), "file": one.place.source.name,
                    "sheet": one.place.sheet, "row": one.place.row,
                }
            )  # fmt: skip


def may_import(actor: Actor) -> None:
    """Raises Denied for who may not import."""
    decision = can(actor, v.IMPORT)
    if not decision:
        raise Denied(decision.reason)


def take(actor: Actor, *, assembled: Assembled, outcome: Outcome, dry_run: bool) -> None:
    """Takes what `importers.assembling` made of files, and adds to `outcome` what became of it. With `dry_run` nothing
    is written and the same is told. Raises Denied for who may not import at all."""
    may_import(actor)
    outcome.notes += [{"file": source.name, "note": note} for source, note in assembled.notes]
    taking = _Taking(actor, outcome, dry_run, assembled.refused)
    for kind in _in_order():
        if assembled.stated.get(kind.name):
            taking.kind(kind, assembled.stated[kind.name])
    for refusal in sorted(taking.refused, key=lambda one: (one.place.source.name, one.place.sheet, one.place.row or 0)):
        outcome.refuse(refusal)
    if not dry_run:
        _keep(actor, taking.refused)


def refuse_file(actor: Actor, *, source: Source, reason: str, outcome: Outcome, dry_run: bool) -> None:
    """Notes a file that could not be read at all; it is kept whole in the quarantine."""
    may_import(actor)
    refusal = Refusal(Place(source), reason)
    outcome.refuse(refusal)
    if not dry_run and source.digest:
        _keep(actor, [refusal], whole=True)


def _in_order() -> list[Kind]:
    """The kinds, each after those that it refers to."""
    placed: list[Kind] = []
    while len(placed) < len(KINDS):
        there = {kind.name for kind in placed}
        placed += [
            kind
            for kind in KINDS.values()
            if kind not in placed and all(of in there or of == kind.name for of in kind.refers.values())
        ]
    return [KINDS["rate"], *[kind for kind in placed if kind.name != "rate"]]


class _Taking:
    """One import on its way."""

    def __init__(self, actor: Actor, outcome: Outcome, dry_run: bool, refused: list[Refusal]) -> None:
        self.actor, self.outcome, self.dry_run, self.refused = actor, outcome, dry_run, refused
        self.known = Known()

    def kind(self, kind: Kind, stated: dict[str, Stated]) -> None:
        """Takes the records of one kind: those first that others of the same kind refer to."""
        twins = _Twins(kind)
        waiting: list[tuple[Stated, Draft, str]] = []
        for one, row in _with_current(_parents_first(kind, stated), kind):
            try:
                draft, step, what = self._one(one, row, twins)
            except (Denied, Incomplete, Conflict, ValueError) as error:
                self._refuse(one, error)
                continue
            self.known.add(draft)
            if what != "imported":
                self.outcome.count(what, one, draft)
                continue
            waiting.append((one, draft, step))
            if len(waiting) >= BATCH:
                self._write(waiting)
                waiting = []
        self._write(waiting)

    def _one(self, one: Stated, row: ProgrammeRecord | None, twins: _Twins) -> tuple[Draft, str, str]:
        """What becomes of one record, updates written; a new one is written with others of its kind."""
        if row is not None and (row.step == v.WITHDRAWN or not may_see(self.actor, row)):
            raise ValueError(_("“%(code)s” was taken back here. Restore it before you import it again.")
                             % {"code": one.code} if may_see(self.actor, row)
                             else _("The code “%(code)s” is taken.") % {"code": one.code})  # fmt: skip
        if row is None and not one.headed:
            text = _("There is no %(kind)s “%(code)s”, here or in the files.")
            raise ValueError(text % {"kind": one.kind.title, "code": one.code})
        draft = _draft(one, row)
        if row is None:
            twins.refuse_double(one, draft)
            self._check(draft)
            decision = can(self.actor, v.RECORD, draft)
            if not decision:
                raise Denied(decision.reason)
            step = self._begins(one)
            filled(draft, step)
            return draft, step, "imported"
        changes = difference(draft_of(row), draft)
        step = one.step if one.step and one.step != row.step else ""
        if not changes and not (step and self._may_step(row, step, one)):
            return draft, row.step, "unchanged"
        self._check(draft)
        self._update(one, row, draft, step, bool(changes))
        return draft, step, "updated"

    def _check(self, draft: Draft) -> None:
        found = problems(draft, self.known)
        if found:
            raise Incomplete(found)

    def _begins(self, one: Stated) -> str:
        """The step in which a new record begins: the file's, or for a person the last before a second person's."""
        machine = one.kind.machine
        wanted = one.step or machine.first
        if self.actor.kind == "system":
            return wanted
        step = wanted
        alone = _steps_alone(one.kind)
        while step not in alone:
            step = machine.steps[step].after[0]
        if step != wanted:
            self._note_step(one, wanted, step)
        return step

    def _note_step(self, one: Stated, wanted: str, step: str) -> None:
        text = _("Row %(row)s, “%(code)s”: it waits in the step “%(step)s”; “%(wanted)s” needs a second person.")
        titles = {name: each.title for name, each in one.kind.machine.steps.items()}
        told = {"row": one.place.row, "code": one.code, "step": titles[step], "wanted": titles[wanted]}
        self.outcome.notes.append({"file": one.place.source.name, "note": text % told})

    def _may_step(self, row: ProgrammeRecord, step: str, one: Stated) -> bool:
        """True where the record's step changes too. A person takes steps on the record's page, not by a file."""
        if self.actor.kind == "system":
            return True
        text = _("Row %(row)s, “%(code)s”: its step stays “%(step)s”. Steps of a record are taken on its page.")
        title = one.kind.machine.steps[row.step].title
        told = {"row": one.place.row, "code": one.code, "step": title}
        self.outcome.notes.append({"file": one.place.source.name, "note": text % told})
        return False

    def _update(self, one: Stated, row: ProgrammeRecord, draft: Draft, step: str, changed: bool) -> None:
        if self.actor.kind == "system":
            if not self.dry_run:
                write_stated(self.actor, row=row, draft=draft, step=step, base=row.pk)
            return
        decision = can(self.actor, v.CORRECT, row)
        if not decision:
            raise Denied(decision.reason)
        filled(draft, undone(row))
        if not self.dry_run and changed:
            services.correct(self.actor, row=row, draft=draft, base=row.pk, reason=_("imported from a file"))

    def _write(self, waiting: list[tuple[Stated, Draft, str]]) -> None:
        """Writes new records; where somebody was quicker with one of them, each by itself."""
        for group in [waiting] if self.dry_run else _written(self.actor, waiting, self.known, self._refuse):
            for one, draft, _step in group:
                self.outcome.count("imported", one, draft)

    def _refuse(self, one: Stated, error: Exception) -> None:
        if not isinstance(error, Incomplete):
            reason = getattr(error, "reason", "") or str(error) or _("Somebody else changed this record meanwhile.")
            self.refused.append(Refusal(one.place, " ".join(reason.split("\n")), one.words))
            return
        for problem in error.problems:
            place = one.place
            if problem.child is not None and problem.child < len(one.child_places):
                place = one.child_places[problem.child]
            said = f"{problem.field}: {problem.message}" if problem.field else problem.message
            self.refused.append(Refusal(place, said, one.words))


def _written(
    actor: Actor, waiting: list[tuple[Stated, Draft, str]], known: Known, refuse: Any
) -> Iterator[list[tuple[Stated, Draft, str]]]:
    """Yields the groups that could be written."""
    if not waiting:
        return
    try:
        file = waiting[0][0].place.source.name
        write_new(actor, drafts=[(draft, step) for _one, draft, step in waiting], known=known, file=file)
    except IntegrityError as error:
        if len(waiting) == 1:
            refuse(waiting[0][0], ValueError(_("Somebody else recorded this code meanwhile.") + f" ({error})"))
            return
        for each in waiting:
            yield from _written(actor, [each], known, refuse)
    else:
        yield waiting


def _steps_alone(kind: Kind) -> set[str]:
    """The steps that a record reaches from its first without a second person."""
    steps = kind.machine.steps
    found, more = {kind.machine.first}, True
    while more:
        new = {name for name, step in steps.items() if not step.second and found & set(step.after)} - found
        found, more = found | new, bool(new)
    return found


class _Twins:
    """Events of one programme, day, place and title under different codes: the same event entered twice."""

    def __init__(self, kind: Kind) -> None:
        self.active = kind.name == "event"
        self.seen: dict[Any, str] = {}
        if self.active:
            rows = kind.model._default_manager.filter(superseded_at__isnull=True).exclude(step=v.WITHDRAWN)
            for code, *said in rows.values_list("code", "programme", "starts", "place", "title").iterator():
                self.seen.setdefault(self._key(*said), f"“{code}”")

    @staticmethod
    def _key(programme: Any, starts: Any, place: Any, title: Any) -> Any:
        return (programme, starts, fold(str(place)), fold(str(title)))

    def refuse_double(self, one: Stated, draft: Draft) -> None:
        """Raises ValueError where the event seems to be there already."""
        if not self.active or draft.values["starts"] is None:
            return
        names = ("programme", "starts", "place", "title")
        key = self._key(*(draft.values[name] for name in names))
        if key in self.seen:
            text = _("It seems to be the same event as %(other)s: same programme, day, place and title. If they are "
                     "two, give them different titles.")  # fmt: skip
            raise ValueError(text % {"other": self.seen[key]})
        self.seen[key] = _("“%(code)s” in row %(row)s") % {"code": one.code, "row": one.place.row}


def _parents_first(kind: Kind, stated: dict[str, Stated]) -> list[Stated]:
    """The records of a kind, those first that others of the same kind refer to."""
    names = [name for name, of in kind.refers.items() if of == kind.name]
    if not names:
        return list(stated.values())
    ordered: dict[str, Stated] = {}

    def place(code: str, above: frozenset[str]) -> None:
        if code in ordered or code not in stated or code in above:
            return
        for name in names:
            place(str(stated[code].given.get(name) or ""), above | {code})
        ordered[code] = stated[code]

    for code in stated:
        place(code, frozenset())
    return list(ordered.values())


def _with_current(stated: list[Stated], kind: Kind) -> Iterator[tuple[Stated, ProgrammeRecord | None]]:
    """Each record with the version that stands here now; a few hundred are asked for at once."""
    for start in range(0, len(stated), _AT_ONCE):
        some = stated[start : start + _AT_ONCE]
        rows = kind.model._default_manager.filter(code__in=[one.code for one in some], superseded_at__isnull=True)
        found = {row.code: row for row in (rows.prefetch_related(kind.children) if kind.child else rows)}
        yield from ((one, found.get(one.code)) for one in some)


def _draft(one: Stated, row: ProgrammeRecord | None) -> Draft:
    """The content as file and record state it together: columns that the file lacks stay as they are."""
    old = draft_of(row) if row is not None else None
    columns = {column.name: column.default for column in table_of(one.kind).columns}
    values = {name: one.given.get(name, old.values[name] if old else columns[name]) for name in one.kind.form_fields}
    more = {
        name: one.more.get(name, getattr(old, name) if old else columns[name])
        for name in ("label", "owner_state", "fictitious")
    }
    titles = one.titles if one.titles is not None else (old.other_titles if old else {})
    children = one.children if one.children is not None else (old.children if old else ())
    return Draft(one.kind, one.code, values, tuple(children), other_titles=dict(titles), **more)


def _system_only(actor: Actor, action: str, thing: Any = None) -> Decision:
    return Decision(actor.kind == "system", _("Only a command on the node writes records as a file states them."))


@action(v.IMPORT, policy=_system_only)
def write_stated(actor: Actor, *, row: ProgrammeRecord, draft: Draft, step: str, base: int) -> Done[ProgrammeRecord]:
    """Writes a version as a file states it. `step` "" leaves the step, or undoes a second person's where the content
    changed. Raises Conflict where another version than `base` stands there."""
    before = locked_current(row)
    if before.pk != base:
        raise Conflict
    changes = difference(draft_of(before), draft)
    to = step or (undone(before) if changes else before.step)
    new = add_version(draft, before=before, step=to, actor=actor.reference, wrote=bool(changes), known=Known())
    if to != before.step:
        changes["step"] = [before.step, to]
    return done(new, changes)


def _keep(actor: Actor, refused: Iterable[Refusal], whole: bool = False) -> None:
    by_source: dict[Source, list[tuple[str, str, str]]] = {}
    for one in refused:
        place = " ".join(str(part) for part in (one.place.sheet, one.place.row) if part not in ("", None))
        by_source.setdefault(one.place.source, []).append((place, one.reason, one.words))
    for source, told in by_source.items():
        if source.digest and quarantine.fresh(source.digest, told):
            keep_refused(actor, source=source, refused=told, whole=whole)


@action(v.IMPORT, policy=can)
def keep_refused(actor: Actor, *, source: Source, refused: list[tuple[str, str, str]], whole: bool) -> Done[None]:
    """Keeps what was refused of a file, and with `whole` the file."""
    quarantine.keep(actor=actor.reference, file_name=source.name[-300:], digest=source.digest, refused=refused)
    if whole:
        quarantine.keep_file(source.path, source.digest)
    told = {"file": source.name[-120:], "sha256": source.digest, "refused": len(refused)}
    return Done(None, f"programmes:file:{source.digest[:16]}", difference=told, reason=refused[0][1][:500])
