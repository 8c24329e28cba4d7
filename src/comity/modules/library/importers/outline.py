"""Finds the provisions in a text that is only paragraphs and headings: Markdown, HTML, DOCX, PDF, plain text.

Every paragraph lands in exactly one piece. An amending law quotes articles of the law it amends: those stand inside
its own article. They are told by quotation marks, by a colon before them, and by numbers that do not follow on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from comity.modules.library.importers import markers, numbers
from comity.modules.library.importers.drafting import Draft, Piece
from comity.modules.library.vocabulary import ProvisionKind as K

_RANK = {K.SCHEDULE: 0, K.BOOK: 1, K.PART: 1, K.TITLE: 2, K.CHAPTER: 3, K.DIVISION: 4, K.SUBDIVISION: 5}
_SCRIPTS = {"“": 1, "”": -1, "«": 1, "»": -1, "「": 1, "」": -1}
_SHORT = 150
_OVER = re.compile('[.:;!?”»\')\\]\u2014-]$')


@dataclass
class Block:
    """A paragraph, or a heading of `level` 1 to 6. `title`: what follows the number is surely a heading."""

    text: str
    level: int = 0
    title: bool = False


class Outline:
    """Reads the blocks of a law in order."""

    def __init__(self, lang: str, *, counted: bool = False) -> None:
        """`counted`: sections begin with their number alone ("1.—(1) …", "2 Extent"), as in British laws."""
        self.draft = Draft(lang)
        self.counted = counted
        self.lang = lang
        self.group: Piece | None = None
        self.last: int | None = None
        self.word = ""
        self.quoting = False
        self.open_quotes = 0
        self.fresh = False
        self.wrapped = False
        self.headings_only = False
        self.place = 0
        self.ahead: list[tuple[int | None, str]] = []

    def read(self, blocks: list[Block]) -> Draft:
        """Takes every block; returns the draft."""
        blocks = [Block(block.text.strip(), block.level, block.title) for block in blocks if block.text.strip()]
        small = sum(1 for block in blocks if block.text[0].islower())
        self.wrapped = small > 0.15 * len(blocks) and self.lang != "ar"
        marks = [self._mark(block) for block in blocks]
        self.ahead = [(numbers.first_int(mark.number), mark.word) if mark else (None, "") for mark in marks]
        first = next((n for n, mark in enumerate(marks) if mark), None)
        self.headings_only = first is not None and _is_bare(marks[first], blocks[first])
        for n, block in enumerate(blocks):
            self.place = n
            self._take(block, marks[n], blocks[n + 1] if n + 1 < len(blocks) else Block(""))
        self._no_contents()
        return self.draft

    def _mark(self, block: Block) -> markers.Mark | None:
        mark = markers.cited(block.text, self.lang, bare=block.level > 0)
        return mark or (markers.counted(block.text) if self.counted else None)

    def _take(self, block: Block, mark: markers.Mark | None, after: Block) -> None:
        if mark and self._own(mark, block):
            self._begin(mark, block, after)
            return
        if mark:
            self.quoting = True
        elif (mark := self._group_mark(block)) is not None:
            self._open(mark, block.level)
            return
        elif self._is_heading(block):
            self._heading(block)
            return
        self._say(block.text)

    def _own(self, mark: markers.Mark, block: Block) -> bool:
        """Whether the article that begins here is the law's own, not one it quotes."""
        if block.title or self.headings_only:
            return block.title or _is_bare(mark, block)
        if self.open_quotes > 0 and not block.level:
            return False
        number = numbers.first_int(mark.number)
        if self.last is None or number is None:
            return not self.counted or number == 1 or bool(mark.word)
        if not mark.word:
            return number == self.last + 1 if self.counted else number >= self.last
        announced = self._before().rstrip().endswith((":", ":-", ":—", "："))
        if mark.word == markers.UNSPACED:
            return number == self.last + 1
        if number > self.last + 1:
            return not announced and (self.last + 1, self.word) not in self.ahead[self.place + 1 :]
        if number == self.last + 1:
            return not (announced and self._named(mark.number))
        again = number == self.last or self.fresh or (mark.word == self.word and not self.quoting)
        return again and not announced

    def _before(self) -> str:
        lines = self.draft.pieces[-1].lines if self.draft.pieces else []
        return lines[-1] if lines else ""

    def _named(self, number: str) -> bool:
        """Whether the open article announces a text for an article of this number."""
        opening = " ".join(self.draft.pieces[-1].lines[:2])
        return bool(re.search(rf"(?i)(?:art[íi]?[^\s]*|المادة)\s+\(?{re.escape(number)}\b", opening))

    def _begin(self, mark: markers.Mark, block: Block, after: Block) -> None:
        heading = ""
        if self.counted and not mark.word and not self._names_itself(mark.rest):
            heading = self._heading_before()
        piece = self.draft.add(mark.kind, self.group, heading=heading, number=mark.number, label=mark.label)
        if mark.rest and self._is_named(mark, block, after) and markers.cited(after.text, self.lang) is None:
            piece.heading = mark.rest
        elif mark.rest:
            piece.lines.append(mark.rest)
        self.last = numbers.first_int(mark.number) if numbers.first_int(mark.number) is not None else self.last
        self.word, self.quoting, self.fresh, self.open_quotes = mark.word or self.word, False, False, 0
        self._count_quotes(mark.rest)

    def _is_named(self, mark: markers.Mark, block: Block, after: Block) -> bool:
        """Whether what follows the number is the heading of the article, not its text."""
        if not mark.word:
            return self._names_itself(mark.rest) if self.counted else True
        runs_on = self.wrapped or after.text[:1].islower()
        short = len(mark.rest) <= _SHORT and not mark.rest.endswith((".", ":", ";"))
        return block.title or (block.level > 0 and short and not runs_on)

    def _names_itself(self, rest: str) -> bool:
        return self._is_title(rest) and rest[0].isupper() and not rest.endswith(("—", "–", "-"))

    def _heading_before(self) -> str:
        """In British laws the heading stands on the line before the number; it is taken back from the text."""
        last = self.draft.pieces[-1] if self.draft.pieces else None
        if last is None:
            return ""
        if last is self.group and not last.label and not last.lines:
            self.draft.pieces.pop()
            self.group = last.parent
            return last.heading
        if not last.lines or not self._names_itself(last.lines[-1]) or (last.number and len(last.lines) < 2):
            return ""
        line = last.lines.pop()
        if not last.lines and not last.number:
            self.draft.pieces.remove(last)
        return line

    def _group_mark(self, block: Block) -> markers.Mark | None:
        if self.quoting and not block.level:
            return None
        announced = self.last is not None and self._before().rstrip().endswith((":", "："))
        if (self.open_quotes > 0 or announced) and not block.level:
            return None
        return markers.group(block.text, self.lang, heading=block.level > 0)

    def _open(self, mark: markers.Mark, level: int) -> None:
        chain = [self.group, *self.group.above()] if self.group else []
        same = next((p for p in chain if p and p.kind == mark.kind and p.label), None)
        if same is not None:
            parent = same.parent
        else:
            parent = next((p for p in chain if p and p.label and _RANK[p.kind] <= _RANK[mark.kind]), None)
        if mark.kind == K.SCHEDULE:
            parent = None
        self.group = self.draft.add(
            mark.kind, parent, number=mark.number, label=mark.label, heading=mark.rest, level=level
        )
        self.fresh, self.quoting = True, False
        if mark.kind == K.SCHEDULE:
            self.last = None

    def _is_heading(self, block: Block) -> bool:
        if not block.level or block.text[0].islower() or len(block.text) > 300:
            return False
        return not markers.is_reference(block.text, self.lang)

    def _heading(self, block: Block) -> None:
        """A heading without number: the second line of a group's heading, or a group of its own."""
        last = self.draft.pieces[-1] if self.draft.pieces else None
        if last is not None and last is self.group and not last.heading and last.label:
            last.heading = block.text
            return
        chain = [self.group, *self.group.above()] if self.group else []
        parent = next(
            (p for p in chain if p and p.label and not (p.level and block.level and p.level >= block.level)), None
        )
        self.group = self.draft.add(K.DIVISION, parent, heading=block.text, level=block.level)
        self.fresh = True

    def _say(self, text: str) -> None:
        self._count_quotes(text)
        last = self.draft.pieces[-1] if self.draft.pieces else None
        if last is not None and last is self.group and last.label and not last.heading and self._is_title(text):
            last.heading = text
        elif last is not None and last.lines and self._goes_on(last.lines[-1], text):
            last.lines[-1] += f" {text}"  # a line of the source that is no paragraph
        elif last is not None and not last.is_group():
            last.lines.append(text)
        else:
            self.draft.say(text, self.group)

    def _goes_on(self, line: str, text: str) -> bool:
        """Whether a line of the source is no paragraph, but the rest of the one before it."""
        if text[0].islower():
            return not _OVER.search(line)
        return self.wrapped and text[0].isalpha() and (line[-1].islower() or line[-1] == ",")

    def _is_title(self, text: str) -> bool:
        return len(text) <= _SHORT and text[0] not in "(*[" and not text.rstrip().endswith((".", ";", ",", "。", ":"))

    def _count_quotes(self, text: str) -> None:
        if self.lang in {"en", "es", "pt", "ar", "fr"}:
            self.open_quotes = max(0, self.open_quotes + sum(_SCRIPTS.get(c, 0) for c in text))
            self.open_quotes = min(self.open_quotes, 1)

    def _no_contents(self) -> None:
        """Groups before the first article that it does not stand in are a table of contents: their words become
        paragraphs of the preamble."""
        pieces = self.draft.pieces
        first = next((n for n, p in enumerate(pieces) if p.number and not p.is_group()), None)
        if first is None:
            return
        real = {id(p) for p in pieces[first].above()}
        contents = [p for p in pieces[:first] if p.is_group() and id(p) not in real]
        if len(contents) < 3:
            return
        lines = [
            line
            for p in pieces[:first]
            if id(p) not in real
            for line in (" ".join(part for part in (p.label, p.heading) if part), *p.lines)
            if line
        ]
        keep = [p for p in pieces[:first] if id(p) in real]
        preamble = Piece(K.PREAMBLE, lines=lines)
        self.draft.pieces[:first] = [preamble, *keep]


