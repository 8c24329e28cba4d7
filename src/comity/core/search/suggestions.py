"""“Did you mean”: another spelling for words that find nothing, taken only from passages the actor may see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from tantivy import Occur, Query

from comity.core.actions.actor import Actor
from comity.core.search import analysis
from comity.core.search.index import kept
from comity.core.search.matching import Matcher
from comity.core.search.snapshot import Constraint

#: Words shorter than this are not corrected, those from `_LONG` letters on by two letters.
_SHORTEST, _LONG = 4, 8
#: Passages that are looked into for the other spelling.
_LOOKED_AT = 40
#: A word in so many passages is known without a look at who may see them: nothing is suggested for it.
_FREQUENT = 200


def did_you_mean(matcher: Matcher, actor: Actor, hidden: list[str], scope: Sequence[Constraint]) -> str:
    """The question with its unknown words corrected; "" where every word is known or nothing is near."""
    if matcher.asked.tree.kind == "everything":
        return ""
    text = matcher.asked.words
    changed: dict[tuple[int, int], str] = {}
    clauses = matcher.snapshot.query_for(hidden, ())
    lang = matcher.langs[0] if matcher.langs else ""
    analysed = analysis.analyse(text, lang)
    for span, form, stem in zip(analysis.spans(text, lang), analysed.exact, analysed.stems, strict=True):
        if len(form) < _SHORTEST or form.isdigit() or _occurs(matcher, clauses, form, stem):
            continue
        if other := _nearest(matcher, clauses, form):
            changed[span] = other
    for (start, end), other in sorted(changed.items(), reverse=True):
        text = text[:start] + other + text[end:]
    return text if changed else ""


def _occurs(matcher: Matcher, clauses: list[Any], form: str, stem: str) -> bool:
    """Whether the word stands in any passage the actor may see; a frequent word is taken to."""
    schema, searcher = matcher.snapshot.schema, matcher.snapshot.searcher
    if searcher.doc_freq("exact", form) + searcher.doc_freq("stems", stem) > _FREQUENT:
        return True
    either = [(Occur.Should, Query.term_query(schema, "exact", form, "basic"))]
    either += [(Occur.Should, Query.term_query(schema, "stems", stem, "basic"))]
    query = Query.boolean_query([(Occur.Must, Query.boolean_query(either)), *clauses])
    return bool(searcher.search(query, 1, count=False).hits)


def _nearest(matcher: Matcher, clauses: list[Any], form: str) -> str:
    """The most frequent of the nearest words in visible passages; as it is written there."""
    snapshot = matcher.snapshot
    for distance in (1, 2) if len(form) >= _LONG else (1,):
        fuzzy = Query.fuzzy_term_query(snapshot.schema, "exact", form, distance=distance)
        hits = snapshot.searcher.search(
            Query.boolean_query([(Occur.Must, fuzzy), *clauses]), _LOOKED_AT, count=False
        ).hits
        found: Counter[str] = Counter()
        for _score, address in hits:
            document = snapshot.searcher.doc(address)
            words = f"{kept(document, 'kept_title')} {kept(document, 'kept_text')}"
            for (start, end), other in zip(analysis.spans(words), analysis.analyse(words, "").exact, strict=True):
                if other != form and abs(len(other) - len(form)) <= distance and _near(other, form, distance):
                    found[words[start:end].lower()] += 1
        if found:
            return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[0][0]
    return ""


def _near(first: str, second: str, most: int) -> bool:
    """Whether the words differ by at most so many letters added, left out, changed or swapped."""
    before: list[int] = []
    last = list(range(len(second) + 1))
    for row, letter in enumerate(first, start=1):
        now = [row]
        for column, other in enumerate(second, start=1):
            cost = min(last[column] + 1, now[-1] + 1, last[column - 1] + (letter != other))
            if row > 1 and column > 1 and letter == second[column - 2] and first[row - 2] == other:
                cost = min(cost, before[column - 2] + 1)
            now.append(cost)
        before, last = last, now
    return last[-1] <= most
