"""Roles, kinds of participants, regional groups, and the names of this app's actions."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person may be mandated to do. "public" is nobody's mandate: it is who has none."""

    FOCAL_POINT = "focal_point", _("State focal point")
    AUTHORITY_OFFICER = "authority_officer", _("Authority officer")
    OBSERVER = "observer", _("Observer")
    CURATOR = "curator", _("Curator")
    PUBLISHER = "publisher", _("Publisher")
    ADMINISTRATOR = "administrator", _("Administrator")


#: Roles that are given for a State.
STATE_ROLES = frozenset({Role.FOCAL_POINT, Role.AUTHORITY_OFFICER, Role.OBSERVER})
#: Roles that are given for a body (the secretariat).
BODY_ROLES = frozenset({Role.CURATOR, Role.PUBLISHER, Role.ADMINISTRATOR})
#: Roles that can write, and so need a second factor to sign in.
WRITING_ROLES = frozenset(set(Role) - {Role.OBSERVER})


class ParticipantKind(models.TextChoices):
    UN_MEMBER = "un_member", _("Member of the United Nations")
    OBSERVER_STATE = "observer_state", _("Observer State")
    OTHER_STATE = "other_state", _("Other State")
    ORGANIZATION = "organization", _("Regional economic integration organization")


class GroupCode(models.TextChoices):
    AFRICAN = "african", _("African States")
    ASIA_PACIFIC = "asia-pacific", _("Asia-Pacific States")
    EASTERN_EUROPEAN = "eastern-european", _("Eastern European States")
    GRULAC = "grulac", _("Latin American and Caribbean States")
    WEOG = "weog", _("Western European and other States")
    NONE = "none", _("No regional group")


INVITE = "people:invitation:create"
ACCEPT_INVITATION = "people:invitation:accept"
REVOKE_INVITATION = "people:invitation:revoke"
PROPOSE_MANDATE = "people:mandate:propose"
APPROVE_MANDATE = "people:mandate:approve"
REVOKE_MANDATE = "people:mandate:revoke"
REQUEST_FACTOR_RESET = "people:factors:request_reset"
APPROVE_FACTOR_RESET = "people:factors:reset"
READ_PEOPLE = "people:person:read"
ADD_BODY = "people:body:add"
