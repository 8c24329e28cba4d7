"""Steps of an edition and of its figures: each says what follows and asks before it is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from comity.core.actions.decorator import Decision, Denied
from comity.modules.reports import vocabulary as v
from comity.modules.reports.building import CannotBuild
from comity.modules.reports.checking import hindrances
from comity.modules.reports.forms.steps import BindForm, OverrideForm, ReasonForm
from comity.modules.reports.models import Binding, Edition, Override
from comity.modules.reports.policies import can
from comity.modules.reports.selectors import editions
from comity.modules.reports.services import editions as editing
from comity.modules.reports.services import freezing, overrides
from comity.modules.reports.views.demanding import demand
from comity.modules.reports.vocabulary import EditionState
from comity.ui.fonts import FontMissing
from comity.ui.requests import ActorRequest, actor_of

#: Names listed on a page that asks; the rest is counted.
_NAMED = 12


def ask(
    request: ActorRequest, decision: Decision, service: Callable[[Mapping[str, Any]], Any], form: forms.Form,
    words: dict[str, Any], *, back: str, done: Any,
) -> HttpResponse:  # fmt: skip
    """Asks with consequences, then does it. What may not be done answers 403 with its reason, before and after."""
    demand(request.actor, decision)
    if request.method == "POST" and request.POST.get("confirm") == "yes" and form.is_valid():
        try:
            service(form.cleaned_data)
        except Denied as refused:
            form.add_error(None, refused.reason)
        except CannotBuild as refused:
            for problem in refused.problems[:_NAMED]:
                form.add_error(None, f"{problem.paragraph} ({problem.lang}): {problem.message}")
        except FontMissing as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, str(done))
            return redirect(back)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "reports/confirm.html", {"form": form, "cancel_url": back, **words}, status=status)


def work_url(edition: Edition, place: str = "") -> str:
    """The address of the edition's desk."""
    return reverse("reports:work", args=[edition.code]) + (f"#{place}" if place else "")


def _figure_url(edition: Edition, slug: str, place: str = "") -> str:
    return reverse("reports:figure", args=[edition.code, slug]) + (f"#{place}" if place else "")


def listed(slugs: list[str]) -> str:
    """Names in a row; many are counted."""
    said = ", ".join(slugs[:_NAMED])
    more = len(slugs) - _NAMED
    return said if more <= 0 else _("%(names)s and %(count)d more") % {"names": said, "count": more}


def _chosen(request: HttpRequest) -> list[str]:
    """The figures that the address or the form names."""
    return list(dict.fromkeys(request.POST.getlist("slug") or request.GET.getlist("slug")))


def freeze(request: ActorRequest, code: str) -> HttpResponse:
    """Computes every figure once and keeps it."""
    found = editions.edition(request.actor, code)
    count = len(editions.slugs_of(found))
    words = {
        "edition": found, "title": _("Freeze the figures"), "confirm_label": _("Freeze"),
        "question": _("Freeze the %(count)d figures of %(code)s?") % {"count": count, "code": found.code},
        "consequences": [
            _("Each is computed once, from what is known now, and kept with the records behind it."),
            _("Later changes of records no longer move them. A figure can be computed again, with a reason."),
            _("A second person approves them before the public sees them."),
        ],
    }  # fmt: skip
    return ask(request, can(request.actor, v.FREEZE, found),
               lambda data: freezing.freeze(request.actor, edition=found, reason=data["reason"]),
               ReasonForm(request.POST or None, required=False), words, back=work_url(found, "figures"),
               done=_("Frozen."))  # fmt: skip


def approve(request: ActorRequest, code: str) -> HttpResponse:
    """A second person approves the chosen figures, or all that wait."""
    found = editions.edition(request.actor, code)
    slugs = _chosen(request)
    waiting = [slug for slug, row in editions.standing(found).items() if row.approved_at is None]
    named = [slug for slug in slugs if slug in waiting] or waiting
    words = {
        "edition": found, "title": _("Approve figures"), "confirm_label": _("Approve"),
        "question": _("Approve these figures: %(slugs)s?") % {"slugs": listed(named)},
        "consequences": [
            _("You vouch for them as second person; your name stays in their history."),
            _("Once the edition is issued, the public sees them."),
        ],
    }  # fmt: skip
    return render_with_slugs(request, can(request.actor, v.APPROVE, found),
                             lambda _data: freezing.approve(request.actor, edition=found, slugs=slugs),
                             forms.Form(request.POST or None), words, back=work_url(found, "figures"),
                             done=_("Approved."), slugs=slugs)  # fmt: skip


