"""The implementation matrix: State × article, for States party on a day, and what is recorded here for each.

It counts records, never judges: no score, rank or percentage across States (the reviews are non-adversarial and
allow no ranking; domain notes, section 6). An empty cell says that nothing is recorded here, not that nothing is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.http import Http404

from comity.core.actions.actor import Actor
from comity.core.people.models import Participant
from comity.modules.directory import public as directory
from comity.modules.library import vocabulary as v
from comity.modules.library.models import Tag
from comity.modules.library.selectors.records import published
from comity.modules.treaties import public as treaties


@dataclass(frozen=True)
class Cell:
    """What is recorded for one State under one article: numbers of laws, cases and authorities."""

    laws: int = 0
    cases: int = 0
    authorities: int = 0

    def __bool__(self) -> bool:
        return bool(self.laws or self.cases or self.authorities)


EMPTY = Cell()


@dataclass(frozen=True)
class Line:
    """One State party, since when the instrument binds it (None: not told), and its cells by article."""

    iso3: str
    name: str
    group: str
    since: date | None
    cells: dict[str, Cell] = field(default_factory=dict)

    def cell(self, article: str) -> Cell:
        """The cell of an article; an empty one where nothing is recorded."""
        return self.cells.get(article, EMPTY)


@dataclass(frozen=True)
class Matrix:
    """The matrix of one instrument on one day. `source_ends`: up to which day the list of parties reaches."""

    instrument: treaties.Instrument
    on: date
    source_ends: date | None
    articles: tuple[treaties.ArticleOf, ...]
    lines: tuple[Line, ...]


def article_of(value: str) -> tuple[str, str]:
    """Splits a tag ("UNCAC:15(a)") into instrument and article ("UNCAC", "15"): paragraphs count under it."""
    instrument, _colon, number = value.partition(":")
    return instrument, number.partition("(")[0]


def instrument_or_404(code: str, lang: str) -> treaties.Instrument:
    """The instrument of this code. Raises Http404."""
    found = next((i for i in treaties.instruments(lang) if i.code == code), None)
    if found is None:
        raise Http404(f"No instrument {code[:40]}.")
    return found


def recorded(
    actor: Actor, instrument: str, states: Collection[str] = ()
) -> dict[tuple[str, str], dict[str, set[int]]]:
    """By (ISO3, article): for laws and cases, the published records this actor may see that are tagged to it."""
    shown = published(actor).filter(kind__in=[v.Kind.LAW, v.Kind.CASE], participant__isnull=False)
    if states:
        shown = shown.filter(participant_id__in=states)
    tags = Tag.objects.filter(scheme=v.TagScheme.ARTICLE, value__startswith=f"{instrument}:", record__in=shown)
    found: dict[tuple[str, str], dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for iso3, kind, value, record in tags.values_list(
        "record__participant_id", "record__kind", "value", "record_id"
    ).distinct():
        found[iso3, article_of(value)[1]][kind].add(record)
    return found


def matrix(
    actor: Actor, code: str, on: date, lang: str, *, group: str = "", states: Collection[str] = (), article: str = ""
) -> Matrix:
    """Returns the matrix for the States party on the day, by name; `group` (regional group), `states` and `article`
    keep those only. Raises Http404 for an unknown instrument or article."""
    instrument = instrument_or_404(code, lang)
    articles = [a for a in treaties.articles(code, lang) if not article or a.number == article]
    if article and not articles:
        raise Http404(f"{code} has no article {article[:20]} in our sources.")
    parties = treaties.parties(code, on)
    groups = dict(Participant.objects.values_list("iso3", "regional_group"))
    kept = [
        iso3
        for iso3 in parties.codes
        if (not group or groups.get(iso3) == group) and (not states or iso3 in states)
    ]
    cells = _cells(actor, code, {a.number for a in articles}, states)
    names = treaties.participant_names(lang)
    lines = [
        Line(iso3, names.get(iso3, iso3), groups.get(iso3, ""), parties.since.get(iso3), cells.get(iso3, {}))
        for iso3 in kept
    ]
    return Matrix(
        instrument, on, parties.source_ends, tuple(articles), tuple(sorted(lines, key=lambda line: line.name))
    )


def _cells(
    actor: Actor, code: str, articles: Collection[str], states: Collection[str]
) -> dict[str, dict[str, Cell]]:
    found, served = recorded(actor, code, states), directory.articles_served(actor, code, states)
    cells: dict[str, dict[str, Cell]] = defaultdict(dict)
    for iso3, article in found.keys() | served.keys():
        if article in articles:
            kinds = found.get((iso3, article), {})
            cells[iso3][article] = Cell(
                len(kinds.get(v.Kind.LAW, ())), len(kinds.get(v.Kind.CASE, ())), served.get((iso3, article), 0)
            )
    return cells


COLUMNS = ("instrument", "on", "iso3", "state", "article", "title", "laws", "cases", "authorities")


def rows(found: Matrix) -> Iterable[dict[str, object]]:
    """The matrix as a table: one row for each State and article."""
    for line in found.lines:
        for article in found.articles:
            cell = line.cell(article.number)
            yield {
                "instrument": found.instrument.code,
                "on": found.on,
                "iso3": line.iso3,
                "state": line.name,
                "article": article.number,
                "title": str(article.title) if article.title else "",
                "laws": cell.laws,
                "cases": cell.cases,
                "authorities": cell.authorities,
            }
