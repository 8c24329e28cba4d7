"""What the search finds of the directory: published authorities, as each reader may see them.

An authority is one passage per language and label: what is for officials stands in a passage of its own, so that
a word of it never finds the public part.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy

from comity.core.actions.actor import Actor
from comity.core.actions.labels import Label
from comity.core.search.passages import Passage
from comity.core.texts.selectors import best
from comity.modules.directory.models import Authority, AuthorityText
from comity.modules.directory.selectors.content import with_content, with_parts
from comity.modules.directory.selectors.search import published
from comity.modules.directory.vocabulary import State, TextKind

NAME = "directory"
AUTHORITY = "authority"
#: From the widest circle of readers to the narrowest; each holds the next (`core.actions.labels.labels_for`).
_CIRCLES = [Label.PUBLIC, Label.OFFICIALS, Label.OWN_STATE, Label.SECRETARIAT]


class DirectorySource:
    """The search source of this module; see `comity.core.search.passages.SearchSource`."""

    name = NAME

    def kinds(self) -> dict[str, Any]:
        """The kind of its passages with its name."""
        return {AUTHORITY: gettext_lazy("Competent authorities")}

    def keys(self) -> Iterator[str]:
        """The code of every published authority."""
        rows = Authority.objects.filter(pending=False, state=State.PUBLISHED, superseded_at__isnull=True)
        yield from rows.order_by("code").values_list("code", flat=True)

    def passages(self, keys: Sequence[str]) -> Iterable[Passage]:
        """The passages of the published versions of these authorities."""
        rows = Authority.objects.filter(
            code__in=list(keys), pending=False, state=State.PUBLISHED, superseded_at__isnull=True
        )
        for row in with_content(rows):
            yield from _passages(row)

    def visible(self, actor: Actor, ids: Sequence[str]) -> set[str]:
        """Those that can be made of what the actor may see of these authorities now."""
        codes = {one.split(":")[1] for one in ids if one.count(":") == 3}
        rows = with_parts(published(actor).filter(code__in=codes), actor)
        return {passage.id for row in rows for passage in _passages(row)} & set(ids)


def _narrower(first: str, second: str) -> str:
    """The label of what may be seen only by who may see both."""
    return str(max(first, second, key=lambda label: _CIRCLES.index(Label(label))))


def _passages(row: Authority) -> Iterator[Passage]:
    """One passage per label and language of the version, of the texts that were fetched with it."""
    texts: dict[tuple[str, str], list[AuthorityText]] = defaultdict(list)
    for text in row.texts.all():
        texts[_narrower(row.label, text.label), text.lang].append(text)
    for (label, lang), found in texts.items():
        moments = [one for one in (row.visible_from, *(text.visible_from for text in found)) if one]
        yield Passage(
            id=f"{NAME}:{row.code}:{label}:{lang}",
            key=row.code,
            kind=AUTHORITY,
            url=f"directory/{row.code}/",
            lang=lang,
            title=_title(row, label, lang),
            text="\n".join([*(text.value for text in found), *_served(row, label, lang)]),
            label=label,
            owner_state=row.owner_state,
            visible_from=max(moments, default=None),
            state=row.participant_id,
            articles=tuple(f"{p.instrument}:{p.article}" for p in row.provisions.all() if p.article),
        )


def _title(row: Authority, label: str, lang: str) -> str:
    """The name in the passage's language, of the names that its readers may see; the code where there is none."""
    names = [
        text
        for text in row.texts.all()
        if text.kind == TextKind.NAME and _narrower(text.label, label) == label and text.visible_from is None
    ]
    name = best(names, lang)
    return str(name) if name else row.code


def _served(row: Authority, label: str, lang: str) -> list[str]:
    """What the authority serves, in words; it stands in the record itself, whose label it has."""
    if label != row.label:
        return []
    with translation.override(lang):
        return [str(one.get_function_display()) for one in row.functions.all()]
