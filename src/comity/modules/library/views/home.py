"""The library's front page, its index of treaty articles, what is tagged to one, and older numbers."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from comity.core.actions.actor import Actor
from comity.modules.library import vocabulary as v
from comity.modules.library.policies import may_write_somewhere
from comity.modules.library.presentation import tags
from comity.modules.library.presentation.texts import text_of
from comity.modules.library.selectors import pages, records
from comity.modules.library.selectors.articles import tagged
from comity.modules.library.views.reading import page_lang
from comity.modules.treaties import public as treaties
from comity.ui.requests import actor_of

#: Ways into the library: the kind of record, and the icon of its door.
ICONS = {v.Kind.LAW: "document", v.Kind.CASE: "scales", v.Kind.PUBLICATION: "source", v.Kind.GUIDE: "list"}
WORDS = {
    v.Kind.LAW: __("Laws with their provisions, in every language we hold"),
    v.Kind.CASE: __("Cases with their defendants, charges and decisions"),
    v.Kind.PUBLICATION: __("Strategies, tools, handbooks, studies, digests"),
    v.Kind.GUIDE: __("What each article demands, with sample provisions"),
}


def address_of(name: str, fallback: str = "") -> str:
    """The address of a page that another part of the node may give; `fallback` where it does not."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return fallback


def home(request: HttpRequest) -> HttpResponse:
    """What there is, and the ways in."""
    actor, lang = actor_of(request), page_lang()
    counts = records.counts(actor)
    listing = reverse("library:records")
    names = treaties.participant_names(lang)
    states = sorted(((names.get(iso3, iso3), iso3, n) for iso3, n in pages.by_state(actor)), key=lambda row: row[0])
    doors = [
        {"title": _plural(kind), "text": WORDS[kind], "url": f"{listing}?kind={kind}", "icon": ICONS[kind], "count": n}
        for kind, n in ((v.Kind(name), n) for name, n in counts.items())
    ]
    doors.append({"title": _("By treaty article"), "text": _("Every law and case tagged to an article of a treaty"),
                  "url": reverse("library:articles"), "icon": "treaty", "count": None})  # fmt: skip
    if matrix := address_of("library:matrix"):
        words = _("Each State Party, each article: what is recorded")
        doors.append(
            {"title": _("Implementation matrix"), "text": words, "url": matrix, "icon": "globe", "count": None}
        )
    return render(
        request,
        "library/home.html",
        {
            "doors": doors, "total": sum(counts.values()), "states": states, "newest": pages.newest(actor),
            "desk": may_write_somewhere(actor),
        },
    )  # fmt: skip


def _plural(kind: v.Kind) -> str:
    return {
        v.Kind.LAW: _("Laws"), v.Kind.CASE: _("Cases"), v.Kind.PUBLICATION: _("Publications"),
        v.Kind.GUIDE: _("Legislative guide"),
    }[kind]  # fmt: skip


def articles(request: HttpRequest) -> HttpResponse:
    """The articles of the treaties, with how many records are tagged to each."""
    actor, lang = actor_of(request), page_lang()
    counts = pages.article_counts(actor)
    groups: list[dict[str, Any]] = []
    for one in treaties.instruments(lang):
        lines = [{"number": a.number, "title": a.title, "count": counts.get(f"{one.code}:{a.number}", 0)}
                 for a in treaties.articles(one.code, lang)]  # fmt: skip
        if lines:
            found = sum(bool(line["count"]) for line in lines)
            groups.append({"code": one.code, "name": one.short, "articles": lines, "count": found})
    return render(request, "library/articles.html", {"groups": groups})


def article(request: HttpRequest, instrument: str, article: str) -> HttpResponse:
    """What is tagged to one article: guide entry, laws and cases by State, publications."""
    actor, lang = actor_of(request), page_lang()
    names = {i.code: i.short for i in treaties.instruments(lang)}
    if instrument not in names:
        raise Http404(_("There is no such instrument."))
    value = f"{instrument}:{article}"
    found = tagged(actor, value, lang=lang)
    whole = article.split("(")[0].strip()
    return render(
        request,
        "library/article.html",
        {
            "instrument": instrument, "article": article, "name": names[instrument], "whole": whole,
            "title": tags.article_title(instrument, article, lang),
            "guides": _guides(actor, instrument, article, lang),
            "laws": found.get(v.Kind.LAW, []), "cases": found.get(v.Kind.CASE, []),
            "publications": found.get(v.Kind.PUBLICATION, []),
            "known": any(a.number == whole for a in treaties.articles(instrument, lang)),
            "list_url": f"{reverse('library:records')}?article={value}",
        },
    )  # fmt: skip


def _guides(actor: Actor, instrument: str, article: str, lang: str) -> list[dict[str, Any]]:
    return [
        {
            "row": row,
            "article": content.guide.article,
            "obligation": v.Obligation(content.guide.obligation).label,
            "text": text_of(content, v.TextField.EXPLANATION, lang),
            "samples": pages.provision_titles(actor, content.guide.samples, lang),
        }
        for row, content in pages.guide_entries(actor, instrument, article)
        if content.guide
    ]


def old(request: HttpRequest, value: str) -> HttpResponse:
    """An older number: straight to its record, or a page where several share it."""
    found = records.by_alias(actor_of(request), value)
    if not found:
        raise Http404(_("There is no record of this number."))
    if len(found) == 1:
        return redirect("library:record", found[0].number)
    return render(request, "library/old.html", {"value": value, "rows": found})
