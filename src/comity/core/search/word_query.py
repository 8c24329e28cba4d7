"""What somebody typed, as a tree: words, "phrases", field:value, AND OR NOT, -word, parentheses.

Words side by side mean "any of these, best first"; phrases, fields and parentheses among them must all hold. AND and
OR bind looser than words side by side, OR loosest. What cannot be read as written is told in one sentence and taken
as plain words: nothing typed is ever an error.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

#: Fields of the language: what may be written, and the filter or part of the text it stands for.
FIELDS = {
    "title": "title", "state": "state", "lang": "lang", "kind": "kind", "article": "article", "year": "year",
    "crime": "crime_type", "region": "region",
}  # fmt: skip
#: Longer questions are cut here (characters): nobody types more, and a pasted text needs no more to be found.
LONGEST = 2000
_MOST_PARTS = 200
_DEEPEST = 30
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "＂": '"', "（": "(", "）": ")", "：": ":"})
_TOKEN = re.compile(
    r"""(?P<space>\s+)|(?P<open>\()|(?P<close>\))|(?P<field>[A-Za-z_]+):(?=[^\s)])|(?P<minus>-)(?=[^\s\-])
    |"(?P<phrase>[^"]*)"|(?P<quote>")|(?P<word>[^\s()"]+)""",
    re.VERBOSE,
)


@dataclass(frozen=True)
class Node:
    """A part of a question. `kind`: words, phrase, title, field, and, or, not, group, everything."""

    kind: str
    text: str = ""
    parts: tuple[Node, ...] = ()
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Asked:
    """A question as read: its tree, its words as one text, filters written in it, and what could not be read.

    `strict` tells that it says exactly which passages are wanted (a phrase, an operator, a word of a title): then
    nothing is added that is only near in meaning.
    """

    tree: Node
    words: str
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()
    strict: bool = False
    problem: str = ""


class _Unreadable(Exception):
    pass


@dataclass
class _Reader:
    tokens: list[tuple[str, str, int]]
    place: int = 0
    depth: int = 0
    filters: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)

    def peek(self) -> tuple[str, str, int]:
        return self.tokens[self.place] if self.place < len(self.tokens) else ("end", "", -1)

    def take(self) -> tuple[str, str, int]:
        token = self.peek()
        self.place += 1
        return token

    def any_of(self) -> Node:
        parts = [self.all_of()]
        while self.peek()[:2] == ("operator", "OR"):
            self.take()
            parts.append(self.all_of())
        return parts[0] if len(parts) == 1 else Node("or", parts=tuple(parts))

    def all_of(self) -> Node:
        parts = [self.side_by_side()]
        while self.peek()[:2] == ("operator", "AND"):
            self.take()
            parts.append(self.side_by_side())
        return parts[0] if len(parts) == 1 else Node("and", parts=tuple(parts))

    def side_by_side(self) -> Node:
        words: list[str] = []
        parts: list[Node] = []
        before = self.place
        while (token := self.peek())[0] not in {"end", "close"} and token[:2] not in _JOINS:
            if token[0] == "word":
                words.append(self.take()[1])
            else:
                parts.append(self.one())
        if self.place == before:
            raise _Unreadable(self._lacking())
        if words:
            parts.insert(0, Node("words", " ".join(words)))
        return parts[0] if len(parts) == 1 else Node("group", parts=tuple(parts))

    def one(self) -> Node:
        kind, text, start = self.take()
        if kind == "minus" or (kind, text) == ("operator", "NOT"):
            if self.peek()[0] in {"end", "close"} or self.peek()[:2] in _JOINS:
                raise _Unreadable(self._lacking())
            part = Node("words", self.take()[1]) if self.peek()[0] == "word" else self._deeper(self.one)
            return Node("not", parts=(part,))
        if kind == "open":
            inner = self._deeper(self.any_of)
            if self.take()[0] != "close":
                raise _Unreadable(_("The parenthesis at character %(place)d is not closed.") % {"place": start + 1})
            return inner
        if kind == "phrase":
            return Node("phrase", text)
        if kind == "field":
            return self._field(text, start)
        raise _Unreadable(self._lacking())

    def _deeper(self, read: Any) -> Node:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise _Unreadable(_("There are too many parentheses within one another."))
        node: Node = read()
        self.depth -= 1
        return node

    def _field(self, name: str, start: int) -> Node:
        kind, text, _start = self.take()
        if kind not in {"word", "phrase"} or not text.strip():
            raise _Unreadable(
                _("After “%(field)s:” at character %(place)d a value is missing.")
                % {"field": name, "place": start + 1}
            )
        facet = FIELDS[name.lower()]
        if facet == "title":
            return Node("title", text, values=(kind,))
        return Node("field", facet, values=_values(facet, text))

    def _lacking(self) -> str:
        kind, text, start = self.peek()
        if kind == "close":
            return _("The parenthesis at character %(place)d closes nothing.") % {"place": start + 1}
        before = self.tokens[self.place - 1][1] if 0 < self.place <= len(self.tokens) else text
        return _("Something is missing after “%(what)s”.") % {"what": before or text}


