"""What is left to do for one State: seen by the State itself and the secretariat, never by others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from comity.core.actions.actor import Actor
from comity.core.actions.labels import OFFICIAL_ROLES, SECRETARIAT_ROLES
from comity.modules.library import vocabulary as v
from comity.modules.library.models import Provision, Record, Suggestion, Tag
from comity.modules.library.policies import scope
from comity.modules.library.selectors.matrix import matrix
from comity.modules.treaties import public as treaties


@dataclass(frozen=True)
class Gap:
    """An instrument that binds the State, and its articles under which no law is recorded."""

    instrument: treaties.Instrument
    articles: tuple[treaties.ArticleOf, ...]


@dataclass(frozen=True)
class ToDo:
    """The list for one State. `untagged`: laws of which no provision is tagged; `suggested`: waiting suggestions."""

    gaps: tuple[Gap, ...]
    untagged: tuple[Record, ...]
    suggested: int
    waiting: tuple[Record, ...]


def may_see_todo(actor: Actor, iso3: str) -> bool:
    """True for officials of the State and for the secretariat."""
    return actor.kind == "system" or actor.has(*SECRETARIAT_ROLES) or actor.acts_for(iso3, *OFFICIAL_ROLES)


def todo(actor: Actor, iso3: str, on: date, lang: str) -> ToDo:
    """Returns what is left to do for the State; everything empty for who may not see it."""
    if not may_see_todo(actor, iso3):
        return ToDo((), (), 0, ())
    own = scope(actor, v.VIEW, Record.objects.all()).filter(participant_id=iso3)
    tagged = Tag.objects.filter(scheme=v.TagScheme.ARTICLE)
    laws = own.filter(kind=v.Kind.LAW, step=v.Step.PUBLISHED)
    return ToDo(
        gaps=tuple(_gaps(actor, iso3, on, lang)),
        untagged=tuple(laws.exclude(pk__in=tagged.values("record_id")).order_by("title", "number")[:100]),
        suggested=Suggestion.objects.filter(record__in=own, confirmed__isnull=True).count(),
        waiting=tuple(own.exclude(working_step="").order_by("-changed_at", "number")[:100]),
    )


def _gaps(actor: Actor, iso3: str, on: date, lang: str) -> list[Gap]:
    gaps = []
    for instrument in treaties.instruments_with_articles(lang):
        found = matrix(actor, instrument.code, on, lang, states=[iso3])
        for line in found.lines:
            missing = tuple(a for a in found.articles if not line.cell(a.number).laws)
            if missing:
                gaps.append(Gap(instrument, missing))
    return gaps


def untagged_provisions(record: Record) -> list[Provision]:
    """The provisions of a law that people cite and that no treaty article is tagged to, in their order."""
    tagged = record.tags.filter(scheme=v.TagScheme.ARTICLE).values("provision_key")
    rows = record.provisions.filter(kind__in=v.CITED_KINDS).exclude(key__in=tagged)
    return list(rows.order_by("order").prefetch_related("texts"))
