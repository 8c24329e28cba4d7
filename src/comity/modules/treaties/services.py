"""Every write of the treaties module: a curator proposes, a second person publishes."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.core.actions.decorator import Done, Effect, action
from comity.core.search.passages import changed
from comity.modules.treaties import search
from comity.modules.treaties import vocabulary as names
from comity.modules.treaties.facts import DESK, close_fact, current_fact, write_fact
from comity.modules.treaties.models import Edition, Instrument, Proposal, Source
from comity.modules.treaties.policies import can
from comity.modules.treaties.vocabulary import ProposalKind, ProposalState, SourceKind


class Conflict(ValueError):
    """The proposal no longer fits the record; the message says why and what to do."""


@action(names.PROPOSE, policy=can)
def propose(
    actor: Actor,
    *,
    kind: str,
    subject: str,
    instrument: Instrument,
    participant_id: str,
    payload: dict[str, Any],
    reference: str,
    source_note: str,
    target: uuid.UUID | None = None,
) -> Done[Proposal]:
    """Puts an entry, correction or withdrawal on the desk, for a second person to publish.

    `payload` holds the fact's fields as JSON (days as ISO text), already checked by the form.
    """
    proposal = Proposal.objects.create(
        kind=kind,
        subject=subject,
        instrument=instrument,
        participant_id=participant_id,
        payload=payload,
        target=target,
        reference=reference,
        source_note=source_note,
        proposed_by=actor.reference,
    )
    return Done(
        proposal,
        f"treaties:proposal:{proposal.pk}",
        {"kind": kind, "subject": subject, "instrument": instrument.code, "participant": participant_id, **payload},
        reason=source_note,
    )


@action(names.PUBLISH, policy=can, on="proposal")
def publish(actor: Actor, *, proposal: Proposal) -> Done[Proposal]:
    """Makes the proposal a fact (or closes the fact it withdraws). Raises Conflict where it was decided
    already or its target was changed meanwhile."""
    proposal = _undecided(proposal)
    before: dict[str, Any] = {}
    if proposal.kind == ProposalKind.WITHDRAW:
        before = close_fact(proposal.subject, _target(proposal))
        made = proposal.target
    else:
        replaces = _replaced_on_desk(proposal)
        if replaces is not None:
            before = close_fact(proposal.subject, replaces)
        made = write_fact(
            subject=proposal.subject,
            instrument=proposal.instrument,
            participant_id=proposal.participant_id,
            payload=proposal.payload,
            reference=proposal.reference,
            edition=_desk_edition(proposal),
            fact=replaces,
        )
    proposal.state, proposal.made_fact = ProposalState.PUBLISHED, made
    _decide(proposal, actor)
    after = {} if proposal.kind == ProposalKind.WITHDRAW else proposal.payload
    return Done(
        proposal,
        f"treaties:{proposal.subject}:{made}",
        {"proposal": proposal.pk, "before": before, "after": after},
        reason=proposal.source_note,
        effects=_found_otherwise(proposal),
    )


@action(names.REJECT, policy=can, on="proposal")
def reject(actor: Actor, *, proposal: Proposal, note: str) -> Done[Proposal]:
    """Sends the proposal back with a note. Raises Conflict where it was decided already."""
    proposal = _undecided(proposal)
    proposal.state, proposal.decision_note = ProposalState.REJECTED, note
    _decide(proposal, actor)
    return Done(proposal, f"treaties:proposal:{proposal.pk}", {"state": ProposalState.REJECTED}, reason=note)


def _found_otherwise(proposal: Proposal) -> tuple[Effect, ...]:
    """What the search has to read again: statements are found, acts and territories are not."""
    if proposal.subject != "statement":
        return ()
    return (changed(search.NAME, [search.statements_key(proposal.instrument.code, proposal.participant_id)]),)


def _undecided(proposal: Proposal) -> Proposal:
    current = Proposal.objects.select_for_update().select_related("instrument").get(pk=proposal.pk)
    if current.state != ProposalState.PROPOSED:
        raise Conflict(_("Somebody decided this entry already. Reload the desk to see the outcome."))
    return current


def _target(proposal: Proposal) -> uuid.UUID:
    if proposal.target is None:
        raise Conflict(_("This entry names no fact to change. Enter it again from the fact's own page."))
    return proposal.target


def _replaced_on_desk(proposal: Proposal) -> uuid.UUID | None:
    """The desk's own fact that a correction replaces. What another source states stays as it stated it: the
    desk's word is set beside it, prevails while it is the newer one, and the page shows both."""
    if proposal.kind != ProposalKind.CORRECT:
        return None
    row = current_fact(proposal.subject, _target(proposal))
    if row is None:
        raise Conflict(_("The fact was changed or withdrawn meanwhile. Send this entry back and enter it anew."))
    return _target(proposal) if row.source.is_desk else None


def _decide(proposal: Proposal, actor: Actor) -> None:
    proposal.decided_by, proposal.decided_at = actor.reference, timezone.now()
    proposal.save()


def _desk_edition(proposal: Proposal) -> Edition:
    """The desk's edition of the day the proposal's depositary notification speaks of: its own day."""
    desk, _is_new = Source.objects.get_or_create(
        code=DESK,
        defaults={"title": "Curators' desk (depositary notifications)", "kind": SourceKind.DEPOSITARY, "is_desk": True},
    )
    said = proposal.payload.get("as_of") or timezone.now().date().isoformat()
    edition, _is_new = Edition.objects.get_or_create(
        source=desk,
        instrument=proposal.instrument,
        as_of=date.fromisoformat(said),
        digest="",
        defaults={"complete": False, "basis": "entered by a curator", "recorded_at": timezone.now()},
    )
    return edition
