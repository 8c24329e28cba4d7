"""Tags of a record and of its provisions, and the restricted names of its persons."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from comity.core.actions.decorator import Denied
from comity.modules.library import vocabulary as v
from comity.modules.library.checking import Incomplete
from comity.modules.library.forms.steps import NamesForm, TagForm
from comity.modules.library.policies import can
from comity.modules.library.presentation import tags
from comity.modules.library.presentation.cases import name_of
from comity.modules.library.selectors import records
from comity.modules.library.services import names as naming
from comity.modules.library.services import tagging
from comity.modules.library.views.reading import page_lang
from comity.ui.requests import actor_of


def tag(request: HttpRequest, number: str) -> HttpResponse:
    """Tags: each taken away by its button, new ones added by the form. Effective at once."""
    actor = actor_of(request)
    row = records.get(actor, number)
    decision = can(actor, v.TAG, row)
    if not decision:
        raise Denied(decision.reason)
    key = request.GET.get("provision", "")
    here = reverse("library:tags", args=[number]) + (f"?{urlencode({'provision': key})}" if key else "")
    content = records.content_of(row, pending=row.step != v.Step.PUBLISHED)
    if key and key not in {p.key for p in content.provisions}:
        raise Http404
    form = TagForm(request.POST if "add" in request.POST else None, lang=page_lang())
    if request.method == "POST" and "remove" in request.POST:
        scheme, _colon, value = request.POST["remove"].partition(" ")
        tagging.untag(actor, record=row, scheme=scheme, value=value, provision=key)
        messages.success(request, _("The tag was taken away."))
        return redirect(here)
    if request.method == "POST" and form.is_valid():
        try:
            for scheme, value in form.wanted():
                tagging.tag(actor, record=row, scheme=scheme, value=value, provision=key)
        except Incomplete as error:
            for words in error.problems:
                form.add_error(None, words)
        else:
            messages.success(request, _("Tagged."))
            return redirect(here)
    back = reverse("library:record", args=[number]) + (f"{key}/" if key else "")
    context = {
        "row": row, "form": form, "key": key, "cancel_url": back,
        "tags": tags.tag_lines(tags.own_tags(content, key), page_lang()),
    }  # fmt: skip
    return render(request, "library/tags.html", context, status=422 if form.is_bound and form.errors else 200)


def names(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """The known forms of one person's name; only for who may enter them."""
    actor = actor_of(request)
    row = records.get(actor, number)
    if not can(actor, v.NAMES, row):
        raise Http404
    content = records.content_of(row, pending=bool(row.working_step))
    person = next((p for p in content.case.persons if p.key == key), None) if content.case else None
    if person is None:
        raise Http404
    held = records.restricted_names(actor, row).get(key, [])
    form = NamesForm(request.POST or None, initial={"names": held})
    if request.method == "POST" and form.is_valid():
        try:
            naming.set_names(actor, record=row, person_key=key, forms=form.cleaned_data["names"])
        except Incomplete as error:
            for words in error.problems:
                form.add_error("names", words)
        else:
            messages.success(request, _("Kept. Publishing stops where one of these forms stands in the record."))
            return redirect("library:part", number, "persons")
    context = {
        "row": row, "form": form, "person": name_of(person),
        "cancel_url": reverse("library:part", args=[number, "persons"]),
    }  # fmt: skip
    return render(request, "library/names.html", context)
