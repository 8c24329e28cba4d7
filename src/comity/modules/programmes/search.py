"""What the search finds of the programme's work: programmes, projects, events and products, by title and note."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from comity.core.actions.actor import Actor
from comity.core.search.passages import Passage
from comity.modules.programmes import vocabulary as v
from comity.modules.programmes.kinds import KINDS, Kind
from comity.modules.programmes.policies import scope
from comity.modules.programmes.references import path
from comity.modules.programmes.services.records import SEARCHED

NAME = "programmes"
#: So many records are read at once.
_CHUNK = 500
#: The field that holds the State a record is about, where it has one.
_STATE = "participant_id"
_ID = re.compile(rf"{NAME}:([a-z]+):([-\w]{{1,60}}):([a-z]{{2,3}})")


def passage_id(kind: str, code: str, lang: str) -> str:
    """The id of a passage: `programmes:{kind}:{code}:{lang}`."""
    return f"{NAME}:{kind}:{code}:{lang}"


class ProgrammesSource:
    """The search source of this module; a key is `{kind}:{code}`."""

    name = NAME

    def kinds(self) -> dict[str, Any]:
        """The kinds of passages with their translatable names."""
        return {name: kind.plural for name, kind in KINDS.items() if name in SEARCHED}

    def keys(self) -> Iterator[str]:
        """The keys of all records that can be found."""
        for name in sorted(SEARCHED):
            rows = _standing(KINDS[name]).order_by("code").values_list("code", flat=True)
            yield from (f"{name}:{code}" for code in rows.iterator(chunk_size=2000))

    def passages(self, keys: Sequence[str]) -> Iterable[Passage]:
        """The passages of these records: a title and the note in the record's language, other titles beside."""
        for kind, codes in _by_kind(key.partition(":")[::2] for key in keys).items():
            for start in range(0, len(codes), _CHUNK):
                for row in _standing(KINDS[kind]).filter(code__in=codes[start : start + _CHUNK]).order_by("code"):
                    yield from _passages(KINDS[kind], row)

    def visible(self, actor: Actor, ids: Sequence[str]) -> set[str]:
        """Those ids whose record the actor may see now."""
        found = {one: match.groups() for one in ids if (match := _ID.fullmatch(one))}
        seen: set[tuple[str, str]] = set()
        for kind, codes in _by_kind((kind, code) for kind, code, _lang in found.values()).items():
            for start in range(0, len(codes), _CHUNK):
                rows = scope(actor, v.VIEW, _standing(KINDS[kind]).filter(code__in=codes[start : start + _CHUNK]))
                seen |= {(kind, code) for code in rows.values_list("code", flat=True)}
        return {one for one, (kind, code, _lang) in found.items() if (kind, code) in seen}


def _standing(kind: Kind) -> Any:
    return kind.model._default_manager.filter(superseded_at__isnull=True).exclude(step=v.WITHDRAWN)


def _by_kind(pairs: Iterable[tuple[str, ...]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for pair in pairs:
        if pair[0] in SEARCHED:
            found[pair[0]].append(pair[-1])
    return {kind: sorted(set(codes)) for kind, codes in found.items()}


def _passages(kind: Kind, row: Any) -> Iterator[Passage]:
    texts = {row.lang: (row.title, f"{row.note}\n{row.code}")}
    texts |= {lang: (title, row.code) for lang, title in row.other_titles.items() if lang not in texts and title}
    for lang, (title, text) in texts.items():
        yield Passage(
            id=passage_id(kind.name, row.code, lang),
            key=f"{kind.name}:{row.code}",
            kind=kind.name,
            url=path(kind.name, row.code).lstrip("/"),
            lang=lang,
            title=title,
            text=text.strip(),
            label=row.label,
            owner_state=row.owner_state,
            visible_from=row.visible_from,
            state=getattr(row, _STATE, None) or "",
            year=row.starts.year if row.starts else None,
        )
