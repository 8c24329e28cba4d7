"""Saved searches: a person's own questions, kept with a name, a mail when something new is found, and a feed.

A saved search belongs to its person alone: nobody else sees that it exists, whatever their role.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.core.actions.decorator import Decision, Done, action
from comity.core.search import alerts
from comity.core.search.alerts import UNDO
from comity.core.search.models import SavedSearch
from comity.core.search.passages import Question

SAVE = "search:saved:create"
CHANGE = "search:saved:change"
DELETE = "search:saved:delete"
RESTORE = "search:saved:restore"
MAKE_FEED = "search:saved:make_feed"
REVOKE_FEED = "search:saved:revoke_feed"
#: How many one person may keep.
MOST = 50
#: Words and names are a person's own business: the log keeps keyed digests of them.
_PERSONAL = frozenset({"name", "text", "filters"})


def can(actor: Actor, action: str, thing: Any = None) -> Decision:
    """Answers whether the actor may do this; `thing` is the saved search, where there is one."""
    if actor.user_id is None:
        return Decision(False, _("Sign in to save searches."))
    if action == SAVE:
        kept = SavedSearch.objects.filter(user_id=actor.user_id, deleted_at__isnull=True).count()
        return Decision(kept < MOST, _("You have %(n)s saved searches: delete one first.") % {"n": MOST})
    if not isinstance(thing, SavedSearch) or thing.user_id != actor.user_id:
        return Decision(False, _("There is no such saved search."))
    if action == RESTORE:
        return Decision(thing.deleted_at is not None, _("This search is not deleted."))
    return Decision(thing.deleted_at is None, _("There is no such saved search."))


def scope(actor: Actor, rows: QuerySet[SavedSearch]) -> QuerySet[SavedSearch]:
    """Keeps the actor's own, deleted ones included."""
    return rows.none() if actor.user_id is None else rows.filter(user_id=actor.user_id)


def saved_searches(actor: Actor, *, deleted: bool = False) -> QuerySet[SavedSearch]:
    """The actor's saved searches by name; with `deleted` those that can be brought back instead."""
    rows = scope(actor, SavedSearch.objects.all())
    if deleted:
        return rows.filter(deleted_at__gt=timezone.now() - UNDO).order_by("-deleted_at")
    return rows.filter(deleted_at__isnull=True).order_by("name", "pk")


def saved_search(actor: Actor, pk: int, *, deleted: bool = False) -> SavedSearch:
    """One of the actor's own. Raises Http404 where there is none."""
    found = saved_searches(actor, deleted=deleted).filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no such saved search."))
    return found


def of_feed(token: str) -> SavedSearch | None:
    """The saved search whose feed this token opens; None where it was revoked or its person's account is closed."""
    rows = SavedSearch.objects.select_related("user").filter(deleted_at__isnull=True, user__is_active=True)
    return rows.filter(feed_digest=_digest(token)).first()


def _digest(token: str) -> str:
    """What is kept of a token. It has 256 random bits, so no salt or stretching is needed."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def as_plain(question: Question) -> dict[str, Any]:
    """What is kept of a question."""
    filters = {facet: list(values) for facet, values in question.filters.items()}
    return {"text": question.text, "lang": question.lang, "mode": question.mode, "filters": filters}


def _named(name: str) -> str:
    name = " ".join(name.split())[:120]
    if not name:
        raise ValidationError({"name": _("Give it a name.")})
    return name


def _done(saved: SavedSearch, difference: dict[str, Any]) -> Done[SavedSearch]:
    return Done(saved, f"search:saved:{saved.pk}", difference, personal=_PERSONAL)


@action(SAVE, policy=can)
def save(actor: Actor, *, name: str, question: Question, address: str, by_mail: bool) -> Done[SavedSearch]:
    """Keeps a question. `address` is the query of its page ("?q=…"). What it finds now will not be told as new.

    Raises ValidationError without a name, Denied for the public and beyond the limit.
    """
    saved = SavedSearch.objects.create(
        user_id=actor.user_id or 0,  # never 0: the policy lets nobody pass who is not a person
        name=_named(name),
        question=as_plain(question),
        address=address[:4000],
        by_mail=by_mail,
        checked_at=timezone.now(),
    )
    alerts.remember(actor, saved)
    return _done(saved, {"name": saved.name, "by_mail": by_mail, **saved.question})


@action(CHANGE, policy=can, on="saved")
def rename(actor: Actor, *, saved: SavedSearch, name: str) -> Done[SavedSearch]:
    """Gives it another name. Raises ValidationError for none."""
    before, saved.name = saved.name, _named(name)
    SavedSearch.objects.filter(pk=saved.pk).update(name=saved.name)
    return _done(saved, {"name": [before, saved.name]})


@action(CHANGE, policy=can, on="saved")
def set_mail(actor: Actor, *, saved: SavedSearch, by_mail: bool) -> Done[SavedSearch]:
    """Turns its mails on or off; the feed goes on."""
    before, saved.by_mail = saved.by_mail, by_mail
    SavedSearch.objects.filter(pk=saved.pk).update(by_mail=by_mail)
    return _done(saved, {"by_mail": [before, by_mail]})


@action(DELETE, policy=can, on="saved")
def delete(actor: Actor, *, saved: SavedSearch) -> Done[SavedSearch]:
    """Ends mails and feed at once; it can be brought back for a while, with a new address of its feed."""
    saved.deleted_at, saved.feed_digest = timezone.now(), None
    SavedSearch.objects.filter(pk=saved.pk).update(deleted_at=saved.deleted_at, feed_digest=None)
    return _done(saved, {"deleted": True})


@action(RESTORE, policy=can, on="saved")
def restore(actor: Actor, *, saved: SavedSearch) -> Done[SavedSearch]:
    """Brings a deleted one back."""
    saved.deleted_at = None
    SavedSearch.objects.filter(pk=saved.pk).update(deleted_at=None)
    return _done(saved, {"deleted": False})


@action(MAKE_FEED, policy=can, on="saved")
def make_feed(actor: Actor, *, saved: SavedSearch) -> Done[str]:
    """Returns a fresh token for its feed, which is kept hashed only; an older one stops working."""
    token = secrets.token_urlsafe(32)
    SavedSearch.objects.filter(pk=saved.pk).update(feed_digest=_digest(token))
    return Done(token, f"search:saved:{saved.pk}", {"feed": "renewed" if saved.feed_digest else "made"})


@action(REVOKE_FEED, policy=can, on="saved")
def revoke_feed(actor: Actor, *, saved: SavedSearch) -> Done[SavedSearch]:
    """The address of its feed stops working."""
    saved.feed_digest = None
    SavedSearch.objects.filter(pk=saved.pk).update(feed_digest=None)
    return _done(saved, {"feed": "revoked"})
