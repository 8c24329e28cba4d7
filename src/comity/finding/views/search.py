"""The search page, the same hits as a file, and texts similar to one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from comity.core.search import engine
from comity.core.search.passages import Answer, Question
from comity.core.search.reading import note_reads, visible_passage
from comity.finding import asking, results
from comity.finding.names import language, mode_titles
from comity.ui.exports import table_file
from comity.ui.requests import actor_of

#: How many similar texts a page shows.
_SIMILAR = 20


def search(request: HttpRequest) -> HttpResponse:
    """The box, and what was found where something was asked; `?format=csv` or `json` gives the hits as a file."""
    question, lang = asking.read(request.GET), get_language() or "en"
    actor = actor_of(request)
    if not asking.is_asked(question):
        return render(request, "finding/search.html", _asked(question, lang))
    if request.GET.get("format") in {"csv", "json"}:
        return _file(request, question, lang)
    answer = engine.search(actor, question)
    note_reads(actor, answer.hits)
    context = {
        **_asked(question, lang, tuple(value for value, _count in answer.facets.get("lang", ()))),
        "answer": answer,
        "hits": results.shown_hits(answer.hits, question, lang),
        "facets": results.facets(answer, question, lang),
        "chips": results.chips(question, lang),
        "place": results.pages(answer, question),
        "may_save": actor.kind == "user",
        "most_exported": asking.MOST_EXPORTED,
        **_addresses(question, answer),
    }
    return render(request, "finding/search.html", context)


def _asked(question: Question, lang: str, found: tuple[str, ...] = ()) -> dict[str, Any]:
    """What the box needs: the words, the choices, and the filters that a new question keeps."""
    offered = [(code, language(code, lang)) for code in asking.offered_languages(question, found)]
    return {
        "question": question,
        "modes": mode_titles(),
        "languages_offered": sorted(offered, key=lambda pair: pair[1]),
        "kept": [(facet, value) for facet, values in question.filters.items() for value in values],
    }


def _addresses(question: Question, answer: Answer) -> dict[str, str]:
    query = asking.query(question)
    return {
        "csv_url": f"{query}&format=csv",
        "json_url": f"{query}&format=json",
        "save_url": reverse("finding:save") + query,
        "all_url": asking.query(results.without_filters(question)),
        "meant_url": asking.query(replace(question, text=answer.did_you_mean)) if answer.did_you_mean else "",
        "meaning_url": asking.query(replace(question, mode="hybrid")),
    }


def _file(request: HttpRequest, question: Question, lang: str) -> HttpResponse:
    """The first hits as a file, which says how many there are in all."""
    actor = actor_of(request)
    answer = engine.search(actor, replace(question, offset=0, limit=asking.MOST_EXPORTED, facets=False))
    note_reads(actor, answer.hits)
    rows = results.rows(results.shown_hits(answer.hits, question, lang), settings.COMITY_ADDRESS)
    head = {
        "question": question.text,
        "in": question.lang or "any",
        "mode": question.mode,
        "filters": question.filters,
        "total": answer.total,
        "complete": answer.total <= len(rows),
    }
    file = table_file(request, "search", rows, results.COLUMNS, head)
    assert file is not None  # noqa: S101 the format was looked at before
    return file


def alike(request: HttpRequest) -> HttpResponse:
    """Texts that mean nearly the same as one, which the reader must be allowed to see. Raises Http404 else."""
    actor, lang = actor_of(request), get_language() or "en"
    passage = visible_passage(actor, request.GET.get("to", ""), request.GET.get("key", ""))
    if passage is None:
        raise Http404(_("There is no such text."))
    hits = engine.similar(actor, passage.id, limit=_SIMILAR)
    note_reads(actor, hits)
    shown = results.shown_hits(hits, Question(passage.title, mode="words"), lang)
    return render(request, "finding/similar.html", {"passage": passage, "hits": shown})
