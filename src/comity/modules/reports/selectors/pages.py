"""What the pages of this module list: a desk, published reports, declared counts, the registry."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.http import Http404

from comity.core.actions.actor import Actor
from comity.core.texts.languages import UN_LANGUAGES
from comity.modules.reports import vocabulary as v
from comity.modules.reports.models import (
    DeclaredCount,
    Edition,
    FigureDefinition,
    Override,
    Paragraph,
    PublishedReport,
)
from comity.modules.reports.policies import can, declared_scope, override_scope, published_scope, scope
from comity.modules.reports.selectors import editions, registry
from comity.modules.reports.vocabulary import PUBLISHED, DeclaredStep

#: States in which every language is wanted.
_TRANSLATED = frozenset({v.EditionState.CLEARED, v.EditionState.IN_TRANSLATION})


def last_issued(actor: Actor) -> Edition | None:
    """Returns the issued edition of the latest period that `actor` may see."""
    return editions.editions(actor).filter(state__in=PUBLISHED).first()


@dataclass(frozen=True)
class WorkOf:
    """What of one edition waits for a person: figures to approve, paragraphs to clear, missing translations."""

    edition: Edition
    approvals: int = 0
    clearances: int = 0
    missing: tuple[tuple[str, int], ...] = ()

    @property
    def count(self) -> int:
        """How many things wait."""
        return self.approvals + self.clearances + sum(n for _lang, n in self.missing)


@dataclass(frozen=True)
class Desk:
    """What waits for a person of the secretariat."""

    work: list[WorkOf] = field(default_factory=list)
    overrides: list[Override] = field(default_factory=list)
    declared: list[DeclaredCount] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many things wait."""
        return len(self.overrides) + len(self.declared) + sum(one.count for one in self.work)


def desk(actor: Actor) -> Desk:
    """Returns what waits for this person: only what they may do themselves."""
    mine = scope(actor, v.VIEW_WORK, Edition.objects.all())
    work = [one for edition in mine if (one := _work_of(actor, edition)).count]
    overrides = override_scope(actor, Override.objects.filter(confirmed_at=None, withdrawn_at=None))
    declared = declared_scope(actor, DeclaredCount.objects.filter(step=DeclaredStep.DRAFT))
    return Desk(
        work,
        [row for row in overrides.select_related("edition") if can(actor, v.CONFIRM_OVERRIDE, row)],
        [row for row in declared.order_by("code") if can(actor, v.CONFIRM_DECLARED, row)],
    )


def _work_of(actor: Actor, edition: Edition) -> WorkOf:
    approvals = clearances = 0
    missing: list[tuple[str, int]] = []
    if can(actor, v.APPROVE, edition):
        rows = editions.standing(edition).values()
        approvals = sum(row.approved_at is None and not _own(actor, row.computed_by) for row in rows)
    if can(actor, v.CLEAR, edition) and edition.state == v.EditionState.DRAFTING:
        waiting = Paragraph.objects.filter(edition=edition, cleared_at=None)
        clearances = sum(not _own(actor, row.written_by) for row in waiting)
    if can(actor, v.WRITE, edition) and edition.state in _TRANSLATED:
        missing = missing_texts(edition)
    return WorkOf(edition, approvals, clearances, tuple(missing))


def _own(actor: Actor, reference: str) -> bool:
    return actor.kind != "system" and actor.reference == reference


def missing_texts(edition: Edition) -> list[tuple[str, int]]:
    """Returns for each language in which paragraphs have no text how many those are."""
    parts = editions.outline(edition)
    counts = [(lang, sum(not parts.text(p, lang).strip() for p in parts.paragraphs)) for lang in UN_LANGUAGES]
    return [(lang, count) for lang, count in counts if count]


def declared_counts(actor: Actor) -> QuerySet[DeclaredCount]:
    """Returns the declared counts that `actor` may see, the latest days first."""
    return declared_scope(actor, DeclaredCount.objects.all()).order_by("-starts", "code")


def declared_count(actor: Actor, code: str) -> DeclaredCount:
    """Returns one declared count. Raises Http404 where there is none that `actor` may see."""
    found = declared_counts(actor).filter(code=code).first()
    if found is None:
        raise Http404
    return found


def declared_versions(row: DeclaredCount) -> list[DeclaredCount]:
    """Returns every version of a declared count, newest first."""
    return list(DeclaredCount.objects.filter(code=row.code).order_by("-recorded_at", "-id"))


def published_reports(actor: Actor) -> QuerySet[PublishedReport]:
    """Returns the reports of others that `actor` may see."""
    return published_scope(actor, PublishedReport.objects.all()).order_by("-imported_at", "code")


def published_report(actor: Actor, code: str) -> PublishedReport:
    """Returns one report of others. Raises Http404 where there is none that `actor` may see."""
    found = published_reports(actor).filter(code=code).first()
    if found is None:
        raise Http404
    return found


def registry_rows(search: str = "", kind: str = "", counts: str = "") -> list[FigureDefinition]:
    """Returns the current definitions whose slug, meaning or owner holds every word, by slug."""
    found = []
    for row in registry.current_rows():
        said = row.content
        text = " ".join([row.slug, *said.get("meaning", {}).values(), said.get("owner", "")]).casefold()
        if kind and said.get("kind") != kind:
            continue
        if counts and said.get("counts") != counts:
            continue
        if all(word in text for word in search.casefold().split()):
            found.append(row)
    return found


def editions_with(actor: Actor, slug: str) -> list[Edition]:
    """Returns the editions that `actor` may see and that hold an approved result of the figure."""
    rows = editions.editions(actor).filter(snapshots__slug=slug, snapshots__approved_at__isnull=False)
    return list(rows.distinct())
