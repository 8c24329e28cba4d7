"""Who may see and touch background jobs, and who may read the mails the node wrote."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.core.actions.decorator import Decision
from comity.core.people.vocabulary import Role
from comity.core.workflow.models import Job
from comity.core.workflow.vocabulary import CANCEL_JOB, ENQUEUE_JOB, READ_MAIL

Rows = TypeVar("Rows", bound=QuerySet[Any])


def jobs_for(actor: Actor) -> Q:
    """The filter that keeps an actor's own jobs; administrators and the system see all."""
    if actor.kind == "system" or actor.has(Role.ADMINISTRATOR):
        return Q()
    if actor.user_id is None:
        return Q(pk__in=[])
    return Q(user_id=actor.user_id)


def scope(actor: Actor, rows: Rows) -> Rows:
    """Keeps the jobs this actor may see."""
    return rows.filter(jobs_for(actor))


def may_see(actor: Actor, job: Job) -> bool:
    """The rule of `scope` for one job in memory."""
    if actor.kind == "system" or actor.has(Role.ADMINISTRATOR):
        return True
    return actor.user_id is not None and job.user_id == actor.user_id


def can(actor: Actor, action: str, thing: Any = None) -> Decision:
    """Answers for the actions of this app: any person with a mandate may start a job that a page offers them,
    owners and administrators may stop one, administrators read the node's mails."""
    if actor.kind == "system":
        return Decision(True)
    if action == ENQUEUE_JOB:
        allowed = actor.kind == "user" and bool(actor.roles)
        return Decision(allowed, "" if allowed else _("Only people with a mandate start background work."))
    if action == CANCEL_JOB:
        allowed = isinstance(thing, Job) and may_see(actor, thing)
        return Decision(allowed, "" if allowed else _("This background work is somebody else's."))
    if action == READ_MAIL:
        allowed = actor.has(Role.ADMINISTRATOR) and actor.second_factor
        return Decision(allowed, "" if allowed else _("Only administrators read the mails of this node."))
    return Decision(False, _("Nobody may do this."))