def render_with_slugs(
    request: ActorRequest, decision: Decision, service: Callable[[Mapping[str, Any]], Any], form: forms.Form,
    words: dict[str, Any], *, back: str, done: Any, slugs: list[str],
) -> HttpResponse:  # fmt: skip
    """As `ask`; the chosen figures are carried by the form."""
    form.fields["slug"] = forms.MultipleChoiceField(
        choices=[(slug, slug) for slug in slugs], required=False, initial=slugs, widget=forms.MultipleHiddenInput
    )
    return ask(request, decision, service, form, words, back=back, done=done)


def correct(request: ActorRequest, code: str, slug: str = "") -> HttpResponse:
    """Computes figures again; the old results stay beside the new."""
    found = editions.edition(request.actor, code)
    slugs = [slug] if slug else _chosen(request)
    if not slugs:
        messages.warning(request, _("Choose figures first."))
        return redirect(work_url(found, "figures"))
    words = {
        "edition": found, "title": _("Compute again"), "confirm_label": _("Compute again"),
        "question": _("Compute again from what is known now: %(slugs)s?") % {"slugs": listed(slugs)},
        "consequences": [
            _("A new result stands beside the old one; figures made of it are computed again as well."),
            _("It waits for a second person. Until then the public sees the approved one before."),
            _("A figure that comes out as it was is left alone."),
        ],
    }  # fmt: skip
    back = _figure_url(found, slug, "history") if slug else work_url(found, "figures")
    return render_with_slugs(request, can(request.actor, v.CORRECT, found),
                             lambda data: freezing.correct(request.actor, edition=found, slugs=slugs,
                                                           reason=data["reason"]),
                             ReasonForm(request.POST or None), words, back=back, done=_("Computed again."),
                             slugs=slugs)  # fmt: skip


def move(request: ActorRequest, code: str, to: str) -> HttpResponse:
    """Takes the edition to another state; what is in the way is told before it is tried."""
    found = editions.edition(request.actor, code)
    if to not in EditionState.values:
        raise Http404
    title = EditionState(to).label
    in_the_way = hindrances(found, to) if can(request.actor, v.MOVE, found) else []
    words = {
        "edition": found, "title": title, "confirm_label": title,
        "question": _("%(code)s: from “%(old)s” to “%(new)s”?")
        % {"code": found.code, "old": found.get_state_display(), "new": title},
        "consequences": [_("In the way: %(what)s") % {"what": what} for what in in_the_way]
        or [_("The step stays in the history of the edition.")],
    }  # fmt: skip
    return ask(request, can(request.actor, v.MOVE, found),
               lambda data: editing.move(request.actor, edition=found, to=to, reason=data["reason"],
                                         hindrances=hindrances),
               ReasonForm(request.POST or None, required=False), words, back=work_url(found),
               done=_("Done: %(state)s.") % {"state": title})  # fmt: skip


def override(request: ActorRequest, code: str, slug: str) -> HttpResponse:
    """Proposes another number for a frozen figure."""
    found = editions.edition(request.actor, code)
    words = {
        "edition": found, "title": _("Override a figure"), "confirm_label": _("Propose"),
        "question": _("Put another number in the place of “%(slug)s”?") % {"slug": slug},
        "consequences": [
            _("It counts once a second person confirmed it."),
            _("The figure is shown as not computed, with your reason and the document."),
            _("It can be withdrawn: then the computed number stands again."),
        ],
    }  # fmt: skip
    return ask(request, can(request.actor, v.OVERRIDE, found),
               lambda data: overrides.propose(request.actor, edition=found, slug=slug, value=data["value"],
                                              reason=data["reason"], document=data["document"]),
               OverrideForm(request.POST or None), words, back=_figure_url(found, slug, "overrides"),
               done=_("Proposed. A second person confirms it."))  # fmt: skip


def _override(request: HttpRequest, code: str, slug: str, pk: int) -> tuple[Edition, Override]:
    found = editions.edition(actor_of(request), code)
    row = found.overrides.filter(slug=slug, pk=pk).first()
    if row is None or not can(actor_of(request), v.VIEW_WORK, found):
        raise Http404
    return found, row


