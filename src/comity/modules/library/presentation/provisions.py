"""The tree of a record's text: an outline that stays small, and the place of one provision in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from comity.modules.library import vocabulary as v
from comity.modules.library.content import Content, Provision
from comity.modules.library.presentation.texts import Piece, piece_of

#: Up to so many provisions are printed whole on one page; up to so many are listed by their headings.
WHOLE = 60
LISTED = 400


@dataclass
class Node:
    """A provision with what stands below it; `count` is how many cited provisions (articles …) it holds."""

    piece: Piece
    children: list[Node] = field(default_factory=list)
    count: int = 0
    #: Numbers of the first and the last of them.
    span: tuple[str, str] = ("", "")

    @property
    def is_group(self) -> bool:
        """True for a part, chapter and the like that holds others."""
        return bool(self.children)


@dataclass(frozen=True)
class Place:
    """Where a provision stands."""

    node: Node
    parents: tuple[Piece, ...]
    previous: Piece | None
    next: Piece | None


def tree(provisions: Sequence[Provision], lang: str) -> list[Node]:
    """The roots of the tree. A node whose parent is missing stands at the root; nothing is lost."""
    nodes = {p.key: Node(piece_of(p, lang)) for p in provisions}
    roots: list[Node] = []
    for p in provisions:
        parent = nodes.get(p.parent)
        (parent.children if parent and p.parent != p.key else roots).append(nodes[p.key])
    for root in roots:
        _count(root)
    return roots


def _count(node: Node) -> None:
    """Counts from below."""
    own = node.piece.kind in v.CITED_KINDS
    for child in node.children:
        _count(child)
    numbers = [node.piece.number] if own else [n for child in node.children for n in child.span if n]
    node.count = own + sum(child.count for child in node.children)
    node.span = (numbers[0], numbers[-1]) if numbers else ("", "")


def place(content: Content, key: str, lang: str) -> Place | None:
    """Where the provision of this key stands; None where there is none.

    The neighbours of a group are groups of its level; those of an article are articles, across groups.
    """
    by_key = {p.key: p for p in content.provisions}
    here = by_key.get(key)
    if here is None:
        return None
    inside = {key}
    for p in content.provisions:
        if p.parent in inside:
            inside.add(p.key)
    found = tree([p for p in content.provisions if p.key in inside], lang)[0]
    row = [p for p in content.provisions if _neighbours(p, here)]
    at = row.index(here)
    return Place(
        found,
        tuple(piece_of(p, lang) for p in parents(by_key, here)),
        piece_of(row[at - 1], lang) if at else None,
        piece_of(row[at + 1], lang) if at + 1 < len(row) else None,
    )


def _neighbours(one: Provision, here: Provision) -> bool:
    if here.kind in v.CITED_KINDS:
        return one.kind in v.CITED_KINDS
    return one.parent == here.parent and one.kind not in v.CITED_KINDS


def parents(by_key: dict[str, Provision], provision: Provision) -> list[Provision]:
    """What stands above a provision, outermost first; a circle ends where it began."""
    found: list[Provision] = []
    seen = {provision.key}
    above = by_key.get(provision.parent)
    while above is not None and above.key not in seen:
        found.insert(0, above)
        seen.add(above.key)
        above = by_key.get(above.parent)
    return found


def groups_only(roots: list[Node]) -> list[Node]:
    """The same tree without articles, for a code too long to list: each group says how many it holds."""
    kept = []
    for node in roots:
        if node.is_group and node.piece.kind not in v.CITED_KINDS:
            kept.append(Node(node.piece, groups_only(node.children), node.count, node.span))
    return kept


def whole(content: Content) -> bool:
    """True where the text is short enough for one page."""
    return len(content.provisions) <= WHOLE


def by_number(content: Content, number: str) -> str:
    """The key of the first cited provision of this number ("5", "Article 5", "111-1"), "" where there is none."""
    wanted = number.strip().lower()
    options = {wanted, wanted.split()[-1] if wanted.split() else wanted}
    for p in content.provisions:
        if p.kind in v.CITED_KINDS and p.number.lower() in options:
            return p.key
    return ""
