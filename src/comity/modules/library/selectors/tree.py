"""The tree of a record's provisions, as a page walks through it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from comity.modules.library.content import Content, Provision, ProvisionText
from comity.modules.library.vocabulary import TagScheme


@dataclass
class Node:
    """A provision with what stands below it, and the articles it is tagged to."""

    provision: Provision
    depth: int
    children: list[Node] = field(default_factory=list)
    articles: list[str] = field(default_factory=list)

    def text(self, lang: str) -> ProvisionText | None:
        """Its words in `lang`, else the original's, else the first's; None where it has none."""
        texts = self.provision.texts
        order = [t for t in texts if t.lang == lang] or [t for t in texts if t.status == "original"] or texts
        return order[0] if order else None

    def walk(self) -> Iterator[Node]:
        """This node and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


def tree(content: Content) -> list[Node]:
    """The nodes without one above them, in reading order, each with those below it."""
    articles: dict[str, list[str]] = defaultdict(list)
    for tag in content.tags:
        if tag.scheme == TagScheme.ARTICLE and tag.provision:
            articles[tag.provision].append(tag.value)
    nodes: dict[str, Node] = {}
    roots: list[Node] = []
    for provision in content.provisions:
        above = nodes.get(provision.parent)
        node = Node(provision, above.depth + 1 if above else 0, [], articles.get(provision.key, []))
        nodes[provision.key] = node
        (above.children if above else roots).append(node)
    return roots


def path_to(content: Content, key: str) -> list[Provision]:
    """The provision of this key with all those above it, the uppermost first; empty where there is none."""
    by_key = {p.key: p for p in content.provisions}
    path: list[Provision] = []
    while key and key in by_key and len(path) < len(by_key):
        path.append(by_key[key])
        key = by_key[key].parent
    return path[::-1]


def neighbours(content: Content, key: str) -> tuple[Provision | None, Provision | None]:
    """The provisions with words of their own before and after this one in reading order."""
    rows = [p for p in content.provisions if p.key == key or any(t.text for t in p.texts)]
    place = next((n for n, p in enumerate(rows) if p.key == key), None)
    if place is None:
        return None, None
    before = rows[place - 1] if place else None
    return before, rows[place + 1] if place + 1 < len(rows) else None