def confirm_override(request: ActorRequest, code: str, slug: str, pk: int) -> HttpResponse:
    """A second person confirms an override."""
    found, row = _override(request, code, slug, pk)
    words = {
        "edition": found, "title": _("Confirm an override"), "confirm_label": _("Confirm"),
        "question": _("Print %(value)s for “%(slug)s”?") % {"value": f"{row.value.normalize():f}", "slug": slug},
        "consequences": [
            _("Reason: %(reason)s") % {"reason": row.reason},
            _("Document: %(document)s") % {"document": row.document},
            _("The figure is shown as not computed, with both."),
        ],
    }  # fmt: skip
    return ask(request, can(request.actor, v.CONFIRM_OVERRIDE, row),
               lambda _data: overrides.confirm(request.actor, override=row), forms.Form(request.POST or None), words,
               back=_figure_url(found, slug, "overrides"), done=_("Confirmed."))  # fmt: skip


def withdraw_override(request: ActorRequest, code: str, slug: str, pk: int) -> HttpResponse:
    """Takes an override back."""
    found, row = _override(request, code, slug, pk)
    words = {
        "edition": found, "title": _("Withdraw an override"), "confirm_label": _("Withdraw"), "danger": True,
        "question": _("Take the number %(value)s for “%(slug)s” back?")
        % {"value": f"{row.value.normalize():f}", "slug": slug},
        "consequences": [
            _("The computed number stands again."),
            _("Nothing is deleted: the override stays in the history and can be proposed again."),
        ],
    }  # fmt: skip
    return ask(request, can(request.actor, v.OVERRIDE, found),
               lambda data: overrides.withdraw(request.actor, edition=found, override=row, reason=data["reason"]),
               ReasonForm(request.POST or None), words, back=_figure_url(found, slug, "overrides"),
               done=_("Withdrawn. It can be proposed again."))  # fmt: skip


def bind(request: ActorRequest, code: str, slug: str) -> HttpResponse:
    """Gives a figure its own period or day in this edition."""
    found = editions.edition(request.actor, code)
    row = Binding.objects.filter(edition=found, slug=slug).first()
    initial = {"start": row.period_start, "end": row.period_end, "as_of": row.as_of} if row else {}
    words = {
        "edition": found, "title": _("Own period or day"), "confirm_label": _("Save"),
        "question": _("For what does %(code)s ask “%(slug)s”?") % {"code": found.code, "slug": slug},
        "consequences": [_("Empty fields: what the definition says. It can be changed until the figures are frozen.")],
    }  # fmt: skip
    return ask(request, can(request.actor, v.WRITE, found),
               lambda data: editing.bind(request.actor, edition=found, slug=slug, start=data["start"],
                                         end=data["end"], as_of=data["as_of"]),
               BindForm(request.POST or None, initial=initial), words, back=_figure_url(found, slug),
               done=_("Saved."))  # fmt: skip


def clear(request: ActorRequest, code: str) -> HttpResponse:
    """A second person clears the chosen paragraphs, each or none."""
    found = editions.edition(request.actor, code)
    keys = list(dict.fromkeys(request.POST.getlist("key") or request.GET.getlist("key")))
    rows = list(found.paragraphs.filter(key__in=keys))
    if not rows:
        messages.warning(request, _("Choose paragraphs first."))
        return redirect(work_url(found, "paragraphs"))
    words = {
        "edition": found, "title": _("Clear paragraphs"), "confirm_label": _("Clear them"),
        "question": _("Clear these paragraphs: %(keys)s?") % {"keys": listed([row.key for row in rows])},
        "consequences": [
            _("You vouch for the text as second person; your name stays with it."),
            _("A change of the original text undoes it."),
        ],
    }  # fmt: skip
    form = forms.Form(request.POST or None)
    form.fields["key"] = forms.MultipleChoiceField(
        choices=[(key, key) for key in keys], required=False, initial=keys, widget=forms.MultipleHiddenInput
    )

    def do(_data: Mapping[str, Any]) -> None:
        with transaction.atomic():
            for row in rows:
                editing.clear(request.actor, edition=found, paragraph=row)

    return ask(request, can(request.actor, v.CLEAR, found), do, form, words, back=work_url(found, "paragraphs"),
               done=_("Cleared."))  # fmt: skip
