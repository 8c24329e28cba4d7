"""Enumerations of the treaties module and the names of its actions."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ActionKind(models.TextChoices):
    """What a participant did with regard to an instrument."""

    SIGNATURE = "signature", _("Signature")
    DEFINITIVE_SIGNATURE = "definitive_signature", _("Definitive signature")
    SUCCESSION_TO_SIGNATURE = "succession_to_signature", _("Succession to signature")
    PROVISIONAL_APPLICATION = "provisional_application", _("Provisional application")
    RATIFICATION = "ratification", _("Ratification")
    ACCEPTANCE = "acceptance", _("Acceptance")
    APPROVAL = "approval", _("Approval")
    ACCESSION = "accession", _("Accession")
    SUCCESSION = "succession", _("Succession")
    CONSENT_TO_BE_BOUND = "consent_to_be_bound", _("Consent to be bound")
    FORMAL_CONFIRMATION = "formal_confirmation", _("Formal confirmation")
    WITHDRAWAL = "withdrawal", _("Denunciation or withdrawal")


class ActionClass(models.TextChoices):
    """What sources are compared by: which source speaks on this matter for this participant."""

    SIGNATURE = "signature", _("Signature")
    CONSENT = "consent", _("Consent to be bound")
    WITHDRAWAL = "withdrawal", _("Denunciation or withdrawal")
    PROVISIONAL = "provisional", _("Provisional application")


#: Actions by which a participant consents to be bound (Vienna Convention on the Law of Treaties, arts. 11-16).
CONSENT_KINDS = frozenset(
    {
        ActionKind.DEFINITIVE_SIGNATURE,
        ActionKind.RATIFICATION,
        ActionKind.ACCEPTANCE,
        ActionKind.APPROVAL,
        ActionKind.ACCESSION,
        ActionKind.SUCCESSION,
        ActionKind.CONSENT_TO_BE_BOUND,
        ActionKind.FORMAL_CONFIRMATION,
    }
)
SIGNATURE_KINDS = frozenset({ActionKind.SIGNATURE, ActionKind.SUCCESSION_TO_SIGNATURE})


def action_class(kind: str) -> ActionClass:
    """Returns which matter an action belongs to."""
    if kind in CONSENT_KINDS:
        return ActionClass.CONSENT
    if kind in SIGNATURE_KINDS:
        return ActionClass.SIGNATURE
    if kind == ActionKind.WITHDRAWAL:
        return ActionClass.WITHDRAWAL
    return ActionClass.PROVISIONAL


class StatementKind(models.TextChoices):
    """What a participant stated with regard to an instrument."""

    RESERVATION = "reservation", _("Reservation")
    DECLARATION = "declaration", _("Declaration")
    UNDERSTANDING = "understanding", _("Understanding")
    OBJECTION = "objection", _("Objection")
    NOTIFICATION = "notification", _("Notification")
    UNSPECIFIED = "unspecified", _("Reservation or declaration")


class SourceKind(models.TextChoices):
    DEPOSITARY = "depositary", _("Depositary")
    SECONDARY = "secondary", _("Secondary source")


class InstrumentGroup(models.TextChoices):
    ORGANIZED_CRIME = "organized_crime", _("Organized crime")
    CORRUPTION = "corruption", _("Corruption")
    TERRORISM = "terrorism", _("Terrorism")
    OTHER = "other", _("Other instruments")


class ProposalKind(models.TextChoices):
    ENTER = "enter", _("Enter")
    CORRECT = "correct", _("Correct")
    WITHDRAW = "withdraw", _("Withdraw")


class ProposalState(models.TextChoices):
    PROPOSED = "proposed", _("waiting for publication")
    PUBLISHED = "published", _("published")
    REJECTED = "rejected", _("sent back")


PROPOSE = "treaties:proposal:create"
PUBLISH = "treaties:proposal:publish"
REJECT = "treaties:proposal:reject"
IMPORT = "treaties:table:import"
EXPORT = "treaties:table:export"