_JOINS = {("operator", "AND"), ("operator", "OR")}


def parse(text: str) -> Asked:
    """Reads a question; any text at all gives an answer that can be searched."""
    # Half a pair of surrogates is no character that any index could hold.
    text = text[:LONGEST].encode("utf-8", "replace").decode()
    plain = text.translate(_QUOTES)
    try:
        tokens = _tokens(plain)
        if not tokens:
            return Asked(Node("everything"), "")
        reader = _Reader(tokens)
        tree = reader.any_of()
        if reader.peek()[0] != "end":
            raise _Unreadable(reader._lacking())
    except _Unreadable as error:
        return plain_words(text, _("%(reason)s It was searched as plain words.") % {"reason": error})
    return _settled(tree)


def plain_words(text: str, problem: str = "") -> Asked:
    """The question as nothing but words."""
    words = " ".join(re.findall(r"[^\s()\"]+", text[:LONGEST]))
    return Asked(Node("words", words) if words else Node("everything"), words, problem=problem)


def _tokens(text: str) -> list[tuple[str, str, int]]:
    found: list[tuple[str, str, int]] = []
    place = 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None:
            place += 1
            continue
        kind, start = str(match.lastgroup), place
        place = match.end()
        if kind == "space":
            continue
        if kind == "quote":
            raise _Unreadable(_("The quotation mark at character %(place)d is not closed.") % {"place": start + 1})
        value = match.group(kind)
        if kind == "word" and value in {"AND", "OR", "NOT"}:
            kind = "operator"
        if kind == "field" and value.lower() not in FIELDS:
            end = re.compile(r"[^\s()\"]*").match(text, start)
            kind, value, place = "word", end.group() if end else value, end.end() if end else place
        if kind == "minus" and found and start and not text[start - 1].isspace() and text[start - 1] != "(":
            continue
        found.append((kind, value, start))
        if len(found) > _MOST_PARTS:
            raise _Unreadable(_("The question has too many parts."))
    return found


def _values(facet: str, text: str) -> tuple[str, ...]:
    """The values of a field; a span of years stays as it is ("2000..2010", "2000..", ">=2000")."""
    parts = tuple(part.strip() for part in text.split(",") if part.strip())
    if facet in {"state", "article"}:
        return tuple(part.upper() for part in parts)
    if facet == "year":
        return tuple(year for part in parts for year in _years(part))
    return tuple(part.lower() for part in parts)


def _years(text: str) -> tuple[str, ...]:
    span = re.fullmatch(r"(\d{1,4})?(?:\.\.|-|–)(\d{1,4})?", text)
    above = re.fullmatch(r"(>=|>|<=|<)(\d{1,4})", text)
    if span and (span[1] or span[2]):
        first, last = int(span[1] or 0), int(span[2] or 9999)
    elif above:
        year = int(above[2])
        first, last = {">=": (year, 9999), ">": (year + 1, 9999), "<=": (0, year), "<": (0, year - 1)}[above[1]]
    elif re.fullmatch(r"\d{1,4}", text):
        return (str(int(text)),)
    else:
        raise _Unreadable(
            _("“%(text)s” is no year; write year:2010, year:2000..2010 or year:>=2000.") % {"text": text}
        )
    return tuple(str(year) for year in range(first, last + 1))


def _settled(tree: Node) -> Asked:
    """Fields that hold for the whole question become filters; what is left is plain or strict."""
    filters: list[tuple[str, tuple[str, ...]]] = []
    rest = list(tree.parts if tree.kind in {"group", "and"} else (tree,))
    for part in [part for part in rest if part.kind == "field"]:
        filters.append((part.text, part.values))
        rest.remove(part)
    if not rest:
        tree = Node("everything")
    elif len(rest) == 1 and rest[0].kind != "not":
        tree = rest[0]
    else:
        tree = Node("and" if tree.kind == "and" else "group", parts=tuple(rest))
    words = " ".join(_words(tree))
    return Asked(tree, words, tuple(filters), strict=tree.kind not in {"words", "everything"})


def _words(node: Node) -> list[str]:
    if node.kind == "not":
        return []
    own = [node.text] if node.kind in {"words", "phrase", "title"} else []
    return own + [word for part in node.parts for word in _words(part)]
