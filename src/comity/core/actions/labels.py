"""Labels of protected rows and the one rule of who may see which.

A role grants verbs, never a label: an administrator sees no labelled record by
that role (architecture, section 3). `visible_from` is part of the same query, so
an embargo ends by itself.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comity.core.actions.actor import Actor

#: Roles that make somebody an official of a State.
OFFICIAL_ROLES = frozenset({"focal_point", "authority_officer", "observer"})
#: Roles of the secretariat's staff.
SECRETARIAT_ROLES = frozenset({"curator", "publisher"})


class Label(models.TextChoices):
    """Who a row is for."""

    PUBLIC = "public", _("Public")
    OFFICIALS = "officials", _("Officials of any State")
    OWN_STATE = "own_state", _("Own State and secretariat")
    SECRETARIAT = "secretariat", _("Secretariat")


class Labelled(models.Model):
    """A row with a label, the State it belongs to, and the moment from which it may be seen."""

    label = models.CharField(max_length=20, choices=Label.choices, default=Label.OWN_STATE, db_index=True)
    owner_state = models.CharField(max_length=3, blank=True, default="")
    visible_from = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


def labels_for(actor: Actor) -> Q:
    """Returns the filter that keeps the labelled rows this actor may see now.

    The system sees all: it acts for the node. Secretariat staff see public,
    officials', own-State and secretariat rows; officials see public and officials' rows
    and what belongs to their own State.
    """
    if actor.kind == "system":
        return Q()
    allowed = Q(label=Label.PUBLIC)
    is_secretariat = actor.has(*SECRETARIAT_ROLES)
    official_states = {g.participant for g in actor.grants if g.role in OFFICIAL_ROLES and g.participant}
    if official_states or is_secretariat:
        allowed |= Q(label=Label.OFFICIALS)
    if official_states:
        allowed |= Q(label=Label.OWN_STATE, owner_state__in=official_states)
    if is_secretariat:
        allowed |= Q(label__in=[Label.OWN_STATE, Label.SECRETARIAT])
    return allowed & (Q(visible_from__isnull=True) | Q(visible_from__lte=timezone.now()))


def may_see(actor: Actor, row: Labelled) -> bool:
    """The same rule for one row in memory; a property test holds it to `labels_for`."""
    if actor.kind == "system":
        return True
    if row.visible_from and row.visible_from > timezone.now():
        return False
    is_secretariat = actor.has(*SECRETARIAT_ROLES)
    official_states = {g.participant for g in actor.grants if g.role in OFFICIAL_ROLES and g.participant}
    match row.label:
        case Label.PUBLIC:
            return True
        case Label.OFFICIALS:
            return is_secretariat or bool(official_states)
        case Label.OWN_STATE:
            return is_secretariat or row.owner_state in official_states
        case Label.SECRETARIAT:
            return is_secretariat
        case _:
            return False
