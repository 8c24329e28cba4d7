"""What the search finds of the treaties: instruments, the titles of their articles, what participants stated.

All of it is public. The key of a thing is an instrument's code ("UNTOC": itself and its articles) or the code with
a participant ("UNTOC:GHA": what that one stated under it).
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comity.core.actions.actor import Actor
from comity.core.actions.labels import Label
from comity.core.search.passages import Passage
from comity.modules.treaties.models import Article, Instrument, Statement
from comity.modules.treaties.selectors.titles import named, participant_names
from comity.modules.treaties.vocabulary import StatementKind

NAME = "treaties"
TREATY, ARTICLE, STATEMENT = "treaty", "treaty_article", "treaty_statement"


class TreatySource:
    """The search source of this module; see `comity.core.search.passages.SearchSource`."""

    name = NAME

    def kinds(self) -> dict[str, Any]:
        """The kinds of its passages with their names."""
        return {
            TREATY: gettext_lazy("Treaties"),
            ARTICLE: gettext_lazy("Articles of treaties"),
            STATEMENT: gettext_lazy("Reservations and declarations"),
        }

    def keys(self) -> Iterator[str]:
        """Every instrument, then every participant that stated something under one."""
        yield from Instrument.objects.order_by("pk").values_list("code", flat=True)
        pairs = _stated().order_by("instrument__code", "participant_id").distinct()
        for code, iso3 in pairs.values_list("instrument__code", "participant_id"):
            yield statements_key(code, iso3)

    def passages(self, keys: Sequence[str]) -> Iterable[Passage]:
        """The passages of these instruments and of these participants' statements."""
        yield from _instruments([key for key in keys if ":" not in key])
        pairs = [key.split(":", 1) for key in keys if ":" in key]
        yield from _statements(pairs)

    def visible(self, actor: Actor, ids: Sequence[str]) -> set[str]:
        """Those that still stand in the record: everybody may see what does."""
        wanted: dict[str, str] = {}
        facts: dict[str, uuid.UUID] = {}
        for one in ids:
            _name, kind, which, *_rest = (*one.split(":"), "", "")
            if kind in {TREATY, ARTICLE}:
                wanted[one] = which
            elif fact := _fact(which):
                facts[one] = fact
        codes = set(Instrument.objects.filter(code__in=set(wanted.values())).values_list("code", flat=True))
        stand = set(_stated().filter(fact__in=facts.values()).values_list("fact", flat=True))
        return {one for one, code in wanted.items() if code in codes} | {
            one for one, fact in facts.items() if fact in stand
        }


def _fact(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def statements_key(code: str, iso3: str) -> str:
    """The key of what a participant stated under an instrument."""
    return f"{code}:{iso3}"


def article_names(articles: Iterable[str], lang: str) -> dict[str, str]:
    """What a reader calls articles such as "UNTOC:5"; those of instruments that are not here are left out."""
    instruments = named(lang)
    found = {}
    for one in articles:
        code, _colon, number = one.partition(":")
        if code in instruments:
            found[one] = _in_words(str(instruments[code].label), number)
    return found


def _in_words(instrument: str, number: str) -> str:
    if not number:
        return instrument
    return _("%(instrument)s, article %(number)s") % {"instrument": instrument, "number": number}


def _stated() -> QuerySet[Statement]:
    return Statement.objects.filter(superseded_at__isnull=True)


def _instruments(codes: Sequence[str]) -> Iterator[Passage]:
    rows = Instrument.objects.filter(code__in=codes).prefetch_related("titles")
    articles = Article.objects.filter(instrument__in=rows).exclude(kind="chapter").prefetch_related("titles")
    below: dict[int, list[Article]] = defaultdict(list)
    for article in articles.order_by("order", "id"):
        below[article.instrument_id].append(article)
    for row in rows:
        titles = {(title.lang, title.short): title.value for title in row.titles.all()}
        year = row.concluded_on.year if row.concluded_on else None
        for lang in sorted({lang for lang, _short in titles}):
            long, short = titles.get((lang, False), ""), titles.get((lang, True), "")
            yield Passage(
                id=f"{NAME}:{TREATY}:{row.code}:{lang}",
                key=row.code,
                kind=TREATY,
                url=f"treaties/{row.code}/",
                lang=lang,
                title=short or long,
                text=f"{long or short} ({row.code})",
                label=Label.PUBLIC,
                year=year,
            )
        names = {lang: titles.get((lang, True)) or titles[lang, False] for lang, _short in titles}
        yield from _articles(row, below[row.pk], names, year)


def _articles(row: Instrument, nodes: list[Article], names: dict[str, str], year: int | None) -> Iterator[Passage]:
    """One passage per article and language; a paragraph that asks for a notification lends its words to its own."""
    words: dict[tuple[str, str], list[str]] = defaultdict(list)
    titles: dict[tuple[str, str], str] = {}
    for node in nodes:
        number = node.number.split("(")[0]
        for title in node.titles.all():
            words[number, title.lang].append(title.value)
            if node.kind == "article":
                titles[number, title.lang] = title.value
    for (number, lang), heading in titles.items():
        with translation.override(lang):
            where = _in_words(names.get(lang, row.code), number)
        yield Passage(
            id=f"{NAME}:{ARTICLE}:{row.code}:{number}:{lang}",
            key=row.code,
            kind=ARTICLE,
            url=f"treaties/{row.code}/articles/{number}/",
            lang=lang,
            title=f"{where}: {heading}",
            text="\n".join(words[number, lang]),
            label=Label.PUBLIC,
            year=year,
            articles=(f"{row.code}:{number}",),
        )


def _statements(pairs: Sequence[Sequence[str]]) -> Iterator[Passage]:
    wanted = {(code, iso3) for code, iso3 in pairs}
    rows = _stated().filter(instrument__code__in={c for c, _i in wanted}, participant__in={i for _c, i in wanted})
    for row in rows.select_related("instrument").order_by("pk"):
        code, iso3 = row.instrument.code, row.participant_id
        if (code, iso3) not in wanted:
            continue
        with translation.override(row.lang):
            kind = dict(StatementKind.choices).get(row.kind, row.kind)
            title = f"{participant_names(row.lang).get(iso3, iso3)}: {kind}"
            instrument = str(named(row.lang)[code].label)
        yield Passage(
            id=f"{NAME}:{STATEMENT}:{row.fact}",
            key=statements_key(code, iso3),
            kind=STATEMENT,
            url=f"treaties/{code}/statements/?all=1#{row.fact}",
            lang=row.lang,
            title=f"{title} ({instrument})",
            text=row.text,
            label=Label.PUBLIC,
            state=iso3,
            year=row.made_on.year if row.made_on else None,
            articles=(f"{code}:{row.article.split('(')[0]}",) if row.article else (),
        )
