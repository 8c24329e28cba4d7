"""What the readers of both languages do alike: go over the numbers of a paragraph, then order what was found."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from .dates import Mention
from .lists import ListGrammar, listed
from .model import Found, Question

#: Reads one number with what stands around it: the match, its value, and the figures before it.
ReadNumber = Callable[[re.Match[str], Decimal, list[Found]], Found | Question | None]


def collect(
    text: str,
    dark: str,
    found: list[Found],
    questions: list[Question],
    numbers: re.Pattern[str],
    value_of: Callable[[str], Decimal | None],
    read: ReadNumber,
    lists: ListGrammar,
) -> tuple[list[Found], list[Question]]:
    """Returns figures and open questions in the order of the text; `found` are those that were read before."""
    taken = [(f.start, f.end) for f in found]
    for match in numbers.finditer(dark):
        if any(a <= match.start() < b for a, b in taken):
            continue
        value = value_of(match[0])
        item = read(match, value, found) if value is not None else None
        if isinstance(item, Found):
            found.append(item)
        elif item:
            questions.append(item)
    found.sort(key=lambda f: f.start)
    questions += listed(text, dark, found, lists)
    return found, sorted(questions, key=lambda q: q.start)


#: A paragraph as its readers tell it: figures, open questions, and the dates it names.
Reading = tuple[list[Found], list[Question], list[Mention]]
