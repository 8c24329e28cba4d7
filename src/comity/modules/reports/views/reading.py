"""An edition as a web page, and its files."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from comity.core.actions.actor import Actor
from comity.core.texts.languages import LANGUAGE_CHOICES, UN_LANGUAGES, direction
from comity.core.vault.files import open_file
from comity.modules.reports import vocabulary as v
from comity.modules.reports.building import CannotBuild, document
from comity.modules.reports.document import EditionDocument, Heading
from comity.modules.reports.models import Edition
from comity.modules.reports.outputs.words import words
from comity.modules.reports.policies import can
from comity.modules.reports.presentation import as_printed, exact, page_lang
from comity.modules.reports.presentation import shown as words_of
from comity.modules.reports.producing import TYPES, produce
from comity.modules.reports.selectors import editions
from comity.modules.reports.selectors.corrections import Correction, corrections
from comity.modules.reports.selectors.figures import sight
from comity.modules.reports.selectors.rows import shown
from comity.modules.reports.vocabulary import BEFORE_FREEZE, PUBLISHED, EditionState, Format
from comity.ui.fonts import FontMissing
from comity.ui.requests import actor_of

#: Files that are the same in every language.
_ONE_FOR_ALL = (Format.PROV, Format.ARCHIVE)


def chosen_language(request: HttpRequest) -> str:
    """The language of the text: `?lang=`, else that of the page. Raises Http404 for none of the six."""
    lang = request.GET.get("lang") or page_lang()
    if lang not in UN_LANGUAGES:
        raise Http404
    return lang


def edition(request: HttpRequest, code: str) -> HttpResponse:
    """The edition with numbered paragraphs; each number leads to its own page."""
    actor = actor_of(request)
    found = editions.edition(actor, code)
    lang = chosen_language(request)
    known = shown(actor, found)
    seen = sight(actor, found)
    open_slugs = {slug for slug, number in known.by_slug.items() if seen.sees(number.definition)}
    corrected = corrections(actor, found)
    made, problems = document(found, editions.outline(found), known, lang, strict=False)
    return render(
        request,
        "reports/edition.html",
        {
            "edition": found, "document": made, "body": _body(made), "dir": direction(lang),
            "contents": any(isinstance(part, Heading) for part in made.body),
            "words": words(made), "open_slugs": open_slugs,
            "languages": _languages(found, lang), "files": file_links(actor, found, lang),
            "problems": problems if seen.staff else [], "draft": found.state in BEFORE_FREEZE,
            "may": {"work": seen.staff}, "previous": _previous(actor, found),
            "corrections": [_correction(one, lang) for one in corrected],
            "corrected": {one.row.slug for one in corrected}, "corrected_word": EditionState.CORRECTED.label,
        },
    )  # fmt: skip


def _body(made: EditionDocument) -> list[dict[str, Any]]:
    """Headings and paragraphs with what the template asks for; a heading's mark in the page is its place."""
    found: list[dict[str, Any]] = []
    for place, part in enumerate(made.body):
        if isinstance(part, Heading):
            found.append({"heading": part, "level": min(part.level + 1, 5), "place": place})
        else:
            found.append({"paragraph": part})
    return found


def _correction(one: Correction, lang: str) -> dict[str, Any]:
    """A correction with what was printed and what is printed now in the language of the text; "" where not told."""
    old, new = ((as_printed(n, lang) or exact(n.value, n.definition, lang)) if n else "" for n in (one.old, one.new))
    return {"row": one.row, "meaning": words_of(one.definition.meaning, page_lang()), "old": old, "new": new}


def _languages(found: Edition, lang: str) -> list[dict[str, Any]]:
    address = reverse("reports:edition", args=[found.code])
    return [
        {"code": code, "name": name, "url": f"{address}?lang={code}", "current": code == lang}
        for code, name in LANGUAGE_CHOICES
    ]


def file_links(actor: Actor, found: Edition, lang: str) -> list[tuple[Any, str]]:
    """Returns the files that may be taken away: what each is called and its address."""
    names = [name for name in Format if name != Format.HTML]
    return [
        (name.label, reverse("reports:file", args=[found.code, f"{lang}.{name}"]))
        for name in names
        if not (name in _ONE_FOR_ALL and found.state in BEFORE_FREEZE)
    ]


def _previous(actor: Actor, found: Edition) -> Edition | None:
    """Last year's edition, where this reader may see it."""
    return editions.editions(actor).filter(code=found.previous).first() if found.previous else None


def file(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """A file of the edition, `<lang>.<format>`. Answers 422 with the places where a text cannot be printed."""
    actor = actor_of(request)
    found = editions.edition(actor, code)
    lang, _point, format_name = name.partition(".")
    if lang not in UN_LANGUAGES or format_name not in TYPES:
        raise Http404
    issued = found.issues.last() if format_name == Format.ARCHIVE and found.state in PUBLISHED else None
    if issued is not None:
        return _download(open_file(issued.archive).read(), f"{found.code}.zip", TYPES[Format.ARCHIVE][0])
    try:
        made = produce(actor, found, lang, format_name)
    except (CannotBuild, FontMissing) as refused:
        problems = refused.problems if isinstance(refused, CannotBuild) and can(actor, v.VIEW_WORK, found) else []
        said = refused.reason if isinstance(refused, FontMissing) else ""
        context = {"edition": found, "problems": problems, "said": said, "format": Format(format_name).label}
        return render(request, "reports/unbuilt.html", context, status=503 if said else 422)
    return _download(made.content, made.name, made.media_type)


def _download(content: bytes, name: str, media_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