def _is_bare(mark: markers.Mark | None, block: Block) -> bool:
    """A heading that is only "Article 3": its text stands below."""
    return mark is not None and block.level > 0 and not mark.rest and bool(mark.word)


_PARAGRAPH = re.compile(r"(\d{1,4})\s*[.)]\s+(?=\S)|\[(\d{1,4})\]\s+")


def judgment(blocks: list[Block], lang: str) -> Draft:
    """The draft of a decision: headings are groups, numbered paragraphs are pieces; what has no number belongs to
    the numbered paragraph before it, or stands as the text below its heading."""
    draft = Draft(lang)
    group: Piece | None = None
    last = 0
    for block in blocks:
        text = block.text.strip()
        if not text:
            continue
        if block.level and len(text) <= 300:
            above = [group, *group.above()] if group else []
            parent = next((p for p in above if p and p.level < block.level), None)
            group = draft.add(K.DIVISION, parent, heading=text, level=block.level)
            continue
        found = _PARAGRAPH.match(text)
        number = int(found[1] or found[2]) if found else 0
        if found and number == last + 1:
            piece = draft.add(K.PARAGRAPH, group, number=str(number), label=found[0].strip())
            piece.lines.append(text[found.end() :])
            last = number
        elif draft.pieces and not draft.pieces[-1].is_group():
            draft.pieces[-1].lines.append(text)
        else:
            draft.say(text, group)
    return draft
