"""The number behind each figure of an edition: frozen, overridden, or (before the freeze) as the records give it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from comity.core.counting.countable import Period
from comity.modules.reports.definition import Definition
from comity.modules.reports.document import Basis
from comity.modules.reports.evaluating import CannotEvaluate, Evaluator, Evidence, Frame, digest, with_members
from comity.modules.reports.models import Edition, Override, Snapshot
from comity.modules.reports.selectors import editions, registry
from comity.modules.reports.vocabulary import BEFORE_FREEZE


@dataclass(frozen=True)
class Number:
    """What stands behind a figure of an edition. `snapshot` is None while it is live; `computed` is what the query
    gave where an override replaces it."""

    definition: Definition
    version: int
    value: Decimal
    basis: Basis
    period: Period | None
    as_of: date
    digest: str
    records: int
    snapshot: Snapshot | None = None
    computed: Decimal | None = None
    approved: bool = False
    #: Of a live number: its parts, and the records behind it.
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Numbers:
    """The numbers of an edition by slug; `problems` says of the others why there is none."""

    by_slug: dict[str, Number]
    problems: dict[str, str]
    definitions: dict[str, Definition]


def numbers(edition: Edition, *, approved_only: bool = False) -> Numbers:
    """Returns the numbers of an edition. `approved_only`: nothing that a second person has not approved."""
    if edition.state in BEFORE_FREEZE:
        return Numbers({}, {}, {}) if approved_only else live(edition)
    return frozen(edition, approved_only=approved_only)


def live(edition: Edition) -> Numbers:
    """Returns the numbers as the records give them now."""
    return evaluated(edition, editions.frame_of(edition))


def evaluated(edition: Edition, frame: Frame) -> Numbers:
    """Returns the numbers of the figures that an edition names, computed for a frame; nothing is stored."""
    slugs = editions.slugs_of(edition)
    rows = registry.with_parts(slugs)
    definitions = registry.definitions_of(rows)
    evaluator = Evaluator(definitions, frame)
    found: dict[str, Number] = {}
    problems: dict[str, str] = {}
    for slug in dict.fromkeys([*slugs, *with_members(slugs, definitions)]):
        try:
            answer = evaluator.answer(slug)
        except CannotEvaluate as refused:
            problems[slug] = str(refused)
            continue
        definition = definitions[slug]
        found[slug] = Number(
            definition,
            rows[slug].version,
            answer.value,
            "declared" if definition.is_declared else "computed",
            answer.period,
            answer.as_of,
            digest(definition, answer),
            answer.records,
            numerator=answer.numerator,
            denominator=answer.denominator,
            evidence=answer.evidence,
        )
    return Numbers(found, problems, definitions)


def frozen(edition: Edition, *, approved_only: bool = False) -> Numbers:
    """Returns the frozen numbers, replaced where a confirmed override stands."""
    overrides = editions.overrides_of(edition)
    found: dict[str, Number] = {}
    for slug, row in editions.standing(edition, approved_only=approved_only).items():
        found[slug] = of_result(row, overrides.get(slug))
    return Numbers(found, {}, {slug: number.definition for slug, number in found.items()})


def of_result(row: Snapshot, override: Override | None = None) -> Number:
    """Returns the number of a frozen result, or the one that a confirmed override puts in its place."""
    period = Period(row.period_start, row.period_end) if row.period_start and row.period_end else None
    return Number(
        registry.definition_of(row.definition), row.definition.version,
        row.value if override is None else override.value,
        "overridden" if override is not None else ("declared" if row.basis == "declared" else "computed"),
        period, row.as_of, row.digest, row.records, row, None if override is None else row.value,
        row.approved_at is not None,
    )  # fmt: skip
