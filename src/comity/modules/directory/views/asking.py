"""“Find whom to ask”: the question, the answer, the printable sheet and its PDF."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.core.actions.reads import record_read
from comity.core.texts.languages import UN_LANGUAGES
from comity.modules.directory import vocabulary as v
from comity.modules.directory.exporters import blocks, sheet
from comity.modules.directory.selectors import pages
from comity.modules.directory.selectors.asking import Answer, all_states, whom_to_ask
from comity.modules.directory.services.lifecycle import reference
from comity.modules.directory.views.search import attachment, now_and_lang
from comity.modules.treaties import public as treaties
from comity.ui.requests import actor_of


def ask(request: HttpRequest) -> HttpResponse:
    """The form; with a whole question in the address also the answer, as page, sheet or PDF."""
    at, lang = now_and_lang()
    actor = actor_of(request)
    asking, asked = (request.GET.get(name, "").strip().upper() for name in ("from", "to"))
    need, instrument = request.GET.get("need", "").strip(), request.GET.get("instrument", "").strip()
    on = _day(request.GET.get("on", ""), at.date())
    context = {
        "states": all_states(lang),
        "functions": v.Function.choices,
        "asking": asking,
        "asked": asked,
        "need": need,
        "instrument": instrument,
        "on": on,
        "today": at.date(),
        "instruments": [(i.code, i.short) for i in treaties.instruments(lang)],
        "same": bool(asking) and asking == asked,
        "now": at,
    }
    if asking and asked and need and asking != asked:
        answer = whom_to_ask(
            actor, asking=asking, asked=asked, need=need, instrument=instrument, at=at, on=on, lang=lang
        )
        _audit(actor, answer)
        context |= {"answer": answer, "gap": blocks.gap_text(answer) if answer.is_gap else ""}
        if request.GET.get("format") == "pdf":
            return _pdf(request, answer, context)
        if request.GET.get("format") == "print":
            return render(request, "directory/ask_sheet.html", context)
    return render(request, "directory/ask.html", context)


def _day(text: str, today: date) -> date:
    if not text.strip():
        return today
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise BadRequest(_("on: “%(text)s” is no day. Write it as 2020-06-30.") % {"text": text[:40]}) from None


def _audit(actor: Actor, answer: Answer) -> None:
    for choice in answer.choices:
        label = pages.label_read(actor, choice.card.row)
        record_read(actor, reference=reference(choice.card.code), label=label, verb=v.READ)


def _pdf(request: HttpRequest, answer: Answer, context: dict[str, object]) -> HttpResponse:
    at, lang = now_and_lang()
    assert lang in UN_LANGUAGES  # noqa: S101 (the address names one of the six)
    try:
        content = sheet.pdf(blocks.answer_document(answer, lang=lang, at=at))
    except sheet.FontMissing as missing:
        return render(request, "directory/ask.html", {**context, "font_missing": missing.reason}, status=503)
    return attachment(content, "pdf", f"{answer.asking.iso3}-asks-{answer.asked.iso3}-{answer.need}")
