"""A text in pieces fit for an encoder, which blurs what is long: whole sentences, put together up to a size."""

from __future__ import annotations

import itertools
import re

from comity.core.search import analysis
from comity.core.search.weights import PIECE_TOKENS

#: Where a text may be cut: after the end of a sentence or of an item of an enumeration, and at line ends.
_BREAK = re.compile(r"(?<=[.!?;:؟؛۔।])\s+|(?<=[。！？；：])\s*|\s*\n\s*")


def pieces(text: str, lang: str = "", size: int = PIECE_TOKENS) -> list[str]:
    """The text cut into pieces of about `size` tokens, sentences kept whole where they fit; at least one piece.

    A text is spread evenly over its pieces, so that none is a remnant of three words whose vector says little.
    """
    parts = [part for sentence in _BREAK.split(text) for part in _cut(sentence, lang, size)]
    lengths = [len(analysis.spans(part, lang)) for part in parts]
    total = sum(lengths)
    share = total / max(1, -(-total // size))
    found: list[str] = []
    held: list[str] = []
    taken = 0
    for part, length in zip(parts, lengths, strict=True):
        # Cut where it comes nearest to an even share.
        if held and taken + length / 2 > share * (len(found) + 1):
            found.append(" ".join(held))
            held = []
        held.append(part)
        taken += length
    if held:
        found.append(" ".join(held))
    return found or [text.strip()]


def _cut(sentence: str, lang: str, size: int) -> list[str]:
    """A sentence as it is or, longer than a piece, in equal runs of tokens."""
    places = analysis.spans(sentence, lang)
    if len(places) <= size:
        return [sentence.strip()] if places else []
    count = -(-len(places) // size)
    starts = [0, *(places[len(places) * number // count][0] for number in range(1, count)), len(sentence)]
    return [sentence[start:end].strip() for start, end in itertools.pairwise(starts)]
