"""The request as views get it: with the actor that the site's middleware sets."""

from __future__ import annotations

from django.http import HttpRequest

from comity.core.actions.actor import Actor


class ActorRequest(HttpRequest):
    """A request whose `actor` is known. For type checking only: Django makes the real object."""

    actor: Actor


def actor_of(request: HttpRequest) -> Actor:
    """The actor of a request that a framework typed as a plain one (the API's, for instance)."""
    return request.actor  # type: ignore[attr-defined]
