"""Issuing an edition: everything is built once, kept with its digest, and from then on open to the public."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.core.actions.decorator import Denied, Done, action
from comity.core.actions.labels import Label
from comity.core.people.selectors import today
from comity.core.vault import files
from comity.modules.reports import vocabulary as v
from comity.modules.reports.building import edition_digest
from comity.modules.reports.checking import hindrances
from comity.modules.reports.models import Edition, EditionStep, Issue
from comity.modules.reports.numbers import numbers
from comity.modules.reports.policies import can
from comity.modules.reports.producing import Tell, everything
from comity.modules.reports.selectors import editions
from comity.modules.reports.services.freezing import edition_reference, locked
from comity.modules.reports.vocabulary import EditionState


@dataclass(frozen=True)
class Prepared:
    """An archive that was built, and of which state of the edition."""

    archive: str
    digest: str
    revision: int
    issued_on: date


def prepare(edition: Edition, *, progress: Tell | None = None) -> Prepared:
    """Builds and keeps the archive of an edition as it stands now. It takes seconds: do it before the transaction.

    `progress` is told each step as by `producing.everything`. Raises CannotBuild or FontMissing as `producing.produce`;
    Denied where a figure waits for approval or a check stands against the edition.
    """
    waiting = [slug for slug, row in editions.standing(edition).items() if row.approved_at is None]
    if waiting:
        raise Denied(_("These figures wait for a second person: %(slugs)s.") % {"slugs": ", ".join(waiting[:10])})
    in_the_way = hindrances(edition, EditionState.SUBMITTED)
    if in_the_way:
        raise Denied(" ".join(in_the_way))
    edition.issued_on = edition.issued_on or today()
    known = numbers(edition)
    archive = files.store(everything(edition, known, progress=progress))
    return Prepared(archive, edition_digest(known), edition.revision, edition.issued_on)


@action(v.ISSUE, policy=can, on="edition")
def issue(actor: Actor, *, edition: Edition, prepared: Prepared, reason: str = "") -> Done[Issue]:
    """Issues what was prepared: the edition and its approved numbers become public; a later issue is a correction.

    Raises Denied where the edition changed since, or a check stands against it, or a correction has no reason.
    """
    found = locked(edition)
    again = found.state in v.PUBLISHED
    if again and not reason.strip():
        raise Denied(_("Say what is corrected."))
    if found.revision != prepared.revision or edition_digest(numbers(found)) != prepared.digest:
        raise Denied(_("The edition changed while it was built. Build it again."))
    in_the_way = hindrances(found, EditionState.SUBMITTED)
    if in_the_way:
        raise Denied(" ".join(in_the_way))
    found.state = EditionState.CORRECTED if again else EditionState.ISSUED
    found.label, found.issued_on = Label.PUBLIC, prepared.issued_on
    found.save(update_fields=["state", "label", "issued_on"])
    row = Issue.objects.create(
        edition=found, number=found.issues.count() + 1, archive=prepared.archive, digest=prepared.digest,
        by=actor.reference,
    )  # fmt: skip
    EditionStep.objects.create(edition=found, state=found.state, actor=actor.reference, reason=reason)
    edition.refresh_from_db()
    return Done(row, edition_reference(found), difference={"archive": row.archive, "digest": row.digest}, reason=reason)
