"""Tags in words, each with the page it leads to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from comity.core.texts.selectors import Shown, terms
from comity.modules.library import vocabulary as v
from comity.modules.library.content import Content, Tag
from comity.modules.library.presentation.texts import Piece, piece_of
from comity.modules.treaties import public as treaties


@dataclass(frozen=True)
class TagLine:
    """One tag: its scheme in words, what it says, where that leads ("": nowhere), and the tag itself."""

    scheme: Any
    label: Any
    title: Shown | None
    url: str
    tag: Tag
    #: The provisions tagged with it, on the page of the whole record.
    places: tuple[Piece, ...] = ()


def crime_types(lang: str) -> list[tuple[str, str]]:
    """The vocabulary of crime types: (code, label)."""
    return [(code, str(label or code)) for code, label in terms("crime-types", lang)]


def issues(lang: str) -> list[tuple[str, str]]:
    """The vocabulary of cross-cutting issues: (code, label)."""
    return [(code, str(label or code)) for code, label in terms("cross-cutting-issues", lang)]


def split_article(value: str) -> tuple[str, str]:
    """ "UNCAC:15(a)" as ("UNCAC", "15(a)")."""
    instrument, _colon, article = value.partition(":")
    return instrument, article


def article_title(instrument: str, article: str, lang: str) -> Shown | None:
    """The title of the article that a tag names, whatever its paragraph; None where we know none."""
    whole = article.split("(")[0].strip()
    return next((a.title for a in treaties.articles(instrument, lang) if a.number == whole), None)


def tag_lines(tags: Iterable[Tag], lang: str) -> list[TagLine]:
    """The tags in the order of their schemes, each once."""
    kept = {(t.scheme, t.value, t.provision): t for t in tags}
    order = list(v.TagScheme.values)
    words = {v.TagScheme.CRIME_TYPE: dict(crime_types(lang)), v.TagScheme.ISSUE: dict(issues(lang))} if kept else {}
    line = partial(_line, words=words, lang=lang)
    return [line(t) for t in sorted(kept.values(), key=lambda t: (order.index(t.scheme), t.value))]


def _line(tag: Tag, *, words: dict[Any, dict[str, str]], lang: str) -> TagLine:
    scheme = v.TagScheme(tag.scheme)
    if scheme == v.TagScheme.ARTICLE:
        instrument, article = split_article(tag.value)
        title = article_title(instrument, article, lang)
        return TagLine(
            scheme.label, f"{instrument} {article}", title, reverse("library:article", args=[instrument, article]), tag
        )
    label = words.get(scheme, {}).get(tag.value, tag.value)
    listed = scheme != v.TagScheme.KEYWORD
    url = f"{reverse('library:records')}?{urlencode({scheme.value: tag.value})}" if listed else ""
    return TagLine(scheme.label, label, None, url, tag)


def every_line(content: Content, lang: str, reading: str) -> list[TagLine]:
    """All tags of a record, each once, with the provisions that carry it, read in `reading`."""
    tagged = {t.provision for t in content.tags}
    pieces = {p.key: piece_of(p, reading) for p in content.provisions if p.key in tagged}
    lines = tag_lines((t.model_copy(update={"provision": ""}) for t in content.tags), lang)
    return [
        replace(
            line,
            places=tuple(
                pieces[t.provision]
                for t in content.tags
                if t.provision in pieces and (t.scheme, t.value) == (line.tag.scheme, line.tag.value)
            ),
        )
        for line in lines
    ]


def own_tags(content: Content, key: str = "") -> list[Tag]:
    """The tags of the whole record ("") or of one provision."""
    return [t for t in content.tags if t.provision == key]
