"""An edition against last year's: by figure and by paragraph."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from comity.core.texts.languages import LANGUAGE_CHOICES, direction
from comity.modules.reports import comparing, tokens
from comity.modules.reports.comparing import FigureChange, Words
from comity.modules.reports.definition import Definition
from comity.modules.reports.models import Edition
from comity.modules.reports.numbers import Number
from comity.modules.reports.presentation import as_printed, exact, page_lang, plain, shown
from comity.modules.reports.selectors import editions
from comity.modules.reports.selectors.figures import Sight, is_small, sight
from comity.modules.reports.views.reading import chosen_language
from comity.modules.reports.vocabulary import FigureKind
from comity.ui.requests import actor_of

_MARKS = {"added": "new", "removed": "stop", "reworded": "info", "same": "quiet"}


def comparison(request: HttpRequest, code: str) -> HttpResponse:
    """What became of each figure and each paragraph. Raises Http404 where last year's edition is not to be seen."""
    actor, lang, text_lang = actor_of(request), page_lang(), chosen_language(request)
    found = editions.edition(actor, code)
    before = editions.editions(actor).filter(code=found.previous).first() if found.previous else None
    if before is None:
        raise Http404
    seen = sight(actor, found)
    by_figure = comparing.figures(found, before, approved_only=not seen.staff)
    by_paragraph = comparing.paragraphs(found, before, text_lang)
    printer = _Printer(found, before, by_figure, seen, text_lang)
    everything = "all" in request.GET
    changed = [one for one in by_paragraph if everything or one.state != "same"]
    return render(
        request,
        "reports/comparison.html",
        {
            "edition": found, "previous": before, "lang": text_lang, "dir": direction(text_lang),
            "title": shown(found.title, lang, found.original), "lines": [
                line for one in by_figure if (line := _line(one, seen, lang))
            ],
            "paragraphs": [
                {"one": one, "title": comparing.state_title(one.state), "mark": _MARKS[one.state],
                 "words": [(words.state, printer.pieces(words)) for words in one.words]}
                for one in changed
            ],
            "counts": [
                (comparing.state_title(state), sum(one.state == state for one in by_paragraph)) for state in _MARKS
            ],
            "everything": everything,
            "languages": [
                {"label": name, "url": f"?lang={one}", "current": one == text_lang, "count": None}
                for one, name in LANGUAGE_CHOICES
            ],
        },
    )  # fmt: skip


class _Printer:
    """Prints the tokens of a text that is compared: of what is gone with last year's numbers, else with this year's."""

    def __init__(self, found: Edition, before: Edition, changes: list[FigureChange], seen: Sight, lang: str) -> None:
        self.editions = {"removed": before, "added": found, "same": found}
        old, new = ({one.slug: getattr(one, name) for one in changes} for name in ("old", "new"))
        self.numbers = {"removed": old, "added": new, "same": new}
        self.seen, self.lang = seen, lang

    def pieces(self, words: Words) -> list[tuple[str, str]]:
        """Returns the stretch as (text, address of the figure or "")."""
        try:
            parsed = tokens.parse(words.text)
        except tokens.BadToken:
            return [(words.text, "")]
        return [self._piece(piece, words.state) for piece in parsed]

    def _piece(self, piece: tokens.Piece, state: str) -> tuple[str, str]:
        match piece:
            case tokens.Text(text) | tokens.SymbolToken(text):
                return text, ""
            case tokens.Note():
                return f"[{piece.text}]", ""
        number = self.numbers[state].get(piece.slug)
        if number is None or not self.seen.sees(number.definition):
            return "[?]", ""
        text = "" if _small(number, self.seen) else as_printed(number, self.lang, piece.qualifier, piece.style)
        return text or "[?]", reverse("reports:figure", args=[self.editions[state].code, piece.slug])


def _line(one: FigureChange, seen: Sight, lang: str) -> dict[str, Any] | None:
    """A figure's line; None where it has no page for this reader."""
    number = one.new or one.old
    if number is None or not seen.sees(number.definition):
        return None
    definition = number.definition
    hidden = any(_small(part, seen) for part in (one.old, one.new))
    difference = None if hidden else one.difference
    again = None if hidden else one.old_redefined
    return {
        "slug": one.slug, "meaning": shown(definition.meaning, lang), "old": _value(one.old, seen, lang),
        "new": _value(one.new, seen, lang), "old_there": one.old is not None, "new_there": one.new is not None,
        "redefined": one.redefined, "again": "" if again is None else exact(again, definition, lang),
        "difference": "" if difference is None else _difference(difference, definition, lang),
        "grows": difference is not None and difference > 0,
    }  # fmt: skip


def _difference(value: Decimal, definition: Definition, lang: str) -> str:
    """A difference in words: of two shares in percentage points."""
    if definition.kind in {FigureKind.PERCENT, FigureKind.CHANGE}:
        return _("%(number)s percentage points") % {"number": plain(value.quantize(Decimal("0.01")), lang)}
    return exact(value, definition, lang)


def _small(number: Number | None, seen: Sight) -> bool:
    if number is None or seen.staff:
        return False
    return is_small(number.definition, number.value, number.snapshot.released if number.snapshot else {})


def _value(number: Number | None, seen: Sight, lang: str) -> str:
    return "" if number is None or _small(number, seen) else exact(number.value, number.definition, lang)
