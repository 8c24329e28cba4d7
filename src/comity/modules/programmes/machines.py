"""The lives of the programme's records: which step follows which, and what a step demands.

Source: domain notes on the programme, section 3. Overdue is computed, never a step.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Step:
    """One step. `verb` is what a person does to get there; `second` demands a person who did not write the record;
    `reason` demands one; `needs` are fields that must be filled."""

    title: Any
    verb: Any
    after: tuple[str, ...] = ()
    second: bool = False
    reason: bool = False
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Machine:
    """The steps of a kind of record by name; the first is where a record begins."""

    steps: Mapping[str, Step]
    #: Steps in which the record's content may not be changed.
    locked: frozenset[str] = frozenset()

    @property
    def first(self) -> str:
        """The step in which a record begins."""
        return next(iter(self.steps))

    def following(self, step: str) -> list[str]:
        """Returns the steps that may follow `step`, in their order."""
        return [name for name, candidate in self.steps.items() if step in candidate.after]


#: A record without a life of its own: it stands as long as it is not withdrawn.
STANDING = Machine({"recorded": Step(_("recorded"), _("Record it"))})

PROGRAMME = Machine(
    {
        "planned": Step(_("planned"), _("Plan it"), ("suspended",)),
        "active": Step(_("under way"), _("Start"), ("planned", "suspended"), needs=("starts",)),
        "suspended": Step(_("suspended"), _("Suspend"), ("active",), reason=True),
        "closed": Step(_("closed"), _("Close"), ("active", "suspended"), needs=("ends",)),
        "cancelled": Step(_("cancelled"), _("Cancel"), ("planned", "active", "suspended"), reason=True),
    }
)
PROJECT = Machine(
    {
        "idea": Step(_("idea"), _("Note the idea")),
        "formulation": Step(_("formulation"), _("Formulate"), ("idea", "in_review")),
        "in_review": Step(_("in review"), _("Send to review"), ("formulation",)),
        "approved": Step(_("approved"), _("Approve"), ("in_review",), second=True),
        "funded": Step(_("funded"), _("Note the funding"), ("approved",)),
        "implementing": Step(_("implementing"), _("Begin"), ("funded", "revision", "suspended"), needs=("starts",)),
        "revision": Step(_("revision"), _("Revise"), ("implementing",), reason=True),
        "operationally_closed": Step(
            _("operationally closed"), _("Close the work"), ("implementing",), needs=("ends",)
        ),
        "financially_closed": Step(_("financially closed"), _("Close the accounts"), ("operationally_closed",), True),
        "suspended": Step(_("suspended"), _("Suspend"), ("implementing",), reason=True),
        "cancelled": Step(
            _("cancelled"),
            _("Cancel"),
            ("idea", "formulation", "in_review", "approved", "funded", "suspended"),
            reason=True,
        ),
    }
)
ASSISTANCE = Machine(
    {
        "planned": Step(_("planned"), _("Plan it")),
        "ongoing": Step(_("ongoing"), _("Begin"), ("planned",), needs=("starts",)),
        "completed": Step(_("completed"), _("Complete"), ("ongoing",), needs=("ends",)),
        "cancelled": Step(_("cancelled"), _("Cancel"), ("planned", "ongoing"), reason=True),
    }
)
REQUEST = Machine(
    {
        "received": Step(_("received"), _("Receive")),
        "assessed": Step(_("assessed"), _("Assess"), ("received",)),
        "accepted": Step(_("accepted"), _("Accept"), ("assessed",), needs=("answer",)),
        "declined": Step(_("declined"), _("Decline"), ("assessed",), reason=True, needs=("answer",)),
        "referred": Step(_("referred"), _("Refer"), ("assessed",), reason=True, needs=("answer",)),
        "being_met": Step(_("being met"), _("Begin to meet"), ("accepted",)),
        "met": Step(_("met"), _("Meet"), ("being_met",)),
        "feedback": Step(_("feedback given"), _("Note the feedback"), ("met",), needs=("feedback",)),
    }
)
LEGISLATION = Machine(
    {
        "requested": Step(_("requested"), _("Note the request"), ("stalled",)),
        "advising": Step(_("advising"), _("Advise"), ("requested", "stalled")),
        "draft_delivered": Step(_("draft delivered"), _("Deliver the draft"), ("advising",)),
        "before_legislature": Step(_("before the legislature"), _("Note the tabling"), ("draft_delivered",)),
        "adopted": Step(
            _("adopted"), _("Note the adoption"), ("before_legislature", "draft_delivered"),
            second=True, needs=("adopted_on", "evidence"),
        ),
        "in_force": Step(_("in force"), _("Note the entry into force"), ("adopted",)),
        "stalled": Step(
            _("stalled"), _("Note the standstill"), ("requested", "advising", "before_legislature"), reason=True
        ),
        "closed": Step(_("closed"), _("Close"), ("in_force", "stalled", "adopted"), reason=True),
    }
)  # fmt: skip
PLACEMENT = Machine(
    {
        "planned": Step(_("planned"), _("Plan it")),
        "serving": Step(_("serving"), _("Begin"), ("planned",), needs=("starts",)),
        "ended": Step(_("ended"), _("End"), ("serving",), needs=("ends",)),
        "cancelled": Step(_("cancelled"), _("Cancel"), ("planned",), reason=True),
    }
)
EVENT = Machine(
    {
        "planned": Step(_("planned"), _("Plan it"), ("postponed",)),
        "confirmed": Step(_("confirmed"), _("Confirm"), ("planned", "postponed")),
        "held": Step(_("held"), _("Note that it was held"), ("planned", "confirmed"), needs=("starts",)),
        "attendance_entered": Step(_("attendance entered"), _("Enter the attendance"), ("held",), needs=("children",)),
        "verified": Step(_("verified"), _("Verify"), ("attendance_entered",), second=True),
        "postponed": Step(_("postponed"), _("Postpone"), ("planned", "confirmed"), reason=True),
        "cancelled": Step(_("cancelled"), _("Cancel"), ("planned", "confirmed", "postponed"), reason=True),
    }
)
#: Counts that somebody vouches for: outcome claims, actuals, reach.
CLAIM = Machine(
    {
        "draft": Step(_("draft"), _("Draft")),
        "submitted": Step(_("submitted"), _("Submit"), ("draft", "returned", "reopened"), needs=("evidence",)),
        "returned": Step(_("returned"), _("Return"), ("submitted", "approved"), reason=True),
        "approved": Step(_("approved"), _("Approve"), ("submitted",), second=True),
        "locked": Step(_("locked"), _("Lock"), ("approved",), second=True),
        "reopened": Step(_("reopened"), _("Reopen"), ("locked",), second=True, reason=True),
    },
    locked=frozenset({"approved", "locked"}),
)
PRODUCT = Machine(
    {
        "in_preparation": Step(_("in preparation"), _("Prepare")),
        "finalized": Step(_("finalized"), _("Finalize"), ("in_preparation",), needs=("starts",)),
        "published": Step(_("published"), _("Publish"), ("finalized",), second=True),
        "withdrawn_from_use": Step(_("no longer in use"), _("Take out of use"), ("published",), reason=True),
    }
)
EVALUATION = Machine(
    {
        "planned": Step(_("planned"), _("Plan it")),
        "initiated": Step(_("initiated"), _("Initiate"), ("planned",)),
        "terms_of_reference": Step(_("terms of reference"), _("Agree the terms of reference"), ("initiated",)),
        "inception": Step(_("inception"), _("Begin the inception"), ("terms_of_reference",)),
        "data": Step(_("data collection"), _("Collect data"), ("inception",)),
        "draft": Step(_("draft report"), _("Draft the report"), ("data",)),
        "quality_assured": Step(_("quality assured"), _("Assure the quality"), ("draft",), second=True),
        "final": Step(_("final"), _("Finalize"), ("quality_assured",), needs=("ends",)),
        "presented": Step(_("presented"), _("Present"), ("final",)),
    }
)
RECOMMENDATION = Machine(
    {
        "issued": Step(_("issued to management"), _("Issue")),
        "responded": Step(_("responded"), _("Respond"), ("issued",), needs=("response", "response_reason")),
        "in_progress": Step(_("in progress"), _("Begin"), ("responded",), needs=("actions", "owner", "due")),
        "implemented": Step(_("implemented"), _("Note the implementation"), ("in_progress",), needs=("evidence",)),
        "verified": Step(_("verified"), _("Verify"), ("implemented",), second=True),
        "closed": Step(_("closed"), _("Close"), ("verified", "responded"), reason=True),
    }
)
PLEDGE = Machine(
    {
        "announced": Step(_("announced"), _("Announce")),
        "signed": Step(_("signed by the donor"), _("Sign"), ("announced",), second=True, needs=("starts",)),
        "part_received": Step(_("part received"), _("Note an instalment"), ("signed",)),
        "received": Step(_("received"), _("Note the last instalment"), ("signed", "part_received")),
        "closed": Step(_("closed"), _("Close"), ("received",)),
        "written_off": Step(_("written off"), _("Write off"), ("announced", "signed", "part_received"), reason=True),
    }
)
