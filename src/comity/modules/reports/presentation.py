"""Figures and editions in the reader's words: texts by language, numbers, a figure's question as a list of facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from babel.numbers import format_decimal
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.core.counting.asking import countables
from comity.core.counting.conditions import BadCondition, in_words
from comity.core.counting.countable import Countable, CountField
from comity.core.counting.vocabulary import FieldKind, PeriodRule
from comity.core.people.selectors import participant_choices
from comity.core.texts.models import TextStatus
from comity.core.texts.selectors import Shown
from comity.modules.reports.building import claim_of
from comity.modules.reports.definition import Definition
from comity.modules.reports.numbers import Number
from comity.modules.reports.printing import Claim, Dishonest, Qualifier, bare, printed
from comity.modules.reports.vocabulary import FigureKind, FigureMeasure, PeriodOf
from comity.ui.dates import locale_of, spoken


def page_lang() -> str:
    """The language of the page."""
    return get_language() or "en"


def shown(texts: Mapping[str, str], lang: str, original: str = "en") -> Shown | None:
    """Returns a text in the language, else the original, else any; None where there is none."""
    for code in (lang, original, "en", *sorted(texts)):
        if texts.get(code):
            return Shown(texts[code], code, TextStatus.ORIGINAL, code != lang)
    return None


def plain(value: Decimal, lang: str) -> str:
    """Returns a number with the separators of the language and every decimal that it has."""
    return format_decimal(value, format="#,##0.##########", locale=locale_of(lang))


def exact(value: Decimal, definition: Definition, lang: str) -> str:
    """Returns a figure's value unrounded, in the language: with its currency, or as a share."""
    if definition.kind == FigureKind.COUNT:
        return plain(value, lang)
    if definition.kind == FigureKind.MONEY:
        amount = Claim(value, Qualifier.EXACT)
        return bare(printed(amount, lang, definition.kind, definition.currency, "digits"))
    return bare(printed(Claim(value.quantize(Decimal("0.0001")), Qualifier.EXACT), lang, definition.kind))


def as_printed(number: Number, lang: str, qualifier: Qualifier | None = None, style: str = "auto") -> str:
    """Returns what a text prints of a number; "" where the number does not make it true."""
    definition = number.definition
    try:
        return printed(claim_of(number, qualifier), lang, definition.kind, definition.currency, style)  # type: ignore[arg-type]
    except (Dishonest, ValueError):
        return ""


def period_words(start: date | None, end: date | None, lang: str) -> str:
    """Returns a period in words; "" where there is none. A whole year is the year."""
    if start is None or end is None:
        return ""
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
    return f"{spoken(start, lang)} – {spoken(end, lang)}"


class Names:
    """Names of the values of fields, as far as this reader may know them."""

    def __init__(self, actor: Actor, lang: str) -> None:
        self.actor, self.lang = actor, lang
        self._states: dict[str, str] | None = None
        self._titles: dict[tuple[str, str], str] = {}
        self.countables = countables()

    def state(self, code: str) -> str:
        """The State's name; its code where it is unknown."""
        if self._states is None:
            self._states = dict(participant_choices(self.lang))
        return self._states.get(code, code)

    def value(self, counts: str, field: CountField, value: Any) -> str:
        """A value of a field of what is counted, in words."""
        match field.kind:
            case FieldKind.CHOICE:
                return str(dict(field.choices).get(value, value))
            case FieldKind.STATE:
                return self.state(str(value))
            case FieldKind.FLAG:
                return _("yes") if value else _("no")
            case FieldKind.DATE:
                return spoken(value, self.lang)
            case FieldKind.NUMBER:
                return plain(Decimal(str(value)), self.lang)
        choices = dict(field.choices)
        return str(choices[value]) if value in choices else self.title(counts, field.name, str(value))

    def title(self, counts: str, kind: str, code: str) -> str:
        """A record that a code names, by its title, where a countable of that name shows it to the reader."""
        if (kind, code) not in self._titles:
            module = counts.partition(".")[0]
            thing = self.countables.get(f"{module}.{kind}")
            lines = thing.records(self.actor, [f"{module}:{kind}:{code}"], self.lang) if thing else []
            self._titles[kind, code] = f"{lines[0].title} ({code})" if lines else code
        return self._titles[kind, code]

    def key(self, definition: Definition, value: str) -> str:
        """A value that a figure tells apart."""
        field = self.field(definition, definition.of)
        return self.value(definition.counts, field, value) if field and value else value

    def field(self, definition: Definition, name: str) -> CountField | None:
        """A field of what the figure counts."""
        thing = self.countables.get(definition.counts)
        return thing.fields.get(name) if thing else None


@dataclass(frozen=True)
class Fact:
    """One line of what a figure asks: label and words, with links to other figures where it is made of them."""

    label: str
    words: str
    links: tuple[tuple[str, str], ...] = ()


def question_facts(definition: Definition, names: Names, link: Callable[[str], str] | None = None) -> list[Fact]:
    """Returns what the figure asks, in words. `link` gives the address of another figure."""
    address = link or (lambda slug: reverse("reports:definition", args=[slug]))
    facts = [Fact(_("Measure"), measure_words(definition, names))]
    if definition.is_composed:
        links = tuple((slug, address(slug)) for slug in definition.parts)
        return [*facts, Fact(_("Made of"), "", links), *_relations(definition)]
    thing = names.countables.get(definition.counts)
    if thing is None:
        gone = _("No module of this node counts “%(name)s”.") % {"name": definition.counts}
        return [*facts, Fact(_("Counts"), gone)]
    facts.append(Fact(_("Counts"), f"{thing.title}. {thing.meaning}".strip()))
    if definition.where:
        facts.append(Fact(_("Only where"), _where(definition, thing, names)))
    facts.append(Fact(_("Dates"), str(PeriodRule(definition.period_rule).label)))
    facts.append(Fact(_("Period asked for"), str(PeriodOf(definition.period).label)))
    if definition.breakdown:
        titles = [str(thing.fields[name].title) if name in thing.fields else name for name in definition.breakdown]
        facts.append(Fact(_("Released by"), ", ".join(titles)))
    return [*facts, *_relations(definition)]


def _where(definition: Definition, thing: Countable, names: Names) -> str:
    try:
        return in_words(definition.where, thing.fields, lambda f, value: names.value(definition.counts, f, value))
    except BadCondition as refused:
        return str(refused)


def measure_words(definition: Definition, names: Names) -> str:
    """Returns what is made of the records: "sum: number of people"."""
    label = str(FigureMeasure(definition.measure).label)
    field = names.field(definition, definition.of) if definition.of else None
    return f"{label}: {field.title}" if field else label


def _relations(definition: Definition) -> list[Fact]:
    facts = []
    if definition.overlap_group:
        words = _("Figures of the group “%(group)s” count some of the same people or things: they are not added up.")
        facts.append(Fact(_("Overlap"), words % {"group": definition.overlap_group}))
    if definition.inside:
        address = reverse("reports:definition", args=[definition.inside])
        facts.append(Fact(_("Lies inside"), "", ((definition.inside, address),)))
    return facts
