"""Names of instruments, articles and participants in the reader's language."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Max

from comity.core.people.models import Participant, ParticipantName
from comity.core.texts.selectors import Shown, best
from comity.modules.treaties.models import Article, Instrument, InstrumentTitle


@dataclass(frozen=True)
class Named:
    """An instrument with its title and short title as shown to a reader (None: a gap)."""

    code: str
    depositary_number: str
    group: str
    title: Shown | None
    short: Shown | None

    @property
    def label(self) -> Shown:
        """The short title, else the title, else the code."""
        return self.short or self.title or Shown(self.code, "en", "original")


@dataclass(frozen=True)
class ArticleLine:
    """One line of an instrument's article tree."""

    number: str
    kind: str
    depth: int
    title: Shown | None
    notification: str
    source: str


def named(lang: str) -> dict[str, Named]:
    """Returns every instrument by code, in order, named in `lang`."""
    stamp = InstrumentTitle.objects.aggregate(a=Max("id"), b=Max("version"))
    return _named(lang, (stamp["a"], stamp["b"], Instrument.objects.count()))


@lru_cache(maxsize=32)
def _named(lang: str, stamp: object) -> dict[str, Named]:
    titles: dict[tuple[int, bool], list[InstrumentTitle]] = defaultdict(list)
    for row in InstrumentTitle.objects.all():
        titles[row.instrument_id, row.short].append(row)
    return {
        i.code: Named(
            i.code, i.depositary_number or "", i.group, best(titles[i.pk, False], lang), best(titles[i.pk, True], lang)
        )
        for i in Instrument.objects.all()
    }


def participant_names(lang: str) -> dict[str, str]:
    """Returns the name of every participant in `lang`, by ISO3 code."""
    return {iso3: names.get(lang) or names.get("en") or iso3 for iso3, names in _names(Participant.objects.count())}


@lru_cache(maxsize=2)
def _names(count: int) -> list[tuple[str, dict[str, str]]]:
    return list(Participant.objects.values_list("iso3", "names"))


def article_tree(code: str, lang: str) -> list[ArticleLine]:
    """Returns the chapters, articles and paragraphs of an instrument in their order, titled in `lang`."""
    rows = list(Article.objects.filter(instrument__code=code).order_by("order", "id").prefetch_related("titles"))
    depth: dict[int, int] = {}
    for row in rows:
        depth[row.pk] = depth.get(row.parent_id or 0, -1) + 1 if row.parent_id else 0
    return [
        ArticleLine(row.number, row.kind, depth[row.pk], best(row.titles.all(), lang), row.notification, row.source)
        for row in rows
    ]


def former_names(iso3: str) -> list[str]:
    """Returns the names under which older sources list a participant."""
    rows = ParticipantName.objects.filter(participant_id=iso3, kind="former")
    return sorted(set(rows.values_list("name", flat=True)))
