"""Freezing the figures of an edition, approving them, and correcting one: results are added, never changed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from comity import __version__
from comity.core.actions.actor import Actor
from comity.core.actions.decorator import Denied, Done, action
from comity.modules.reports import vocabulary as v
from comity.modules.reports.definition import Definition
from comity.modules.reports.evaluating import Answer, CannotEvaluate, Evaluator, Frame, digest, with_members
from comity.modules.reports.models import Edition, EditionStep, FigureDefinition, Snapshot, SnapshotRecords
from comity.modules.reports.policies import can
from comity.modules.reports.releasing import released_tables
from comity.modules.reports.selectors import editions, registry
from comity.modules.reports.vocabulary import EditionState


def edition_reference(edition: Edition) -> str:
    """What the audit calls an edition."""
    return f"reports:edition:{edition.code}"


def locked(edition: Edition) -> Edition:
    """Returns the edition as it stands, locked until the transaction ends."""
    return Edition.objects.select_for_update().get(pk=edition.pk)


@action(v.FREEZE, policy=can, on="edition")
def freeze(actor: Actor, *, edition: Edition, reason: str = "") -> Done[list[Snapshot]]:
    """Computes every figure that the edition names, once, from what is known now, and keeps each with its records.

    Raises Denied where a figure gives no number (it names all of them) or the edition names none.
    """
    found = locked(edition)
    decision = can(actor, v.FREEZE, found)
    if not decision:
        raise Denied(decision.reason)
    now = timezone.now()
    slugs = editions.slugs_of(found)
    if not slugs:
        raise Denied(_("No text of this edition names a figure. Write {fig:…} where a number stands."))
    found.known_at = now
    made = _compute(actor, found, slugs, now, reason)
    found.state = EditionState.FROZEN
    found.save(update_fields=["state", "known_at"])
    EditionStep.objects.create(edition=found, state=found.state, actor=actor.reference, at=now, reason=reason)
    edition.refresh_from_db()
    changes = {row.slug: f"{row.value.normalize():f}" for row in made}
    return Done(made, edition_reference(found), difference={"frozen": changes}, reason=reason)


@action(v.CORRECT, policy=can, on="edition")
def correct(actor: Actor, *, edition: Edition, slugs: Iterable[str], reason: str) -> Done[list[Snapshot]]:
    """Computes figures again from what is known now, and those made of them; the old results stay beside the new.

    A figure that comes out as it was is left alone. Figures that the texts came to name after the freeze are added.
    Raises Denied without a reason, or where a figure gives no number.
    """
    if not reason.strip():
        raise Denied(_("Say why the figure is corrected."))
    found = locked(edition)
    wanted = list(slugs)
    standing = editions.standing(found)
    for row in standing.values():
        definition = registry.definition_of(row.definition)
        if set(definition.parts) & set(wanted) and row.slug not in wanted:
            wanted.append(row.slug)
    made = _compute(actor, found, wanted, timezone.now(), reason, standing)
    changes = {row.slug: [_said(standing.get(row.slug)), f"{row.value.normalize():f}"] for row in made}
    return Done(made, edition_reference(found), difference={"corrected": changes}, reason=reason)


def _said(row: Snapshot | None) -> str:
    return "" if row is None else f"{row.value.normalize():f}"


def _compute(
    actor: Actor, edition: Edition, slugs: list[str], known_at: datetime, reason: str,
    standing: dict[str, Snapshot] | None = None,
) -> list[Snapshot]:  # fmt: skip
    """Adds a snapshot of each figure, and of the figures they are made of."""
    standing = standing or {}
    rows = registry.with_parts(slugs)
    definitions = registry.definitions_of(rows)
    frame = editions.frame_of(edition)
    frame = Frame(frame.period, frame.as_of, known_at, frame.periods, frame.days)
    evaluator = Evaluator(definitions, frame)
    answers: dict[str, Answer] = {}
    refused: list[str] = []
    for slug in dict.fromkeys([*slugs, *with_members(slugs, definitions)]):
        try:
            answers[slug] = evaluator.answer(slug)
        except CannotEvaluate as why:
            refused.append(str(why))
    if refused:
        raise Denied(" ".join(dict.fromkeys(refused)))
    digests = {slug: digest(definitions[slug], answer) for slug, answer in answers.items()}
    new = {s: a for s, a in answers.items() if s not in standing or standing[s].digest != digests[s]}
    tables = released_tables({slug: definitions[slug] for slug in new}, new, known_at)
    made = [
        _snapshot(actor, edition, rows[slug], definitions[slug], answer, known_at)
        for slug, answer in new.items()
    ]  # fmt: skip
    for row in made:
        row.digest, row.previous = digests[row.slug], standing.get(row.slug)
        row.released, row.reason = tables.get(row.slug, {}), reason
    Snapshot.objects.bulk_create(made)
    SnapshotRecords.objects.bulk_create(
        [SnapshotRecords(snapshot=row, rows=[line.row() for line in new[row.slug].evidence]) for row in made]
    )
    return made


def _snapshot(
    actor: Actor, edition: Edition, row: FigureDefinition, definition: Definition, answer: Answer, known_at: datetime
) -> Snapshot:
    return Snapshot(
        edition=edition,
        slug=row.slug,
        definition=row,
        period_start=answer.period.start if answer.period else None,
        period_end=answer.period.end if answer.period else None,
        as_of=answer.as_of,
        known_at=known_at,
        value=answer.value,
        numerator=answer.numerator,
        denominator=answer.denominator,
        basis=v.BasisOf.DECLARED if definition.is_declared else v.BasisOf.COMPUTED,
        records=answer.records,
        code_version=__version__,
        computed_at=known_at,
        computed_by=actor.reference,
    )


@action(v.APPROVE, policy=can, on="edition")
def approve(actor: Actor, *, edition: Edition, slugs: Iterable[str] = ()) -> Done[list[Snapshot]]:
    """A second person approves the standing figures (those named, or all): only then does the public see them.

    Raises Denied where nothing waits that this person may approve: who computed a figure does not approve it.
    """
    found = locked(edition)
    named = set(slugs)
    waiting = [
        row
        for slug, row in editions.standing(found).items()
        if row.approved_at is None and (not named or slug in named)
    ]
    mine = [row for row in waiting if actor.kind == "system" or row.computed_by != actor.reference]
    if waiting and not mine:
        raise Denied(_("Who computed a figure does not approve it: a second person does."))
    if not mine:
        raise Denied(_("No figure of this edition waits for approval."))
    now = timezone.now()
    for row in mine:
        row.approved_by, row.approved_at = actor.reference, now
    Snapshot.objects.bulk_update(mine, ["approved_by", "approved_at"])
    return Done(mine, edition_reference(found), difference={"approved": {row.slug: row.digest for row in mine}})


def recompute(row: Snapshot) -> str:
    """Returns the digest that the stored history gives for a snapshot today: its own, or something is wrong."""
    definitions = registry.definitions_of(registry.with_parts([row.slug], row.computed_at))
    definitions[row.slug] = registry.definition_of(row.definition)
    frame = editions.frame_of(row.edition)
    evaluator = Evaluator(definitions, Frame(frame.period, frame.as_of, row.known_at, frame.periods, frame.days))
    return digest(definitions[row.slug], evaluator.answer(row.slug))
