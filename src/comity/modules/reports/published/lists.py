"""Lists of names whose number is not printed: offered with the names, never claimed as a figure.

Three sorts: what stands after a colon; places (names of the CLDR and regions) in a row; bodies in a row. A list whose
number is printed in the same sentence ("three networks: ...") is no question.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from babel import Locale

from .model import LIST, Found, Question
from .numerals import alternatives
from .spans import piece

_LEAST = 3  # names that make a list; two countries joined by "and" are one too


@dataclass(frozen=True)
class ListGrammar:
    """How a language writes lists."""

    locale: str
    colon: str
    end: str  # marks that end a list
    strong: str  # between items that have commas of their own
    weak: str  # between short items
    join: str  # expression for "and"
    body: str  # expression for the name of a body
    body_end: str  # expression that matches where such a name may end
    regions: str  # expression for the names of regions
    place_tail: str  # expression for what may follow a place ("地区", "region")
    place_edge: tuple[str, str]  # expressions around a place that keep it from being half a word
    what: Callable[[str, str], str]  # text, words before the colon -> what is listed
    first_name: Callable[[str], str]  # words that end in the first name -> that name


@cache
def _territories(locale: str) -> str:
    names = {name for name in Locale.parse(locale).territories.values() if len(name) > 1}
    names |= {part for name in names for part in re.split(r"\s*[（(].*", name) if len(part) > 1}
    return alternatives(names)


@cache
def _place(grammar: ListGrammar) -> re.Pattern[str]:
    before, after = grammar.place_edge
    names = _territories(grammar.locale)
    return re.compile(rf"{before}(?:{grammar.regions}|{names}){after}{grammar.place_tail}")


def listed(text: str, dark: str, figures: Sequence[Found], grammar: ListGrammar) -> list[Question]:
    """Returns the lists of a paragraph that no printed number counts, in order, without overlaps."""
    questions: list[Question] = []
    rows = [*_bodies(text, dark, grammar), *_places(text, dark, grammar)]
    rows.sort(key=lambda row: row.start - row.end)  # of two readings of a row the longer one
    for question in [*_after_colon(text, dark, grammar), *rows]:
        if any(q.start < question.end and question.start < q.end for q in questions):
            continue
        start = piece(dark, question.start, grammar.end)[0]
        count = str(len(question.names))
        if not any(f.kind == "quantity" and f.value == count and start <= f.start < question.start for f in figures):
            questions.append(question)
    return questions


def _split_last(item: str, join: str, ending: str = "") -> list[str]:
    """Splits the last item at its "and": after a name's ending, where both halves end alike, else at the last one."""
    cuts = [m for m in re.finditer(join, item) if item[: m.start()].strip() and item[m.end() :].strip()]
    if not cuts:
        return [item]
    named = [m for m in cuts if ending and re.search(rf"(?:{ending})$", item[: m.start()].rstrip())]
    alike = named or [m for m in cuts if item[: m.start()].rstrip()[-2:] == item.rstrip()[-2:]]
    cut = (alike or cuts)[-1]
    return [item[: cut.start()], item[cut.end() :]]


def _items(body: str, grammar: ListGrammar) -> list[str]:
    if grammar.strong in body:
        items = body.split(grammar.strong)
        items[-1] = re.sub(rf"^\s*(?:{grammar.join})\s*", "", items[-1])
    elif (
        re.search(rf"[,，]\s*(?:{grammar.join})", body)
        and grammar.weak in re.split(rf"[,，]\s*(?:{grammar.join})", body)[0]
    ):
        head, tail = re.split(
            rf"[,，]\s*(?:{grammar.join})(?!.*[,，]\s*(?:{grammar.join}))", body, maxsplit=1, flags=re.S
        )
        items = [*head.split(grammar.weak), tail]
    else:
        items = body.split(grammar.weak)
        items = [*items[:-1], *_split_last(items[-1], grammar.join)]
        items[-1] = re.sub(rf"^\s*(?:{grammar.join})\s*", "", items[-1])
    return [item.strip() for item in items if item.strip()]


def _after_colon(text: str, dark: str, grammar: ListGrammar) -> list[Question]:
    questions = []
    for match in re.finditer(re.escape(grammar.colon), dark):
        start = match.end()
        stop = re.search(
            rf"[{grammar.end}]+(?=\s|$|[^\d\w])" if grammar.weak == "," else f"[{grammar.end}]", dark[start:]
        )
        end = start + stop.start() if stop else len(dark)
        names = _items(text[start:end], grammar)
        if len(names) < _LEAST:
            continue
        lead = text[piece(dark, match.start(), grammar.end)[0] : match.start()]
        first = start + len(text[start:end]) - len(text[start:end].lstrip())
        questions.append(Question(first, end, grammar.what(text, lead), LIST, tuple(names)))
    return questions


def _places(text: str, dark: str, grammar: ListGrammar) -> list[Question]:
    """Places in a row, joined by commas and "and"."""
    chains: list[list[re.Match[str]]] = []
    joint = re.compile(rf"\s*(?:{re.escape(grammar.weak)}\s*(?:{grammar.join})?|{grammar.join})\s*(?:the\s+)?")
    for match in _place(grammar).finditer(dark):
        if chains and joint.fullmatch(dark, chains[-1][-1].end(), match.start()):
            chains[-1].append(match)
        else:
            chains.append([match])
    countries = {name for code, name in Locale.parse(grammar.locale).territories.items() if code.isalpha()}
    questions = []
    for chain in chains:
        start, end = chain[0].start(), chain[-1].end()
        names = _groups(text[start:end], chain, start, grammar)
        pair = len(chain) == 2 and all(m[0] in countries for m in chain) and grammar.weak not in text[start:end]
        if len(names) >= _LEAST or pair:
            questions.append(Question(start, end, "", LIST, tuple(names)))
    return questions


def _groups(text: str, chain: list[re.Match[str]], offset: int, grammar: ListGrammar) -> list[str]:
    """Returns the items of a row of places. Where "and" also joins inside items, commas part the items."""
    joints = [text[a.end() - offset : b.start() - offset] for a, b in pairwise(chain)]
    inner = [not j.strip().startswith(grammar.weak) for j in joints]
    if any(inner[:-1]) and not all(inner):
        parts = re.split(rf"{re.escape(grammar.weak)}|以及|as well as", text)
        if len(parts) >= _LEAST:
            return [re.sub(rf"^\s*(?:{grammar.join})\s+", "", part).strip() for part in parts]
    return [m[0].strip() for m in chain]


def _bodies(text: str, dark: str, grammar: ListGrammar) -> list[Question]:
    """Bodies in a row: at least two with a comma between, and one more after "and"."""
    weak = re.escape(grammar.weak)
    row = re.compile(rf"(?:{grammar.body}\s*{weak}\s*)+{grammar.body}\s*{weak}?\s*(?:{grammar.join})\s*{grammar.body}")
    questions = []
    for match in row.finditer(dark):
        names = [part for part in text[match.start() : match.end()].split(grammar.weak) if part.strip()]
        names = [*names[:-1], *_split_last(names[-1], grammar.join, grammar.body_end)]
        names = [re.sub(rf"^\s*(?:{grammar.join})\s+", "", name).strip() for name in names]
        first = grammar.first_name(names[0])
        start = match.start() + text[match.start() : match.end()].find(first)
        questions.append(Question(start, match.end(), "", LIST, (first, *names[1:])))
    return questions
