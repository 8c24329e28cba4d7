"""What the library gives to the search: every provision and every record's texts, each in each language."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from comity.core.actions.actor import Actor
from comity.core.search.passages import Passage
from comity.modules.library import vocabulary as v
from comity.modules.library.models import Alias, Provision, ProvisionText, Record, RecordText, Tag
from comity.modules.library.policies import scope
from comity.modules.library.vocabulary import GONE_STEPS, TagScheme, TextField

#: Stands for the record as a whole in the id of a passage.
WHOLE = "-"
#: So many records are read at once.
_CHUNK = 100
_ORDER = {field: place for place, field in enumerate(TextField.values)}


def passage_id(record: int, provision: str, lang: str) -> str:
    """The id of a passage: `library:{record}:{provision or "-"}:{lang}`."""
    return f"library:{record}:{provision or WHOLE}:{lang}"


class LibrarySource:
    """Laws, cases, publications and guides as passages; a key is a record's."""

    name = "library"

    def kinds(self) -> dict[str, Any]:
        """The kinds of passages with their translatable names."""
        return dict(v.Kind.choices)

    def keys(self) -> Iterator[str]:
        """The keys of all records that can be found, in order."""
        rows = Record.objects.exclude(step__in=GONE_STEPS).order_by("pk").values_list("pk", flat=True)
        return map(str, rows.iterator(chunk_size=2000))

    def passages(self, keys: Sequence[str]) -> Iterable[Passage]:
        """The passages of these records: of what is shown, or under work where nothing was ever shown."""
        for start in range(0, len(keys), _CHUNK):
            wanted = [int(key) for key in keys[start : start + _CHUNK]]
            yield from _of(list(Record.objects.filter(pk__in=wanted).exclude(step__in=GONE_STEPS).order_by("pk")))

    def visible(self, actor: Actor, ids: Sequence[str]) -> set[str]:
        """Those ids whose record the actor may see now."""
        pattern = re.compile(rf"{self.name}:(\d{{1,18}}):")
        records = {one: found[1] for one in ids if (found := pattern.match(one))}
        rows = scope(actor, v.VIEW, Record.objects.filter(pk__in=set(records.values())).exclude(step__in=GONE_STEPS))
        seen = {str(pk) for pk in rows.values_list("pk", flat=True)}
        return {one for one, record in records.items() if record in seen}


def _of(records: list[Record]) -> Iterator[Passage]:
    """The passages of some records, with as many queries whatever their number."""
    texts: dict[int, list[RecordText]] = defaultdict(list)
    for text in RecordText.objects.filter(record__in=records):
        texts[text.record_id].append(text)
    tags: dict[int, list[Tag]] = defaultdict(list)
    for tag in Tag.objects.filter(record__in=records):
        tags[tag.record_id].append(tag)
    names: dict[int, list[str]] = {record.pk: [record.number] for record in records}
    for pk, value in Alias.objects.filter(record__in=records).order_by("pk").values_list("record_id", "value"):
        names[pk].append(value)
    by_id = {record.pk: record for record in records}
    about = {pk: _About(tags[pk]) for pk in by_id}
    for pk, record in by_id.items():
        yield from _whole(record, texts[pk], names[pk], about[pk])
    titles = {pk: _titles(by_id[pk], texts[pk]) for pk in by_id}
    rows = ProvisionText.objects.filter(provision__record__in=records).select_related("provision")
    for row in rows.order_by("provision__record_id", "provision__order", "pk").iterator(chunk_size=2000):
        if row.text or row.heading:
            pk = row.provision.record_id
            yield _provision(by_id[pk], row.provision, row, titles[pk], about[pk])


class _About:
    """What a record's tags say of a whole record and of each provision: its own and the record's."""

    def __init__(self, tags: list[Tag]) -> None:
        self._tags: dict[tuple[str, str], set[str]] = defaultdict(set)
        for tag in tags:
            self._tags[tag.scheme, tag.provision_key].add(tag.value)
            self._tags[tag.scheme, WHOLE].add(tag.value)

    def of(self, scheme: str, provision: str) -> tuple[str, ...]:
        """Values of a scheme: for a provision its own and the record's, for the whole (`WHOLE`) all."""
        return tuple(sorted(self._tags[scheme, provision] | self._tags[scheme, ""]))


def _titles(record: Record, texts: list[RecordText]) -> dict[str, str]:
    """The record's (short) title by language; "" holds the one that stands where a language has none."""
    found = {t.lang: t.value for t in texts if t.field == TextField.TITLE}
    short = {t.lang: t.value for t in texts if t.field == TextField.SHORT_TITLE}
    return {**found, **short, "": record.title}


def _common(record: Record, about: _About, provision: str) -> dict[str, Any]:
    return {
        "key": str(record.pk),
        "kind": record.kind,
        "label": record.label,
        "owner_state": record.owner_state,
        "visible_from": record.visible_from,
        "state": record.participant_id or "",
        "year": record.year,
        "crime_types": about.of(TagScheme.CRIME_TYPE, provision),
        "articles": about.of(TagScheme.ARTICLE, provision),
    }


def _whole(record: Record, texts: list[RecordText], names: list[str], about: _About) -> Iterator[Passage]:
    """One passage per language for the record's title, its texts and its numbers; one in English without any text."""
    titles = _titles(record, texts)
    for lang in sorted({t.lang for t in texts}) or ["en"]:
        mine = sorted((t for t in texts if t.lang == lang), key=lambda t: _ORDER.get(t.field, 99))
        title = titles.get(lang) or titles[""]
        words = [t.value for t in mine if t.value != title]
        yield Passage(
            id=passage_id(record.pk, WHOLE, lang),
            url=f"library/{record.number}/",
            lang=lang,
            title=title,
            text="\n".join([*words, " ".join(names)]),
            **_common(record, about, WHOLE),
        )


def _provision(
    record: Record, provision: Provision, text: ProvisionText, titles: dict[str, str], about: _About
) -> Passage:
    title = titles.get(text.lang) or titles[""]
    return Passage(
        id=passage_id(record.pk, provision.key, text.lang),
        url=f"library/{record.number}/{provision.key}/",
        lang=text.lang,
        title=" · ".join(part for part in (title, text.label, text.heading) if part),
        text=text.text or text.heading,
        **_common(record, about, provision.key),
    )
