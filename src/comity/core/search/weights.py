"""The numbers of the ranking, each with the measurement it came from.

Measured with `comity search evaluate` and its parts on: titles of Canadian sections against the sections in English and
French ("twins"); the same with each section in one language only ("single"); the Universal Declaration in 6 and
22 languages; titles of articles of 46 treaties in English and Dutch; titles of three Indian codes. MRR, same language /
across. Where collections disagree the flatter middle was taken, not the peak of one.
"""

from __future__ import annotations

from typing import NamedTuple

#: Tokens in a piece of text that gets a vector of its own. 25: 0.582/0.353, 40: 0.579/0.386, 60: 0.578/0.408,
#: 80: 0.576/0.414, 140: 0.575/0.428; and 80 needs half as many vectors as 40.
PIECE_TOKENS = 80

#: What the forms of a word count in BM25: as written, stemmed; and the same in a title. Stems alone 0.569, exact forms
#: alone 0.506, stems + 0.3 exact 0.576, + 0.5 exact 0.572, + exact 0.560. Titles are not measured by these.
EXACT, STEMS, TITLE = 0.3, 1.0, 1.0


class Meaning(NamedTuple):
    """What the cosines of one encoder count beside the words' 1."""

    #: For documents in the question's language, and in another one, where words say little.
    own: float
    other: float
    #: The cosine of texts that have nothing to do with one another (about the median): up to it nothing counts.
    unrelated: float
    #: How much the documents that the words found lend to the question (`fusion.moved`).
    feedback: float


#: The first alone, own/other, in one list of all languages: 0.35/0.9 0.581 (0.583/0.417), 0.35/1.25 0.567 (0.583/0.428:
#: what is in another language comes too early), 0.5/0.9 0.579 (0.581/0.417); Dutch 0.341, 0.331, 0.343. Without
#: feedback twins 0.575/0.273, single 0.645/0.346, UDHR across 0.912; with it 0.576/0.414, 0.666/0.360, 0.970.
#: Both: feedback of the second 0: 0.624/0.446, 0.1: 0.618/0.463, 0.2: 0.614/0.480, 0.3: 0.612/0.489; it stands well by
#: itself (0.537/0.301 alone against 0.315/0.227), hence its weight: own 0.35 0.606, 0.6 0.612, 0.9 0.618.
#: Where only every other passage has a vector: of the first 0.575 (counted as 0: 0.531; words alone: 0.576), of the
#: second 0.587/0.425 (0.475/0.367).
MEANINGS = {
    "use-multilingual-v3": Meaning(own=0.35, other=0.9, unrelated=0.15, feedback=0.5),
    "multilingual-e5-small": Meaning(own=0.9, other=0.9, unrelated=0.82, feedback=0.1),
}
#: For an encoder that was not measured.
UNMEASURED = Meaning(own=0.35, other=0.9, unrelated=0.0, feedback=0.0)

#: How many of the documents that the words find first lend their vectors to the question; 1 is better where each has
#: its translation in the collection, and worse where not.
FEEDBACK_DOCUMENTS = 2

#: A score is divided by (1 + terms / SHORT) to this power. Without: 0.577/0.414; 0.05: 0.584/0.427;
#: 0.08: 0.583/0.430; Indian codes 0.721, 0.722, 0.722. SHORT keeps a stub of three words from gaining by it.
LENGTH, SHORT = 0.06, 20
