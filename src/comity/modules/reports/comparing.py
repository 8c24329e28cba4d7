"""This edition against last year's: by figure, and by paragraph."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from comity.core.counting.countable import Period
from comity.modules.reports.evaluating import CannotEvaluate, Evaluator, Frame
from comity.modules.reports.models import Edition
from comity.modules.reports.numbers import Number, numbers
from comity.modules.reports.selectors import editions, registry


@dataclass(frozen=True)
class FigureChange:
    """A figure in two editions. Where the definition changed there is a break in series: `old_redefined` is last year
    under this year's definition, as known when last year was frozen."""

    slug: str
    old: Number | None
    new: Number | None
    redefined: bool = False
    old_redefined: Decimal | None = None

    @property
    def difference(self) -> Decimal | None:
        """New less old, over one definition; None where one of them is missing."""
        before = self.old_redefined if self.redefined else (self.old.value if self.old else None)
        return None if self.new is None or before is None else self.new.value - before


@dataclass(frozen=True)
class Words:
    """A stretch of text that is the same, new ("added") or gone ("removed")."""

    text: str
    state: str


@dataclass(frozen=True)
class ParagraphChange:
    """A paragraph in two editions: "added", "removed", "reworded", "same"; with its numbers in both."""

    key: str
    state: str
    old_number: int | None
    new_number: int | None
    words: tuple[Words, ...] = ()


def figures(edition: Edition, previous: Edition, *, approved_only: bool = False) -> list[FigureChange]:
    """Returns every figure of either edition, in the order of the new one."""
    new = numbers(edition, approved_only=approved_only).by_slug
    old = numbers(previous, approved_only=approved_only).by_slug
    return [_change(slug, old.get(slug), new.get(slug), previous) for slug in dict.fromkeys([*new, *old])]


def _change(slug: str, old: Number | None, new: Number | None, previous: Edition) -> FigureChange:
    if old is None or new is None:
        return FigureChange(slug, old, new)
    redefined = old.definition.content_digest() != new.definition.content_digest()
    return FigureChange(slug, old, new, redefined, _again(new, old, previous) if redefined else None)


def _again(new: Number, old: Number, previous: Edition) -> Decimal | None:
    """Last year's number under this year's definition, from what was known then; None where it gives none."""
    frame = editions.frame_of(previous)
    known_at = old.snapshot.known_at if old.snapshot else None
    definitions = registry.definitions_of(registry.with_parts([new.definition.slug]))
    definitions[new.definition.slug] = new.definition
    periods: dict[str, Period] = dict(frame.periods)
    try:
        evaluator = Evaluator(definitions, Frame(frame.period, frame.as_of, known_at, periods, frame.days))
        return evaluator.answer(new.definition.slug).value
    except CannotEvaluate:
        return None


def paragraphs(edition: Edition, previous: Edition, lang: str) -> list[ParagraphChange]:
    """Returns every paragraph of either edition by its key, in the order of the new one, then those that are gone."""
    new, old = _texts(edition, lang), _texts(previous, lang)
    made = []
    for key in dict.fromkeys([*new, *old]):
        number, text = new.get(key, (None, ""))
        old_number, old_text = old.get(key, (None, ""))
        if old_number is None:
            state = "added"
        elif number is None:
            state = "removed"
        else:
            state = "same" if text == old_text else "reworded"
        made.append(ParagraphChange(key, state, old_number, number, tuple(word_changes(old_text, text))))
    return made


def _texts(edition: Edition, lang: str) -> dict[str, tuple[int, str]]:
    parts = editions.outline(edition)
    ordered = [paragraph for section in parts.sections for paragraph in parts.below(section)]
    return {
        p.key: (number, parts.text(p, lang) or parts.text(p, edition.original)) for number, p in enumerate(ordered, 1)
    }


def word_changes(old: str, new: str) -> list[Words]:
    """Returns the new text with what was removed from the old one, word by word (sign by sign in Chinese)."""
    before, after = _words(old), _words(new)
    made = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            made.append(Words("".join(after[c:d]), "same"))
            continue
        if b > a:
            made.append(Words("".join(before[a:b]), "removed"))
        if d > c:
            made.append(Words("".join(after[c:d]), "added"))
    return made


def _words(text: str) -> list[str]:
    return re.findall(r"\{[^{}]*\}|[\u3000-\u9fff\uff00-\uffef]|[^\s\u3000-\u9fff\uff00-\uffef{}]+|\s+|[{}]", text)


def state_title(state: str) -> str:
    """Returns what a paragraph's state is called."""
    titles = {"added": _("added"), "removed": _("removed"), "reworded": _("reworded"), "same": _("unchanged")}
    return titles[state]
