"""Whether a number in a file that came back is the one that was sent, however it is written."""

from __future__ import annotations

import re

from comity.modules.reports.document import EditionDocument, PrintedFigure, Run
from comity.modules.reports.printing import Kind, bare, read_back
from comity.modules.reports.printing.reading import plain
from comity.modules.reports.printing.words import scale_words

#: Digits, groups and points; what is left of money is its currency and its words.
_NUMBER = re.compile(r"[\d.,\s]")
#: What turns the number before it into another one.
_MORE = r"\d|[.,٫٬]\d|[ \u00a0\u202f]\d{3}(?!\d)|\s?[%‰٪％]"


def same_number(figure: PrintedFigure, found: str, sent: str, lang: str) -> bool:
    """Tells whether `found` says in `lang` what the figure's text says in the language `sent`.

    Other digits, other blanks and another word for the same qualifier are the same; another currency is not.
    """
    expected = plain(figure.text)
    if sent == lang and _tight(expected) == _tight(plain(found)):
        return True
    ours, theirs = read_back(figure.text, sent, figure.kind), read_back(found, lang, figure.kind)
    if ours is None or theirs is None or ours != theirs:
        return False
    if figure.kind != Kind.MONEY:
        return True
    if sent != lang:
        return _signs(expected) == _signs(plain(found)) or not (_signs(expected) and _signs(plain(found)))
    return _NUMBER.sub("", expected) == _NUMBER.sub("", plain(found))


def _tight(text: str) -> str:
    return "".join(text.split())


def _signs(text: str) -> set[str]:
    return set(text) & set("$€£¥₽₹")


class Glue:
    """Digits and words of scale that were typed right beside a bookmark: they change the number that is read."""

    def __init__(self, document: EditionDocument, lang: str) -> None:
        words = "|".join(re.escape(word) for word in scale_words().get(lang, {}))
        blank = "" if lang == "zh" else r"\b"
        self._behind = re.compile(rf"{_MORE}" + (rf"|\s?(?:{words}){blank}" if words else ""), re.IGNORECASE)
        self._before = re.compile(r"(?:\d[.,٫٬]?|[-−])$")
        #: Figures that were glued to their surroundings from the start: (before, behind).
        self._own: dict[str, tuple[bool, bool]] = {}
        for runs in (document.summary, *(paragraph.runs for paragraph in document.paragraphs())):
            self._add(runs)

    def _add(self, runs: tuple[Run, ...]) -> None:
        for place, run in enumerate(runs):
            if run.figure is not None:
                before = bare(runs[place - 1].text) if place and runs[place - 1].figure is None else ""
                behind = bare(runs[place + 1].text) if place + 1 < len(runs) else ""
                self._own[run.figure.key] = (bool(self._before.search(before)), bool(self._behind.match(behind)))

    def around(self, key: str, found: str, sides: tuple[str, str]) -> str:
        """Returns the text of the figure with what was glued to it: `found` itself where nothing was."""
        before, behind = self._before.search(sides[0]), self._behind.match(sides[1])
        own = self._own.get(key, (False, False))
        if before and not own[0]:
            found = before[0] + found
        if behind and not own[1]:
            found += behind[0]
        return found
