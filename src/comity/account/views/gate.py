"""Doors of the desk's pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.views.decorators.cache import never_cache

from comity.core.people.vocabulary import Role
from comity.ui.requests import ActorRequest


def administrators_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Who is not signed in is asked to; who is no administrator finds no such page."""

    @never_cache
    @login_required
    @wraps(view)
    def guarded(request: ActorRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        actor = request.actor
        if not (actor.has(Role.ADMINISTRATOR) and actor.second_factor):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def add_errors(form: Any, error: Any) -> None:
    """Puts a service's ValidationError or Denied onto the form, by field where the form has it."""
    fields = getattr(error, "message_dict", None) if hasattr(error, "error_dict") else None
    if fields:
        for field, texts in fields.items():
            for text in texts:
                form.add_error(field if field in form.fields else None, text)
    else:
        form.add_error(None, getattr(error, "reason", "") or " ".join(getattr(error, "messages", [str(error)])))
