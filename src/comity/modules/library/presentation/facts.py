"""What is stated of a record beside its texts: one list of (label, kind of value, value) for each kind of record."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from comity.modules.library import vocabulary as v
from comity.modules.library.content import Case, Content, Guide, Law, Publication

Fact = tuple[Any, str, Any]
#: Mark of a law's status badge.
STATUS_MARKS = {
    v.LawStatus.IN_FORCE: "ok", v.LawStatus.AMENDED: "info", v.LawStatus.REPEALED: "stop", v.LawStatus.DRAFT: "draft",
    v.LawStatus.UNKNOWN: "quiet",
}  # fmt: skip


def facts_of(content: Content) -> list[Fact]:
    """The facts that are stated, in a fixed order; what is not stated is left out."""
    if content.law:
        found = _law(content.law)
    elif content.case:
        found = _case(content.case)
    elif content.publication:
        found = _publication(content.publication)
    else:
        found = _guide(content.guide) if content.guide else []
    return [fact for fact in found if fact[2]]


def status_of(content: Content) -> tuple[Any, str]:
    """A law's status in words and the mark of its badge; ("", "quiet") for other records."""
    if content.law is None:
        return "", "quiet"
    status = v.LawStatus(content.law.status)
    return status.label, STATUS_MARKS[status]


def _law(law: Law) -> list[Fact]:
    return [
        (_("Type"), "text", v.LawType(law.type).label),
        (_("Official number"), "text", law.official_number),
        (_("Issued by"), "text", law.issued_by),
        (_("Adopted"), "date", law.adopted_on),
        (_("In force from"), "date", law.in_force_on),
        (_("Repealed"), "date", law.repealed_on),
        (_("Consolidated as of"), "date", law.consolidated_as_of),
        (_("Amends"), "list", law.amends),
    ]


def _case(case: Case) -> list[Fact]:
    return [
        (_("Court"), "text", case.court),
        (_("Date of decision"), "date", case.decided_on),
        (_("Docket"), "text", case.docket),
        (_("Citation"), "text", case.citation),
        (_("Legal system"), "text", case.legal_system and v.LegalSystem(case.legal_system).label),
        (_("Latest ruling"), "text", case.latest_ruling and v.CourtLevel(case.latest_ruling).label),
        (_("Proceedings"), "text", case.type_of_proceeding and v.ProceedingType(case.type_of_proceeding).label),
        (_("Accused were tried"), "text", case.accused_tried and v.Tried(case.accused_tried).label),
    ]


def _publication(one: Publication) -> list[Fact]:
    return [
        (_("Kind"), "text", v.PublicationKind(one.kind).label),
        (_("Authors"), "list", one.authors),
        (_("Published by"), "text", one.publisher),
        (_("Journal"), "text", one.journal),
        (_("Published"), "date", one.published_on),
        (_("Period covered"), "text", one.years),
        (_("Replaces"), "text", one.replaces),
    ]


def _guide(guide: Guide) -> list[Fact]:
    return [
        (_("Article"), "text", f"{guide.instrument} {guide.article}"),
        (_("Obligation"), "text", v.Obligation(guide.obligation).label),
    ]


def cite_as(content: Content, *, title: str, body: str) -> str:
    """What a citation begins with: title, official number or docket, State or body, year."""
    law, case = content.law, content.case
    mark = (law.official_number if law else "") or (case.citation or case.docket if case else "")
    parts = [title, mark if mark != title else "", body, str(content.year or "")]
    return f"{', '.join(part for part in parts if part)}."
