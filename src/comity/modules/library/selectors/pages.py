"""What pages ask beside a record itself: what waits, what it refers to, what is like it, how much there is."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Q
from django.http import Http404
from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.core.search import engine
from comity.core.search.passages import Hit
from comity.core.texts.models import TextStatus
from comity.modules.library import content as c
from comity.modules.library import vocabulary as v
from comity.modules.library.content import Content, FileRef
from comity.modules.library.models import Provision, Record, Tag, Version
from comity.modules.library.policies import can
from comity.modules.library.presentation.texts import Piece, piece_of
from comity.modules.library.search import passage_id
from comity.modules.library.selectors import records

#: How many similar provisions a page shows.
SIMILAR = 5


def under_work(actor: Actor, number: str) -> Record:
    """The record where this actor may see its version under work. Raises Http404 else."""
    row = records.get(actor, number)
    if not can(actor, v.VIEW_WORK, row):
        raise Http404(_("There is no such record."))
    return row


def readable(actor: Actor, row: Record) -> list[Content]:
    """The contents of a record that this actor may read: the shown one, and the one under work."""
    found = [records.content_of(row)] if can(actor, v.VIEW, row) else []
    if can(actor, v.VIEW_WORK, row):
        found.append(records.content_of(row, pending=True))
    return found


def file_of(actor: Actor, row: Record, digest: str) -> FileRef:
    """The file of this digest in what the actor may read of the record. Raises Http404 else."""
    for content in readable(actor, row):
        for file in content.files:
            if file.digest == digest:
                return file
    raise Http404(_("There is no such file."))


def successor(actor: Actor, row: Record) -> Record | None:
    """The record that took this one's place, where the actor may see it."""
    other = row.superseded_by
    return other if other is not None and can(actor, v.VIEW, other) else None


def titles(actor: Actor, numbers: Iterable[str]) -> list[tuple[str, str]]:
    """Numbers with the titles of those records that the actor may see; "" for others."""
    wanted = list(numbers)
    known = dict(records.published(actor).filter(number__in=wanted).values_list("number", "title"))
    return [(number, known.get(number, "")) for number in wanted]


def provision_titles(actor: Actor, addresses: Iterable[str], lang: str) -> list[tuple[str, str, str]]:
    """ "NUMBER/KEY" as (number, key, words); words "" where the actor may not see it or it is not there."""
    found = []
    for address in addresses:
        number, _slash, key = address.partition("/")
        row = records.published(actor).filter(number=number).first()
        words = _words(row, key, lang) if row else ""
        found.append((number, key, words))
    return found


def _words(row: Record, key: str, lang: str) -> str:
    provision = Provision.objects.filter(record=row, key=key).prefetch_related("texts").first() if key else None
    if provision is None:
        return "" if key else row.title
    return f"{piece_of_row(provision, lang).label}, {row.title}"


def piece_of_row(row: Provision, lang: str) -> Piece:
    """A provision of the tables as a page shows it."""
    texts = [
        c.ProvisionText(lang=t.lang, label=t.label, heading=t.heading, text=t.text, status=TextStatus(t.status))
        for t in row.texts.all()
    ]
    return piece_of(c.Provision(key=row.key, kind=v.ProvisionKind(row.kind), number=row.number, texts=texts), lang)


def similar(actor: Actor, row: Record, key: str, lang: str) -> list[Hit]:
    """Provisions of other States that mean much the same: hits of the search, as the actor may see them."""
    hits = engine.similar(actor, passage_id(row.pk, key, lang), limit=SIMILAR * 4)
    return [hit for hit in hits if hit.kind == v.Kind.LAW][:SIMILAR]


def by_state(actor: Actor) -> list[tuple[str, int]]:
    """How many published records of each State (ISO3) this actor may see, States with none left out."""
    rows = records.published(actor).exclude(participant=None).order_by()
    return list(rows.values("participant_id").annotate(n=Count("pk")).values_list("participant_id", "n"))


def newest(actor: Actor, *, iso3: str = "", limit: int = 5) -> list[Record]:
    """The records changed last, of one State where it is named."""
    rows = records.published(actor).filter(**({"participant_id": iso3} if iso3 else {}))
    return list(rows.select_related("participant").order_by("-changed_at", "number")[:limit])


def guide_entries(actor: Actor, instrument: str, article: str) -> list[tuple[Record, Content]]:
    """The published guide entries on an article and its paragraphs."""
    own = Q(content__guide__article=article) | Q(content__guide__article__startswith=f"{article}(")
    shown = Version.objects.filter(own, content__guide__instrument=instrument, pending=False, superseded_at=None)
    rows = records.published(actor).filter(kind=v.Kind.GUIDE, pk__in=shown.values("record_id"))
    return [(row, records.content_of(row)) for row in rows.order_by("number")]


def article_counts(actor: Actor) -> dict[str, int]:
    """How many published records are tagged to each article, whatever the paragraph: {"UNTOC:5": 12}."""
    rows = Tag.objects.filter(scheme=v.TagScheme.ARTICLE, record__in=records.published(actor).order_by())
    found: dict[str, set[int]] = {}
    for value, record in rows.values_list("value", "record_id").distinct():
        found.setdefault(value.split("(")[0].strip(), set()).add(record)
    return {value: len(kept) for value, kept in found.items()}
