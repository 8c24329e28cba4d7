"""A person's saved searches: save, rename, mails, feed, delete and bring back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from comity.core.actions.decorator import Denied
from comity.core.search import saved as services
from comity.core.search.alerts import question_of
from comity.core.search.models import SavedSearch
from comity.finding import asking, results
from comity.finding.forms import Name, Save
from comity.finding.names import mode_titles
from comity.ui.requests import ActorRequest


def _row(saved: SavedSearch, lang: str) -> dict[str, Any]:
    """A saved search as the list shows it."""
    question = question_of(saved)
    return {
        "saved": saved,
        "url": reverse("finding:search") + asking.query(question),
        "text": question.text,
        "filters": results.chips(question, lang),
        "mode": mode_titles()[question.mode] if question.mode != "hybrid" else "",
    }


@never_cache
@login_required
def listing(request: ActorRequest) -> HttpResponse:
    """The person's own saved searches, and those deleted lately."""
    lang = get_language() or "en"
    context = {
        "rows": [_row(saved, lang) for saved in services.saved_searches(request.actor)],
        "deleted": services.saved_searches(request.actor, deleted=True),
    }
    return render(request, "finding/saved.html", context)


def _refused(form: Any, error: ValidationError | Denied) -> None:
    """Puts a service's refusal onto the form."""
    if isinstance(error, Denied):
        form.add_error(None, error.reason)
    else:
        form.add_error(None, error)


def _form(request: ActorRequest, form: Any, title: str, cancel_url: str) -> HttpResponse:
    context = {"form": form, "title": title, "cancel_url": cancel_url}
    return render(request, "finding/form.html", context, status=422 if form.errors else 200)


@never_cache
@login_required
def save(request: ActorRequest) -> HttpResponse:
    """Keeps the search of the address under a name."""
    question = asking.read(request.GET)
    if not asking.is_asked(question):
        return redirect("finding:search")
    query = asking.query(question)
    form = Save(request.POST or None, initial={"name": question.text})
    if request.method == "POST" and form.is_valid():
        try:
            services.save(request.actor, question=question, address=query, **form.cleaned_data)
        except (ValidationError, Denied) as error:
            _refused(form, error)
        else:
            messages.success(request, _("The search is saved. What is found from now on counts as new."))
            return redirect("finding:saved")
    return _form(request, form, _("Save this search"), reverse("finding:search") + query)


@never_cache
@login_required
def rename(request: ActorRequest, pk: int) -> HttpResponse:
    """Gives a saved search another name."""
    saved = services.saved_search(request.actor, pk)
    form = Name(request.POST or None, initial={"name": saved.name})
    if request.method == "POST" and form.is_valid():
        try:
            services.rename(request.actor, saved=saved, name=form.cleaned_data["name"])
        except (ValidationError, Denied) as error:
            _refused(form, error)
        else:
            return redirect("finding:saved")
    return _form(request, form, _("Rename a saved search"), reverse("finding:saved"))


@require_POST
@login_required
def mail(request: ActorRequest, pk: int) -> HttpResponse:
    """Turns the mails of a saved search on or off."""
    saved = services.saved_search(request.actor, pk)
    services.set_mail(request.actor, saved=saved, by_mail=request.POST.get("by_mail") == "on")
    said = _("New results come by mail.") if saved.by_mail else _("No more mails about this search.")
    messages.success(request, said)
    return redirect("finding:saved")


def _ask(request: ActorRequest, question: str, **more: Any) -> HttpResponse:
    """The page that asks before something ends."""
    context = {"question": question, "cancel_url": reverse("finding:saved"), **more}
    return render(request, "ui/confirm.html", context)


def _is_confirmed(request: ActorRequest) -> bool:
    return request.method == "POST" and request.POST.get("confirm") == "yes"


@never_cache
@login_required
def delete(request: ActorRequest, pk: int) -> HttpResponse:
    """Deletes a saved search, after asking."""
    saved = services.saved_search(request.actor, pk)
    if _is_confirmed(request):
        services.delete(request.actor, saved=saved)
        messages.success(request, _("“%(name)s” is deleted. It can be brought back below.") % {"name": saved.name})
        return redirect("finding:saved")
    return _ask(
        request,
        _("Delete “%(name)s”?") % {"name": saved.name},
        title=_("Delete a saved search"),
        consequences=[
            _("Its mails end, and the address of its feed stops working."),
            _("For 30 days you can bring it back."),
        ],
        confirm_label=_("Delete"),
        danger=True,
    )


@require_POST
@login_required
def restore(request: ActorRequest, pk: int) -> HttpResponse:
    """Brings a deleted one back."""
    saved = services.saved_search(request.actor, pk, deleted=True)
    services.restore(request.actor, saved=saved)
    messages.success(request, _("“%(name)s” is back.") % {"name": saved.name})
    return redirect("finding:saved")


@never_cache
@login_required
def feed_address(request: ActorRequest, pk: int) -> HttpResponse:
    """Makes the address of a feed, or a new one in place of the old, and shows it this once."""
    saved = services.saved_search(request.actor, pk)
    if _is_confirmed(request):
        token = services.make_feed(request.actor, saved=saved)
        address = request.build_absolute_uri(reverse("finding:feed", args=[token]))
        return render(request, "finding/feed_address.html", {"saved": saved, "address": address})
    consequences = [
        _("Whoever has the address can read the feed without signing in, so it holds public texts only."),
        _("The address is shown once. You can make a new one or revoke it at any time."),
    ]
    if saved.feed_digest:
        consequences.insert(0, _("The old address stops working."))
    return _ask(
        request,
        _("Make a feed address for “%(name)s”?") % {"name": saved.name},
        title=_("Feed address"),
        consequences=consequences,
        confirm_label=_("Make the address"),
    )


@never_cache
@login_required
def revoke_feed(request: ActorRequest, pk: int) -> HttpResponse:
    """Ends the address of a feed, after asking."""
    saved = services.saved_search(request.actor, pk)
    if _is_confirmed(request):
        services.revoke_feed(request.actor, saved=saved)
        messages.success(request, _("The feed address no longer works."))
        return redirect("finding:saved")
    return _ask(
        request,
        _("Revoke the feed address of “%(name)s”?") % {"name": saved.name},
        title=_("Revoke a feed address"),
        consequences=[_("Programs that follow the feed are answered “not found” from now on.")],
        confirm_label=_("Revoke"),
        danger=True,
    )
