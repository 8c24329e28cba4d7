"""What is tagged to a treaty article: laws with the provisions that answer it, cases, publications, guides."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from comity.core.actions.actor import Actor
from comity.core.texts.languages import direction
from comity.modules.library.models import Provision, ProvisionText, Record, Tag
from comity.modules.library.selectors.records import published
from comity.modules.library.selectors.search import under


@dataclass(frozen=True)
class Place:
    """A provision as a link names it: its key, and label and heading in one language."""

    key: str
    label: str
    heading: str
    lang: str

    @property
    def dir(self) -> str:
        """Writing direction of label and heading."""
        return direction(self.lang)


@dataclass(frozen=True)
class Tagged:
    """A record tagged to an article, with those of its provisions that are (none: the record as a whole)."""

    record: Record
    places: tuple[Place, ...]


def tagged(actor: Actor, article: str, *, lang: str = "en") -> dict[str, list[Tagged]]:
    """The published records tagged to an article ("UNTOC:5", its paragraphs included) by kind, States in order."""
    tags = Tag.objects.filter(under(article), record__in=published(actor))
    keys: dict[int, set[str]] = defaultdict(set)
    for record_id, key in tags.values_list("record_id", "provision_key"):
        keys[record_id].add(key)
    places = _places(keys, lang)
    found: dict[str, list[Tagged]] = defaultdict(list)
    rows = Record.objects.filter(pk__in=keys).select_related("participant")
    for record in rows.order_by("participant_id", "title", "number"):
        found[record.kind].append(Tagged(record, tuple(places.get(record.pk, ()))))
    return dict(found)


def _places(keys: dict[int, set[str]], lang: str) -> dict[int, list[Place]]:
    wanted = {key for some in keys.values() for key in some if key}
    rows = Provision.objects.filter(record_id__in=keys, key__in=wanted).order_by("record_id", "order")
    mine = [row for row in rows if row.key in keys[row.record_id]]
    texts: dict[int, list[ProvisionText]] = defaultdict(list)
    for text in ProvisionText.objects.filter(provision__in=[row.pk for row in mine]).defer("text").order_by("pk"):
        texts[text.provision_id].append(text)
    found: dict[int, list[Place]] = defaultdict(list)
    for row in mine:
        best = min(texts[row.pk], key=lambda t: (t.lang != lang, t.status != "original"), default=None)
        label = (best.label if best else "") or row.number or row.key
        found[row.record_id].append(Place(row.key, label, best.heading if best else "", best.lang if best else lang))
    return found
