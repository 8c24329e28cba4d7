"""Reads: jobs, notifications, deadlines and written mails, each only for whom they are."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.core.actions.decorator import Denied
from comity.core.actions.models import OutboxMessage
from comity.core.people.models import User
from comity.core.workflow import mail, policies
from comity.core.workflow.models import Deadline, Job, Notification
from comity.core.workflow.vocabulary import READ_MAIL


def jobs(actor: Actor) -> QuerySet[Job]:
    """Background work this actor may see: their own; all for administrators and the system. Newest first."""
    return policies.scope(actor, Job.objects.all())


def job(actor: Actor, pk: int) -> Job:
    """One job; Http404 where there is none that this actor may see."""
    found = jobs(actor).filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no such background work."))
    return found


def notifications(actor: Actor) -> QuerySet[Notification]:
    """A person's own notifications, newest first; nobody sees another's."""
    if actor.user_id is None:
        return Notification.objects.none()
    return Notification.objects.filter(user_id=actor.user_id)


def unread_count(actor: Actor) -> int:
    """How many of a person's notifications are unread."""
    return notifications(actor).filter(read_at__isnull=True).count()


def open_deadlines(actor: Actor) -> QuerySet[Deadline]:
    """What is due from this person, the earliest first."""
    if actor.user_id is None:
        return Deadline.objects.none()
    return Deadline.objects.filter(users=actor.user_id, met_at__isnull=True).order_by("due_at")


def stuck_effects(actor: Actor) -> QuerySet[OutboxMessage]:
    """Effects that failed and are not done, for administrators and the system; empty for others."""
    if actor.kind != "system" and not policies.can(actor, READ_MAIL):
        return OutboxMessage.objects.none()
    return OutboxMessage.objects.filter(done_at__isnull=True).exclude(last_error="")


def written_mails(actor: Actor) -> list[mail.WrittenMail]:
    """Mails in the data folder: all for administrators, those to their own address for everybody else.

    Raises Denied for who is not signed in.
    """
    if policies.can(actor, READ_MAIL):
        return mail.written_mails()
    user = User.objects.filter(pk=actor.user_id).first() if actor.user_id is not None else None
    if user is None:
        raise Denied(_("Sign in to read your mails."))
    return mail.written_mails(to=user.email)
