"""One figure of an edition, as a reader may see it: its number, where it stands, its history, the records behind it.

Who sees what: the secretariat everything. Of an issued edition everybody sees approved numbers; nothing of a figure for
the secretariat; of a protected figure no small cell, no record's share and no count of records. Records are shown by
the module that keeps them, each to those who may see it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.http import Http404

from comity.core.actions.actor import Actor
from comity.core.actions.labels import OFFICIAL_ROLES
from comity.core.counting.asking import countables
from comity.core.counting.countable import Countable, RecordLine
from comity.modules.reports import tokens
from comity.modules.reports import vocabulary as v
from comity.modules.reports.definition import Definition
from comity.modules.reports.evaluating import Answer, CannotEvaluate, Evaluator, Frame, digest, with_members
from comity.modules.reports.models import Edition, FigureDefinition, Override, Snapshot, SnapshotRecords
from comity.modules.reports.numbers import Number, frozen
from comity.modules.reports.policies import can, override_scope
from comity.modules.reports.releasing import is_small, strictest
from comity.modules.reports.selectors import editions, registry
from comity.modules.reports.vocabulary import BEFORE_FREEZE, Disclosure
from comity.ui.paging import Page, mark, unmark

#: Records on one page.
PAGE = 50
#: Records asked about at once while a page is filled.
_CHUNK = 400
#: Up to so many records the page says at once how many of them the reader may see.
COUNTED_AT_ONCE = 1000


@dataclass(frozen=True)
class Sight:
    """What a reader of an edition may see of its figures."""

    staff: bool
    official: bool

    def sees(self, definition: Definition) -> bool:
        """True where the figure has a page for this reader."""
        return self.staff or definition.disclosure != Disclosure.SECRETARIAT


def sight(actor: Actor, edition: Edition) -> Sight:
    """Returns what `actor` may see of the figures of an edition."""
    return Sight(bool(can(actor, v.VIEW_WORK, edition)), actor.has(*OFFICIAL_ROLES))


@dataclass(frozen=True)
class Place:
    """A paragraph that prints a figure: its number (None: the summary), key, and the token."""

    number: int | None
    key: str
    token: tokens.FigureToken


@dataclass(frozen=True)
class Figure:
    """A figure of an edition. `number` is None where it gives none: `problem` says why. `row` is the version of the
    definition that made the number; `current` the registry's version today."""

    edition: Edition
    definition: Definition
    row: FigureDefinition
    current: int
    sight: Sight
    number: Number | None = None
    problem: str = ""
    answer: Answer | None = None
    #: The moment up to which records count; None: now.
    known_at: datetime | None = None
    #: Definitions of the figures it is made of, through any number of them.
    definitions: Mapping[str, Definition] = field(default_factory=dict)

    @property
    def snapshot(self) -> Snapshot | None:
        """The frozen result; None while it is live."""
        return self.number.snapshot if self.number else None

    @property
    def disclosure(self) -> Disclosure:
        """The strictest class of the figure and of those it is made of: it holds for the records behind it."""
        return strictest(self.definition.slug, {**self.definitions, self.definition.slug: self.definition})

    @property
    def shows_records(self) -> bool:
        """True where this reader may see records behind the figure at all."""
        return self.sight.staff or self.disclosure != Disclosure.SECRETARIAT

    @property
    def shows_shares(self) -> bool:
        """True where the reader is told what each record gives to the number."""
        return self.sight.staff or self.disclosure == Disclosure.PUBLIC

    @property
    def counts_records(self) -> bool:
        """True where the reader is told how many records there are, seen or not."""
        return self.sight.staff or (self.sight.official and self.disclosure == Disclosure.PUBLIC)

    @property
    def released(self) -> Mapping[str, object]:
        """The table that may be released, {} where there is none."""
        return self.snapshot.released if self.snapshot else {}

    def told(self, row: Snapshot) -> Decimal | None:
        """A result's exact value for this reader; None where it is suppressed.

        Of a figure that is not public only the standing result is told: what two results differ by tells a small cell.
        """
        if self.sight.staff:
            return row.value
        stands = self.snapshot is not None and row.pk == self.snapshot.pk
        was_protected = registry.definition_of(row.definition).disclosure != Disclosure.PUBLIC
        if not stands and (was_protected or self.disclosure != Disclosure.PUBLIC):
            return None
        return None if is_small(self.definition, row.value, row.released) else row.value


