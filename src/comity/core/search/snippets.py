"""The part of a passage that is shown: where the question's words stand closest together, with the words marked."""

from __future__ import annotations

from collections.abc import Collection

from comity.core.search import analysis

#: About how many characters are shown.
LENGTH = 260
#: A long text is looked through part by part, up to the first that holds a word of the question (characters).
_PART, _MOST = 4000, 200_000

Marked = tuple[tuple[str, bool], ...]


def snippet(text: str, lang: str, stems: Collection[str], exact: Collection[str], best: str = "") -> Marked:
    """The best part of `text` in pieces (words, marked or not).

    `best` is the piece of the text that is nearest in meaning: shown where no word of the question stands in the text.
    """
    for start in range(0, min(len(text), _MOST), _PART):
        part = text[start : start + _PART + LENGTH]
        if found := _found(part, lang, stems, exact):
            spans = analysis.spans(part, lang)
            first, last = _window(part, spans, found)
            marks = [(start + spans[place][0], start + spans[place][1]) for place in found]
            return _marked(text, start + first, _end(text, start + last), marks)
    start = max(0, text.find(best)) if best else 0
    return _marked(text, start, _end(text, start + LENGTH), [])


def _found(text: str, lang: str, stems: Collection[str], exact: Collection[str]) -> list[int]:
    """The places of the tokens that the question asks for."""
    analysed = analysis.analyse(text, lang)
    wanted_stems, wanted_exact = set(stems), set(exact)
    found: set[int] = set()
    for place, (form, stem) in enumerate(zip(analysed.exact, analysed.stems, strict=True)):
        if stem in wanted_stems:
            # A pair of characters of a script without spaces covers the next token too.
            found.update((place, place + 1) if len(form) == 1 and stem != form and stem.startswith(form) else (place,))
        elif form in wanted_exact:
            found.add(place)
    return sorted(found)


def _window(text: str, spans: list[tuple[int, int]], found: list[int]) -> tuple[int, int]:
    """The stretch of about LENGTH characters with the most different words of the question."""
    forms = [text[spans[place][0] : spans[place][1]].casefold() for place in found]
    best, best_count, last = 0, 0, 0
    for first in range(len(found)):
        last = max(last, first)
        while last < len(found) and spans[found[last]][1] - spans[found[first]][0] <= LENGTH * 3 // 4:
            last += 1
        count = len(set(forms[first:last])) * 100 + (last - first)
        if count > best_count:
            best, best_count = first, count
    start = max(0, spans[found[best]][0] - LENGTH // 6)
    start = 0 if start < LENGTH // 6 else _start(text, start)
    return start, start + LENGTH


def _start(text: str, place: int) -> int:
    space = text.find(" ", place, place + 30)
    return space + 1 if space >= 0 else place


def _end(text: str, place: int) -> int:
    if place >= len(text):
        return len(text)
    space = text.rfind(" ", place - 30, place)
    return space if space >= 0 else place


def _marked(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> Marked:
    parts: list[tuple[str, bool]] = [("… ", False)] if start else []
    at = start
    for first, last in spans:
        if first < start or last > end:
            continue
        if first > at:
            parts.append((text[at:first], False))
        if parts and parts[-1][1] and first == at:
            parts[-1] = (parts[-1][0] + text[first:last], True)
        else:
            parts.append((text[first:last], True))
        at = last
    if at < end:
        parts.append((text[at:end], False))
    if end < len(text):
        parts.append((" …", False))
    return tuple((words.replace("\n", " "), marked) for words, marked in parts if words)
