"""Deciding on suggested articles: confirmed ones become tags."""

from __future__ import annotations

from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.core.actions.decorator import Decision, Denied, Done, action
from comity.modules.library import vocabulary as v
from comity.modules.library.models import Suggestion
from comity.modules.library.policies import can
from comity.modules.library.services.tagging import tag


def _can(actor: Actor, action: str, thing: Suggestion | None = None) -> Decision:
    """Who may tag the record may decide; what is decided is decided."""
    if thing is None or thing.confirmed is not None:
        return Decision(False, _("This suggestion has been decided already."))
    return can(actor, v.TAG, thing.record)


def _decide(actor: Actor, suggestion: Suggestion, confirmed: bool) -> None:
    """Raises Denied where somebody decided meanwhile."""
    open_row = Suggestion.objects.filter(pk=suggestion.pk, confirmed__isnull=True)
    if not open_row.update(confirmed=confirmed, decided_by=actor.reference):
        raise Denied(_("This suggestion has been decided already."))


@action(v.CONFIRM_SUGGESTION, policy=_can, on="suggestion")
def confirm(actor: Actor, *, suggestion: Suggestion) -> Done[None]:
    """Tags the provision to the suggested article. Raises Denied."""
    _decide(actor, suggestion, True)
    tag(
        actor,
        record=suggestion.record,
        scheme=v.TagScheme.ARTICLE,
        value=suggestion.article,
        provision=suggestion.provision_key,
    )
    return Done(None, f"library:record:{suggestion.record.number}", _told(suggestion))


@action(v.REJECT_SUGGESTION, policy=_can, on="suggestion")
def reject(actor: Actor, *, suggestion: Suggestion) -> Done[None]:
    """Notes that the article does not fit; it is not suggested again. Raises Denied."""
    _decide(actor, suggestion, False)
    return Done(None, f"library:record:{suggestion.record.number}", _told(suggestion))


def _told(suggestion: Suggestion) -> dict[str, object]:
    return {"provision": suggestion.provision_key, "article": suggestion.article, "score": suggestion.score}