@dataclass(frozen=True)
class Asked:
    """Another day that the secretariat asks a figure for."""

    as_of: date | None = None
    known_at: datetime | None = None

    def __bool__(self) -> bool:
        return self.as_of is not None or self.known_at is not None


def figure(actor: Actor, edition: Edition, slug: str) -> Figure:
    """Returns a figure of an edition. Raises Http404 where there is none that `actor` may see."""
    seen = sight(actor, edition)
    if edition.state in BEFORE_FREEZE:
        found = live(edition, slug, seen)
    else:
        number = frozen(edition, approved_only=not seen.staff).by_slug.get(slug)
        if number is None:
            if not seen.staff or slug not in editions.slugs_of(edition):
                raise Http404
            return live(edition, slug, seen)
        assert number.snapshot is not None  # noqa: S101 (frozen numbers have their snapshot)
        rows = registry.with_parts([slug], number.snapshot.computed_at)
        known = registry.definitions_of(rows) | {slug: number.definition}
        current = registry.current_rows().filter(slug=slug).first()
        row = number.snapshot.definition
        found = Figure(
            edition, number.definition, row, current.version if current else row.version, seen, number,
            known_at=number.snapshot.known_at, definitions=known,
        )  # fmt: skip
    if not seen.sees(found.definition):
        raise Http404
    return found


def live(edition: Edition, slug: str, seen: Sight, asked: Asked | None = None) -> Figure:
    """Returns what the records give for a figure now, or for the day asked for. Raises Http404 where the registry has
    no such figure."""
    rows = registry.with_parts([slug])
    if slug not in rows:
        raise Http404
    definitions = registry.definitions_of(rows)
    frame, asked = editions.frame_of(edition), asked or Asked()
    days = {} if asked.as_of else frame.days
    frame = Frame(frame.period, asked.as_of or frame.as_of, asked.known_at, frame.periods, days)
    row, definition = rows[slug], definitions[slug]
    try:
        answer = Evaluator(definitions, frame).answer(slug)
    except CannotEvaluate as refused:
        return Figure(edition, definition, row, row.version, seen, problem=str(refused), definitions=definitions)
    number = Number(
        definition, row.version, answer.value, "declared" if definition.is_declared else "computed",
        answer.period, answer.as_of, digest(definition, answer), answer.records,
    )  # fmt: skip
    return Figure(edition, definition, row, row.version, seen, number, "", answer, asked.known_at, definitions)


def values_now(edition: Edition, slugs: Iterable[str]) -> dict[str, Decimal]:
    """Returns what the records give today for figures of a frozen edition; those that give nothing are left out."""
    frame = editions.frame_of(edition)
    frame = Frame(frame.period, frame.as_of, None, frame.periods, frame.days)
    evaluator = Evaluator(
        registry.definitions_of(registry.with_parts(slugs)),
        frame,
    )
    found: dict[str, Decimal] = {}
    for slug in slugs:
        try:
            found[slug] = evaluator.answer(slug).value
        except CannotEvaluate:
            continue
    return found


def places(edition: Edition, slug: str, lang: str) -> list[Place]:
    """Returns where the edition prints the figure, in reading order; texts in the language, else the original."""
    parts = editions.outline(edition)
    texts = [(None, "summary", edition.summary.get(lang) or edition.summary.get(edition.original, ""))]
    ordered = [paragraph for section in parts.sections for paragraph in parts.below(section)]
    for number, paragraph in enumerate(ordered, 1):
        said = parts.text(paragraph, lang) or parts.text(paragraph, edition.original)
        texts.append((number, paragraph.key, said))  # type: ignore[arg-type]
    return [Place(number, key, token) for number, key, text in texts for token in _tokens(text, slug)]


def _tokens(text: str, slug: str) -> Iterable[tokens.FigureToken]:
    try:
        return [piece for piece in tokens.parse(text) if isinstance(piece, tokens.FigureToken) and piece.slug == slug]
    except tokens.BadToken:
        return []


def history(found: Figure) -> list[Snapshot]:
    """Returns the frozen results of the figure, newest first: all for the secretariat, else the approved ones."""
    rows = Snapshot.objects.filter(edition=found.edition, slug=found.definition.slug).select_related("definition")
    if not found.sight.staff:
        rows = rows.filter(approved_at__isnull=False)
    return list(rows.order_by("-id"))


def overrides(actor: Actor, found: Figure) -> list[Override]:
    """Returns the overrides of the figure that `actor` may see, newest first."""
    rows = Override.objects.filter(edition=found.edition, slug=found.definition.slug)
    return list(override_scope(actor, rows).order_by("-id"))


def used_in(found: Figure) -> list[str]:
    """Returns the figures of the edition that are made of this one and that the reader may see."""
    made = frozen(found.edition, approved_only=not found.sight.staff).by_slug.values()
    slug = found.definition.slug
    return [n.definition.slug for n in made if slug in n.definition.parts and found.sight.sees(n.definition)]


@dataclass(frozen=True)
class LastYear:
    """The figure's definition in last year's edition, and whether this year's asks the same."""

    edition: Edition
    version: int
    changed: bool


def last_year(actor: Actor, found: Figure) -> LastYear | None:
    """Returns how the figure stood in the edition before; None where there is none that the reader may see."""
    if not found.edition.previous:
        return None
    before = editions.editions(actor).filter(code=found.edition.previous).first()
    if before is None:
        return None
    old = editions.standing(before, approved_only=not found.sight.staff).get(found.definition.slug)
    if old is None:
        return None
    definition = registry.definition_of(old.definition)
    changed = definition.content_digest() != found.definition.content_digest()
    return LastYear(before, old.definition.version, changed)


@dataclass
class Share:
    """What one record gives to a figure: numbers, values told apart, the version that was counted."""

    record: str
    version: str = ""
    #: What it gives to each of the figures that the figure is made of; under "" for the figure itself.
    numbers: dict[str, Decimal] = field(default_factory=dict)
    keys: list[str] = field(default_factory=list)


def shares(found: Figure) -> dict[str, Share]:
    """Returns the records behind a figure by reference, in their order. Whoever shows them asks their module first."""
    if found.answer is not None:
        rows: Iterable[Sequence[str]] = (line.row() for line in found.answer.evidence)
    elif found.snapshot is not None:
        evidence = SnapshotRecords.objects.filter(snapshot=found.snapshot).first()
        rows = evidence.rows if evidence else []
    else:
        rows = []
    made: dict[str, Share] = {}
    for part, record, version, key, number in rows:
        share = made.setdefault(record, Share(record, version))
        if key and key not in share.keys:
            share.keys.append(key)
        share.numbers[part] = share.numbers.get(part, Decimal(0)) + Decimal(number)
    return dict(sorted(made.items()))


def kinds(found: Figure) -> list[Countable]:
    """Returns what the figure, or the figures it is made of, count."""
    there = countables()
    names = dict.fromkeys(
        found.definitions[one].counts for one in with_members([found.definition.slug], found.definitions)
    )
    return [there[name] for name in names if name in there]


def visible(actor: Actor, things: Sequence[Countable], references: Sequence[str], lang: str) -> dict[str, RecordLine]:
    """Returns those of the records that `actor` may see, by reference."""
    found: dict[str, RecordLine] = {}
    for start in range(0, len(references), _CHUNK):
        part = references[start : start + _CHUNK]
        found |= {line.record: line for thing in things for line in thing.records(actor, part, lang)}
    return found


def page_of_records(
    actor: Actor, things: Sequence[Countable], references: Sequence[str], params: Mapping[str, str], lang: str
) -> Page[RecordLine]:
    """Returns a page of the records that `actor` may see. Only as many are read as the page needs, and nothing about
    the page tells how many are hidden. Raises BadRequest for a marker that was not made here."""
    after, before = params.get("after", ""), params.get("before", "")
    backward = bool(before and not after)
    ordered = list(reversed(references)) if backward else list(references)
    if after or before:
        (marker,) = unmark(after or before, 1)
        ordered = [r for r in ordered if (r < str(marker) if backward else r > str(marker))]
    taken: list[RecordLine] = []
    size = PAGE + 10
    while ordered and len(taken) <= PAGE:
        chunk, ordered = ordered[:size], ordered[size:]
        lines = visible(actor, things, chunk, lang)
        taken += [lines[reference] for reference in chunk if reference in lines]
        size = _CHUNK
    more, taken = len(taken) > PAGE, taken[:PAGE]
    if backward:
        taken.reverse()
    has_next, has_previous = (True, more) if backward else (more, bool(after))
    return Page(
        rows=taken,
        next=mark([taken[-1].record]) if taken and has_next else None,
        previous=mark([taken[0].record]) if taken and has_previous else None,
    )
